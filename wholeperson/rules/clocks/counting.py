"""Counts days from a start: working days, calendar days, months. Counting begins on the day after the start."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from wholeperson.rules.calendar import ONE_DAY, Span, ahead, back
from wholeperson.rules.clocks.given import Pause
from wholeperson.rules.clocks.holidays import PAUSED, Holidays, Skipped
from wholeperson.rules.clocks.written import Rule

Free = Callable[[date], Skipped | None]


class Counted(NamedTuple):
    """Where counting ended, and the days that did not count on the way."""

    day: date
    skipped: tuple[Skipped, ...] = ()


def count(rule: Rule, start: date, holidays: Holidays, pauses: tuple[Pause, ...] = ()) -> Counted:
    """The day that lies the rule's days or months from the start."""
    if rule.unit == "month":
        length = Span(rule.amount, 0)
        return Counted(back(start, length) if rule.way == "before" else ahead(start, length))
    step = -1 if rule.way == "before" else 1
    amount = rule.amount - rule.counts_first_day
    if rule.unit == "business_day":
        return _count(start, amount, step, holidays.skipped)
    if rule.stops and pauses:
        return _count(start, amount, step, lambda day: paused(day, pauses))
    return Counted(start + amount * step * ONE_DAY)


def paused(day: date, pauses: tuple[Pause, ...]) -> Skipped | None:
    """Whether the clock stood still that day: it does from the day after a pause begins, until it ends."""
    still = any(each.begins.day < day <= each.ends.day for each in pauses)
    return Skipped(day, PAUSED) if still else None


def _count(start: date, amount: int, step: int, free: Free) -> Counted:
    """Step by step, over the days that are free."""
    day, left = start, amount
    skipped = []
    while left:
        day += step * ONE_DAY
        found = free(day)
        if found:
            skipped.append(found)
        else:
            left -= 1
    return Counted(day, tuple(skipped))
