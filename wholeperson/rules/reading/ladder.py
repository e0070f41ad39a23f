"""Collects what is wrong with the policy's documents, each with its line and the way out."""

import re
from collections.abc import Collection, Iterable
from typing import Any

from wholeperson.rules import language
from wholeperson.rules.calendar import Span, as_day, span
from wholeperson.rules.problems import Problem, nearest
from wholeperson.rules.reading.listed import Listed
from wholeperson.rules.reading.mistakes import MISTAKES
from wholeperson.rules.reading.yaml_lines import place

Path = tuple[str | int, ...]

ID = re.compile(r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)?$")
LONGEST = Span(12 * 150, 12 * 366)  # longer than a life is a slip of the pen, and would leave the calendar
TRUTH = frozenset({"sheet", "cites", "mark"})


class Ladder:
    """The mistakes of one document."""

    def __init__(self, known: Listed, name: str) -> None:
        self.known, self.name = known, name
        self.problems: list[Problem] = []

    def say(self, path: Path, code: str, problem: str, allowed: Iterable[str] = ()) -> None:
        """Note one mistake."""
        suffix = "csv" if self.name.startswith("codes/") else "yaml"
        where = place(f"{self.name}.{suffix}", self.known.documents.lines.get(self.name, {}), path)
        self.problems.append(Problem(code, problem, *MISTAKES[code], where, tuple(allowed)))

    def keys(self, data: Any, path: Path, needed: Iterable[str], may: Iterable[str]) -> bool:
        """Whether it is a mapping with the needed keys and no strange ones."""
        needed, known = set(needed), set(may) | set(needed)
        if not isinstance(data, dict):
            self.say(path, "not_a_mapping", "keys and values are expected here", sorted(known))
            return False
        for key in data.keys() - known:
            self.say(
                (*path, key), "unknown_key", f"{key:.60} is not a word of the policy here", nearest(key[:60], known)
            )
        for key in sorted(needed - data.keys()):
            self.say(path, "missing_key", f"{key} is missing", [key])
        return needed <= data.keys()

    def one_of(self, value: Any, path: Path, allowed: Collection[Any], what: str) -> bool:
        """Whether the value is one of a closed list. ``1`` is not ``true``."""
        if isinstance(value, str) and value in allowed:
            return True
        if any(type(value) is type(each) and value == each for each in allowed):
            return True
        shown = f"{value!s:.60}"
        problem = f"{shown} is not a known {what}"
        self.say(path, f"unknown_{what.replace(' ', '_')}", problem, nearest(shown, map(spelled, allowed)))
        return False

    def each_of(self, value: Any, path: Path, allowed: Collection[Any], what: str) -> None:
        """A list of words of a closed list."""
        for at, each in self.items(value, path):
            self.one_of(each, (*path, at), allowed, what)

    def items(self, value: Any, path: Path) -> list[tuple[int, Any]]:
        """The members of a list, numbered."""
        if isinstance(value, list):
            return list(enumerate(value))
        self.say(path, "not_a_list", "a list is expected here")
        return []

    def text(self, value: Any, path: Path) -> bool:
        """Whether it is words."""
        if isinstance(value, str) and value.strip():
            return True
        self.say(path, "not_a_text", "words are expected here")
        return False

    def texts(self, data: dict[str, Any], path: Path, *keys: str) -> None:
        """Those of the keys that are there are words."""
        for key in keys:
            if key in data:
                self.text(data[key], (*path, key))

    def identity(self, value: Any, path: Path) -> bool:
        """Whether it is an id."""
        if isinstance(value, str) and ID.match(value) and value not in ("name", "describes"):
            return True
        self.say(path, "not_an_id", f"{value!s:.60} cannot be an id", ["former_foster_youth"])
        return False

    def named_after_file(self, data: dict[str, Any]) -> None:
        """The id is the file's name; a dot may stand there as _."""
        stem = self.name.rpartition("/")[2]
        if self.identity(data["id"], ("id",)) and stem not in (data["id"], data["id"].replace(".", "_")):
            problem = f"the id {data['id']} does not fit the file {stem}"
            self.say(("id",), "name_and_file", problem, [stem])

    def flag(self, value: Any, path: Path, *, may_be_open: bool = False) -> None:
        """True or false; where it may be open, also a question with nothing else for readings."""
        if not all(isinstance(each, bool) for each in (self.readings(value, path) if may_be_open else [value])):
            self.say(path, "not_true_or_false", f"{value!s:.60} is neither true nor false", ["true", "false"])

    def day(self, value: Any, path: Path, *, may_be_open: bool = False) -> None:
        """A calendar day; where it may be open, also a question with days for readings."""
        for each in self.readings(value, path) if may_be_open else [value]:
            if as_day(each) is None:
                self.say(path, "not_a_day", f"{each!s:.60} is not a day", ["2026-01-01"])

    def length(self, value: Any, path: Path) -> None:
        """A length of time, or an open question with lengths for readings."""
        for each in self.readings(value, path):
            found = span(each) if isinstance(each, str) else None
            if found is None or found.months > LONGEST.months or found.days > LONGEST.days:
                problem = f"{each!s:.60} is not a length of time"
                self.say(path, "not_a_length", problem, ["6 months", "90 days", "1 year"])

    def counted_in(self, value: Any, path: Path, *units: str) -> None:
        """A length that is counted in these units alone; none is a length too."""
        pattern = rf"^(0|[1-9][0-9]{{0,2}}) ({'|'.join(units)})s?$"
        if not (isinstance(value, str) and re.match(pattern, value)):
            problem = f"{value!s:.60} is not a number of {' or '.join(f'{each}s' for each in units)}"
            self.say(path, "not_a_length", problem, [f"10 {each}s" for each in units])

    def number(self, value: Any, path: Path, *, least: int = 0, most: int = 10**6, may_be_open: bool = False) -> None:
        """A whole number; where it may be open, also a question with numbers for readings."""
        for each in self.readings(value, path) if may_be_open else [value]:
            if isinstance(each, bool) or not isinstance(each, int) or not least <= each <= most:
                self.say(
                    path, "not_a_number", f"{each!s:.60} is not a whole number from {least} on", [str(max(least, 5))]
                )

    def readings(self, value: Any, path: Path) -> list[Any]:
        """The value itself, or the readings of the open question it names, which must be a known one."""
        if isinstance(value, dict) and set(value) == {"parameter"}:
            self.one_of(value["parameter"], (*path, "parameter"), self.known.parameters, "open question")
        return self.known.readings(value)

    def dates(self, data: dict[str, Any], path: Path, *, may_be_open: bool = False) -> None:
        """``from`` and ``to``, in that order."""
        for key in ("from", "to"):
            if key in data:
                self.day(data[key], (*path, key), may_be_open=may_be_open)
        first, last = (as_day(self.known.settled(data.get(key))) for key in ("from", "to"))
        if first and last and last < first:
            self.say((*path, "to"), "ends_before_it_begins", f"it ends on {last}, before it begins on {first}")

    def truth(self, data: dict[str, Any], path: Path, *, inherits: bool = False) -> None:
        """``cites`` and ``mark``: known sources, known marks, and no verified statement without a source."""
        for at, text in self.items(data["cites"], (*path, "cites")) if "cites" in data else ():
            self.citation(text, (*path, "cites", at))
        if "mark" in data:
            self.one_of(data["mark"], (*path, "mark"), language.MARKS, "mark")
        mark = data.get("mark", "source-verified" if inherits and "cites" in data else None)
        if mark == "source-verified" and not data.get("cites", inherits):
            self.say((*path, "mark"), "verified_by_nothing", "it is marked source-verified and cites no source")
        self.texts(data, path, "sheet")

    def citation(self, text: Any, path: Path) -> None:
        """A source's key, and the place in it where the source has pages."""
        if not isinstance(text, str):
            self.say(path, "not_a_citation", f"{text!s:.60} is not a citation")
            return
        cite = language.cite(text)
        if self.one_of(cite.source, path, self.known.sources, "source"):
            pages = self.known.sources[cite.source].get("pages")
            if pages and not cite.where:
                self.say(path, "cite_without_place", f"{cite.source} has {pages} pages, and none is named")


def spelled(value: Any) -> str:
    """A value as it is written in YAML."""
    return str(value).lower() if isinstance(value, bool) else str(value)
