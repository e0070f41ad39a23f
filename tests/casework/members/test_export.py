"""The list of members as a file: read by a spreadsheet as it is meant, run by nothing, kept by no cache."""

import csv
from io import StringIO

import pytest
from django.test import Client

from tests.people import World

pytestmark = pytest.mark.django_db


def test_the_list_taken_along(world: World, client: Client) -> None:
    world.relate(world.member(given="=Ana", family="Núñez"), "Bayside")
    client.force_login(world.person("Sam Whitfield", "supervisor", at="Bayside"))
    answer = client.post("/members/export/", {"sort": "name"})
    (row,) = csv.DictReader(StringIO(answer.content.decode("utf-8-sig")))
    assert (row["given_name"], row["family_name"]) == ("'=Ana", "Núñez")
    assert answer.content.startswith(b"\xef\xbb\xbf"), "without its mark a spreadsheet reads NÃºÃ±ez"
    assert answer["Content-Disposition"].startswith('attachment; filename="members-20')
    assert (answer["X-Content-Type-Options"], "no-store" in answer["Cache-Control"]) == ("nosniff", True)
