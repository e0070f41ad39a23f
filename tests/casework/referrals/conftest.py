"""A plan that looks at referrals, and somebody in each part of one."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from tests.people import MAKER, NOW, World
from wholeperson.access import actions as access
from wholeperson.access.models import Organisation, Person
from wholeperson.casework.members.models import Member
from wholeperson.casework.referrals import actions
from wholeperson.casework.referrals.actions import About, Asker, Wanted
from wholeperson.casework.referrals.holders import STRANGER
from wholeperson.casework.referrals.models import Asking, Referral, Sending
from wholeperson.record import wall


@dataclass
class Town:
    """`paula` takes in referrals at the plan, `ines` answers for Bayside."""

    world: World
    plan: Organisation
    bayside: Organisation
    paula: Person
    ines: Person

    def asked(
        self, *programmes: str, member: Member | None = None, standing: str = "family", by: Any = STRANGER,
        person: Person | None = None, organisation: Organisation | None = None, key: str = "one", **about: Any,
    ) -> Asking:  # fmt: skip
        told = {"given_name": "Rosa", "family_name": "Delgado", "county": "contra_costa", "safe_to_contact": "yes"}
        asker = Asker(standing, name="Ana Vega", person=person, organisation=organisation)
        wanted = Wanted(programmes or ("cs.mtm_msf",), attested=True)
        member = member or self.world.member()
        return actions.ask(
            About(**(told | {"birth_date": member.birth_date} | about)), wanted, asker, channel="public", key=key,
            member=member, by=by, at=NOW,
        )  # fmt: skip

    def one(self, asking: Asking) -> Referral:
        with wall.opened("tests"):
            found: Referral = asking.asked_for.select_related("referral__member").first().referral
            return found

    def sent(self, asking: Asking | None = None, to: Organisation | None = None) -> tuple[Referral, Sending]:
        referral = self.one(asking or self.asked())
        actions.screen(referral, by=self.paula, at=NOW)
        return referral, actions.send(referral, to or self.bayside, by=self.paula, at=NOW, address=str)

    def taken(self, asking: Asking | None = None) -> Referral:
        referral, sending = self.sent(asking)
        actions.accept(sending, by=self.ines, name="Ines Tran", at=NOW)
        return self.again(referral)

    def again(self, referral: Referral) -> Referral:
        with wall.opened("tests"):
            return Referral.objects.select_related("member").get(pk=referral.pk)

    def browser(self, person: Person) -> Client:
        client = Client()
        client.force_login(person)
        return client


@pytest.fixture
def town(world: World) -> Town:
    plan = world.organisation("Contra Costa Health Plan", "plan")
    access.add_identifier(of=plan, system="plan", value="contra_costa_health_plan", by=MAKER, at=NOW)
    return Town(
        world, plan, world.organisation("Bayside"), world.person("Paula Reyes", "plan_intake", at=plan.name),
        world.person("Ines Tran", "provider_intake", at="Bayside"),
    )  # fmt: skip


def kept(model: type, **named: Any) -> list[Any]:
    with wall.opened("tests"):
        return list(model.objects.filter(**named).order_by("pk"))
