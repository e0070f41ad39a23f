"""What is known since of the lines of a sweep: that somebody asked for it, or that the person has it."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from wholeperson.access.models import Person
from wholeperson.casework.authorizations.models import Authorization
from wholeperson.casework.eligibility.models import Finding
from wholeperson.casework.referrals import queries as referrals
from wholeperson.casework.referrals.lifecycle import OPEN
from wholeperson.casework.referrals.models import Referral

FOUND = "found.read"
ASKED, GIVEN = "asked", "given"
UNSEEN = timedelta(days=180)  # claims come months late: what began within these a sweep may not have read


def narrowed(rows: QuerySet[Finding], user: Person, on: date, stands: str) -> QuerySet[Finding]:
    """Lines nobody asked for and nobody has; or those asked for; or those the person has: as far as one sees."""
    seen, allowed = referrals.within(user), _allowed(user)
    asked, given = _asked(seen, allowed), _given(seen, allowed, on)
    if stands == ASKED:
        return rows.filter(asked & ~given)
    return rows.filter(given) if stands == GIVEN else rows.filter(~asked & ~given)


def settled(on: date) -> Q:
    """Lines that are asked for or given, by anybody: for numbers without names, inside an opening of the wall."""
    seen, allowed = Referral.objects.all(), Authorization.objects.all()
    return _asked(seen, allowed) | _given(seen, allowed, on)


def open_referrals(rows: Iterable[Finding], user: Person) -> dict[tuple[UUID, str], str]:
    """By member and program the open referral that this person may look at."""
    members = {row.member_id for row in rows}
    found = referrals.within(user).filter(member__in=members, status__in=OPEN).order_by()
    return {(member, programme): public_id
            for member, programme, public_id in found.values_list("member", "programme", "public_id")}  # fmt: skip


def _allowed(user: Person) -> QuerySet[Authorization]:
    """What one's own plan allowed, or one's own organization was allowed."""
    theirs = user.standing.organisations_where(FOUND)
    rows: QuerySet[Authorization] = Authorization.objects.for_user(user)
    return rows.filter(Q(plan__in=theirs) | Q(organisation__in=theirs))


def _asked(referred: QuerySet[Referral], allowed: QuerySet[Authorization]) -> Q:
    return Q(Exists(_same(referred).filter(status__in=OPEN))) | Q(Exists(_same(allowed).filter(status="undecided")))


def _given(referred: QuerySet[Referral], allowed: QuerySet[Authorization], on: date) -> Q:
    """Allowed today; begun; or closed lately, or since the sweep, because the service was received, which goes on."""
    holds = Q(ends=None) | Q(ends__gte=on)
    lately = Q(closed_on__gte=on - UNSEEN) | Q(closed_on__gte=OuterRef("sweep__on"))
    begun = Q(status="started") | lately & Q(closure_reason="services_received")
    return Q(Exists(_same(allowed).filter(holds, status="approved"))) | Q(Exists(_same(referred).filter(begun)))


def _same(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(member=OuterRef("member"), programme=OuterRef("programme")).order_by()
