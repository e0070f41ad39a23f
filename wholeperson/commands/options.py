"""The options that commands share, and nothing heavy: a command that decides about nobody starts with this alone."""

import argparse
import os
from pathlib import Path
from typing import Any

from wholeperson.rules.problems import Problem, Refused, Where, nearest
from wholeperson.rules.words import LANGUAGES


def add_habits(made: argparse.ArgumentParser) -> None:
    """The options of every command."""
    made.add_argument("--json", action="store_true", help="one JSON document on stdout")
    made.add_argument("--lang", choices=LANGUAGES, default="en", help="language of the explanation")
    made.add_argument("--policy", metavar="DIR", help="a policy folder to use, or plans to lay over ours")


def folder(options: argparse.Namespace) -> Path | None:
    """The policy folder named by option or environment."""
    named = options.policy or os.environ.get("WHOLEPERSON_POLICY")
    return Path(named) if named else None


def one_of(value: Any, known: Any, option: str) -> None:
    """Refuse a name we do not know."""
    if value is not None and value not in known:
        raise Refused(
            Problem(
                f"unknown_{option}",
                f"{str(value)[:60]} is not a {option} we know",
                "an answer about something else would mislead",
                f"use a known {option}",
                Where(f"--{option}"),
                nearest(str(value)[:60], known),
            )
        )
