"""Says on stderr how an import goes, as soon as a step takes longer than two seconds."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from wholeperson.sweep.progress import spoken_of

# part → what is being done
STEPS = {
    "rows": "reading the file",
    "checked": "checking rows",
    "staged": "checking rows",
    "kept": "putting members in order",
    "distinct": "looking at what the columns hold",
    "codes": "looking codes up",
    "spoilt": "checking lines",
    "again": "looking for lines told twice",
    "doubted": "looking for lines taken back",
    "dropped": "finding the lines that stand",
    "diagnoses": "gathering diagnoses",
    "wide": "gathering the lines that make events",
    "events": "making events",
}


def told(part: str, tell: Callable[[str], None]) -> AbstractContextManager[None]:
    """While this is open, a line every two seconds."""
    says = spoken(part)
    return spoken_of(lambda: says, tell)


def spoken(part: str) -> str:
    """What a part's name says to somebody who waits."""
    table, _, step = part.removesuffix(".parquet").partition("-")
    return f"{table}: {STEPS.get(step, step)}" if step else f"writing {table}"
