"""Consents: what a member signed opens reasons, and what they take back closes them from that moment on."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction

from wholeperson.access.models import Organisation, Person
from wholeperson.casework.members import queries
from wholeperson.casework.members.actions.reasons import end_reasons, open_reason
from wholeperson.casework.members.consents import scope_of
from wholeperson.casework.members.models import Consent, Member, Relationship
from wholeperson.record import refusals, steps, wall
from wholeperson.record.actors import Actor, require


@transaction.atomic
def give_consent(
    member: Member,
    *,
    form: str,
    version: str,
    categories: Sequence[str],
    recipients: Iterable[Organisation],
    family: Iterable[Person] = (),
    method: str,
    since: date,
    by: Actor,
    at: datetime,
    until: date | None = None,
    language: str = "en",
) -> Consent:
    """Keep what the member agreed to, and let each recipient see them so far. No recipients: they agreed to nothing.

    `family` are those who speak for a minor, and see by it what is the minor's own. No family gives it,
    neither to themselves nor to each other.
    """
    require(by, "consent.record")
    people = list(family)
    if people and isinstance(by, Person) and queries.is_near(by, member):
        raise refusals.not_allowed(by.label, "consent.record")
    made = Consent(
        member=member, form=form, version=version, categories=list(categories), scope=scope_of(form, categories),
        method=method, language=language, since=since, until=until,
    )  # fmt: skip
    with wall.opened("consent.give"):
        steps.begin(made, by=by, at=at, subject=member.pk)
        for organisation in recipients:
            open_reason(_reason(made, organisation=organisation), by=by, at=at)
        for person in people:
            open_reason(_reason(made, person=person), by=by, at=at)
    return made


def _reason(
    consent: Consent, *, organisation: Organisation | None = None, person: Person | None = None
) -> Relationship:
    return Relationship(
        member_id=consent.member_id, organisation=organisation, person=person, reason="consent", scope=consent.scope,
        since=consent.since, until=consent.until, about_kind="consent", about_id=consent.pk,
    )  # fmt: skip


@transaction.atomic
def revoke_consent(consent: Consent, *, by: Actor, at: datetime) -> int:
    """Take it back, from this moment; returns how many reasons it closed. Refuses what was taken back already."""
    with wall.opened("consent.revoke"):
        steps.take(consent, "revoke", by=by, at=at, subject=consent.member_id, revoked_at=at)
        return end_reasons("consent", consent.pk, by=by, at=at)
