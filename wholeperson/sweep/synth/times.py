"""The days a membership hangs on: the day asked about, how far claims are complete, how far back they go."""

from dataclasses import dataclass
from datetime import date

from wholeperson.rules.calendar import ONE_DAY, Span, back, last_month_end

EPOCH = date(1970, 1, 1).toordinal()
LAG = Span(2, 0)  # claims are two to three months late
HISTORY = Span(24, 0)


@dataclass(frozen=True, slots=True)
class Times:
    """Days since 1970: ``on`` the day asked about, ``through`` the last day with all claims, ``begins`` the first."""

    on: int
    through: int
    begins: int


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return day.toordinal() - EPOCH


def as_date(number: int) -> date:
    """The day of a number."""
    return date.fromordinal(number + EPOCH)


def last_complete_day(on: date) -> date:
    """The end of the month up to which all claims have come by that day."""
    return last_month_end(back(on, LAG))


def times(on: date) -> Times:
    """The days for a membership as it is known on a day."""
    through = last_complete_day(on)
    begins = last_month_end(back(through, HISTORY)) + ONE_DAY
    return Times(day_number(on), day_number(through), day_number(begins))
