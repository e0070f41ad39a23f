"""Questions about authorizations: whose they are, what is left of them, what was known of them at a moment."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from wholeperson.access import compiled, upto
from wholeperson.access.due import our_turn
from wholeperson.access.models import Organisation, Person
from wholeperson.casework.authorizations import standing
from wholeperson.casework.authorizations.lifecycle import AUTHORIZATION, OPEN, READ
from wholeperson.casework.authorizations.models import Authorization, Draw, Told
from wholeperson.casework.authorizations.standing import Standing
from wholeperson.casework.members.days import day_of
from wholeperson.casework.members.models import Identifier, Member
from wholeperson.record import wall
from wholeperson.record.models import Step
from wholeperson.record.sealed import fingerprint

SOON = timedelta(days=30)
SUPPORTS = "cs."


def authorizations_for(user: Person) -> QuerySet[Authorization]:
    """Those of the organisations this person works for, what ends first on top."""
    found: QuerySet[Authorization] = Authorization.objects.for_user(user).filter(
        organisation__in=user.standing.organisations_where(READ, depth="care")
    )
    return upto.in_order(found.select_related("member", "organisation", "plan"), "ends")


def open_ones(found: QuerySet[Authorization]) -> QuerySet[Authorization]:
    return found.filter(status__in=OPEN)


def ending(found: QuerySet[Authorization], today: date) -> QuerySet[Authorization]:
    return found.filter(status="approved", ends__lte=today + SOON)


def due(user: Person) -> QuerySet[Authorization]:
    """Those that end soon or ended and nobody wrote so; and, as the plan's turn, those it has yet to decide."""
    found = authorizations_for(user)
    ends = ending(found, user.standing.on) | found.filter(status="undecided")
    return ends.annotate(ours=our_turn(Q(status="approved")))


def authorization_for(user: Person, public_id: str) -> Authorization | None:
    return authorizations_for(user).filter(public_id=public_id).first()


def told_for(user: Person, found: Authorization) -> QuerySet[Told]:
    rows: QuerySet[Told] = Told.objects.for_user(user).filter(authorization=found)
    return rows.select_related("person").order_by("-kept_at", "-id")


def used(user: Person, found: Authorization) -> int:
    total: dict[str, Any] = Draw.objects.for_user(user).filter(authorization=found).aggregate(all=Sum("units"))
    return int(total["all"] or 0)


def plans() -> QuerySet[Organisation]:
    return Organisation.objects.filter(kind="plan").order_by("name", "id")


def member_with(user: Person, cin: str) -> Member | None:
    """The member with this CIN, if this person may see them. Of others nothing is told."""
    mark = fingerprint("cin", "".join(cin.split()).upper())
    row = Identifier.objects.for_user(user).filter(system="cin", fingerprint=mark, until=None).first()
    return Member.objects.for_user(user).filter(pk=row.member_id).first() if row else None


# ── as it was known at a moment; unscoped, for whoever may send that provider's files ──


def ecm_numbers(
    members: Iterable[UUID], organisation: Organisation, plan: Organisation, last: date, known_at: datetime
) -> dict[UUID, str]:
    """The number of each member's ECM authorization that was told last, of those begun by that day."""
    rows = Told.objects.filter(
        Q(begins=None) | Q(begins__lte=last), kept_at__lte=known_at, authorization__organisation=organisation,
        authorization__plan=plan, authorization__programme="ecm", member__in=list(members),
    ).order_by("kept_at", "id")  # fmt: skip
    return {row.member_id: row.number for row in rows if row.number}


def supports(organisation: Organisation, plan: Organisation) -> QuerySet[Authorization]:
    return Authorization.objects.filter(organisation=organisation, plan=plan, programme__startswith=SUPPORTS)


def supports_by_partner(user: Person, may: str) -> dict[tuple[UUID, UUID], int]:
    """How many Community Supports each plan allowed each of the providers for whom this person `may` do that."""
    with wall.opened("authorization.count"):
        rows = compiled.found(supports_counted, user, may)
    return {(organisation, plan): number for organisation, plan, number in rows}


def supports_counted(user: Person, may: str) -> QuerySet[Any]:
    theirs = Authorization.objects.filter(organisation__in=user.standing.organisations_where(may))
    supports = theirs.exclude(programme="ecm").filter(programme__startswith=SUPPORTS)  # the first names the index
    found = supports.filter(status__in=("approved", "ended")).order_by()
    counted = found.values("organisation", "plan").annotate(number=Count("pk"))
    rows: QuerySet[Any] = counted.values_list("organisation", "plan", "number")
    return rows


AT_ONCE = 500  # authorizations of a month that are looked at together
Support = tuple[Authorization, Told, list[Standing], str]


def supports_at(
    organisation: Organisation, plan: Organisation, month: date, last: date, known_at: datetime
) -> Iterator[list[Support]]:
    """Community Supports of a month, with what was last told of each by then, how its referral stood, and the CIN.

    By CIN and service, some hundred at a time: however many there are, no more than those are held at once.
    """
    with wall.opened("authorization.month"):
        found = supports(organisation, plan).filter(kept_at__lte=known_at).order_by()
        cins = _cins(found, day_of(known_at))
        rows = found.values_list("member", "programme", "pk")
        places = sorted((cins.get(member, ""), programme, key) for member, programme, key in rows)
    for at in range(0, len(places), AT_ONCE):
        cins_of = {key: cin for cin, _programme, key in places[at : at + AT_ONCE]}
        yield _supports_of(cins_of, month, last, known_at)


def _supports_of(cins: Mapping[UUID, str], month: date, last: date, known_at: datetime) -> list[Support]:
    """Those of which something is to be said, in the order of their keys here."""
    with wall.opened("authorization.month"):
        found = Authorization.objects.filter(pk__in=cins).select_related("member").in_bulk()
        told = _latest(Told.objects.filter(authorization__in=cins, kept_at__lte=known_at).order_by("kept_at", "id"))
        stood = standing.of_many(found.values(), last, known_at)
        ended = _ended_before(Authorization.objects.filter(pk__in=cins), month, known_at)
    return [
        (found[key], told[key], stood[key], cin)
        for key, cin in cins.items()
        if key in told and _is_of(told[key], stood[key], month, last, has_ended=key in ended)
    ]


def _latest(rows: QuerySet[Told]) -> dict[UUID, Told]:
    return {row.authorization_id: row for row in rows}


def _ended_before(found: QuerySet[Authorization], month: date, known_at: datetime) -> set[UUID]:
    """Those whose end lies before the month, as far as somebody had written so by then."""
    over = found.filter(ended_on__lt=month).order_by()
    steps = Step.objects.filter(of=AUTHORIZATION.of, verb="end", thing_id__in=over.values("pk"), at__lte=known_at)
    return set(steps.values_list("thing_id", flat=True))


def _is_of(told: Told, stood: list[Standing], month: date, last: date, *, has_ended: bool) -> bool:
    """Whether something is to be said of it in that month: decided by then; not ended or closed before, or only now."""
    if told.decision != "approved" or (told.begins and told.begins > last) or told.on > last:
        return False
    is_over = has_ended or (bool(stood) and stood[-1].closure != "")
    return not is_over or (bool(stood) and stood[-1].since >= month)


def _cins(found: QuerySet[Authorization], on: date) -> dict[UUID, str]:
    held = (Q(since=None) | Q(since__lte=on)) & (Q(until=None) | Q(until__gte=on))
    rows = Identifier.objects.filter(held, member__in=found.values("member"), system="cin").order_by("since", "id")
    return {row.member_id: row.value for row in rows}


def open_cases(plan: str) -> QuerySet[Authorization, tuple[UUID, str]]:
    """(member, programme) of what a plan has yet to decide or has given, by the policy's word: for the house itself."""
    ours = Q(plan__identifiers__system="plan", plan__identifiers__value=plan, plan__identifiers__until=None)
    return Authorization.objects.filter(ours, status__in=OPEN).values_list("member_id", "programme")
