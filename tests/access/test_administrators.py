"""An administrator sets up their own organisation and no other; whoever acts for the house may help in each."""

from datetime import date

import pytest
from django.test import Client

from tests.people import MAKER, NOW, TODAY, World
from wholeperson.access import actions, queries, views
from wholeperson.access.models import Membership, Organisation, Person
from wholeperson.record.models import AuditRow
from wholeperson.record.refusals import NotAllowed


@pytest.fixture
def ada(world: World) -> Person:
    """Administrator of Bayside."""
    return world.person("Ada Okafor", "administrator", at="Bayside")


@pytest.fixture
def hana(world: World) -> Person:
    """Administrator of the house."""
    world.organisations["House"] = actions.add_organisation(
        name="House", kind="community_organisation", is_house=True, by=MAKER, at=NOW
    )
    return world.person("Hana Sato", "administrator", at="House")


def test_an_administrator_gives_and_ends_roles_at_home_only(world: World, ada: Person) -> None:
    lena = world.person("Lena Ortiz", "lead_care_manager", at="Hillside")
    with pytest.raises(NotAllowed):
        actions.end_role(Membership.objects.get(person=lena), until=TODAY, by=ada, at=NOW)
    with pytest.raises(NotAllowed):
        actions.give_role(
            person=ada, organisation=world.organisation("Hillside"), role="auditor", since=TODAY, by=ada, at=NOW
        )
    home = world.organisation("Bayside")
    given = actions.give_role(person=lena, organisation=home, role="supervisor", since=TODAY, by=ada, at=NOW)
    assert actions.end_role(given, until=TODAY, by=ada, at=NOW).until == TODAY


def test_only_the_house_adds_organisations(ada: Person, hana: Person) -> None:
    with pytest.raises(NotAllowed):
        actions.add_organisation(name="Made up", kind="plan", by=ada, at=NOW)
    assert actions.add_organisation(name="Harbor Clinic", kind="clinic", by=hana, at=NOW).kind_name == "Clinic"
    assert [one.name for one in queries.organisations_for(hana)] == ["Bayside", "Harbor Clinic", "House"]
    assert [one.name for one in queries.organisations_for(ada)] == ["Bayside"]


def test_a_role_that_has_not_begun_ends_on_its_first_day(world: World) -> None:
    later = date(2027, 1, 4)
    given = actions.give_role(
        person=world.person("Lena Ortiz", "supervisor", at="Bayside"), organisation=world.organisation("Bayside"),
        role="auditor", since=later, by=MAKER, at=NOW,
    )  # fmt: skip
    assert actions.end_role(given, until=TODAY, by=MAKER, at=NOW).until == later


def test_who_is_switched_off_is_out_at_the_next_request(client: Client, world: World, hana: Person) -> None:
    lena = world.person("Lena Ortiz", "lead_care_manager", at="Bayside")
    client.force_login(lena)
    assert client.get("/desk/").status_code == 200
    actions.switch_off(lena, by=hana, at=NOW)
    assert client.get("/desk/")["Location"] == "/account/login/?next=/desk/"


def test_the_day_after_a_role_ends_one_sees_nothing(
    client: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    lena = world.person("Lena Ortiz", "lead_care_manager", at="Bayside")
    rosa = world.member()
    world.relate(rosa, "Bayside")
    client.force_login(lena)
    actions.end_role(Membership.objects.get(person=lena), until=TODAY, by=MAKER, at=NOW)
    assert b"Rosa Delgado" in client.get("/members/").content
    monkeypatch.setenv("WHOLEPERSON_NOW", "2026-11-21T23:59-08:00")
    assert client.get(f"/members/{rosa.public_id}/").status_code == 200
    monkeypatch.setenv("WHOLEPERSON_NOW", "2026-11-22T00:00-08:00")
    assert client.get("/members/").status_code == 404
    assert client.get(f"/members/{rosa.public_id}/").status_code == 404


def test_the_pages_show_an_administrator_their_own_and_nothing_else(client: Client, world: World, ada: Person) -> None:
    other = world.organisation("Hillside")
    client.force_login(ada)
    page = client.get("/organizations/").content.decode()
    assert "Bayside" in page
    assert "Hillside" not in page
    home = Organisation.objects.get(name="Bayside").public_id
    assert "Ada Okafor" in client.get(f"/organizations/{home}/").content.decode()
    for path in (other.public_id, f"{other.public_id}/numbers", "add"):
        assert client.get(f"/organizations/{path}/").status_code == 404


def test_a_number_is_added_on_the_page_and_a_wrong_one_explained(client: Client, world: World, ada: Person) -> None:
    home = world.organisation("Bayside").public_id
    client.force_login(ada)
    wrong = client.post(f"/organizations/{home}/numbers/", {"system": "npi", "value": "1234567890"})
    assert (wrong.status_code, b"its last digit checks the others" in wrong.content) == (422, True)
    right = client.post(f"/organizations/{home}/numbers/", {"system": "npi", "value": "1234567893"})
    assert (right.status_code, right["Location"]) == (303, f"/organizations/{home}/")
    assert b"1234567893" in client.get(right["Location"]).content
    assert AuditRow.objects.filter(verb="identifier.add", actor_id=str(ada.pk)).count() == 1


def test_a_role_is_ended_on_the_page(client: Client, world: World, ada: Person) -> None:
    lena = world.person("Lena Ortiz", "lead_care_manager", at="Bayside")
    row = Membership.objects.get(person=lena)
    client.force_login(ada)
    path = f"/organizations/{world.organisation('Bayside').public_id}/roles/{row.public_id}/"
    assert client.post(path, {"until": "soon"}).status_code == 422
    assert client.post(path, {"until": "2026-11-30"}).status_code == 303
    row.refresh_from_db()
    assert row.until == date(2026, 11, 30)
    elsewhere = world.organisation("Hillside").public_id
    assert client.get(path.replace(world.organisation("Bayside").public_id, elsewhere)).status_code == 404


def test_the_page_of_roles_says_what_the_table_says(client: Client, world: World) -> None:
    page = client.get("/roles/").content.decode()
    assert page.count("<h3>") == 21
    assert "Invite people, give roles and end them" in page


def test_many_organizations_come_in_pages(
    world: World, client: Client, hana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two to a page here: of all there are each stands on one page."""
    monkeypatch.setattr(views, "ON_A_PAGE", 2)
    for name in ("First", "Second"):
        world.organisation(name)
    client.force_login(hana)
    pages = [client.get(f"/organizations/?page={number}").content.decode() for number in (1, 2)]
    assert [[f">{name}</a>" in page for name in ("First", "House", "Second")] for page in pages] == [
        [True, True, False], [False, False, True],
    ]  # fmt: skip
