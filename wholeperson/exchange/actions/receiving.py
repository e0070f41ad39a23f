"""A file comes in: checked against its layout and our records, kept, and loaded in one transaction or not at all."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from uuid import UUID

from django.db import transaction

from wholeperson.access.models import Organisation, Person
from wholeperson.casework.authorizations import actions as authorizations
from wholeperson.casework.care import actions as care
from wholeperson.casework.care.lifecycle import BEFORE, WORK
from wholeperson.casework.care.models import Case
from wholeperson.casework.members import actions as members
from wholeperson.casework.members.days import day_of
from wholeperson.casework.members.models import Member
from wholeperson.exchange import opening, rows
from wholeperson.exchange.layouts import OPENING, layouts
from wholeperson.exchange.lifecycle import RECEIVE
from wholeperson.exchange.models import Received
from wholeperson.exchange.queries import paper
from wholeperson.formats.files.checking import Asked, check
from wholeperson.formats.files.findings import Record, Report
from wholeperson.formats.files.layout import Layout
from wholeperson.record import documents, refusals, steps, trail
from wholeperson.record.actors import Actor

AS_IT_CAME = "application/octet-stream"  # a table in whatever spelling; nobody is ever handed it as it came
SHOWN = 500  # findings kept with the file; the others come with the fix list


@dataclass(frozen=True)
class Came:
    """A file as it came: to whom, from which plan, and as what."""

    file: documents.Received
    organisation: Organisation
    plan: Organisation
    layout: Layout


def judge(content: bytes, layout: Layout, today: date, organisation: Organisation | None = None) -> Report:
    """What the ladder says of it, and nothing written."""
    return check(BytesIO(content), layouts(), layout, asked=_asked(layout, today, organisation))


def _asked(layout: Layout, today: date, organisation: Organisation | None) -> Asked:
    own = layout.file == OPENING and organisation is not None
    sense = opening.sense_of(organisation, today) if own and organisation else rows.sense_on(today)
    return Asked(known=rows.known_to(layout), sense=sense)


@transaction.atomic
def receive(came: Came, *, by: Actor, at: datetime) -> tuple[Received, bool]:
    """Check and keep it; True where it is new. The same file again is the same row, checked anew until it is loaded."""
    require_at(by, RECEIVE, came.organisation.pk)
    digest = hashlib.sha256(came.file.content).hexdigest()
    mine = Received.objects.select_for_update().filter(organisation=came.organisation, plan=came.plan, digest=digest)
    known = mine.first()
    if known and known.status == "loaded":
        return known, False
    _require_work(came.layout, by, came.organisation.pk)
    report = judge(came.file.content, came.layout, day_of(at), came.organisation)
    if known is None:
        return _kept(came, digest, report, by, at), True
    _tell(known, came.layout, report)
    trail.wrote(known, "file.check_again", by=by, at=at, details={"outcome": report.outcome})
    return known, False


def _kept(came: Came, digest: str, report: Report, by: Actor, at: datetime) -> Received:
    document = documents.keep(came.file, by=by, at=at, organisation=came.organisation.pk, kind=AS_IT_CAME)
    made = Received(
        organisation=came.organisation, plan=came.plan, digest=digest, name=came.file.name, document=document,
        person=by if isinstance(by, Person) else None, came_at=at,
        **_words(came.layout, report),
    )  # fmt: skip
    steps.begin(made, by=by, at=at)
    return made


def _words(layout: Layout, report: Report) -> dict[str, str | int]:
    told = report.as_json()
    told["findings"] = told["findings"][:SHOWN]
    return {
        "layout": layout.id, "outcome": report.outcome, "rows_read": report.read, "rows_kept": report.kept,
        "report": json.dumps(told, default=str),
    }  # fmt: skip


def _tell(received: Received, layout: Layout, report: Report) -> None:
    words = _words(layout, report)
    for name, value in words.items():
        setattr(received, name, value)
    received.save(update_fields=list(words))


def load(received: Received, *, by: Actor, at: datetime) -> Received:
    """Make members and cases of the rows that are right: all of them, or, where the file is rejected by now, none."""
    require_at(by, RECEIVE, received.organisation_id)
    if received.status == "loaded":
        return received
    _require_work(layouts()[received.layout], by, received.organisation_id)
    with transaction.atomic():
        steps.take(received, "load", by=by, at=at, loaded_at=at)  # first: who comes second waits here, then is refused
        content = documents.content(paper(received), by=by, at=at)
        report = _load(received, content, by, at)
        if report.outcome == "rejected":
            transaction.set_rollback(True)
        else:
            _tell(received, layouts()[received.layout], report)
    if report.outcome == "rejected":
        received.refresh_from_db()
    return received


def _load(received: Received, content: bytes, by: Actor, at: datetime) -> Report:
    today = day_of(at)
    known = opening.leads(received.organisation, today)

    def keep(batch: Sequence[Record]) -> None:
        ours = rows.whom_we_know(batch)
        for row in batch:
            cin = str(row.values["cin"])
            ours[cin] = _row(received, row, ours.get(cin), today, known, by, at)

    layout = layouts()[received.layout]
    return check(BytesIO(content), layouts(), layout, keep=keep, asked=_asked(layout, today, received.organisation))


def _row(
    received: Received, row: Record, member: Member | None, today: date, known: dict[str, Person], by: Actor,
    at: datetime,
) -> Member:  # fmt: skip
    """What a row says of a member, who is made where nobody has this CIN yet; returns them."""
    values, plan, is_own = row.values, received.plan, layouts()[received.layout].file == OPENING
    assigned = values.get("assigned_on")
    month = assigned if is_own and isinstance(assigned, date) else rows.month_of(row, today)
    member = member or _new(row, by, at)
    if phone := values.get("phone") or values.get("home_phone"):
        members.add_phone(member, number=str(phone), source=received.layout, by=by, at=at)
    members.cover(member, plan=plan, month=month, source=received.layout, by=by, at=at)
    if rows.is_support(row, layouts()[received.layout]):
        _support(received, row, member, today, by, at)
    else:
        _case(received, row, member, month, known, by, at)
    return member


def _case(
    received: Received, row: Record, member: Member, month: date, known: dict[str, Person], by: Actor, at: datetime
) -> None:
    """Care management: assigned by the plan in that month; of an own list also how it stands by now."""
    values, assigned = row.values, row.values.get("assigned_on")
    begins, ends = values.get("authorization_start"), values.get("authorization_end")
    authorization = care.Authorization(
        str(values.get("authorization_number") or ""),
        begins if isinstance(begins, date) else None,
        ends if isinstance(ends, date) else None,
    )
    case = care.assign(
        member, organisation=received.organisation, plan=received.plan, month=month, authorization=authorization,
        assigned_on=assigned if isinstance(assigned, date) else None, by=by, at=at,
    )  # fmt: skip
    if layouts()[received.layout].file == OPENING:
        _opened(case, row, known, by, at)


def _support(received: Received, row: Record, member: Member, today: date, by: Actor, at: datetime) -> None:
    """A Community Support as the plan decided it; of an own list also the units that were used before."""
    found = authorizations.record(
        member, rows.decision(row, today), organisation=received.organisation, plan=received.plan, by=by, at=at
    )
    used = row.values.get("units_used")
    if layouts()[received.layout].file == OPENING and isinstance(used, int) and used:
        key = f"opening:{found.pk}"
        authorizations.draw(found, used, on=today, source="opening", key=key, by=by, at=at)


def _opened(case: Case, row: Record, known: dict[str, Person], by: Actor, at: datetime) -> None:
    """Bring a case to where the provider's own list says that it stands."""
    if not isinstance(by, Person):
        return
    status, enrolled = row.values.get("ecm_status"), row.values.get("enrollment_start")
    if (lead := opening.lead_of(row, known)) and case.lead_id is None:
        care.name_lead(case, lead, since=case.assigned_on, by=by, at=at)
    if status == opening.ENROLLED and isinstance(enrolled, date) and case.status in BEFORE:
        care.take_step(case, "enrol", on=max(enrolled, case.assigned_on), by=by, at=at)
    elif status == "outreach" and case.status == "assigned":
        care.take_step(case, "reach_out", on=case.assigned_on, by=by, at=at)


def _new(row: Record, by: Actor, at: datetime) -> Member:
    born = row.values["birth_date"]
    if not isinstance(born, date):
        raise TypeError("rows without a birth date are set aside before")
    member = members.register(
        given_name=str(row.values["first_name"]), family_name=str(row.values["last_name"]), birth_date=born,
        language=rows.language(row), county=rows.county(row), by=by, at=at,
    )  # fmt: skip
    members.add_identifier(member, system="cin", value=str(row.values["cin"]), by=by, at=at)
    return member


def _require_work(layout: Layout, by: Actor, organisation: UUID) -> None:
    """Where cases stand is said by who does the work, in a list of their own as on any day."""
    if layout.file == OPENING:
        require_at(by, WORK, organisation)


def require_at(by: Actor, word: str, organisation: UUID) -> None:
    """Refuse whoever may not do this for that organisation; a job of the house may where it is given the word."""
    there = organisation in by.standing.organisations_where(word) if isinstance(by, Person) else by.may(word)
    if not there:
        raise refusals.not_allowed(by.label, word)
