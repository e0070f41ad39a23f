"""``wholeperson sweep``: a whole membership. Each thing one can do with it is a module of its own.

A module of the table has ``add_arguments(parser)`` and ``run(options)``, and may have an ``EPILOG`` for its help.
"""

import argparse
import importlib
from collections.abc import Iterable
from types import ModuleType

from wholeperson.commands.main import Parser

# word: (module, what it does)
ACTS = {
    "import": ("sweep_import", "check a plan's tables, and write the store that sweeps run on"),
    "run": ("sweep_run", "decide about every member of a store on one day"),
    "reasons": ("sweep_reasons", "write every member's answers with their reasons"),
    "take": ("sweep_take", "keep what a run found, for people to work through on their pages"),
    "explain": ("sweep_explain", "explain one member of a run, every criterion"),
}


def run(arguments: list[str]) -> int:
    """Read what was asked for, and hand over. Only the module that is asked for is loaded."""
    named = [arguments[0]] if arguments and arguments[0] in ACTS else list(ACTS)
    options = parser(named).parse_args(arguments)
    return int(_module(options.what).run(options))


def parser(named: Iterable[str] = tuple(ACTS)) -> argparse.ArgumentParser:
    """What sweep takes."""
    made = Parser(
        prog="wholeperson sweep", description="Import a membership, and find whom it is missing.", allow_abbrev=False
    )
    kinds = made.add_subparsers(dest="what", required=True, metavar="COMMAND", parser_class=Parser)
    for word in named:
        module, what = _module(word), ACTS[word][1]
        one = kinds.add_parser(
            word,
            help=what,
            description=f"{what[0].upper()}{what[1:]}.",
            epilog=getattr(module, "EPILOG", None),
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        module.add_arguments(one)
    return made


def _module(word: str) -> ModuleType:
    return importlib.import_module(f"wholeperson.commands.{ACTS[word][0]}")
