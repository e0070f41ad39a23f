"""Which days are no working days: Saturdays, Sundays and the federal holidays that the policy lists."""

from datetime import date
from typing import Any, NamedTuple

from wholeperson.rules.calendar import as_day
from wholeperson.rules.problems import Problem, Refused, Where

SATURDAY, SUNDAY, PAUSED = "saturday", "sunday", "paused"


class Skipped(NamedTuple):
    """A day that did not count, and why: a weekend's day, a pause, or a holiday."""

    day: date
    why: str
    observed: bool = False


class Holidays(NamedTuple):
    """The listed holidays. Before the first and past the last listed day nobody knows what is free."""

    first: date
    last: date
    days: dict[date, Skipped]

    def skipped(self, day: date) -> Skipped | None:
        """Why this is no working day; None when it is one."""
        if not self.first <= day <= self.last:
            raise Refused(self._not_listed(day))
        if day.weekday() >= 5:
            return Skipped(day, SATURDAY if day.weekday() == 5 else SUNDAY)
        return self.days.get(day)

    def _not_listed(self, day: date) -> Problem:
        return Problem(
            "holidays_not_listed",
            f"working days are to be counted up to {day}, and holidays are listed from {self.first} to {self.last}",
            "a holiday nobody listed would count as a working day, and the limit would fall too early",
            "add that year's federal holidays to holidays.yaml",
            Where("holidays.yaml", path="days"),
        )


def read_holidays(data: dict[str, Any]) -> Holidays:
    """From the checked document."""
    days = {}
    for row in data["days"]:
        day = as_day(row["on"]) or date.min
        days[day] = Skipped(day, row["holiday"], row.get("observed", False))
    return Holidays(as_day(data["first"]) or date.min, as_day(data["last"]) or date.min, days)
