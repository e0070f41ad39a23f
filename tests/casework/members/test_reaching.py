"""A member asks not to be called: said once, it stands in place of the number wherever somebody would call."""

from datetime import date

from django.test import Client

from tests.exchange.town import ROSA, file
from tests.people import NOW, World
from wholeperson.access.models import Person
from wholeperson.casework.care import actions as care
from wholeperson.casework.care.models import Case
from wholeperson.exchange.actions import load, receive
from wholeperson.record import wall

SHOWN = "(925) 555-0142"


def led(world: World, lena: Person) -> Case:
    """Rosa, whose care Lena leads; her number came with the file."""
    ines = world.person("Ines Tran", "provider_intake", at="Bayside")
    received, _is_new = receive(file(world, ROSA), by=ines, at=NOW)
    load(received, by=ines, at=NOW)
    with wall.opened("tests"):
        case = Case.objects.select_related("member", "organisation").get()
    return care.name_lead(case, lena, since=date(2026, 11, 5), by=lena, at=NOW)


def test_who_asks_not_to_be_called_is_not(world: World) -> None:
    lena, client, stranger = world.person("Lena Ortiz", "lead_care_manager", at="Bayside"), Client(), Client()
    case = led(world, lena)
    client.force_login(lena)
    stranger.force_login(world.person("Sam There", "supervisor", at="There"))
    pages = ("/today/", f"/cases/{case.public_id}/", f"/cases/{case.public_id}/contact/")
    assert all(SHOWN in client.get(page).content.decode() for page in pages)
    reach = f"/members/{case.member.public_id}/reach/"
    said = {"what": "rule", "rule": "safe_contact_only", "how": "Ask for Maria.", "since": "2026-11-20"}
    assert client.post(reach, {**said, "since": "2027-01-01"}).status_code == 422
    assert client.post(reach, said).status_code == 303
    for page in pages:
        shown = client.get(page).content.decode()
        assert all(words in shown for words in ("Ask for Maria.", "Safe contact only"))
        assert not any(number in shown for number in ("555-0142", "5550142"))
    assert client.post(reach, {**said, "rule": "do_not_contact", "how": ""}).status_code == 303
    assert "Do not contact" in client.get(pages[0]).content.decode()
    assert client.post(reach, {"what": "lift"}).status_code == 303
    assert SHOWN in client.get(pages[0]).content.decode()
    assert stranger.get(reach).status_code == 404


def test_where_somebody_can_be_found_and_who_speaks_for_them(world: World) -> None:
    lena, client = world.person("Lena Ortiz", "lead_care_manager", at="Bayside"), Client()
    client.force_login(lena)
    reach = f"/members/{led(world, lena).member.public_id}/reach/"
    home = {"what": "address", "kind": "home", "since": "2026-11-20"}
    assert client.post(reach, home).status_code == 422
    assert client.post(reach, {**home, "kind": "no_fixed", "where": "The shelter on Elm"}).status_code == 303
    sister = {
        "what": "name", "name": "Ana Delgado", "relation": "sister", "document": "power_of_attorney",
        "power": "decide", "since": "2026-11-01", "until": "2027-10-31",
    }  # fmt: skip
    family = reach.replace("reach", "family")
    assert client.post(family, {**sister, "until": "2026-10-31"}).status_code == 422
    assert client.post(family, sister).status_code == 303
    page = client.get(reach).content.decode()
    assert all(
        words in page for words in ("No fixed address", "The shelter on Elm", "Ana Delgado", "Power of attorney")
    )


def test_where_nobody_leads_care_there_is_nothing_to_hand_over(world: World) -> None:
    client = Client()
    client.force_login(world.person("Sam Whitfield", "supervisor", at="Bayside"))
    page = client.get("/today/hand-over/").content.decode()
    assert "Nobody leads anybody's care yet" in page
    assert 'name="leaving"' not in page


def test_a_caseload_is_handed_over_on_one_page(world: World) -> None:
    lena, client = world.person("Lena Ortiz", "lead_care_manager", at="Bayside"), Client()
    case = led(world, lena)
    sam, other = (
        world.person(name, "supervisor", at=at) for name, at in (("Sam Whitfield", "Bayside"), ("Sam There", "There"))
    )
    client.force_login(sam)
    page = "/today/hand-over/"
    said = {"leaving": lena.public_id, "person": sam.public_id, "since": "2026-11-21"}
    assert client.post(page, {**said, "person": lena.public_id}).status_code == 422
    assert client.post(page, {**said, "person": other.public_id}).status_code == 422
    assert client.post(page, said).status_code == 303
    with wall.opened("tests"):
        case.refresh_from_db()
    assert case.lead == sam
