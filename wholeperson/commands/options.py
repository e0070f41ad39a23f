"""The options that commands share, and nothing heavy: a command that decides about nobody starts with this alone."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from wholeperson.commands.output import tell
from wholeperson.rules.problems import Problem, Refused, Where, nearest
from wholeperson.rules.reading.files import folder_in_use
from wholeperson.rules.words import LANGUAGES


def add_habits(made: argparse.ArgumentParser, *, explains: bool = False) -> None:
    """The options of every command; one that explains does so in the language asked for."""
    speaks: dict[str, Any] = (
        {"help": "language of the explanation"} if explains else {"action": InEnglish, "help": "it speaks English"}
    )
    made.add_argument("--json", action="store_true", help="one JSON document on stdout")
    made.add_argument("--lang", choices=LANGUAGES, default="en", **speaks)
    made.add_argument("--policy", metavar="DIR", help="a policy folder to use, or plans to lay over ours")


class InEnglish(argparse.Action):
    """Takes a language, as every command does, and says that what comes is English, so that nobody waits for it."""

    def __call__(self, parser: Any, namespace: argparse.Namespace, values: Any, option_string: Any = None) -> None:
        namespace.lang = values
        if values != "en":
            tell(f"--lang {values}: {parser.prog} speaks English; what it does is the same in every language")


def whole(least: int, most: int) -> Callable[[str], int]:
    """What an option takes that is a whole number within reach; argparse refuses the rest."""

    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) < 20 and least <= int(text) <= most):
            raise argparse.ArgumentTypeError(f"{text[:40]} is no whole number from {least} to {most}")
        return int(text)

    return read


def folder(options: argparse.Namespace) -> Path | None:
    """The policy folder named by option or environment."""
    return folder_in_use() if options.policy is None else named_folder(options.policy, "--policy")


def named_folder(name: str, option: str) -> Path:
    """The folder that was named. Nothing between the quotes names none: a script's own variable was empty."""
    if not name:
        problem, do = "no folder is named", "name one, or leave it out for the packaged policy"
        raise Refused(Problem("no_folder", problem, "another policy would answer", do, Where(option)))
    return Path(name)


def not_twice(options: argparse.Namespace) -> None:
    """Refuse a file and a JSON document on the same stdout: whoever reads it could tell neither from the other."""
    if options.json and options.out == "-":
        problem, do = "--out - and --json both want stdout", "leave one of them out, or name a file"
        raise Refused(Problem("stdout_twice", problem, "only one document goes there", do, Where("--out")))


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
