"""All that an organization owns, for whoever leaves or wants a copy: rows as JSON, one line each, and its papers.

An organization owns what it is, who works for it, what it was let to see and why, the papers it brought, and what
hangs on any of these. Of the members it now cares for it gets who they are; what others know of them is theirs. Of
what it asked for it gets no more than its pages tell.
"""

import json
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import Q

from wholeperson.access.models import Organisation
from wholeperson.access.queries import current
from wholeperson.casework.members.days import day_of
from wholeperson.casework.members.models import Identifier, Member, Relationship
from wholeperson.record import documents, trail, wall
from wholeperson.record.actors import Actor
from wholeperson.record.models import Document

# model: the path from its row to the organization. Tests find the model that is not here and knows organizations, or
# hangs on one that is here.
OWNED = {
    "access.Organisation": "pk",
    "access.Identifier": "organisation",
    "access.Membership": "organisation",
    "access.Invitation": "organisation",
    "access.Person": "memberships__organisation",
    "members.Relationship": "organisation",
    "members.BreakGlass": "organisation",
    "members.Contact": "organisation",
    "members.Coverage": "plan",
    "authorizations.Authorization": "organisation",
    "authorizations.Told": "authorization__organisation",
    "authorizations.Answer": "authorization__organisation",
    "authorizations.Draw": "authorization__organisation",
    "care.Case": "organisation",
    "care.Standing": "case__organisation",
    "care.Lead": "case__organisation",
    "care.Assignment": "case__organisation",
    "care.PlanReview": "case__organisation",
    "releases.Leaving": "facility",
    "referrals.Referral": "handled_by",
    "referrals.Elsewhere": "referral__handled_by",
    "referrals.Paper": "referral__handled_by",
    "referrals.Asking": "organisation",
    "referrals.AskedFor": "asking__organisation",
    "referrals.Sending": "organisation",
    "referrals.Mailbox": "organisation",
    "referrals.Callback": "organisation",
    "referrals.PlanForm": "organisation",
    "referrals.StateStatus": "organisation",
    "exchange.Received": "organisation",
    "exchange.TurnedAway": "organisation",
    "exchange.Sent": "organisation",
    "exchange.Trial": "organisation",
    "providers.Application": "organisation",
    "providers.ApplicationService": "application__organisation",
    "providers.ApplicationCounty": "application__organisation",
    "providers.ApplicationPaper": "application__organisation",
    "providers.Attestation": "organisation",
    "providers.Listing": "organisation",
    "providers.Site": "organisation",
    "providers.Service": "organisation",
    "providers.Trait": "service__organisation",
    "providers.Capacity": "service__organisation",
    "providers.Hold": "capacity__service__organisation",
    "providers.Contract": "service__organisation",
    "eligibility.Overlay": "organisation",
    "eligibility.Sweep": "organisation",
    "eligibility.Finding": "sweep__organisation",
    "record.Document": "organisation_id",
}
# what hangs on these and stays: links that would let somebody in, what a plan's people put down for each other, and
# what was to be told of a referral: its kind, and why it was held back, say more than whoever asked may know
STAYS = {
    "providers.ApplicationLink", "providers.ApplicationLook", "providers.ApplicationNote", "providers.Question",
    "referrals.LinkCode", "referrals.Notice", "referrals.SendingLink",
}  # fmt: skip
AT_ONCE = 2000  # rows
CARED_FOR = ("care", "sensitive", "part2")
CIN = "cin"  # the one number all who care for a member share; whose any other is, no row says
# of use to nobody else, or to a thief alone; and that somebody else had asked for the same before
NEVER = {"password", "fingerprint", "signature", "address", "joined"}


def hand_over(organisation: Organisation, into: Path, *, by: Actor, at: datetime) -> dict[str, int]:
    """Write the file; returns how many rows of what are in it. That it was made stands in the trail."""
    with transaction.atomic(), wall.opened("organisation.hand_over"), zipfile.ZipFile(into, "x") as whole:
        counts = {label: _write(whole, label, rows) for label, rows in _rows(organisation, at)}
        for paper in Document.objects.filter(organisation_id=organisation.pk).order_by("pk"):
            whole.writestr(f"papers/{paper.public_id} {paper.name}", documents.content(paper, by=by, at=at))
        trail.read(organisation, "organisation.hand_over", by=by, at=at, details=counts)
    return counts


def _rows(organisation: Organisation, at: datetime) -> "Iterator[tuple[str, models.QuerySet[Any]]]":
    for label, path in OWNED.items():
        rows: models.QuerySet[Any] = apps.get_model(label)._default_manager.filter(**{path: organisation.pk})
        yield label, rows.order_by("pk").distinct()
    cared_for = _cared_for(organisation, at)
    yield "members.Member", Member.objects.filter(pk__in=cared_for).order_by("pk")
    yield "members.Identifier", Identifier.objects.filter(member__in=cared_for, system=CIN, until=None).order_by("pk")


def _cared_for(organisation: Organisation, at: datetime) -> "models.QuerySet[Any, Any]":
    """Members it sees as an organization: what one person of it was let to see, as by a broken glass, counts not."""
    reasons = Relationship.objects.filter(current(day_of(at)), Q(ends_at=None) | Q(ends_at__gt=at))
    return reasons.filter(organisation=organisation, person=None, scope__in=CARED_FOR).values("member")


def _write(whole: zipfile.ZipFile, label: str, rows: "models.QuerySet[Any]") -> int:
    """Row after row, so that a plan's hundreds of thousands need no more memory than a program's ten."""
    pointing = [field.name for field in rows.model._meta.concrete_fields if isinstance(field, models.ForeignKey)]
    count = 0
    with whole.open(f"{label}.jsonl", "w", force_zip64=True) as lines:
        for row in rows.select_related(*pointing).iterator(AT_ONCE) if pointing else rows.iterator(AT_ONCE):
            lines.write(f"{json.dumps(_told(row), ensure_ascii=False, default=str)}\n".encode())
            count += 1
    return count


def _told(row: models.Model) -> dict[str, Any]:
    """Its fields; what it points to is told by public id where that has one."""
    return {field.name: _value(row, field) for field in row._meta.concrete_fields if field.name not in NEVER}


def _value(row: models.Model, field: "models.Field[Any, Any]") -> Any:
    if isinstance(field, models.ForeignKey):
        target = getattr(row, field.name)
        return getattr(target, "public_id", target.pk) if target else None
    return getattr(row, field.attname)
