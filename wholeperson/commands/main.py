"""``wholeperson``: find the command, hand over, end with its exit code."""

import argparse
import importlib
import signal
import sys
from collections.abc import Sequence
from typing import NoReturn

from wholeperson import __version__
from wholeperson.commands.output import ANSWERED, guarded, prepare_streams, print_text
from wholeperson.rules.problems import Problem, Refused, Where, nearest

# command: (module, one line for the help)
COMMANDS = {
    "check": ("check", "decide about one person, and say why"),
    "ask": ("ask", "ask the fewest questions that settle the most"),
    "policy": ("policy", "read, check and compare the policy"),
    "sweep": ("sweep", "import a membership, and find whom it is missing"),
    "synth": ("synth", "make an invented membership to try the sweep with"),
    "file": ("file", "plans' files: the layouts there are, a sample of one, the check of a file"),
    "import": ("import_file", "load a plan's file: its members, their month, their cases"),
    "export": ("export_file", "make the file that a plan asks for at the end of a month"),
    "due": ("due", "when something must be done by, and which rule says so"),
    "demo": ("demo", "show the web site with invented people, every role one click away"),
    "serve": ("serve", "the web site"),
    "work": ("work", "what happens in the background: jobs, schedule, the sealing of the trail"),
    "tick": ("tick", "the same once, for a machine whose own clock calls it"),
    "verify": ("verify", "prove what is kept: the audit trail, the decisions, the policy that decided"),
    "backup": ("backup", "everything an installation keeps, in one encrypted file"),
    "restore": ("restore", "make an installation from a backup, where there is none"),
    "export-organisation": ("export_organisation", "all that one organization owns, in one file"),
    "directory": ("directory", "the directory of providers as HSDS 3.0: written into a file, or taken in from one"),
    "keys": ("keys", "encrypt everything again with the first key, so that an old one can go"),
    "migrate": ("migrate", "bring the database to this version"),
    "invite": ("invite", "let somebody in by a link, the first administrator above all"),
}


class Parser(argparse.ArgumentParser):
    """argparse that refuses in the contract's form instead of printing usage and leaving."""

    def error(self, message: str) -> NoReturn:
        raise Refused(
            Problem(
                "usage",
                message,
                "the command cannot tell what is wanted",
                f"see `{self.prog} --help`",
                Where("command line"),
            )
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if arguments is None:  # a process of its own: told to end, it stops as at Ctrl-C, with the code that says so
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    prepare_streams()
    return guarded(lambda: _run(given), as_json="--json" in given)


def _run(given: list[str]) -> int:
    if not given or given[0] in ("-h", "--help"):
        print_text(_help())
        return ANSWERED
    if given[0] == "--version":
        print_text(f"wholeperson {__version__}")
        return ANSWERED
    if given[0] not in COMMANDS:
        raise _no_such(given[0])
    module = importlib.import_module(f"wholeperson.commands.{COMMANDS[given[0]][0]}")
    try:
        return int(module.run(given[1:]))
    except SystemExit as left:  # argparse leaves by itself after --help
        return left.code if isinstance(left.code, int) else ANSWERED


def _no_such(word: str) -> Refused:
    return Refused(
        Problem(
            "no_such_command",
            f"{word[:40]} is not a command",
            "nothing was done",
            "use one of the commands; `wholeperson --help` lists them",
            Where("command line"),
            nearest(word[:40], COMMANDS),
        )
    )


def _help() -> str:
    width = max(map(len, COMMANDS))
    lines = [f"  {name:<{width}}  {what}" for name, (_, what) in COMMANDS.items()]
    return (
        "wholeperson: California's whole-person care, from a need to a service\n\n"
        + "\n".join(lines)
        + "\n\nEach command has its own --help. --json gives one JSON document; - reads stdin.\n"
    )


if __name__ == "__main__":
    sys.exit(main())
