"""The page of the command line, read off the parsers, so that an option cannot be missing or left over."""

import argparse
import importlib
from collections.abc import Iterator

from wholeperson.commands import output
from wholeperson.commands.docs_pages import markdown
from wholeperson.commands.docs_pages.markdown import code
from wholeperson.commands.docs_pages.person_file import person_file
from wholeperson.commands.main import COMMANDS

EXITS = {
    output.ANSWERED: "answered, whatever the answer",
    output.WRONG: "looked, and something is wrong: a lint finding, a change that no case noticed",
    output.REFUSED: "refused: the command or its input cannot be used; nothing was written",
    output.STOPPED: "stopped half way; the same command starts again",
    output.PART_MISSING: "something it needs is not installed; the line says how to get it",
}
HABITS = (
    "The result goes to stdout, messages and progress to stderr.",
    "`--json` gives exactly one JSON document, which names its schema; so do refusals.",
    "`-` in place of a file is stdin.",
    "On a terminal there is colour, unless `NO_COLOR` is set; elsewhere plain text, and nobody is asked anything.",
    "A key of our own files that we do not know is an error, and is named with its line.",
    "A mistake is told with what, where, why it matters, what to do and what is allowed; never as a traceback.",
    "`WHOLEPERSON_POLICY` names a policy folder as `--policy` does; `WHOLEPERSON_NOW` sets the day and hour of now.",
    "`--help` stands on everything.",
)


def command_line_page() -> str:
    """The page."""
    exits = [[str(number), what] for number, what in sorted(EXITS.items())]
    return markdown.page(
        "The command line",
        "`make setup` leaves it at `.venv/bin/wholeperson`.",
        markdown.table(["command", "what it does"], [[_link(name), what] for name, (_, what) in COMMANDS.items()]),
        *(part for name in COMMANDS for part in _command(_parser(name))),
        person_file(),
        markdown.section("How a command ends", markdown.table(["exit code", "means"], exits)),
        markdown.section("Habits of every command", markdown.bullets(HABITS)),
    )


def _link(name: str) -> str:
    return f"[`wholeperson {name}`](#wholeperson-{name})"


def _parser(name: str) -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = importlib.import_module(f"wholeperson.commands.{COMMANDS[name][0]}").parser()
    return made


def _command(parser: argparse.ArgumentParser) -> Iterator[str]:
    """The command, then its sub-commands."""
    kinds = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    options = [[_spelled(each), _told(each)] for each in _arguments(parser) if each not in kinds]
    table = markdown.table(["argument", "what it is"], options)
    yield markdown.section(code(parser.prog), str(parser.description), f"```\n{usage(parser)}\n```", table)
    for kind in kinds:
        for one in kind.choices.values():
            yield from _command(one)


def usage(parser: argparse.ArgumentParser) -> str:
    """One line; argparse's own would depend on the width of the terminal and on the version of Python."""
    return " ".join([parser.prog, *map(_in_usage, _arguments(parser))])


def _arguments(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    """All but --help, which every command has."""
    return [action for action in parser._actions if not isinstance(action, argparse._HelpAction)]


def _in_usage(action: argparse.Action) -> str:
    if not action.option_strings:
        name = _value(action)
        return f"[{name}]" if action.nargs == "?" else name
    value = f" {_value(action)}" if action.nargs != 0 else ""
    again = "…" if isinstance(action, argparse._AppendAction) else ""
    return f"[{action.option_strings[-1]}{value}]{again}"


def _value(action: argparse.Action) -> str:
    if action.choices is not None and not isinstance(action, argparse._SubParsersAction):
        return "{" + ",".join(map(str, action.choices)) + "}"
    return str(action.metavar or action.dest.upper())


def _spelled(action: argparse.Action) -> str:
    if not action.option_strings:
        return code(_value(action))
    value = f" {_value(action)}" if action.nargs != 0 else ""
    return code(", ".join(action.option_strings) + value)


def _told(action: argparse.Action) -> str:
    default = action.default
    plain = default in (None, False, argparse.SUPPRESS)
    return f"{action.help or ''}{'' if plain else f' (without it: `{default}`)'}".strip()
