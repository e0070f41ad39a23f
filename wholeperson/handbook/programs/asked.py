"""What the address of a page asks for: which day, which plan, which county. All of it stands in the address."""

from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import QueryDict

from wholeperson.rules.calendar import FIRST_YEAR as FIRST
from wholeperson.rules.calendar import LAST_YEAR as LAST
from wholeperson.rules.calendar import as_day
from wholeperson.rules.problems import nearest
from wholeperson.rules.reading.library import Policy

SHOWN = 40  # characters of what somebody wrote, when it is said back to them


class Wrong(NamedTuple):
    """What cannot be answered: the word of the address, what stood there, and what would be allowed."""

    field: str
    said: str
    allowed: tuple[str, ...]


class CannotAnswer(Exception):
    """Nothing of the page can be made; everything wrong is named at once."""

    def __init__(self, wrong: list[Wrong]) -> None:
        super().__init__(", ".join(each.field for each in wrong))
        self.wrong = wrong


@dataclass(frozen=True)
class Asked:
    """``on``: the day whose rules are shown. ``today``: the day of the reader."""

    on: date
    today: date
    plan: str | None = None
    county: str | None = None

    @property
    def query(self) -> str:
        """What a link carries on to the next page: ``?plan=…``, or nothing."""
        kept = {"plan": self.plan, "county": self.county, "on": self.on.isoformat() if self.on != self.today else None}
        told = urlencode({key: value for key, value in kept.items() if value})
        return f"?{told}" if told else ""

    @property
    def without_a_day(self) -> "Asked":
        return replace(self, on=self.today)


def read(said: QueryDict, policy: Policy, today: date) -> Asked:
    """What stands in the address; raises CannotAnswer."""
    wrong: list[Wrong] = []
    on = day(said, "on", today, wrong)
    plan = _one_of(said, "plan", list(policy.plans), wrong)
    county = _one_of(said, "county", list(policy.counties), wrong)
    if wrong:
        raise CannotAnswer(wrong)
    served = policy.plans[plan]["counties"] if plan else []
    return Asked(on, today, plan, county or (served[0] if len(served) == 1 else None))


def day(said: QueryDict, field: str, otherwise: date, wrong: list[Wrong]) -> date:
    """A day of the address, as 2026-11-21; one that is none is added to what is wrong."""
    text = said.get(field, "").strip()
    found = as_day(text) if text else otherwise
    if found is None or not FIRST <= found.year <= LAST:
        wrong.append(Wrong(field, text[:SHOWN], (otherwise.isoformat(), f"{FIRST}-01-01", f"{LAST}-12-31")))
        return otherwise
    return found


def _one_of(said: QueryDict, field: str, known: list[str], wrong: list[Wrong]) -> str | None:
    text = said.get(field, "").strip()
    if text and text not in known:
        wrong.append(Wrong(field, text[:SHOWN], nearest(text[:SHOWN], known)[:12]))
    return text if text in known else None
