"""A checked file is loaded: some hundred rows at once, and all that is right in one transaction or nothing.

Rows that cannot be written together are written one by one, so that one that nobody can keep is set aside with its
reason and the others are kept whole.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO

from django.db import transaction

from wholeperson.access.models import Person
from wholeperson.casework.authorizations import actions as authorizations
from wholeperson.casework.authorizations.actions.recording import Authorizations
from wholeperson.casework.authorizations.models import Authorization
from wholeperson.casework.care import actions as care
from wholeperson.casework.care.actions.assigning import Cases
from wholeperson.casework.care.lifecycle import BEFORE
from wholeperson.casework.care.models import Case
from wholeperson.casework.members.actions.many import Members
from wholeperson.casework.members.days import day_of
from wholeperson.casework.members.models import Member
from wholeperson.exchange import opening, rows, spoken
from wholeperson.exchange.actions.aside import CANNOT_BE_KEPT, set_aside
from wholeperson.exchange.actions.receiving import asked_of, needed, require_at, require_work, tell
from wholeperson.exchange.actions.requesting import Requests
from wholeperson.exchange.layouts import OPENING, SUPPORTS, layouts
from wholeperson.exchange.models import Received
from wholeperson.exchange.queries import paper
from wholeperson.formats.files.checking import Asked, check
from wholeperson.formats.files.findings import Objection, Record, Report
from wholeperson.formats.files.values import ERROR
from wholeperson.record import documents, progress, steps, wall
from wholeperson.record.actors import Actor
from wholeperson.record.pile import Pile
from wholeperson.record.refusals import NotAllowed


def load(received: Received, *, by: Actor, at: datetime) -> Received:
    """Make members and cases of the rows that are right: all of them, or, where the file is rejected by now, none."""
    require_at(by, needed(received.layout), received.organisation_id)
    if received.status == "loaded":
        return received
    require_work(layouts()[received.layout], by, received.organisation_id)
    try:
        report = _load(received, by, at)
    finally:
        progress.forget(received.public_id)
    if report.outcome == "rejected":
        received.refresh_from_db()
    return received


def _load(received: Received, by: Actor, at: datetime) -> Report:
    with transaction.atomic():
        steps.take(
            received, received.verb("load"), by=by, at=at, loaded_at=at
        )  # first: who comes second waits here, then is refused
        content = documents.content(paper(received), by=by, at=at)
        work = Requests(received, by=by, at=at) if received.is_list else Load(received, by=by, at=at)
        report = work.run(content)
        if report.outcome == "rejected":
            transaction.set_rollback(True)
        else:
            tell(received, layouts()[received.layout], report)
    return report


class Load:
    """One file on its way into the records."""

    def __init__(self, received: Received, *, by: Actor, at: datetime) -> None:
        self.received, self.by, self.at, self.today = received, by, at, day_of(at)
        self.layout = layouts()[received.layout]
        self.is_own = self.layout.file == OPENING
        self.leads = opening.leads(received.organisation, self.today)
        self.ours: dict[str, Member] = {}  # of the rows at hand, by CIN
        self.done = 0

    def run(self, content: bytes) -> Report:
        sense = asked_of(self.layout, self.today, self.received.organisation).sense
        asked = Asked(known=self._known, sense=sense)
        return check(BytesIO(content), layouts(), self.layout, keep=self._keep, asked=asked)

    def _known(self, batch: Sequence[Record]) -> Iterator[Objection]:
        self.done += len(batch)
        progress.say(self.received.public_id, self.done)
        self.ours = rows.whom_we_know(batch)
        return rows.known_among(self.layout, batch, self.ours)

    def _keep(self, batch: Sequence[Record]) -> Iterable[Objection]:
        try:
            self._together(batch, self.ours)
        except NotAllowed:
            raise
        except CANNOT_BE_KEPT:
            return list(self._one_by_one(batch))
        return ()

    def _one_by_one(self, batch: Sequence[Record]) -> Iterator[Objection]:
        """Whom we know is asked anew: somebody may have come in through another file in between."""
        ours = rows.whom_we_know(batch)
        found = [each for each in rows.against(batch, ours) if each.severity == ERROR]
        yield from found
        wrong = {each.row for each in found}
        for row in batch:
            if row.row in wrong:
                continue
            try:
                self._together([row], ours)
            except NotAllowed:
                raise
            except CANNOT_BE_KEPT as why:
                yield set_aside(row, why)

    def _together(self, batch: Sequence[Record], ours: dict[str, Member]) -> None:
        """What the rows say of members, who are made where nobody has this CIN yet and are then among `ours`."""
        with transaction.atomic(), wall.opened("exchange.load"):
            new = self._written(batch, ours)
        ours.update(new)

    def _written(self, batch: Sequence[Record], ours: Mapping[str, Member]) -> dict[str, Member]:
        cins = {str(row.values["cin"]) for row in batch}
        pile, known = Pile(by=self.by, at=self.at), {ours[cin].pk: ours[cin] for cin in cins & ours.keys()}.values()
        partners = {"organisation": self.received.organisation, "plan": self.received.plan}
        people, supports = Members(pile, known), Authorizations(pile, known, **partners)
        cases = None if self.layout.file == SUPPORTS else Cases(pile, known, supports, **partners)
        new: dict[str, Member] = {}
        made: list[tuple[Record, Authorization | Case]] = []
        for row in batch:
            cin = str(row.values["cin"])
            member = ours.get(cin) or new.get(cin) or new.setdefault(cin, self._registered(people, row, cin))
            self._heard(people, row, member)
            if cases is None or rows.is_support(row, self.layout):
                made.append((row, supports.record(member, rows.decision(row, self.today))))
            else:
                made.append((row, cases.assign(member, **self._assigned(row))))
        pile.write()
        for row, thing in made if self.is_own else ():
            self._own(row, thing)
        return new

    def _registered(self, people: Members, row: Record, cin: str) -> Member:
        made = people.register(**_person(row))
        people.add_identifier(made, system="cin", value=cin)
        return made

    def _heard(self, people: Members, row: Record, member: Member) -> None:
        source = self.layout.id
        if number := _phone(row):
            people.add_phone(member, number=number, source=source)
        if needs := spoken.needs(row):
            people.hear_language(member, needs, source=source)
        people.cover(member, plan=self.received.plan, month=self._month(row), source=source)

    # ── what a row says ──

    def _month(self, row: Record) -> date:
        assigned = row.values.get("assigned_on")
        return assigned if self.is_own and isinstance(assigned, date) else rows.month_of(row, self.today)

    def _assigned(self, row: Record) -> rows.Assigned:
        """Care management: assigned by the plan in that month."""
        begins, ends = row.values.get("authorization_start"), row.values.get("authorization_end")
        authorization = care.Authorization(
            str(row.values.get("authorization_number") or ""),
            begins if isinstance(begins, date) else None,
            ends if isinstance(ends, date) else None,
        )
        assigned = row.values.get("assigned_on")
        return {
            "month": self._month(row), "authorization": authorization,
            "assigned_on": assigned if isinstance(assigned, date) else None,
        }  # fmt: skip

    def _own(self, row: Record, made: Authorization | Case) -> None:
        """Of a provider's own list also how it stands by now: units that were used, who leads, whether enrolled."""
        if isinstance(made, Case):
            self._opened(made, row)
        elif isinstance(used := row.values.get("units_used"), int) and used:
            key = f"opening:{made.pk}"
            authorizations.draw(made, used, on=self.today, source="opening", key=key, by=self.by, at=self.at)

    def _opened(self, case: Case, row: Record) -> None:
        by, at = self.by, self.at
        if not isinstance(by, Person):
            return
        status, enrolled = row.values.get("ecm_status"), row.values.get("enrollment_start")
        if (lead := opening.lead_of(row, self.leads)) and case.lead_id is None:
            care.name_lead(case, lead, since=case.assigned_on, by=by, at=at)
        if status == opening.ENROLLED and isinstance(enrolled, date) and case.status in BEFORE:
            care.take_step(case, "enrol", on=max(enrolled, case.assigned_on), by=by, at=at)
        elif status == "outreach" and case.status == "assigned":
            care.take_step(case, "reach_out", on=case.assigned_on, by=by, at=at)


def _person(row: Record) -> rows.Named:
    born = row.values["birth_date"]
    if not isinstance(born, date):
        raise TypeError("rows without a birth date are set aside before")
    return {
        "given_name": str(row.values["first_name"]), "family_name": str(row.values["last_name"]), "birth_date": born,
        "language": spoken.language(row), "county": rows.county(row),
    }  # fmt: skip


def _phone(row: Record) -> str:
    return str(row.values.get("phone") or row.values.get("home_phone") or "")
