"""Questions about ECM cases: whose day it is, what a case is made of, and how all of them stood in a past month."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from wholeperson.access.models import Membership, Organisation, Person
from wholeperson.access.queries import current
from wholeperson.casework.care.actions.assigning import LEADS
from wholeperson.casework.care.lifecycle import OPEN
from wholeperson.casework.care.models import Assignment, Case, Lead, Standing
from wholeperson.casework.members.days import day_of
from wholeperson.casework.members.models import Contact, Identifier, Phone
from wholeperson.record import wall

READ = "care.read"


def cases_for(user: Person) -> QuerySet[Case]:
    """Cases of the organisations this person works for, of members they may see."""
    found: QuerySet[Case] = Case.objects.for_user(user).filter(
        organisation__in=user.standing.organisations_where(READ, depth="care")
    )
    return found.select_related("member", "organisation", "plan", "lead")


def case_for(user: Person, public_id: str) -> Case | None:
    return cases_for(user).filter(public_id=public_id).first()


def todays(user: Person, *, everybody: bool = False) -> QuerySet[Case]:
    """Open cases, those not seen in this month first; one's own, or the whole team's."""
    begins = month_begins(user.standing.on)
    seen = Contact.objects.for_user(user).filter(
        member=OuterRef("member"), organisation=OuterRef("organisation"), successful=True, happened_at__gte=begins
    )
    found = cases_for(user).filter(status__in=OPEN).annotate(seen=Exists(seen))
    if not everybody:
        found = found.filter(lead=user)
    return found.order_by("seen", "member__family_name", "member__given_name", "id")


def phones_for(user: Person, cases: Iterable[Case]) -> dict[UUID, str]:
    """The newest telephone number of each member."""
    rows = Phone.objects.for_user(user).filter(member__in=[case.member_id for case in cases]).order_by("kept_at", "id")
    return {row.member_id: row.number for row in rows}


def contacts_for(user: Person, case: Case) -> QuerySet[Contact]:
    found: QuerySet[Contact] = Contact.objects.for_user(user).filter(
        member=case.member_id, organisation=case.organisation_id
    )
    return found.select_related("person").order_by("-happened_at", "-id")


def leads_at(organisation: Organisation, on: date) -> QuerySet[Person]:
    """Who may lead somebody's care there."""
    roles = Membership.objects.filter(current(on), organisation=organisation, role__in=LEADS)
    return Person.objects.filter(is_active=True, pk__in=roles.values("person")).order_by("name", "id")


# ── a month as it was, as far as it was known at a moment ──


@dataclass
class Month:
    """How one case stood at the end of a month. `standings` are all up to then, the last one last."""

    case: Case
    cin: str
    standings: list[Standing]
    lead: Person | None = None
    contacts: list[Contact] = field(default_factory=list)  # of the month
    first_contact: date | None = None  # of all months

    @property
    def standing(self) -> Standing:
        return self.standings[-1]

    @property
    def seen(self) -> list[Contact]:
        return [one for one in self.contacts if one.successful]


def month_begins(day: date) -> datetime:
    """The first instant of the day's month in California."""
    return timezone.make_aware(datetime.combine(day.replace(day=1), datetime.min.time()))


def next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)


def months(organisation: Organisation, plan: Organisation, month: date, *, known_at: datetime) -> list[Month]:
    """The cases a plan had with a provider in a month, by CIN, as it was known at that moment: the same at any time.

    Unscoped: for whoever may send that provider's files.
    """
    with wall.opened("care.month"):
        assigned = Assignment.objects.filter(
            case__organisation=organisation, case__plan=plan, month__lte=month, kept_at__lte=known_at
        )
        cases = Case.objects.filter(pk__in=assigned.values("case")).select_related("member").order_by("pk")
        return _told(list(cases), organisation, month, known_at)


def _told(cases: list[Case], organisation: Organisation, month: date, known_at: datetime) -> list[Month]:
    last = next_month(month) - timedelta(days=1)
    known = {"case__in": [case.pk for case in cases], "kept_at__lte": known_at, "since__lte": last}
    standings = _by(Standing.objects.filter(**known).order_by("since", "kept_at", "id"), "case_id")
    leads = _by(Lead.objects.filter(**known).order_by("since", "kept_at", "id").select_related("person"), "case_id")
    numbers = _numbers([case.member_id for case in cases])
    contacts = _by(_contacts(cases, organisation, month, known_at), "member_id")
    told = []
    for case in cases:
        stood = standings.get(case.pk, [])
        if not stood or (stood[-1].status not in OPEN and stood[-1].since < month):
            continue
        theirs = [one for one in contacts.get(case.member_id, []) if on(one) >= case.assigned_on]
        led = leads.get(case.pk)
        told.append(
            Month(
                case, numbers.get(case.member_id, ""), stood, led[-1].person if led else None,
                [one for one in theirs if on(one) >= month], on(theirs[0]) if theirs else None,
            )
        )  # fmt: skip
    return sorted(told, key=lambda one: (one.cin, one.case.pk))


def _contacts(cases: list[Case], organisation: Organisation, month: date, known_at: datetime) -> QuerySet[Contact]:
    return Contact.objects.filter(
        member__in=[case.member_id for case in cases], organisation=organisation, kept_at__lte=known_at,
        happened_at__lt=month_begins(next_month(month)),
    ).order_by("happened_at", "id")  # fmt: skip


def _numbers(members: list[UUID]) -> dict[UUID, str]:
    rows = Identifier.objects.filter(Q(until=None), member__in=members, system="cin")
    return {row.member_id: row.value for row in rows}


def _by(rows: Iterable[Any], name: str) -> dict[UUID, list[Any]]:
    told: dict[UUID, list[Any]] = {}
    for row in rows:
        told.setdefault(getattr(row, name), []).append(row)
    return told


def on(contact: Contact) -> date:
    """The day of a contact in California."""
    return day_of(contact.happened_at)
