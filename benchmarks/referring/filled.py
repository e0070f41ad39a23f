"""So many members, referrals and providers, put there in bulk: what a county holds after some years of work."""

import random
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, models

PROGRAMMES = ("ecm", "cs.htns", "cs.mtm_msf", "cs.recuperative_care", "cs.asthma_remediation")
STATUSES = ("received", "screened", "sent", "accepted", "reaching", "started", "closed", "closed", "closed", "closed")
SYLLABLES = "an ar be do el fa go ha in jo ka li mo na or pe ra sa ti vo".split()
BATCH = 5_000
CLOSED = {"closure_reason": "services_received", "closed_on": date(2026, 10, 1)}


class Town:
    """The organisations of the demo that everything hangs on, and dice that fall the same way each time."""

    def __init__(self, now: datetime) -> None:
        from wholeperson.access.models import Organisation

        self.now, self.dice = now, random.Random(9)
        self.plans = list(Organisation.objects.filter(kind="plan").order_by("name"))
        self.ours = Organisation.objects.get(name="Bayside Care Partners")

    def name(self) -> str:
        return "".join(self.dice.choices(SYLLABLES, k=3)).title()


def fill(town: Town, members: int, referrals: int, providers: int) -> None:
    """Rows of the shapes that the actions write, without the actions: a scene to measure in, which proves nothing."""
    givers = [town.ours, *_providers(town, providers)]
    people = _members(town, members)
    _referrals(town, people, givers, referrals)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # as in a database that has stood for years


def keep(rows: list[Any]) -> list[Any]:
    kind: type[models.Model] = type(rows[0])
    return list(kind._default_manager.bulk_create(rows, batch_size=BATCH))


def _providers(town: Town, many: int) -> list[Any]:
    from wholeperson.access.models import Organisation
    from wholeperson.casework.providers.models import Contract, Listing, Service, Site, Trait

    kinds, since = ("ecm_provider", "community_supports_provider"), town.now.date() - timedelta(days=300)
    found = keep([Organisation(name=f"{town.name()} House {at}", kind=kinds[at % 2]) for at in range(many)])
    keep([Listing(organisation=one, changed_at=town.now) for one in found])
    sites = keep(
        [
            Site(organisation=one, name="Main office", city="Concord", zip="94520", county="contra_costa")
            for one in found
        ]
    )
    services = keep(
        [
            Service(organisation=one, programme=PROGRAMMES[at % 5], status="listed", confirmed_at=town.now)
            for at, one in enumerate(found)
        ]
    )
    keep([Trait(service=one, kind="county", value="contra_costa") for one in services])
    keep([Contract(service=one, plan=town.plans[at % len(town.plans)], since=since) for at, one in enumerate(services)])
    link = Service.sites.through
    keep([link(service_id=one.pk, site_id=site.pk) for one, site in zip(services, sites, strict=True)])
    return found


def _members(town: Town, many: int) -> list[Any]:
    from wholeperson.casework.members.models import Member

    born = date(1950, 1, 1)
    return keep(
        [
            Member(
                given_name=town.name(),
                family_name=town.name(),
                county="contra_costa",
                birth_date=born + timedelta(days=town.dice.randrange(20_000)),
            )
            for _ in range(many)
        ]
    )


def _referrals(town: Town, people: list[Any], givers: list[Any], many: int) -> None:
    """One after the other through the members; one in twenty of those somebody has is with our own organisation."""
    made = [
        _referral(
            town, people[at % len(people)], givers, at, PROGRAMMES[(at % len(people) // 10 + at // len(people)) % 5]
        )
        for at in range(many)
    ]
    keep([referral for referral, _ in made])
    sent = [sending for _, sending in made if sending]
    keep(sent)
    keep([
        _reason(each.member_id, each.handled_by_id, "care", "referral", each.pk, town) for each, _ in made
    ])  # fmt: skip
    keep([_reason(each.member_id, each.organisation_id, "care", "referral_sending", each.pk, town) for each in sent])


def _referral(town: Town, member: Any, givers: list[Any], place: int, programme: str) -> tuple[Any, Any]:
    """Each status, plan and program in its turn; of ten that follow each other one organisation has all, ours in 20."""
    from wholeperson.casework.referrals.models import Referral, Sending

    status, ten = STATUSES[place % len(STATUSES)], place // len(STATUSES)
    plan, at = town.plans[ten % len(town.plans)], town.now - timedelta(days=town.dice.randrange(1, 700))
    giver = givers[ten % len(givers)] if ten % 20 else town.ours
    taken = status in ("accepted", "reaching", "started", "closed")
    referral = Referral(
        member=member, programme=programme, plan=plan, handled_by=plan, status=status, county="contra_costa",
        received_at=at, provider=giver if taken else None,
        due_at=None if status == "closed" else at + timedelta(days=7),
        **(CLOSED if status == "closed" else {}),
    )  # fmt: skip
    if status not in ("sent", "accepted", "reaching", "started"):
        return referral, None
    live = "waiting" if status == "sent" else "accepted"
    answered = {} if live == "waiting" else {"answered_by": "Sam Whitfield", "answered_at": at}
    return referral, Sending(referral=referral, member=member, organisation=giver, status=live, sent_at=at,
                             due_at=referral.due_at, **answered)  # fmt: skip


def _reason(member: Any, organisation: Any, scope: str, kind: str, about: Any, town: Town) -> Any:
    from wholeperson.casework.members.models import Relationship

    return Relationship(
        member_id=member, organisation_id=organisation, reason="referral", scope=scope, about_kind=kind, about_id=about,
        since=town.now.date() - timedelta(days=1),
    )  # fmt: skip
