"""The key for what a phone keeps is of one person on one phone, over many sessions, until they sign out there."""

import re

from django.test import Client
from django.urls import reverse

from tests.people import World
from wholeperson.access.models import Person


def key(client: Client) -> str:
    found = re.search(r'data-key="([^"]+)"', client.get("/today/").content.decode())
    assert found
    return found[1]


def again(client: Client, person: Person) -> None:
    """Another session of the same browser."""
    del client.cookies["sessionid"]
    client.force_login(person)


def test_the_key_outlives_a_session_and_no_signing_out(world: World) -> None:
    lena, sam = (world.person(name, "lead_care_manager", at="Bayside") for name in ("Lena Ortiz", "Sam Ito"))
    phone, other = Client(), Client()
    for client in (phone, other):
        client.force_login(lena)
    first = key(phone)
    assert first == key(phone) != key(other), "of one phone"
    again(phone, lena)
    assert key(phone) == first
    again(phone, sam)
    assert key(phone) != first, "of one person"
    cookie = phone.cookies["phone"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 604800)
    assert cookie.value not in first
    again(phone, lena)
    left = phone.post(reverse("account_logout"))
    assert (left.headers["Clear-Site-Data"], left.cookies["phone"].value) == ('"storage"', "")
    phone.force_login(lena)
    assert key(phone) != first
