"""Reads what a command was given: a file or stdin, JSON or YAML, our person or a FHIR Bundle; refuses the rest."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from wholeperson.rules.calendar import as_day
from wholeperson.rules.person import Person
from wholeperson.rules.problems import Problem, Refused, Where
from wholeperson.rules.reading.library import Policy
from wholeperson.rules.reading.person_json import read_person

LARGEST = 20 * 1024 * 1024
DEEPEST = 64


class Given(NamedTuple):
    """A person read from somewhere, and what of a Bundle could not be used."""

    person: Person
    not_mapped: list[dict[str, str]]


def read_given(name: str, policy: Policy, on: date) -> Given:
    """The person in the file, or in stdin for ``-``."""
    shown = "stdin" if name == "-" else name
    data, lines = parse(read_bytes(name), shown)
    if isinstance(data, dict) and "resourceType" in data:
        return _bundle(data, shown, policy, on)
    return Given(read_person(data, policy, on=on, file=shown, lines=lines), [])


def read_bytes(name: str) -> bytes:
    """The bytes, never more than 20 MB."""
    try:
        raw = sys.stdin.buffer.read(LARGEST + 1) if name == "-" else _file_bytes(Path(name))
    except (OSError, ValueError) as failed:
        reason = getattr(failed, "strerror", None) or "it cannot be opened"
        raise Refused(
            Problem(
                "no_file",
                f"there is nothing to read: {reason}",
                "a person is read from a file or from stdin",
                "name a file, or - for stdin",
                Where(name),
            )
        ) from None
    if len(raw) > LARGEST:
        raise Refused(
            Problem(
                "too_large",
                "the input is larger than 20 MB",
                "one person's record never is",
                "send one person at a time; `sweep` takes a membership",
                Where(name),
            )
        )
    return raw


def _file_bytes(path: Path) -> bytes:
    with path.open("rb") as opened:
        return opened.read(LARGEST + 1)


def parse(raw: bytes, name: str) -> tuple[Any, dict[tuple[str | int, ...], tuple[int, int]]]:
    """JSON when it looks like it, else YAML."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as broken:
        raise Refused(
            Problem(
                "not_text",
                f"byte {broken.start} is not UTF-8 text",
                "a person is sent as JSON or YAML",
                "save the file as UTF-8 text",
                Where(name),
            )
        ) from None
    if not text.strip():
        raise Refused(
            Problem(
                "empty",
                "there is nothing in it",
                "a person needs at least a birth date",
                "send a person, or a FHIR Bundle",
                Where(name),
            )
        )
    if text.lstrip()[0] in "{[":
        return _json(text, name), {}
    from wholeperson.rules.reading.yaml_lines import read_yaml

    return read_yaml(text, name)


def _json(text: str, name: str) -> Any:
    try:
        data = json.loads(text, parse_constant=_no_constants, object_pairs_hook=_once)
    except json.JSONDecodeError as broken:
        raise Refused(
            Problem(
                "not_json",
                f"this is not JSON: {broken.msg}",
                "nothing in it can be used until it reads",
                "look at this line and the one above: a comma, quote or bracket",
                Where(name, broken.lineno, broken.colno),
            )
        ) from None
    except (RecursionError, ValueError) as broken:
        code, problem = (
            ("too_deep", "values are nested too deep")
            if isinstance(broken, RecursionError)
            else ("not_json", str(broken)[:120])
        )
        raise Refused(_bad_json(code, problem, name)) from None
    if not _shallow(data):
        raise Refused(_bad_json("too_deep", f"values are nested more than {DEEPEST} deep", name))
    return data


def _bad_json(code: str, problem: str, name: str) -> Problem:
    return Problem(
        code,
        problem,
        "no real record has this; it could exhaust the machine, or hide a value",
        "send the data flat and plain, as the contract shows it",
        Where(name),
    )


def _no_constants(word: str) -> Any:
    raise ValueError(f"{word} is not a number that JSON has")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        names = [key for key, _ in pairs]
        raise ValueError(
            f"the key {next(key for key in names if names.count(key) > 1)[:40]} stands twice in one object"
        )
    return made


def _shallow(data: Any) -> bool:
    """Level by level, so that depth cannot exhaust us."""
    level = [data]
    for _ in range(DEEPEST + 1):
        level = [
            each
            for value in level
            if isinstance(value, dict | list)
            for each in (value.values() if isinstance(value, dict) else value)
            if isinstance(each, dict | list)
        ]
        if not level:
            return True
    return False


def _bundle(data: dict[str, Any], name: str, policy: Policy, on: date) -> Given:
    from wholeperson.formats.fhir import NotABundle, read_bundle

    try:
        read = read_bundle(data, {*policy.facts, *policy.aliases})
    except NotABundle as refused:
        raise Refused(
            Problem("not_a_bundle", refused.problem, refused.why, refused.do, Where(name, None, None, refused.path))
        ) from None
    return Given(read_person(read.person, policy, on=on, file=name), read.not_mapped)


def day(text: str, option: str) -> date:
    """A day given on the command line."""
    found = as_day(text)
    if found is None or not 1900 <= found.year <= 2200:
        raise Refused(
            Problem(
                "not_a_day",
                f"{text[:40]} is not a day",
                "rules count in calendar days",
                "write YYYY-MM-DD, between 1900 and 2200",
                Where(option),
                ("2026-11-21",),
            )
        )
    return found
