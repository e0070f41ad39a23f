"""What is told after a request was sent: more facts, a paper, another program that goes well with it."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from wholeperson.access.models import Person
from wholeperson.casework.members import actions as members
from wholeperson.casework.members.days import day_of
from wholeperson.casework.referrals.actions.asking import About, Asker, Wanted, ask
from wholeperson.casework.referrals.holders import HOUSE
from wholeperson.casework.referrals.lifecycle import ASK
from wholeperson.casework.referrals.models import Asking, Paper, Referral
from wholeperson.record import documents, refusals, trail, wall
from wholeperson.record.actors import Actor, require


@transaction.atomic
def also(asking: Asking, programme: str, *, by: Actor, at: datetime) -> Asking:
    """Another program for the same person, with all that was told. Pressed twice it is one."""
    told = json.loads(asking.told or "{}")
    about = About(**{name: value for name, value in told.items() if name in About.__dataclass_fields__})
    asker = Asker(
        asking.standing, name=asking.name, works_at=asking.works_at, phone=asking.phone, email=asking.email,
        language=asking.language, person=asking.person, organisation=asking.organisation,
    )  # fmt: skip
    wanted = Wanted((programme,), attested=asking.attested)
    key = f"{asking.public_id}:{programme}"
    return ask(about, wanted, asker, channel="follow_on", key=key, member=asking.member, by=by, at=at)


@transaction.atomic
def tell_more(asking: Asking, facts: Mapping[str, Any], *, by: Person, at: datetime) -> None:
    """More of what whoever asked knows. Before somebody looked it waits with the rest; later it is kept at once."""
    require(by, ASK)
    if asking.person_id != by.pk:
        raise refusals.not_allowed(by.label, ASK)
    with wall.opened("referral.tell_more"):
        parts = [asking, *asking.parts.order_by("pk").select_related("member")]
    for part in parts:
        _tell_more(part, facts, by=by, at=at)


def _tell_more(asking: Asking, facts: Mapping[str, Any], *, by: Person, at: datetime) -> None:
    with wall.opened("referral.tell_more"):
        told = json.loads(asking.told or "{}")
        told["facts"] = {**(told.get("facts") or {}), **facts}
        Asking.objects.filter(pk=asking.pk).update(told=json.dumps(told, ensure_ascii=False))
    trail.wrote(asking, "referral.tell_more", by=by, at=at, subject=asking.member_id, details={"facts": len(facts)})
    if asking.looked_at is None:
        return
    for fact, value in facts.items():
        members.tell(
            asking.member, fact=fact, value=value, source="referrer", learnt=day_of(at), attested_by=by.name, by=HOUSE,
            at=at,
        )  # fmt: skip


@transaction.atomic
def add_paper(
    referral: Referral, received: documents.Received, *, item: str, by: Person, at: datetime, organisation: Any = None
) -> Paper:
    """A paper for a referral, whoever brings it. Nothing waits for it."""
    require(by, "referral.read")
    kept = documents.keep(
        received, by=by, at=at, subject=referral.member_id, scope="care",
        organisation=organisation.pk if organisation else None,
    )  # fmt: skip
    with wall.opened("referral.paper"):
        row = Paper(referral=referral, member_id=referral.member_id, item=item, document=kept, at=at)
        row.save(force_insert=True)
    trail.wrote(row, "referral.paper", by=by, at=at, subject=referral.member_id)
    return row
