"""The doors: who comes in, who is sent to sign in, and what is not there for whom."""

import pytest
from django.test import Client

from tests.people import World
from wholeperson.record.models import AuditRow

pytestmark = pytest.mark.django_db


def test_anyone_may_read_the_first_page(client: Client) -> None:
    answer = client.get("/")
    assert answer.status_code == 200
    assert answer["Server-Timing"].startswith('db;desc="')
    assert "script-src 'self'" in answer["Content-Security-Policy"]


def test_the_browser_is_told_to_trust_little_and_keep_nothing(client: Client, world: World) -> None:
    """No camera or place for anybody; and at a shared desk the next person finds nothing with *back*."""
    client.force_login(world.person("Lena Ortiz", "lead_care_manager", at="Bayside"))
    answer = client.get("/desk/")
    assert "camera=()" in answer["Permissions-Policy"]
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "unsafe" not in answer["Content-Security-Policy"]


def test_who_is_not_signed_in_is_sent_there_and_comes_back(client: Client) -> None:
    answer = client.get("/members/")
    assert (answer.status_code, answer["Location"]) == (302, "/account/login/?next=/members/")


def test_a_page_of_another_role_is_not_there(client: Client, world: World) -> None:
    client.force_login(world.person("Ada Okafor", "administrator", at="House"))
    assert client.get("/desk/").status_code == 200
    assert client.get("/members/").status_code == 404


def test_a_member_one_may_see_opens_and_leaves_a_row(client: Client, world: World) -> None:
    rosa = world.member()
    world.relate(rosa, "Bayside")
    client.force_login(world.person("Lena Ortiz", "lead_care_manager", at="Bayside"))
    assert b"Rosa Delgado" in client.get(f"/members/{rosa.public_id}/").content
    assert AuditRow.objects.filter(did="read", subject_id=rosa.pk).count() == 1


def test_a_member_one_may_not_see_is_not_there(client: Client, world: World) -> None:
    rosa = world.member()
    world.relate(rosa, "Elsewhere")
    client.force_login(world.person("Lena Ortiz", "lead_care_manager", at="Bayside"))
    answer = client.get(f"/members/{rosa.public_id}/")
    assert answer.status_code == 404
    assert b"Rosa" not in answer.content
    assert len(client.get("/members/mem-2222222222/").content) == len(answer.content)
