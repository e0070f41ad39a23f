"""Two overlays of the demo's plan: one approved and to hold from next year on, one that waits for a second person."""

from datetime import date, datetime, timedelta

from wholeperson import clock
from wholeperson.access import queries
from wholeperson.access.models import Person
from wholeperson.casework.eligibility import actions
from wholeperson.rules.reading.files import PACKAGED

PLAN = "contra_costa_health_plan"
ELECTION = """elections:
  - {{programme: cs.sobering_center, counties: [contra_costa], offered: true, from: {march}, cites: [CCHP]}}
"""


def fill(uploader: Person, approver: Person, *, at: datetime) -> None:
    """As the packaged overlay, with somebody having called the member line, and with one service more."""
    year = clock.in_california(at).year + 1
    january, march = date(year, 1, 1), date(year, 3, 1)
    text = (PACKAGED / "plans" / f"{PLAN}.yaml").read_text("utf-8")
    called = text.replace("last_verified: null", "last_verified: 2026-10-01", 1)
    _propose(called, "Somebody called the member line: it is right.", uploader, approver, january, at)
    more = called.replace("elections:\n", ELECTION.format(march=march), 1)
    _propose(more, "The plan wants to offer Sobering Centers from March on.", uploader, None, march, at)


def _propose(text: str, note: str, uploader: Person, approver: Person | None, on: date, at: datetime) -> None:
    day = at - timedelta(days=10)
    queries.stand(uploader, on=clock.in_california(day), at=day)
    made = actions.upload(
        PLAN, text, effective_on=on, note=note, by=uploader, at=day, today=clock.in_california(day)
    )  # fmt: skip
    if approver:
        actions.approve(made, by=queries.stand(approver, on=clock.in_california(at), at=at), at=at)
