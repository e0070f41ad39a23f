"""Two overlays of the demo's plan: one approved and to hold from next year on, one that waits for a second person."""

from datetime import date, datetime, timedelta

from wholeperson import clock
from wholeperson.access import queries
from wholeperson.access.models import Person
from wholeperson.casework.eligibility import actions
from wholeperson.rules.reading.files import PACKAGED

PLAN = "contra_costa_health_plan"
ELECTION = """elections:
  - {programme: cs.sobering_center, counties: [contra_costa], offered: true, from: 2027-03-01, cites: [CCHP]}
"""


def fill(uploader: Person, approver: Person, *, at: datetime) -> None:
    """As the packaged overlay, with somebody having called the member line, and with one service more."""
    text = (PACKAGED / "plans" / f"{PLAN}.yaml").read_text("utf-8")
    called = text.replace("last_verified: null", "last_verified: 2026-10-01", 1)
    _propose(called, "Somebody called the member line: it is right.", uploader, approver, date(2027, 1, 1), at)
    more = called.replace("elections:\n", ELECTION, 1)
    _propose(more, "The plan wants to offer Sobering Centers from March on.", uploader, None, date(2027, 3, 1), at)


def _propose(text: str, note: str, uploader: Person, approver: Person | None, on: date, at: datetime) -> None:
    day = at - timedelta(days=10)
    queries.stand(uploader, on=clock.in_california(day), at=day)
    made = actions.upload(
        PLAN, text, effective_on=on, note=note, by=uploader, at=day, today=clock.in_california(day)
    )  # fmt: skip
    if approver:
        actions.approve(made, by=queries.stand(approver, on=clock.in_california(at), at=at), at=at)
