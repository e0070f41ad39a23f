"""``wholeperson keys rotate``: encrypt everything that is kept with the first of WHOLEPERSON_KEYS. Once or again."""

import argparse
import sys

from wholeperson.commands.django_room import open_rooms, require_migrated
from wholeperson.commands.main import Parser
from wholeperson.commands.options import add_habits
from wholeperson.commands.output import ANSWERED, print_json, print_text
from wholeperson.rules.problems import Problem, Refused, Where


def run(arguments: list[str]) -> int:
    """Rotate, and tell which keys may go now."""
    options = parser().parse_args(arguments)
    open_rooms(options)
    require_migrated()
    from django.conf import settings

    from wholeperson.access.actions import reseal_second_steps
    from wholeperson.record import documents, rekeying

    old = len(settings.WHOLEPERSON_KEYS) - 1
    if old and not settings.WHOLEPERSON_INDEX_KEY_IS_SET:
        raise Refused(_index_key_would_go())
    told = {
        "values": rekeying.reseal_columns(_tell),
        "second_steps": reseal_second_steps(),
        "documents": documents.seal_anew(),
        "keys_of_no_more_use": old,
    }
    if options.json:
        print_json({"schema": "wholeperson/keys@1", **told})
    else:
        print_text(_words(told))
    return ANSWERED


def _tell(table: str, done: int) -> None:
    print(f"{table}: {done}", file=sys.stderr)


def _words(told: dict[str, int]) -> str:
    done = "encrypted again: {values} values, {second_steps} second steps, {documents} documents. ".format(**told)
    if told["keys_of_no_more_use"]:
        return done + "Every key in WHOLEPERSON_KEYS but the first may go, when no older process runs any more."
    return done + "There is one key only; put a new one in front of it to replace it."


def _index_key_would_go() -> Problem:
    return Problem(
        "index_key_would_go", "WHOLEPERSON_INDEX_KEY is not set, so the last of WHOLEPERSON_KEYS stands in for it",
        "once that one is gone, no number of a member and no document is found, and no audit row can be proved",
        "set WHOLEPERSON_INDEX_KEY to the last of WHOLEPERSON_KEYS, for good; then run the same command again",
        Where("environment", path="WHOLEPERSON_INDEX_KEY"),
    )  # fmt: skip


def parser() -> argparse.ArgumentParser:
    """What the command takes."""
    made = Parser(prog="wholeperson keys", description=__doc__, allow_abbrev=False)
    kinds = made.add_subparsers(dest="what", required=True, metavar="WHAT", parser_class=Parser)
    one = "encrypt everything with the first of WHOLEPERSON_KEYS; stopped, the same command goes on"
    add_habits(kinds.add_parser("rotate", help=one, description=one, allow_abbrev=False))
    return made
