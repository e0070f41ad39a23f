"""Questions about members, always asked for somebody."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value

from wholeperson.access.models import Organisation, Person
from wholeperson.access.queries import current
from wholeperson.access.roles import SCOPES, shallower, upto
from wholeperson.casework.members.models import (
    Address,
    BreakGlass,
    Consent,
    ContactRule,
    Fact,
    Identifier,
    Likeness,
    Member,
    Relationship,
    Representative,
)
from wholeperson.record import wall
from wholeperson.record.sealed import fingerprint


@dataclass(frozen=True)
class Sight:
    """How far somebody may look into a member's record, and the row that lets them."""

    scope: str
    row: Relationship

    @property
    def because(self) -> UUID:
        return self.row.pk

    def reaches(self, scope: str) -> bool:
        return scope in upto(self.scope)


def members_for(user: Person) -> QuerySet[Member]:
    """Those whom this person may see at all, each with the key of one reason for it."""
    reason = Relationship.objects.for_user(user).filter(member=OuterRef("pk")).order_by("since", "id").values("pk")[:1]
    members: QuerySet[Member] = Member.objects.for_user(user)
    return members.annotate(because_id=Subquery(reason)).order_by(*ORDERS["name"])


# how a list may be sorted; the key last, so that the same order comes again
ORDERS = {
    "name": ("family_name", "given_name", "id"),
    "born": ("birth_date", "family_name", "id"),
    "county": ("county", "family_name", "given_name", "id"),
}


def called(members: QuerySet[Member], text: str, user: Person) -> QuerySet[Member]:
    """Those of them with this in their name, born on this day, or with this number."""
    words = Q()
    for word in text.split():
        words &= Q(given_name__icontains=word) | Q(family_name__icontains=word) | Q(preferred_name__icontains=word)
    return members.filter(words | _born(text) | _numbered(text, user))


def _born(text: str) -> Q:
    """A day as 1980-03-09; nothing else that Python takes for a day, like 1980-W10-7."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text.strip()):
        return Q(pk__in=())
    try:
        return Q(birth_date=date.fromisoformat(text.strip()))
    except ValueError:
        return Q(pk__in=())


def _numbered(text: str, user: Person) -> Q:
    """Only numbers that this person may read: who may not learns nothing by trying them."""
    mark = fingerprint("cin", "".join(text.split()).upper())
    return Q(Exists(Identifier.objects.for_user(user).filter(member=OuterRef("pk"), fingerprint=mark, until=None)))


def member_for(user: Person, public_id: str) -> Member | None:
    """The member, if there is one and this person may see them."""
    return Member.objects.for_user(user).filter(public_id=public_id).first()


def seen_by(user: Person, public_id: str) -> Sight | None:
    """How far this person sees the member with that id, who stands in its row: both in one question, for every page."""
    rows = Relationship.objects.for_user(user).filter(member__public_id=public_id).select_related("member")
    return _deepest(user, rows)


def sight(user: Person, member: Member) -> Sight | None:
    """The deepest look that any reason gives: the reason's scope, no deeper than the person's role there."""
    return _deepest(user, Relationship.objects.for_user(user).filter(member=member))


def sights(user: Person, members: Iterable[UUID]) -> dict[UUID, Sight]:
    """How far this person sees each of several members, in one question; who is not seen is not there."""
    found: dict[UUID, list[Relationship]] = {}
    for row in Relationship.objects.for_user(user).filter(member__in=set(members)).order_by("since", "id"):
        found.setdefault(row.member_id, []).append(row)
    return {member: sight for member, rows in found.items() if (sight := _deepest_of(user, rows))}


def _deepest(user: Person, rows: QuerySet[Relationship]) -> Sight | None:
    return _deepest_of(user, rows.order_by("since", "id"))


def _deepest_of(user: Person, rows: Iterable[Relationship]) -> Sight | None:
    seen = [Sight(shallower(row.scope, user.standing.deepest(row.organisation_id)), row) for row in rows]
    return max(seen, key=lambda one: SCOPES.index(one.scope), default=None)


def facts_for(user: Person, member: Member) -> QuerySet[Fact]:
    """What is known of the member, as deep as this person sees."""
    return Fact.objects.for_user(user).filter(member=member).order_by("fact", "-learnt", "-id")


def numbers_for(user: Person, member: Member) -> QuerySet[Identifier]:
    return Identifier.objects.for_user(user).filter(member=member, until=None).order_by("system")


def cins_for(user: Person, members: Iterable[Member]) -> dict[UUID, str]:
    """The CIN of each member whose numbers this person may read, in one question."""
    rows = Identifier.objects.for_user(user).filter(member__in=[one.pk for one in members], system="cin", until=None)
    return {row.member_id: row.value for row in rows}


def consents_for(user: Person, member: Member) -> QuerySet[Consent]:
    return Consent.objects.for_user(user).filter(member=member).order_by("-since", "-id")


def consent_for(user: Person, member: Member, public_id: str) -> Consent | None:
    return consents_for(user, member).filter(public_id=public_id).first()


def recipients(consent: Consent) -> list[Organisation]:
    """Whom a consent reaches. For whoever may see the consent; they need not be one of them."""
    with wall.opened("consent.recipients"):
        rows = Relationship.objects.filter(about_kind="consent", about_id=consent.pk).select_related("organisation")
        return sorted((row.organisation for row in rows if row.organisation), key=lambda one: one.name)


def everybody_who_sees(member: Member, *, on: date, at: datetime) -> list[Relationship]:
    """Every reason that holds now. For the member alone: others may not learn who else knows them."""
    with wall.opened("member.who_sees"):
        alive = Q(ends_at=None) | Q(ends_at__gt=at)
        rows = Relationship.objects.filter(current(on), alive, member=member)
        return list(rows.select_related("organisation", "person").order_by("since", "id"))


def glasses_for(user: Person) -> QuerySet[BreakGlass]:
    """Emergencies this person looks after, never their own, those not yet judged first, the longest waiting on top."""
    others = BreakGlass.objects.for_user(user).exclude(person=user)
    return others.select_related("person", "organisation").order_by("-status", "due_at", "id")


def glasses_due(user: Person) -> QuerySet[BreakGlass]:
    """Those that nobody has looked at."""
    return glasses_for(user).filter(status=BreakGlass.lifecycle.begins).annotate(ours=Value(value=True))


def alike_for(user: Person) -> QuerySet[Likeness]:
    """Records that may be of one person, both of which this person may see: the undecided first, the latest on top."""
    found: QuerySet[Likeness] = Likeness.objects.for_user(user).select_related("first", "second")
    return found.order_by("-status", "-found_at", "id")


def known_by(system: str, value: str) -> Member | None:
    """The member with this number now. Unscoped: for actions that must not make somebody twice, never for a page."""
    with wall.opened("member.known_by"):
        found = Identifier.objects.filter(system=system, fingerprint=fingerprint(system, value), until=None)
        row = found.select_related("member").first()
    return row.member if row else None


def exactly(given_name: str, family_name: str, birth_date: date) -> Member | None:
    """The one member of that name born on that day. Unscoped: only for whoever breaks the glass, never a list."""
    with wall.opened("member.exactly"):
        found = Member.objects.filter(
            given_name__iexact=given_name, family_name__iexact=family_name, birth_date=birth_date
        )
        rows = list(found[:2])
    return rows[0] if len(rows) == 1 else None


def rules_for(user: Person, members: Iterable[UUID]) -> dict[UUID, ContactRule]:
    """The rule of contact that holds for each of these members, where one does."""
    rows = ContactRule.objects.for_user(user).filter(member__in=list(members), lifted_at=None).order_by("kept_at")
    return {row.member_id: row for row in rows}


def address_for(user: Person, member: Member) -> Address | None:
    """Where they live, or can be found, as it was told last."""
    found: Address | None = Address.objects.for_user(user).filter(member=member).order_by("since", "kept_at").last()
    return found


def representatives_for(user: Person, member: Member, on: date) -> QuerySet[Representative]:
    rows: QuerySet[Representative] = Representative.objects.for_user(user).filter(current(on), member=member)
    return rows.order_by("since", "id")
