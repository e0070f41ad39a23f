"""The planted members: known persons at the edges of each programme, written by hand in `planted/*.yaml`.

A day there hangs on others: D the day asked about, C the last day with all claims, B the person's birth, each with
lengths of time added or taken away in turn: `C - 6 months - 1 day`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from wholeperson.rules.calendar import ahead, as_day, back, span
from wholeperson.rules.reading.yaml_lines import read_yaml
from wholeperson.sweep.synth.times import last_complete_day

FOLDER = Path(__file__).parent / "planted"
DAY = re.compile(r"^([DCB])((?: [+-] \d+ (?:day|week|month|year)s?)*)$")
HOLDS = (date(2026, 1, 1), date(2026, 12, 31))  # the rules of 2026, before the federal authority ends
STEP = re.compile(r" ([+-]) (\d+ (?:day|week|month|year)s?)")


@dataclass(frozen=True, slots=True)
class Planted:
    """One person, which side of which line they stand on, and the answer that the policy sheets give."""

    programme: str
    edge: str
    answer: str
    person: dict[str, Any]


def read_planted(on: date) -> Iterator[Planted]:
    """All of them as of a day, in the order of the files."""
    for path in sorted(FOLDER.glob("*.yaml")):
        data, _ = read_yaml(path.read_text("utf-8"), path.name, anchors=True)
        for programme, listed in data["programmes"].items():
            for each in listed["edges"]:
                person = _joined(listed.get("person", {}), each.get("person", {}))
                yield Planted(programme, each["edge"], each["answer"], _dated(person, on))


def holding(on: date) -> bool:
    """Whether the answers were written for the rules of that day."""
    return HOLDS[0] <= on <= HOLDS[1]


def day_of(text: str, anchors: dict[str, date]) -> date | None:
    """The day that a text like ``C - 6 months - 1 day`` stands for; None where it is no such text."""
    found = DAY.match(text)
    if not found:
        return as_day(text)
    day = anchors[found[1]]
    for sign, length in STEP.findall(found[2]):
        step = span(length)
        if step is None:
            raise ValueError(f"{text}: {length} is no length of time")
        day = ahead(day, step) if sign == "+" else back(day, step)
    return day


def _joined(base: dict[str, Any], edge: dict[str, Any]) -> dict[str, Any]:
    """Facts of both, the edge's word winning and ``null`` taking one away; lists of both; the edge's other values."""
    made = {**base, **edge}
    for name in ("claims", "spells", "complete", "lacks"):
        made[name] = [*base.get(name, []), *edge.get(name, [])]
    facts = {**base.get("facts", {}), **edge.get("facts", {})}
    made["facts"] = {name: said for name, said in facts.items() if said is not None}
    return made


def _dated(person: dict[str, Any], on: date) -> dict[str, Any]:
    anchors = {"D": on, "C": last_complete_day(on)}
    born = day_of(person["born"], anchors)
    if born is None:
        raise ValueError(f"{person['born']} is no day")
    anchors["B"] = born
    return {name: _resolved(value, anchors) for name, value in person.items()}


def _resolved(value: Any, anchors: dict[str, date]) -> Any:
    if isinstance(value, dict):
        return {name: _resolved(each, anchors) for name, each in value.items()}
    if isinstance(value, list):
        return [_resolved(each, anchors) for each in value]
    day = day_of(value, anchors) if isinstance(value, str) else None
    return value if day is None else day
