"""The key for what a phone keeps is of one person on one phone, over many sessions, until they sign out there."""

import re
from http.cookies import Morsel

import pytest
from django.test import Client
from django.urls import reverse

from tests.people import World
from wholeperson.access.models import Person


def key(client: Client) -> str:
    return said(client, "key")


def said(client: Client, what: str) -> str:
    found = re.search(rf'data-{what}="([^"]+)"', client.get("/today/").content.decode())
    assert found
    return found[1]


def words(client: Client) -> list[Morsel[str]]:
    return [one for name, one in client.cookies.items() if name.startswith("phone_") and one.value]


def again(client: Client, person: Person) -> None:
    """Another session of the same browser."""
    client.cookies.pop("sessionid", None)
    client.force_login(person)


@pytest.fixture
def lena(world: World) -> Person:
    return world.person("Lena Ortiz", "lead_care_manager", at="Bayside")


@pytest.fixture
def sam(world: World) -> Person:
    return world.person("Sam Ito", "lead_care_manager", at="Bayside")


def test_the_key_outlives_a_session_and_no_signing_out(lena: Person, sam: Person) -> None:
    phone, other = Client(), Client()
    for client in (phone, other):
        client.force_login(lena)
    first = key(phone)
    assert first == key(phone) != key(other), "of one phone"
    again(phone, lena)
    assert key(phone) == first
    (cookie,) = words(phone)
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 604800)
    assert cookie.value not in first
    left = phone.post(reverse("account_logout"))
    assert (left.headers["Clear-Site-Data"], words(phone)) == ('"storage"', [])
    again(phone, sam)
    assert key(phone) != first, "of one person"
    again(phone, lena)
    assert key(phone) != first


def test_who_signs_out_drops_nothing_of_a_colleague(lena: Person, sam: Person) -> None:
    """Lena's session timed out; Sam works on the same phone and signs out; hers can still be read and sent by her."""
    phone = Client()
    again(phone, lena)
    hers, her_mark = key(phone), said(phone, "marks")
    again(phone, sam)
    his = key(phone)
    assert (her_mark in said(phone, "marks"), len(said(phone, "marks").split())) == (True, 2)
    left = phone.post(reverse("account_logout"))
    assert "Clear-Site-Data" not in left.headers
    assert len(words(phone)) == 1
    again(phone, lena)
    assert (key(phone), said(phone, "marks")) == (hers, her_mark)
    left = phone.post(reverse("account_logout"))
    assert (left.headers["Clear-Site-Data"], words(phone)) == ('"storage"', [])
    again(phone, sam)
    assert key(phone) != his
