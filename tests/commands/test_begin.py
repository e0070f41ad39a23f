"""The first administrator of an empty installation."""

import pytest
from django.test import Client

from tests.commands.door import run
from wholeperson.access.models import Person
from wholeperson.record.models import AuditRow

BEGIN = ("begin", "--house", "Bayside", "--email", "ada@tests.example", "--address", "http://testserver/", "--json")

pytestmark = pytest.mark.django_db


def test_the_link_lets_one_administrator_in(client: Client) -> None:
    ran = run(*BEGIN)
    assert ran.code == 0
    page = client.get(ran.json["link"], follow=True)
    assert page.status_code == 200
    assert b"Bayside" in page.content
    assert AuditRow.objects.filter(actor_label="begin").count() >= 2
    assert not Person.objects.exists()


def test_a_second_beginning_is_refused() -> None:
    run(*BEGIN)
    again = run(*BEGIN)
    assert (again.code, again.error["code"]) == (2, "begun")
