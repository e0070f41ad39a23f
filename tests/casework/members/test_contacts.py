"""A contact that was never so is struck out by whoever wrote it down, or answers for the team; it stays, struck out."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.casework.members.test_reaching import led
from tests.people import MAKER, NOW, TODAY, World
from wholeperson.access import actions as access
from wholeperson.access.models import Membership, Person
from wholeperson.access.queries import stand
from wholeperson.casework.care.models import Case
from wholeperson.casework.members import actions as members
from wholeperson.casework.members.actions import Said
from wholeperson.casework.members.models import Contact
from wholeperson.record import wall
from wholeperson.record.models import AuditRow
from wholeperson.record.refusals import NotAllowed

CALL = Said(NOW - timedelta(hours=1), "phone", "support", 12, True)


class Scene:
    """Rosa, whom Tess of Community Supports called; Tess leads nobody's care."""

    def __init__(self, world: World) -> None:
        self.lena = world.person("Lena Ortiz", "lead_care_manager", at="Bayside")
        self.tess = world.person("Tess Moy", "community_supports_worker", at="Bayside")
        self.case: Case = led(world, self.lena)
        self.rosa = self.case.member
        self.page = f"/members/{self.rosa.public_id}/contacts/"

    def called(self, by: Person) -> Contact:
        organisation = self.case.organisation
        return members.record_contact(self.rosa, CALL, organisation=organisation, key=by.name, by=by, at=NOW)[0]


@pytest.fixture
def scene(world: World) -> Scene:
    return Scene(world)


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def struck(contact: Contact) -> tuple[object, object]:
    with wall.opened("tests"):
        contact.refresh_from_db()
        return contact.struck_at, contact.struck_by


def test_who_wrote_it_down_strikes_it_out(scene: Scene) -> None:
    contact, tess = scene.called(scene.tess), client_of(scene.tess)
    page = tess.get(scene.page).content.decode()
    assert "Phone call" in page
    assert "Strike it out" in page
    address = f"{scene.page}{contact.public_id}/strike/"
    assert tess.post(address).status_code == 303
    when, who = struck(contact)
    assert (when is not None, who) == (True, scene.tess)
    assert tess.post(address).status_code == 303, "a second time changes nothing"
    assert struck(contact) == (when, who)
    assert AuditRow.objects.filter(verb="contact.strike", thing_id=contact.pk).count() == 1
    page = tess.get(scene.page).content.decode()
    assert "by Tess Moy on" in page
    assert "Strike it out" not in page


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("community_supports_worker", False),
        ("provider_intake", False),
        ("lead_care_manager", True),
        ("supervisor", True),
    ],
)
def test_a_colleagues_is_struck_out_by_who_answers_for_the_team(
    world: World, scene: Scene, role: str, may: bool
) -> None:
    contact, other = scene.called(scene.tess), world.person("Noor Haddad", role, at="Bayside")
    client = client_of(other)
    assert ("Strike it out" in client.get(scene.page).content.decode()) is may
    assert client.post(f"{scene.page}{contact.public_id}/strike/").status_code == (303 if may else 404)
    assert (struck(contact)[1] == other) is may


@pytest.mark.parametrize("role", ["lead_care_manager", "supervisor", "community_supports_worker"])
def test_another_organization_sees_and_strikes_nothing(world: World, scene: Scene, role: str) -> None:
    contact, stranger = scene.called(scene.tess), world.person("Sam There", role, at="There")
    client = client_of(stranger)
    assert client.get(scene.page).status_code == 404
    assert client.post(f"{scene.page}{contact.public_id}/strike/").status_code == 404
    with pytest.raises(NotAllowed):
        members.strike_contact(contact, by=stranger, at=NOW)
    assert struck(contact) == (None, None)


def test_who_has_left_strikes_nothing_out(scene: Scene) -> None:
    contact = scene.called(scene.tess)
    post = Membership.objects.get(person=scene.tess)
    access.end_role(post, until=TODAY - timedelta(days=1), by=MAKER, at=NOW)
    with pytest.raises(NotAllowed):
        members.strike_contact(contact, by=stand(scene.tess, on=TODAY, at=NOW), at=NOW)
    assert struck(contact) == (None, None)


def test_what_is_struck_out_was_of_nobody_else(scene: Scene) -> None:
    """A contact of one member is not found under another's address."""
    contact = scene.called(scene.tess)
    with wall.opened("tests"):
        other = members.register(
            given_name="Ada", family_name="Zed", birth_date=scene.rosa.birth_date, by=MAKER, at=NOW
        )  # fmt: skip
    address = f"/members/{other.public_id}/contacts/{contact.public_id}/strike/"
    assert client_of(scene.lena).post(address).status_code == 404
