"""Which of the drawings in static/programs/pictures.svg belongs to a program."""

from functools import cache
from pathlib import Path

DRAWINGS = Path(__file__).with_name("static") / "programs" / "pictures.svg"


@cache
def _drawn() -> str:
    return DRAWINGS.read_text("utf-8")


def of(programme: str) -> str:
    """The name of its drawing; somebody's outline where there is none yet."""
    name = programme.replace(".", "-")
    return name if f'id="{name}"' in _drawn() else "anybody"
