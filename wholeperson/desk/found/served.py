"""What is known since of the lines of a sweep: that somebody asked for it, or that the person has it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.db.models.lookups import In

from wholeperson.access.models import Person
from wholeperson.casework.authorizations.models import Authorization
from wholeperson.casework.eligibility import findings
from wholeperson.casework.eligibility.models import Finding
from wholeperson.casework.members.models import Joining
from wholeperson.casework.members.queries import joinings_for, person_of
from wholeperson.casework.referrals import queries as referrals
from wholeperson.casework.referrals.lifecycle import OPEN
from wholeperson.casework.referrals.models import Referral

FOUND = "found.read"
ASKED, GIVEN = "asked", "given"
RECEIVED = Q(closure_reason="services_received")
UNSEEN = timedelta(days=180)  # claims come months late: what began within these a sweep may not have read


def narrowed(rows: QuerySet[Finding], user: Person, on: date, stands: str) -> QuerySet[Finding]:
    """Lines nobody asked for and nobody has; or those asked for; or those the person has: as far as one sees."""
    known = _Known(referrals.within(user), _allowed(user), joinings_for(user), on)
    if stands == ASKED:
        return rows.filter(known.of(known.asked()) & ~known.given())
    return rows.filter(known.given()) if stands == GIVEN else rows.filter(~known.settled())


def settled(on: date) -> Q:
    """Lines that are asked for or given, by anybody: for numbers without names, inside an opening of the wall."""
    return _Known(Referral.objects.all(), Authorization.objects.all(), Joining.objects.standing(), on).settled()


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
    on: date

    def settled(self) -> Q:
        return self.of([*self.asked(), *self._held()]) | self._since_old_sweeps()

    def given(self) -> Q:
        return self.of(self._held()) | self._since_old_sweeps()

    def asked(self) -> list[QuerySet[Any]]:
        return [self.referred.filter(status__in=OPEN), self.allowed.filter(status="undecided")]

    def of(self, several: list[QuerySet[Any]]) -> Q:
        """In this record or in one joined with it: help is given to people. One set for all lines, made once."""
        first, *more = [rows.order_by().values(help=self._help) for rows in several]
        return Q(In(self._help, first.union(*more, all=True) if more else first))

    def _held(self) -> list[QuerySet[Any]]:
        """Allowed today; begun; or closed lately as the service was received, which goes on."""
        holds = Q(ends=None) | Q(ends__gte=self.on)
        begun = Q(status="started") | RECEIVED & Q(closed_on__gte=self.on - UNSEEN)
        return [self.allowed.filter(holds, status="approved"), self.referred.filter(begun)]

    def _since_old_sweeps(self) -> Q:
        """Received since the sweep, where that is older than what a sweep may not have read."""
        found = Q(pk__in=())
        for day in sorted(findings.days()):
            if day < self.on - UNSEEN:
                found |= Q(sweep__on=day) & self.of([self.referred.filter(RECEIVED, closed_on__gte=day)])
        return found

    @property
    def _help(self) -> Concat:
        """Who it is for and what it is, as one word."""
        person = Cast(person_of(self.joined), CharField())
        return Concat(person, Value(" "), F("programme"), output_field=CharField())
