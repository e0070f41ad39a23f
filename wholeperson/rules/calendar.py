"""Calendar arithmetic as the policy counts it (design section 3, conventions).

Six months on day *d* is [d - 6 months, d], clamped to the end of the month, both days in. Under 26 ends on the
26th birthday. Somebody born on 29 February has a birthday on 1 March in other years.
"""

import calendar
import re
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

ONE_DAY = timedelta(days=1)
FIRST_YEAR, LAST_YEAR = 1900, 2200  # we answer for days of these years
SPAN = re.compile(r"^([1-9][0-9]{0,3}) (day|week|month|year)s?$")


class Span(NamedTuple):
    """A length of time: whole months, then days."""

    months: int
    days: int

    def __str__(self) -> str:
        return counted(self.months, "month") if self.months else counted(self.days, "day")


class Window(NamedTuple):
    """Both days belong to it."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        """Whether the day lies in the window."""
        return self.first <= day <= self.last


def counted(number: int, unit: str) -> str:
    """``6 months``, ``1 day``."""
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def span(text: str) -> Span | None:
    """Read ``6 months``, ``90 days``, ``1 year``, ``12 weeks``; None when it is not a length of time."""
    found = SPAN.match(text)
    if not found:
        return None
    number, unit = int(found[1]), found[2]
    if unit in ("day", "week"):
        return Span(0, number * (7 if unit == "week" else 1))
    return Span(number * (12 if unit == "year" else 1), 0)


@lru_cache(maxsize=4096)
def back(day: date, length: Span) -> date:
    """The day that lies this length before, clamped to the end of its month."""
    whole = day.year * 12 + day.month - 1 - length.months
    year, month = divmod(whole, 12)
    clamped = date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
    return clamped - timedelta(days=length.days)


def ahead(day: date, length: Span) -> date:
    """The day that lies this length after, clamped to the end of its month."""
    return back(day, Span(-length.months, -length.days))


def window(last: date, length: Span) -> Window:
    """The window of this length that ends on ``last``."""
    return Window(back(last, length), last)


def birthday(born: date, years: int) -> date:
    """The day somebody turns this old; 29 February becomes 1 March where there is none."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


@lru_cache(maxsize=4096)
def age(born: date, day: date) -> int:
    """Whole years on that day."""
    years = day.year - born.year
    return years if birthday(born, years) <= day else years - 1


def last_month_end(day: date) -> date:
    """The last day of the last month that had ended by that day (the day itself when it ends a month)."""
    return day if (day + ONE_DAY).day == 1 else day.replace(day=1) - ONE_DAY


def as_day(text: object) -> date | None:
    """An ISO day, or None. Only ``YYYY-MM-DD``: other spellings are somebody's mistake."""
    if isinstance(text, str) and len(text) == 10 and text[4] == text[7] == "-":
        try:
            return date.fromisoformat(text)
        except ValueError:
            return None
    return None
