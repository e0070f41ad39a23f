"""What holds of every clock on any day: a limit lies ahead, and what comes later is not due earlier."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as some

from tests.rules.clocks.table import clock, document, holidays
from wholeperson.rules.clocks import Due, Given, Moment, Pause, due
from wholeperson.rules.clocks.moments import day_of, end_of, instant
from wholeperson.rules.clocks.written import RuleSet

SETS = [(name, at) for name in document("clocks")["clocks"] for at in range(len(clock(name).sets))]
FIRST, LAST = datetime(2025, 2, 1, tzinfo=UTC), datetime(2028, 8, 1, tzinfo=UTC)
instants = some.datetimes(FIRST.replace(tzinfo=None), LAST.replace(tzinfo=None), timezones=some.just(UTC)).map(instant)
whiles = some.timedeltas(timedelta(), timedelta(days=40))
cutoffs = some.none() | some.integers(8, 18)


def rules(name: str, at: int) -> RuleSet:
    return clock(name).sets[at]


def ahead(name: str, at: int) -> bool:
    return rules(name, at).rules[0].way == "after"


AHEAD = some.sampled_from([each for each in SETS if ahead(*each)])
BACK = some.sampled_from([each for each in SETS if not ahead(*each)])
COMMUNITY_SUPPORTS = ("decision_standard", 1)
HOME = ("decision_eaa", 0)


def answer(which: tuple[str, int], cutoff: int | None = None, **told: Any) -> Due:
    return due(clock(which[0]), rules(*which), Given(**told), holidays=holidays(), cutoff_hour=cutoff)


def later(moment: Moment, by: timedelta) -> Moment:
    assert moment.at
    return instant(moment.at + by)


@given(AHEAD, instants, cutoffs)
def test_a_limit_lies_ahead(which: tuple[str, int], received: Moment, cutoff: int | None) -> None:
    found = answer(which, cutoff, received=received)
    assert received.at
    assert all(each.due_at > received.at for each in found.candidates)
    assert all(received.day < each.day for each in found.skipped)


@given(BACK, instants)
def test_what_goes_before_lies_before(which: tuple[str, int], received: Moment) -> None:
    assert day_of(answer(which, received=received).due_at) < received.day


@given(some.sampled_from(SETS), instants, whiles, cutoffs)
def test_what_comes_later_is_not_due_earlier(
    which: tuple[str, int], received: Moment, by: timedelta, cutoff: int | None
) -> None:
    first, second = (answer(which, cutoff, received=each) for each in (received, later(received, by)))
    assert first.due_at <= second.due_at


@given(some.sampled_from(SETS), instants)
def test_the_earliest_governs(which: tuple[str, int], received: Moment) -> None:
    found = answer(which, received=received)
    assert found.due_at == min(each.due_at for each in found.candidates if not each.rule.tentative)


@given(instants, whiles, some.lists(some.tuples(whiles, whiles), min_size=1, max_size=3))
def test_a_pause_never_makes_it_earlier(
    received: Moment, after: timedelta, waits: list[tuple[timedelta, timedelta]]
) -> None:
    begins = [later(received, after + wait) for wait, _ in waits]
    pauses = tuple(Pause(start, later(start, length)) for start, (_, length) in zip(begins, waits, strict=True))
    paused, plain = answer(HOME, received=received, pauses=pauses), answer(HOME, received=received)
    longest = sum((each.ends.day - each.begins.day for each in pauses), timedelta())
    assert plain.due_at <= paused.due_at <= end_of(day_of(plain.due_at) + longest)
    assert day_of(paused.due_at) == day_of(plain.due_at) + timedelta(days=len(paused.skipped))


@given(instants, whiles, whiles)
def test_late_papers_never_bring_it_past_the_calendar_limit(received: Moment, by: timedelta, more: timedelta) -> None:
    complete = later(received, by)
    found = answer(COMMUNITY_SUPPORTS, received=received, complete=complete)
    assert found.due_at <= end_of(received.day + timedelta(days=7))
    assert found.due_at <= answer(COMMUNITY_SUPPORTS, received=received, complete=later(complete, more)).due_at


@given(instants, whiles)
def test_a_deferral_is_counted_from_receipt(received: Moment, by: timedelta) -> None:
    notice = later(received, by)
    found, plain = (
        answer(COMMUNITY_SUPPORTS, received=received, extended=notice),
        answer(COMMUNITY_SUPPORTS, received=received),
    )
    assert notice.at
    in_time = notice.at <= plain.due_at
    assert found.due_at == (end_of(received.day + timedelta(days=14)) if in_time else plain.due_at)


@given(some.dates(date(2022, 1, 1), date(2028, 12, 31)))
def test_a_day_that_counts_is_neither_weekend_nor_holiday(day: date) -> None:
    free = holidays().skipped(day) is not None
    assert free == (day.weekday() >= 5 or day in holidays().days)
