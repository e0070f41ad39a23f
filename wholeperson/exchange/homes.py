"""A new address in a return file: of whoever moved in the month, or of whom it was told in it; the newest one alone.

Where somebody can be found who lives nowhere fixed goes to nobody. Nor does an address while a rule says how they may
be reached: it may be what they hide. And none goes to a provider that had no reason any more to see the member.
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from wholeperson.access.models import Organisation
from wholeperson.access.roles import at_least
from wholeperson.casework.care.queries import month_begins, next_month
from wholeperson.casework.members.days import day_of
from wholeperson.casework.members.models import Address, ContactRule, Relationship
from wholeperson.casework.members.queries import all_records_of
from wholeperson.formats.files.numbers import zip_code
from wholeperson.formats.files.values import Value
from wholeperson.record import wall

OF_CALIFORNIA = range(900, 962)  # how its ZIP codes begin


def new_homes(
    organisation: Organisation, members: Collection[UUID], month: date, known_at: datetime
) -> dict[UUID, Mapping[str, Value]]:
    """What the columns say of each who has one, as it was known then. For whoever may send that provider's file."""
    with wall.opened("exchange.homes"):
        moved = _told_to(organisation, members, month, known_at)
        kept = Address.objects.filter(member__in=moved, kept_at__lte=known_at, since__lt=next_month(month))
        newest = {row.member_id: row for row in kept.order_by("since", "kept_at", "id")}
        guarded = _guarded(moved, known_at)
    return {one: _columns(row) for one, row in newest.items() if row.kind == "home" and one not in guarded}


def _told_to(organisation: Organisation, members: Collection[UUID], month: date, known_at: datetime) -> set[UUID]:
    """Of whom of these it sees an address was told that holds from this month on, or that was told in it."""
    until = next_month(month)
    holds = Q(since__gte=month, since__lt=until)
    told = Q(kept_at__gte=month_begins(month), kept_at__lt=month_begins(until))
    reasons = _reasons(organisation, month, known_at).filter(member=OuterRef("member"))
    found = Address.objects.filter(holds | told, Exists(reasons), member__in=members, kept_at__lte=known_at)
    return set(found.values_list("member", flat=True))


def _reasons(organisation: Organisation, month: date, known_at: datetime) -> QuerySet[Relationship]:
    """Why the whole organization saw somebody in that month or since, deep enough for an address."""
    unended = Q(until=None) | Q(until__gte=month)
    alive = Q(ends_at=None) | Q(ends_at__gt=month_begins(month))
    return Relationship.objects.filter(
        unended, alive, organisation=organisation, person=None, scope__in=at_least("care"), since__lte=day_of(known_at)
    )


def _guarded(members: Collection[UUID], known_at: datetime) -> set[UUID]:
    """Those of whom a rule held, in whichever of their records it was said."""
    records = all_records_of(members, known_at)
    held = Q(lifted_at=None) | Q(lifted_at__gt=known_at)
    rows = ContactRule.objects.filter(held, member__in=set().union(*records.values()), kept_at__lte=known_at)
    ruled = set(rows.values_list("member", flat=True))
    return {one for one, theirs in records.items() if theirs & ruled}


def _columns(home: Address) -> Mapping[str, Value]:
    number = zip_code(home.zip_code)
    return {
        "new_address": True, "residential_address": home.street or None, "residential_city": home.city or None,
        "residential_state": "CA" if number and int(number[:3]) in OF_CALIFORNIA else None,
        "residential_zip": number,
    }  # fmt: skip
