"""Reads what a command was given: a file or stdin, JSON or YAML, our person or a FHIR Bundle; refuses the rest."""

import json
import re
import sys
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from wholeperson import clock
from wholeperson.rules.calendar import as_day
from wholeperson.rules.person import Person
from wholeperson.rules.problems import Problem, Refused, Where
from wholeperson.rules.reading.library import Policy
from wholeperson.rules.reading.person_json import fact_value, read_person

LARGEST = 20 * 1024 * 1024
LARGEST_YAML = 1024 * 1024
HALF_CHARACTER = re.compile(r"\\u[dD][89a-fA-F]")
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
        raw = _stdin() if name == "-" else _file_bytes(Path(name))
    except (OSError, ValueError) as failed:
        reason = getattr(failed, "strerror", None) or "it cannot be opened"
        raise Refused(
            Problem(
                "no_file",
                f"there is nothing to read: {reason}",
                "what a command works on comes from a file or from stdin",
                "name a file, or - for stdin",
                Where("stdin" if name == "-" else name),
            )
        ) from None
    if len(raw) > LARGEST:
        shown = "stdin" if name == "-" else name
        raise Refused(_too_large("the input is larger than 20 MB", "send one person at a time", shown))
    return raw


def _stdin() -> bytes:
    if sys.stdin is None:
        raise OSError(0, "stdin is closed")
    return sys.stdin.buffer.read(LARGEST + 1)


def _file_bytes(path: Path) -> bytes:
    with path.open("rb") as opened:
        return opened.read(LARGEST + 1)


def _too_large(problem: str, do: str, name: str) -> Problem:
    return Problem("too_large", problem, "one person's record never is; it could exhaust the machine", do, Where(name))


def as_text(raw: bytes, name: str, *, may_be_empty: bool = False) -> str:
    """UTF-8 text, as a rule with something in it."""
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
    if not text.strip() and not may_be_empty:
        raise Refused(
            Problem(
                "empty",
                "there is nothing in it",
                "a person needs at least a birth date",
                "send a person, or a FHIR Bundle",
                Where(name),
            )
        )
    return text


def parse(raw: bytes, name: str) -> tuple[Any, dict[tuple[str | int, ...], tuple[int, int]]]:
    """JSON when it looks like it, else YAML."""
    text = as_text(raw, name)
    if text.lstrip()[0] in "{[":
        return read_json(text, name), {}
    if len(raw) > LARGEST_YAML:
        raise Refused(_too_large("YAML is written by hand, and this is larger than 1 MB", "send it as JSON", name))
    from wholeperson.rules.reading.yaml_lines import read_yaml

    return read_yaml(text, name)


def read_json(text: str, name: str, line: int | None = None) -> Any:
    """The document, with nothing in it that JSON does not have, nor anything that would hide or exhaust."""
    try:
        data = json.loads(text, parse_constant=_no_constants, object_pairs_hook=_once)
    except json.JSONDecodeError as broken:
        raise Refused(
            Problem(
                "not_json",
                f"this is not JSON: {broken.msg}",
                "nothing in it can be used until it reads",
                "look at this line and the one above: a comma, quote or bracket",
                Where(name, line or broken.lineno, broken.colno),
            )
        ) from None
    except _NotPlain as broken:
        raise Refused(_bad_json("not_json", str(broken), name, line)) from None
    except RecursionError:
        raise Refused(_bad_json("too_deep", f"values are nested more than {DEEPEST} deep", name, line)) from None
    except ValueError:  # the one error left: Python's own limit of digits
        raise Refused(_bad_json("number_too_long", "a number has thousands of digits", name, line)) from None
    if not _shallow(data):
        raise Refused(_bad_json("too_deep", f"values are nested more than {DEEPEST} deep", name, line))
    if HALF_CHARACTER.search(text):
        _refuse_half_characters(data, name, line)
    return data


def _bad_json(code: str, problem: str, name: str, line: int | None) -> Problem:
    return Problem(
        code,
        problem,
        "no real record has this; it could exhaust the machine, or hide a value",
        "send the data flat and plain, as the contract shows it",
        Where(name, line),
    )


class _NotPlain(ValueError):
    """Something Python's JSON reads and JSON does not have, or that hides a value."""


def _no_constants(word: str) -> Any:
    raise _NotPlain(f"{word} is not a number that JSON has")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        twice = next(key for key, count in Counter(key for key, _ in pairs).items() if count > 1)
        raise _NotPlain(f"the key {twice:.40} stands twice in one object")
    return made


def _refuse_half_characters(data: Any, name: str, line: int | None) -> None:
    """Half of a pair of escapes is no character: it could not be written out again."""
    try:
        json.dumps(data, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise Refused(_bad_json("not_json", "a text ends in half a character", name, line)) from None


def _shallow(data: Any) -> bool:
    """Level by level, so that depth cannot exhaust us."""
    level = [data]
    for _ in range(DEEPEST):
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
        read = read_bundle(data, {*policy.facts, *policy.aliases}, lambda fact, value: _fits(policy, fact, value))
    except NotABundle as refused:
        raise Refused(
            Problem("not_a_bundle", refused.problem, refused.why, refused.do, Where(name, None, None, refused.path))
        ) from None
    return Given(read_person(read.person, policy, on=on, file=name), read.not_mapped)


def _fits(policy: Policy, name: str, value: object) -> bool:
    """Whether a value suits the fact of that name."""
    return fact_value(policy.facts[policy.aliases.get(name, name)], value)[0]


def day(text: str, option: str) -> date:
    """A day given on the command line."""
    found = as_day(text)
    if found is None or not clock.FIRST <= found.year <= clock.LAST:
        raise Refused(_no_day(text, option, "a day", "YYYY-MM-DD"))
    return found


def day_or_moment(text: str, option: str) -> date:
    """A day, or the day of a moment in California."""
    if as_day(text):
        return day(text, option)
    try:
        found = clock.in_california(datetime.fromisoformat(text))
    except (ValueError, OverflowError):
        raise Refused(_no_day(text, option, "a day or a moment", "YYYY-MM-DD, or YYYY-MM-DDTHH:MM-08:00")) from None
    return day(found.isoformat(), option)


def _no_day(text: str, option: str, what: str, form: str) -> Problem:
    return Problem(
        "not_a_day",
        f"{text:.40} is not {what}",
        "rules count in calendar days",
        f"write {form}, between {clock.FIRST} and {clock.LAST}",
        Where(option),
        ("2026-11-21",),
    )
