"""Where an organization's referrals are written to: said by its administrator, proved by whoever reads the mailbox."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from tests.people import NOW, World
from wholeperson.access.models import Organisation, Person
from wholeperson.casework.referrals import actions
from wholeperson.casework.referrals.models import Mailbox
from wholeperson.record import wall
from wholeperson.record.models import Outgoing
from wholeperson.record.refusals import NotAllowed


@pytest.fixture
def shelter(world: World) -> Organisation:
    return world.organisation("Harbor Shelter", "community_supports_provider")


@pytest.fixture
def ada(world: World, shelter: Organisation) -> Person:
    return world.person("Ada Okafor", "administrator", at=shelter.name)


def letters() -> list[tuple[str, str]]:
    with wall.opened("tests"):
        return [(row.to, row.content) for row in Outgoing.objects.order_by("pk")]


def test_a_code_in_the_mailbox_proves_it(shelter: Organisation, ada: Person) -> None:
    browser, page = Client(), f"/organizations/{shelter.public_id}/mailbox/"
    browser.force_login(ada)
    assert browser.post(page, {"address": "no mailbox"}).status_code == 422
    assert browser.post(page, {"address": "Intake@Harbor.example"}).status_code == 303
    ((to, letter),) = letters()
    code = re.findall(r"\b\d{8}\b", letter)[0]
    assert to == "intake@harbor.example"
    assert browser.post(page, {"code": f"{(int(code) + 1) % 10**8:08}"}).status_code == 422
    assert Mailbox.objects.get().verified_at is None
    assert browser.post(page, {"code": f"{code[:4]} {code[4:]}"}).status_code == 303
    assert Mailbox.objects.get().verified_at is not None
    assert b"intake@harbor.example" in browser.get(page).content


def test_another_mailbox_is_proved_anew_and_the_old_code_opens_nothing(shelter: Organisation, ada: Person) -> None:
    first = actions.write_to_mailbox(shelter, "one@harbor.example", by=ada, at=NOW)
    second = actions.write_to_mailbox(shelter, "two@harbor.example", by=ada, at=NOW)
    assert not actions.verify_mailbox(shelter, first, by=ada, at=NOW)
    assert actions.verify_mailbox(shelter, second, by=ada, at=NOW)
    third = actions.write_to_mailbox(shelter, "three@harbor.example", by=ada, at=NOW)
    assert Mailbox.objects.get().verified_at is None
    assert not actions.verify_mailbox(shelter, third, by=ada, at=NOW + timedelta(days=1, seconds=1))
    assert actions.verify_mailbox(shelter, third, by=ada, at=NOW + timedelta(days=1))


def test_an_administrator_of_another_organization_keeps_none_of_ours(world: World, shelter: Organisation) -> None:
    other = world.person("Otto Berg", "administrator", at="Some Clinic")
    with pytest.raises(NotAllowed):
        actions.write_to_mailbox(shelter, "otto@clinic.example", by=other, at=NOW)
    assert not Mailbox.objects.exists()
