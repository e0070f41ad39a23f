"""Bend each rule of the clocks a little: some case of the table must notice."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.rules.clocks import table, test_cases
from wholeperson.rules.clocks import RuleSet, set_for
from wholeperson.rules.clocks.written import Clock, Rule
from wholeperson.rules.problems import Refused

UNITS = {
    "business_day": "calendar_day",
    "calendar_day": "business_day",
    "elapsed_hour": "calendar_day",
    "month": "calendar_day",
}
WAYS = {"after": "before", "before": "after"}
FALLS = {"end_of_day": "start_of_day", "start_of_day": "end_of_day"}


def bent(rule: Rule) -> Iterator[Rule]:
    yield rule._replace(amount=rule.amount + 1)
    yield rule._replace(unit=UNITS[rule.unit])
    if rule.amount > 1:
        yield rule._replace(amount=rule.amount - 1)
    if rule.unit != "elapsed_hour":
        yield rule._replace(way=WAYS[rule.way])
        yield rule._replace(falls=FALLS[rule.falls])
    if rule.unit in ("business_day", "calendar_day"):
        yield rule._replace(counts_first_day=not rule.counts_first_day)
    if rule.starts == "complete":
        yield rule._replace(starts="received")
    if rule.stops:
        yield rule._replace(stops=False)
    if rule.when:
        yield rule._replace(when=None)
    if rule.tentative:
        yield rule._replace(tentative=False)


def places() -> Iterator[tuple[str, int, str, int]]:
    for name in table.document("clocks")["clocks"]:
        for at, rules in enumerate(table.clock(name).sets):
            yield from ((name, at, key, nth) for key in ("rules", "beside") for nth in range(len(getattr(rules, key))))


@pytest.mark.parametrize(("name", "at", "key", "nth"), list(places()))
def test_some_case_notices(monkeypatch: pytest.MonkeyPatch, name: str, at: int, key: str, nth: int) -> None:
    true = table.clock(name)
    touched = [
        each for each in test_cases.CASES if each["clock"] == name and "due" in each and here(true.sets[at], each)
    ]
    for changed in bent(getattr(true.sets[at], key)[nth]):
        rules = list(getattr(true.sets[at], key))
        rules[nth] = changed
        sets = (*true.sets[:at], true.sets[at]._replace(**{key: tuple(rules)}), *true.sets[at + 1 :])
        monkeypatch.setattr(table, "clock", always(true._replace(sets=sets)))
        assert not all(holds(each) for each in touched), f"no case notices {changed}"


def always(clock: Clock) -> Callable[[str], Clock]:
    return lambda _: clock


def here(rules: RuleSet, case: dict[str, Any]) -> bool:
    return set_for(table.clock(case["clock"]), case.get("programme")).id == rules.id


def holds(case: dict[str, Any]) -> bool:
    try:
        test_cases.test_a_case(case)
    except (AssertionError, Refused):
        return False
    return True
