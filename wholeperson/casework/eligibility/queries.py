"""Questions about determinations, always asked for somebody."""

from datetime import datetime

from django.db.models import F, QuerySet

from wholeperson.access.models import Person
from wholeperson.access.roles import SCOPES
from wholeperson.casework.eligibility.models import Basis, Determination, Telling
from wholeperson.casework.members.models import Member
from wholeperson.record import wall


def current(user: Person, member: Member) -> dict[str, Determination]:
    """By programme the one that holds: none has superseded it, and it is about the latest day."""
    rows = Determination.objects.for_user(user).filter(member=member, superseded_by=None).order_by("on", "pk")
    return {row.programme: row for row in rows.select_related("supersedes")}


def determination_for(user: Person, member: Member, public_id: str) -> Determination | None:
    rows = Determination.objects.for_user(user).filter(member=member, public_id=public_id)
    return rows.select_related("supersedes").first()


def told_to(user: Person, rows: list[Determination]) -> dict[object, Telling]:
    """Of each determination the deepest telling that this person may read, by the determination's key."""
    found = Telling.objects.for_user(user).filter(determination__in=[row.pk for row in rows])
    return {one.determination_id: one for one in sorted(found, key=lambda one: SCOPES.index(one.scope))}


def latest_basis(member: Member) -> Basis | None:
    """What was known when the rules were asked last. The house asks: what of it somebody may read is judged after."""
    with wall.opened("basis.read"):
        found: Basis | None = Basis.objects.filter(member=member).order_by("-on", "-pk").first()
    return found


def bases_of(rows: list[Determination]) -> dict[object, Basis]:
    """What these, and those they superseded, rest on, by key. The house asks, as above."""
    keys = {row.basis_id for row in rows} | {row.supersedes.basis_id for row in rows if row.supersedes}
    with wall.opened("basis.read"):
        return dict(Basis.objects.in_bulk(keys))


def changed(user: Person, *, since: datetime, until: datetime) -> QuerySet[Determination]:
    """Answers that came out otherwise than the ones they superseded, the latest first."""
    rows: QuerySet[Determination] = Determination.objects.for_user(user).filter(
        decided_at__gte=since, decided_at__lt=until
    )
    others = rows.exclude(before="").exclude(before=F("answer"))
    return others.select_related("member", "supersedes").order_by("-decided_at", "-pk")
