"""Questions about ECM cases: whose day it is, what a case is made of, and how all of them stood in a past month."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.cache import cache
from django.db.models import (
    BooleanField,
    Count,
    DateField,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Coalesce, TruncDate
from django.utils import timezone

from wholeperson.access import brimful, compiled, upto
from wholeperson.access.models import Membership, Organisation, Person
from wholeperson.access.queries import current
from wholeperson.casework.authorizations.queries import ecm_numbers
from wholeperson.casework.care.lifecycle import LEADS, OPEN, WORK
from wholeperson.casework.care.models import Assignment, Case, Lead, PlanReview, Standing
from wholeperson.casework.members import queries as people
from wholeperson.casework.members.days import day_of
from wholeperson.casework.members.models import Contact, ContactRule, Identifier
from wholeperson.record import wall

READ = "care.read"
SOON = timedelta(days=30)  # so early a review stands on the list
A_MINUTE = 60  # seconds
AT_ONCE = 500  # cases of a month that are looked at together
FIRST = timedelta(days=365)  # our own: as long as a first authorization lasts
ON = TruncDate("happened_at", tzinfo=ZoneInfo(settings.TIME_ZONE))  # as `on` tells of one


def cases_for(user: Person) -> QuerySet[Case]:
    """Cases of the organisations this person works for, of members they may see."""
    found: QuerySet[Case] = Case.objects.for_user(user).filter(
        organisation__in=user.standing.organisations_where(READ, depth="care")
    )
    return found.select_related("member", "organisation", "plan", "lead")


def case_for(user: Person, public_id: str) -> Case | None:
    return cases_for(user).filter(public_id=public_id).first()


def todays(user: Person, *, everybody: bool = False) -> QuerySet[Case]:
    """Open cases, who was not reached for the longest time first; one's own, or the whole team's."""
    found = cases_for(user).filter(status__in=OPEN)
    return (found if everybody else found.filter(lead=user)).order_by("reached_at", "id")


def on_page(user: Person, everybody: bool, first: int, last: int) -> QuerySet[Case]:
    return todays(user, everybody=everybody)[first:last]


def behind(user: Person, everybody: bool, many: int, place: tuple[datetime, UUID]) -> QuerySet[Case]:
    """The first of those behind a place in that order."""
    further: QuerySet[Case] = upto.after(todays(user, everybody=everybody), "reached_at", *place)[0][:many]
    return further


def number_of(user: Person, *, everybody: bool) -> int:
    """How many there are, as far as they are counted."""

    def ask(_: tuple[str, ...]) -> list[Any]:
        return compiled.found(how_many, user, everybody)

    return brimful.counts(user, ("care.todays", everybody), ("cases",), ask)["cases"]


def how_many(user: Person, everybody: bool) -> QuerySet[Any]:
    return upto.numbers(user, {"cases": [todays(user, everybody=everybody)]})


def was_seen(case: Case, on: date) -> bool:
    """Whether the member was reached in the day's month."""
    return case.reached_at >= month_begins(on)


def due(user: Person) -> QuerySet[Case]:
    """Open cases not seen in this month: due by its last day, which stands in `month_ends`."""
    last = Value(last_day(user.standing.on), output_field=DateField())
    cases: QuerySet[Any] = todays(user, everybody=True).filter(reached_at__lt=month_begins(user.standing.on))
    found: QuerySet[Case] = cases.annotate(month_ends=last, ours=Value(value=True))
    return found


def reviews_due(user: Person) -> QuerySet[Case]:
    """Enrolled people whose care plan is to be looked at soon, or should have been: `review_on` says by when.

    That is the day which the team set; before the first one, the end of the authorization, or where none is known
    `FIRST` after enrollment. The State sets none. For whoever may write down that it was done: to anybody else it is
    no work.
    """
    today, ours = user.standing.on, user.standing.organisations_where(WORK)
    stands = PlanReview.objects.for_user(user).filter(case=OuterRef("pk"), struck_at=None)
    last = stands.order_by("-reviewed_on", "-kept_at", "-id")
    at_last = Cast(ExpressionWrapper(F("enrolled_on") + FIRST, output_field=DateTimeField()), DateField())
    by_when = Coalesce(Subquery(last.values("next_on")[:1]), "authorized_until", at_last, output_field=DateField())
    enrolled: QuerySet[Any] = cases_for(user).filter(status="enrolled", organisation__in=ours)
    enrolled = enrolled.annotate(review_on=by_when)
    soon: QuerySet[Any] = enrolled.filter(review_on__lte=today + SOON).annotate(ours=Value(value=True))
    found: QuerySet[Case] = soon.order_by("review_on", "id")
    return found


def review_for(user: Person, case: Case) -> PlanReview | None:
    """When the care plan was looked at last."""
    return reviews_of(user, case).filter(struck_at=None).first()


def reviews_of(user: Person, case: Case) -> QuerySet[PlanReview]:
    """Every time that the care plan was looked at, the latest first, with what was struck out."""
    rows: QuerySet[PlanReview] = PlanReview.objects.for_user(user).filter(case=case)
    return rows.select_related("case", "person", "struck_by").order_by("-reviewed_on", "-kept_at", "-id")


def phones_for(user: Person, cases: Iterable[Case]) -> dict[UUID, str]:
    """The newest telephone number of each member."""
    return people.phones_for(user, [case.member_id for case in cases])


def rules_for(user: Person, cases: Iterable[Case]) -> dict[UUID, ContactRule]:
    """What each member asked for: it is shown where their number would stand, and in place of it."""
    return people.rules_for(user, [case.member_id for case in cases])


def contacts_for(user: Person, case: Case) -> QuerySet[Contact]:
    found: QuerySet[Contact] = Contact.objects.for_user(user).filter(
        member=case.member_id, organisation=case.organisation_id, struck_at=None
    )
    return found.select_related("person").order_by("-happened_at", "-id")


def leads_at(organisation: Organisation, on: date) -> QuerySet[Person]:
    """Who may lead somebody's care there."""
    roles = Membership.objects.filter(current(on), organisation=organisation, role__in=LEADS)
    return Person.objects.filter(is_active=True, pk__in=roles.values("person")).order_by("name", "id")


def leads_of(organisations: Collection[UUID], on: date) -> QuerySet[Person]:
    """Who may lead somebody's care in any of these organisations."""
    roles = Membership.objects.filter(current(on), organisation__in=list(organisations), role__in=LEADS)
    return Person.objects.filter(is_active=True, pk__in=roles.values("person")).order_by("name", "id")


def leading(organisations: Collection[UUID]) -> QuerySet[Person]:
    """Who leads the care of somebody there today, also who may not any more."""
    with wall.opened("care.leading"):
        found = Case.objects.filter(organisation__in=list(organisations), status__in=OPEN).exclude(lead=None)
        leads = list(found.order_by().values_list("lead", flat=True).distinct())
    return Person.objects.filter(pk__in=leads).order_by("name", "id")


def shared(organisations: Collection[UUID], leaving: Person, person: Person, on: date) -> Organisation | None:
    """Where the one leads cases that the other may lead."""
    with wall.opened("care.shared"):
        theirs = Case.objects.filter(organisation__in=list(organisations), lead=leaving, status__in=OPEN).order_by()
        places = list(theirs.values_list("organisation", flat=True).distinct())
    posts = Membership.objects.filter(current(on), person=person, organisation__in=places, role__in=LEADS)
    return Organisation.objects.filter(pk__in=posts.values("organisation")).order_by("pk").first()


# ── a month as it was, as far as it was known at a moment ──


@dataclass
class Month:
    """How one case stood at the end of a month. `standings` are all up to then, the last one last."""

    case: Case
    cin: str
    standings: list[Standing]
    lead: Person | None = None
    contacts: list[Contact] = field(default_factory=list)  # of the month
    authorization_number: str = ""
    plan_changed: date | None = None

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


def last_day(day: date) -> date:
    """The last day of the day's month."""
    return next_month(day) - timedelta(days=1)


def months(organisation: Organisation, plan: Organisation, month: date, *, known_at: datetime) -> Iterator[list[Month]]:
    """The cases a plan had with a provider in a month, as it was known at that moment: the same at any time.

    By CIN, some hundred at a time: however many there are, no more than those are held at once. Unscoped: for whoever
    may send that provider's files.
    """
    with wall.opened("care.month"):
        known = {"month__lte": month, "kept_at__lte": known_at}
        assigned = Assignment.objects.filter(case__organisation=organisation, case__plan=plan, **known)
        places = _places(Case.objects.filter(pk__in=assigned.values("case")), day_of(known_at))
    for at in range(0, len(places), AT_ONCE):
        yield months_of(places[at : at + AT_ONCE], organisation, plan, month, known_at=known_at)


def months_of(
    keys: Collection[UUID], organisation: Organisation, plan: Organisation, month: date, *, known_at: datetime
) -> list[Month]:
    """The same of these cases, where the month tells of them, in the order of their keys here."""
    with wall.opened("care.month"):
        told = shown_of(keys, organisation, month, known_at=known_at)
        last = next_month(month) - timedelta(days=1)
        changed = _changed([one.case for one in told], last, known_at)
        numbers = ecm_numbers([one.case.member_id for one in told], organisation, plan, last, known_at)
    for one in told:
        one.plan_changed = changed.get(one.case.pk)
        one.authorization_number = numbers.get(one.case.member_id, "")
    return told


def shown_of(keys: Collection[UUID], organisation: Organisation, month: date, *, known_at: datetime) -> list[Month]:
    """The same, without what only a file tells of them: when a care plan changed, and the authorization's number."""
    with wall.opened("care.month"):
        found = Case.objects.select_related("member").in_bulk(list(keys))
        return _told([found[key] for key in keys], organisation, month, known_at)


def _places(cases: QuerySet[Case], on: date) -> list[UUID]:
    """The keys of cases, by CIN."""
    numbers = _numbers(cases.values("member"), on)
    found = cases.order_by().values_list("pk", "member")
    return [key for _, key in sorted((numbers.get(member, ""), key) for key, member in found)]


@dataclass(frozen=True)
class Gaps:
    """How many people a month's file is about, and how many of them lack what it asks for."""

    people: int = 0
    lead: int = 0
    contact: int = 0
    cin: int = 0

    @property
    def total(self) -> int:
        return self.lead + self.contact + self.cin


Pair = tuple[UUID, UUID]  # provider, plan


def gaps(user: Person, may: str, month: date, *, lacking: bool = True) -> dict[Pair, Gaps]:
    """By provider and plan, as things are known now: counted where they lie, however many they are.

    Of the providers for whom this person `may` do that, whoever else sees their people. Without `lacking` only how many
    people there are, which costs a page that asks for no more a fraction. Where a provider has more than a thousand
    people with a plan, what they lack is counted once a minute.
    """
    moment = user.standing.moment
    kept = _kept(user.standing.organisations_where(may), month, at=moment) if lacking else {}
    with wall.opened("care.gaps"):
        rows = compiled.found(gaps_of, user, may, month, lacking, tuple(sorted(kept)))
    found = {(organisation, plan): Gaps(*numbers) for organisation, plan, *numbers in rows}
    if lacking:
        _keep(found, month, at=moment)
    return found | kept


def _kept(organisations: Iterable[UUID], month: date, *, at: datetime) -> dict[Pair, Gaps]:
    return {pair: one for pair, (one, _until) in _kept_until(organisations, month, at=at).items()}


def _kept_until(organisations: Iterable[UUID], month: date, *, at: datetime) -> dict[Pair, tuple[Gaps, datetime]]:
    """With the moment at which each is counted again."""
    held = cache.get_many([_kept_as(one, month) for one in organisations])
    return {pair: one for each in held.values() for pair, one in each.items() if one[1] > at}


def _keep(found: Mapping[Pair, Gaps], month: date, *, at: datetime) -> None:
    """For a minute, beside what is kept of the same providers."""
    until = at + timedelta(seconds=A_MINUTE)
    full = {pair: (one, until) for pair, one in found.items() if one.people > upto.MOST}
    organisations = {organisation for organisation, _ in full}
    known = _kept_until(organisations, month, at=at) | full if full else {}
    for one in organisations:
        theirs = {pair: held for pair, held in known.items() if pair[0] == one}
        cache.set(_kept_as(one, month), theirs, A_MINUTE)


def _kept_as(organisation: UUID, month: date) -> str:
    return f"care.gaps:{month}:{organisation.hex}"


def gaps_of(user: Person, may: str, month: date, lacking: bool, known: Collection[Pair] = ()) -> QuerySet[Any]:
    """Of all but those that are `known`."""
    found = _in_month(month).filter(organisation__in=user.standing.organisations_where(may)).order_by()
    for organisation, plan in known:
        found = found.exclude(organisation=organisation, plan=plan)
    lacks = _lacking(month, user.standing.on) if lacking else {}
    counted = found.values("organisation", "plan").annotate(people=Count("pk"), **lacks)
    fields = Gaps.__dataclass_fields__ if lacking else ["people"]
    rows: QuerySet[Any] = counted.values_list("organisation", "plan", *fields)
    return rows


def _lacking(month: date, on: date) -> dict[str, Count]:
    return {word: Count("pk", filter=~Exists(has)) for word, has in _has(month, on).items()}


def without_lead(organisation: Organisation, plan: Organisation, month: date) -> QuerySet[Case]:
    """Cases of the month that nobody led at its end, as things are known now. Unscoped, as `gaps`."""
    found = _in_month(month).filter(organisation=organisation, plan=plan)
    return found.filter(~Exists(_led_in(month))).order_by("pk")


@dataclass(frozen=True)
class Glance:
    """A month with one plan: what is lacking, how many people lack any of it, how many outreach attempts are told."""

    gaps: Gaps
    to_mend: int
    attempts: int


def at_a_glance(organisation: Organisation, plan: Organisation, month: date, *, on: date, at: datetime) -> Glance:
    """As things are known on that day, now. Unscoped, as `gaps`, which tell the same from then on."""
    with wall.opened("care.glance"):
        found = _with(organisation, plan, month, on)
        counted = found.aggregate(people=Count("pk"), **_lacking(month, on), to_mend=Count("pk", filter=Q(lacks=True)))
        to_mend, attempts = counted.pop("to_mend"), _attempts(found, organisation, month)
    gaps = Gaps(**counted)
    _keep({(organisation.pk, plan.pk): gaps}, month, at=at)
    return Glance(gaps, to_mend, attempts)


def _attempts(cases: QuerySet[Any], organisation: Organisation, month: date) -> int:
    """Those since each assignment: who was assigned twice in a month is told of twice, as in the file."""
    tried: QuerySet[Any] = Contact.objects.filter(organisation=organisation, purpose="outreach", **_unstruck_in(month))
    since = tried.annotate(on=ON).filter(member__cases__in=cases.values("pk"), on__gte=F("member__cases__assigned_on"))
    number: int = since.count()
    return number


def to_mend_first(
    organisation: Organisation, plan: Organisation, month: date, first: int, last: int, *, on: date
) -> list[UUID]:
    """The keys of some cases of a month, by name, those that lack something before all others. Unscoped, as `gaps`."""
    with wall.opened("care.to_mend"):
        found = _with(organisation, plan, month, on)
        in_order = found.order_by("-lacks", "member__family_name", "member__given_name", "pk")
        return list(in_order.values_list("pk", flat=True)[first:last])


def _with(organisation: Organisation, plan: Organisation, month: date, on: date) -> QuerySet[Any]:
    has = _has(month, on).values()
    lacks = ExpressionWrapper(reduce(or_, (~Q(Exists(each)) for each in has)), output_field=BooleanField())
    theirs: QuerySet[Any] = _in_month(month).filter(organisation=organisation, plan=plan).order_by()
    found: QuerySet[Any] = theirs.annotate(lacks=lacks)
    return found


def _in_month(month: date) -> QuerySet[Case]:
    """Cases that were open on some day of the month: `months` tells the same people, as of now."""
    last = next_month(month) - timedelta(days=1)
    return Case.objects.filter(Q(ended_on=None) | Q(ended_on__gte=month), assigned_on__lte=last)


def _has(month: date, on: date) -> dict[str, QuerySet[Any]]:
    """What a row of the file needs, as something there is for a case on that day: `_told` takes the same."""
    contacts = Contact.objects.filter(
        member=OuterRef("member"), organisation=OuterRef("organisation"), **_unstruck_in(month)
    )
    return {
        "lead": _led_in(month),
        "contact": contacts.annotate(on=ON).filter(on__gte=OuterRef("assigned_on")),
        "cin": Identifier.objects.filter(_held(on), member=OuterRef("member"), system="cin"),
    }


def _led_in(month: date) -> QuerySet[Lead]:
    return Lead.objects.filter(case=OuterRef("pk"), since__lt=next_month(month))


def _unstruck_in(month: date) -> dict[str, Any]:
    """Contacts of a month that stand."""
    begins, ends = month_begins(month), month_begins(next_month(month))
    return {"struck_at": None, "happened_at__gte": begins, "happened_at__lt": ends}


def _told(cases: list[Case], organisation: Organisation, month: date, known_at: datetime) -> list[Month]:
    last = next_month(month) - timedelta(days=1)
    known = {"case__in": [case.pk for case in cases], "kept_at__lte": known_at, "since__lte": last}
    standings = _by(Standing.objects.filter(**known).order_by("since", "kept_at", "id"), "case_id")
    leads = _by(Lead.objects.filter(**known).order_by("since", "kept_at", "id").select_related("person"), "case_id")
    numbers = _numbers([case.member_id for case in cases], day_of(known_at))
    contacts = _by(_contacts(cases, organisation, month, known_at), "member_id")
    told = []
    for case in cases:
        stood = standings.get(case.pk, [])
        if not stood or (stood[-1].status not in OPEN and stood[-1].since < month):
            continue
        theirs = [one for one in contacts.get(case.member_id, []) if on(one) >= case.assigned_on]
        led = leads.get(case.pk)
        told.append(Month(case, numbers.get(case.member_id, ""), stood, led[-1].person if led else None, theirs))
    return told


def _contacts(cases: list[Case], organisation: Organisation, month: date, known_at: datetime) -> QuerySet[Contact]:
    """Those of the month that were kept by then, without what had been struck out by then. Notes go into no file."""
    unstruck = Q(struck_at=None) | Q(struck_at__gt=known_at)
    within = {"happened_at__gte": month_begins(month), "happened_at__lt": month_begins(next_month(month))}
    theirs = {"member__in": [case.member_id for case in cases], "organisation": organisation}
    found = Contact.objects.filter(unstruck, kept_at__lte=known_at, **theirs, **within)
    return found.order_by("happened_at", "id").defer("note")


def _changed(cases: list[Case], last: date, known_at: datetime) -> dict[UUID, date]:
    """When each care plan was changed last, up to that day, as far as it was known then: where words say what did."""
    unstruck = Q(struck_at=None) | Q(struck_at__gt=known_at)
    rows = PlanReview.objects.filter(
        unstruck, case__in=[case.pk for case in cases], reviewed_on__lte=last, kept_at__lte=known_at
    )
    return {row.case_id: row.reviewed_on for row in rows.order_by("reviewed_on") if row.note}


def _numbers(members: "Collection[UUID] | QuerySet[Any]", on: date) -> dict[UUID, str]:
    """Each member's CIN as it was on that day."""
    rows = Identifier.objects.filter(_held(on), member__in=members, system="cin").order_by("since", "id")
    return {row.member_id: row.value for row in rows}


def _held(on: date) -> Q:
    return (Q(since=None) | Q(since__lte=on)) & (Q(until=None) | Q(until__gte=on))


def _by(rows: Iterable[Any], name: str) -> dict[UUID, list[Any]]:
    told: dict[UUID, list[Any]] = {}
    for row in rows:
        told.setdefault(getattr(row, name), []).append(row)
    return told


def on(contact: Contact) -> date:
    """The day of a contact in California."""
    return day_of(contact.happened_at)
