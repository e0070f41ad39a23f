"""Collects what is wrong with the policy's documents, each with its line and the way out."""

from collections.abc import Iterable, Mapping
from typing import Any

from wholeperson.rules import language
from wholeperson.rules.calendar import as_day, span
from wholeperson.rules.problems import Problem, nearest
from wholeperson.rules.reading.files import Documents
from wholeperson.rules.reading.yaml_lines import place

Path = tuple[str | int, ...]


class Ladder:
    """The mistakes of one document."""

    def __init__(self, documents: Documents, name: str) -> None:
        self.documents, self.name = documents, name
        self.problems: list[Problem] = []

    def say(self, path: Path, code: str, problem: str, why: str, do: str, allowed: Iterable[str] = ()) -> None:
        """Note one mistake."""
        where = place(f"{self.name}.yaml", self.documents.lines.get(self.name, {}), path)
        self.problems.append(Problem(code, problem, why, do, where, tuple(allowed)))

    def keys(self, data: Any, path: Path, needed: Iterable[str], may: Iterable[str]) -> bool:
        """Whether it is a mapping with the needed keys and no strange ones."""
        needed, known = set(needed), set(may) | set(needed)
        if not isinstance(data, dict):
            self.say(
                path,
                "not_a_mapping",
                "keys and values are expected here",
                "each value needs its name",
                "write `key: value` lines",
                sorted(known),
            )
            return False
        for key in data.keys() - known:
            self.say(
                (*path, key),
                "unknown_key",
                f"{key} is not a word of the policy here",
                "what nobody reads would silently do nothing",
                "correct the spelling, or remove it",
                nearest(key, known),
            )
        for key in sorted(needed - data.keys()):
            self.say(path, "missing_key", f"{key} is missing", "the policy must say it", f"add `{key}:`", [key])
        return needed <= data.keys()

    def one_of(self, value: Any, path: Path, allowed: Iterable[Any], what: str) -> bool:
        """Whether the value is one of a closed list."""
        listed = list(allowed)
        if value in listed:
            return True
        self.say(
            path,
            f"unknown_{what.replace(' ', '_')}",
            f"{value!s} is not a known {what}",
            "a word nobody knows decides nothing",
            f"use a known {what}, or add it where they are listed",
            nearest(str(value), [str(each) for each in listed]),
        )
        return False

    def day(self, value: Any, path: Path) -> None:
        """A calendar day, or an open question with days for readings."""
        if value is not None and as_day(self.settled(value)) is None:
            self.say(
                path,
                "not_a_day",
                f"{value!s} is not a day",
                "rules begin and end on days",
                "write YYYY-MM-DD, a day that exists",
                ["2026-01-01"],
            )

    def length(self, value: Any, path: Path) -> None:
        """A length of time."""
        if span(str(self.settled(value))) is None:
            self.say(
                path,
                "not_a_length",
                f"{value!s} is not a length of time",
                "windows are counted in days or months",
                "write a number and days, weeks, months or years",
                ["6 months", "90 days", "1 year"],
            )

    def settled(self, value: Any) -> Any:
        """The value itself, or the default of the open question it names."""
        if isinstance(value, dict) and set(value) == {"parameter"}:
            known = self.parameters()
            return known.get(value["parameter"], {}).get("default") if isinstance(known, dict) else None
        return value

    def parameters(self) -> Mapping[str, Any]:
        """The open questions, by name."""
        document = self.documents.by_name.get("parameters")
        found = document.get("parameters", {}) if isinstance(document, dict) else {}
        return found if isinstance(found, dict) else {}

    def known_parameter(self, value: Any, path: Path) -> None:
        """An open question that is listed."""
        if isinstance(value, dict) and "parameter" in value:
            self.one_of(value["parameter"], path, self.parameters(), "open question")

    def dates(self, data: dict[str, Any], path: Path) -> None:
        """``from`` and ``to``, in that order."""
        for key in ("from", "to"):
            if key in data:
                self.known_parameter(data[key], (*path, key))
                self.day(data[key], (*path, key))
        first, last = as_day(self.settled(data.get("from"))), as_day(self.settled(data.get("to")))
        if first and last and last < first:
            self.say(
                (*path, "to"),
                "ends_before_it_begins",
                f"it ends on {last} before it begins on {first}",
                "no day would lie in it",
                "swap or correct the two days",
            )

    def truth(self, data: dict[str, Any], path: Path) -> None:
        """``cites`` and ``mark``: known sources, known marks."""
        sources = self.documents.by_name.get("sources") or {}
        known = sources.get("sources", {}) if isinstance(sources, dict) else {}
        for at, text in enumerate(data.get("cites") or []):
            if isinstance(text, str):
                self.one_of(language.cite(text).source, (*path, "cites", at), known, "source")
            else:
                self.say(
                    (*path, "cites", at),
                    "not_a_citation",
                    f"{text!s} is not a citation",
                    "a reader must find the place",
                    "write the source's key, then the place: G26 p.21",
                )
        if "mark" in data:
            self.one_of(data["mark"], (*path, "mark"), language.MARKS, "mark")
