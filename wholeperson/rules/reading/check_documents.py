"""Checks every document of the policy against the vocabulary; returns all mistakes at once."""

from collections.abc import Callable
from datetime import date
from typing import Any

from wholeperson.rules.calendar import as_day
from wholeperson.rules.problems import Problem
from wholeperson.rules.reading.check_circles import circles
from wholeperson.rules.reading.check_clocks import check_clocks, check_holidays
from wholeperson.rules.reading.check_facts import check_events, check_facts, check_parameters
from wholeperson.rules.reading.check_follow_ons import check_follow_ons
from wholeperson.rules.reading.check_hcpcs import NAME as HCPCS
from wholeperson.rules.reading.check_hcpcs import check_hcpcs
from wholeperson.rules.reading.check_lists import check_codes, check_counties, check_overlaps, check_sources
from wholeperson.rules.reading.check_nodes import Nodes, Spot
from wholeperson.rules.reading.check_plans import check_plan
from wholeperson.rules.reading.check_programmes import check_programme
from wholeperson.rules.reading.check_screener import check_screener
from wholeperson.rules.reading.check_words import check_words
from wholeperson.rules.reading.files import PROGRAMME_FOLDERS, SINGLES, Documents
from wholeperson.rules.reading.ladder import Ladder
from wholeperson.rules.reading.listed import Listed

Check = Callable[[Ladder, dict[str, Any]], None]


def check(documents: Documents) -> list[Problem]:
    """All mistakes of the policy; none when it may be used."""
    known = Listed(documents)
    problems = _missing(known) + _shapeless(known)
    if problems:
        return problems  # everything that points at them would be called wrong too
    for name, data in documents.by_name.items():
        ladder = Ladder(known, name)
        _checker(name)(ladder, data)
        problems += ladder.problems
    for name, rows in documents.codes.items():
        ladder = Ladder(known, f"codes/{name}")
        check_codes(ladder, rows)
        if name == HCPCS:
            check_hcpcs(ladder, rows)
        problems += ladder.problems
    return problems + _twice(known) + ([] if problems else circles(known))


def _missing(known: Listed) -> list[Problem]:
    """The documents without which nothing can be decided, and at least one programme."""
    problems = []
    names = [name for name in SINGLES if name not in known.documents.by_name]
    if not any(known.documents.inside(folder) for folder in PROGRAMME_FOLDERS):
        names.append(f"{PROGRAMME_FOLDERS[0]}/PROGRAMME")
    for name in names:
        ladder = Ladder(known, name)
        ladder.say((), "missing_document", f"{name}.yaml is not there")
        problems += ladder.problems
    return problems


def _shapeless(known: Listed) -> list[Problem]:
    """Documents without keys, and lists of names that are none."""
    problems = []
    for name, data in known.documents.by_name.items():
        ladder = Ladder(known, name)
        if not isinstance(data, dict):
            ladder.say((), "not_a_mapping", "keys and values are expected here")
        elif name in SINGLES and not isinstance(data.get(name, {}), dict):
            ladder.say((name,), "not_a_mapping", "names and their definitions are expected here")
        problems += ladder.problems
    return problems


def _twice(known: Listed) -> list[Problem]:
    """One id for two programmes, in two folders or under two spellings of a file's name."""
    problems: list[Problem] = []
    seen: dict[Any, str] = {}
    for name, data in known.documents.by_name.items():
        if name.partition("/")[0] in PROGRAMME_FOLDERS and isinstance(data, dict) and isinstance(data.get("id"), str):
            other = seen.setdefault(data["id"], name)
            if other != name:
                ladder = Ladder(known, name)
                ladder.say(("id",), "id_twice", f"{data['id']} is the programme of {other} too")
                problems += ladder.problems
    return problems


def _checker(name: str) -> Check:
    folder = name.partition("/")[0]
    return check_programme if folder in PROGRAMME_FOLDERS else _CHECKS[folder]


def _check_shared(ladder: Ladder, data: dict[str, Any]) -> None:
    """A block that several programmes use. What its place allows is judged where it is used."""
    if ladder.keys(data, (), ("id", "name", "from", "sheet", "cites", "mark", "block"), ()):
        ladder.named_after_file(data)
        ladder.texts(data, (), "name")
        ladder.dates(data, ())
        ladder.truth(data, ())
        begins = as_day(data["from"]) or date.min
        Nodes(ladder).check(data["block"], ("block",), Spot(first=begins, under_any=True))


_CHECKS: dict[str, Check] = {
    "facts": check_facts,
    "events": check_events,
    "parameters": check_parameters,
    "overlaps": check_overlaps,
    "sources": check_sources,
    "counties": check_counties,
    "follow_ons": check_follow_ons,
    "clocks": check_clocks,
    "holidays": check_holidays,
    "screener": check_screener,
    "shared": _check_shared,
    "plans": check_plan,
    "words": check_words,
}
