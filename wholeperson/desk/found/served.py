"""What is known since of the lines of a sweep: that somebody asked for it, or that the person has it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet

from wholeperson.access.models import Person
from wholeperson.casework.authorizations.models import Authorization
from wholeperson.casework.eligibility.models import Finding
from wholeperson.casework.members.models import Joining
from wholeperson.casework.members.queries import joinings_for, of_person
from wholeperson.casework.referrals import queries as referrals
from wholeperson.casework.referrals.lifecycle import OPEN
from wholeperson.casework.referrals.models import Referral

FOUND = "found.read"
ASKED, GIVEN = "asked", "given"
UNSEEN = timedelta(days=180)  # claims come months late: what began within these a sweep may not have read


def narrowed(rows: QuerySet[Finding], user: Person, on: date, stands: str) -> QuerySet[Finding]:
    """Lines nobody asked for and nobody has; or those asked for; or those the person has: as far as one sees."""
    known = _Known(referrals.within(user), _allowed(user), joinings_for(user))
    asked, given = known.asked(), known.given(on)
    if stands == ASKED:
        return rows.filter(asked & ~given)
    return rows.filter(given) if stands == GIVEN else rows.filter(~asked & ~given)


def settled(on: date) -> Q:
    """Lines that are asked for or given, by anybody: for numbers without names, inside an opening of the wall."""
    known = _Known(Referral.objects.all(), Authorization.objects.all(), Joining.objects.standing())
    return known.asked() | known.given(on)


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


@dataclass(frozen=True)
class _Known:
    """What may be looked at: what was asked for, what was allowed, and which records are of one person."""

    referred: QuerySet[Referral]
    allowed: QuerySet[Authorization]
    joined: QuerySet[Joining]

    def asked(self) -> Q:
        return self._has(self.referred, Q(status__in=OPEN)) | self._has(self.allowed, Q(status="undecided"))

    def given(self, on: date) -> Q:
        """Allowed today; begun; or closed lately, or since the sweep, as the service was received, which goes on."""
        holds = Q(ends=None) | Q(ends__gte=on)
        lately = Q(closed_on__gte=on - UNSEEN) | Q(closed_on__gte=OuterRef("sweep__on"))
        begun = Q(status="started") | lately & Q(closure_reason="services_received")
        return self._has(self.allowed, holds & Q(status="approved")) | self._has(self.referred, begun)

    def _has(self, rows: QuerySet[Any], stands: Q) -> Q:
        """In this record or in one joined with it: help is given to people."""
        return of_person(rows.filter(stands, programme=OuterRef("programme")).order_by(), self.joined)
