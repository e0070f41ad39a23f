"""An invitation lets in one person, once, in time: the one it was made for."""

import json
import logging
import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client

from tests.access.test_sign_in import PASSWORD, sign_in, with_password
from tests.people import NOW, TODAY, World
from wholeperson.access import actions, invited
from wholeperson.access.models import Invitation, Membership, Person
from wholeperson.record.models import AuditRow, Outgoing
from wholeperson.record.refusals import NotAllowed
from wholeperson.rules.problems import Refused
from wholeperson.site import logs

NEW = {"name": "Nell Park", "password": "four-odd-words-lamp"}


@pytest.fixture
def ada(world: World) -> Person:
    return world.person("Ada Okafor", "administrator", at="Bayside")


def link_for(client: Client, world: World, ada: Person, email: str = "nell@tests.example", **more: str) -> str:
    """Invite on the page; the link that it shows."""
    client.force_login(ada)
    home = world.organisation("Bayside").public_id
    answer = client.post(
        f"/organizations/{home}/invite/",
        {"email": email, "role": "lead_care_manager", "since": "2026-11-21", **more},
    )
    return re.search(r"http://testserver(/invitation/[\w-]+/)", answer.content.decode())[1]


def test_who_is_invited_chooses_a_password_and_is_led_to_a_second_step(
    client: Client, world: World, ada: Person
) -> None:
    link = link_for(client, world, ada, until="2027-06-30")
    guest = Client()
    assert guest.get(link)["Location"] == "/invitation/"
    assert "Knows each member well" in guest.get("/invitation/").content.decode()
    assert guest.post("/invitation/", NEW)["Location"] == "/account/security/"
    nell = Person.objects.get(email="nell@tests.example")
    row = Membership.objects.get(person=nell)
    assert (row.role, row.organisation.name, row.since, row.until) == (
        "lead_care_manager", "Bayside", TODAY, date(2027, 6, 30),
    )  # fmt: skip
    assert guest.get("/desk/")["Location"] == "/account/security/"
    assert guest.post("/account/security/recovery-codes/generate/").status_code == 302  # asked for no password again
    assert guest.get("/desk/").status_code == 200
    assert sign_in(Client(), nell, NEW["password"])["Location"] == "/account/security/authenticate/"


def test_it_is_written_down_who_invited_and_what_the_link_did(client: Client, world: World, ada: Person) -> None:
    link = link_for(client, world, ada)
    guest = Client()
    guest.get(link)
    guest.post("/invitation/", NEW)
    one = Invitation.objects.get()
    rows = AuditRow.objects.filter(thing_id=one.pk).order_by("at", "id")
    assert [(row.verb, row.actor_kind, row.actor_id) for row in rows] == [
        ("begin", "person", str(ada.pk)),
        ("accept", "link", one.public_id),
    ]
    assert AuditRow.objects.filter(verb="membership.give", actor_kind="link").count() == 1


def test_it_works_once(client: Client, world: World, ada: Person) -> None:
    link = link_for(client, world, ada)
    first, second = Client(), Client()
    first.get(link)
    second.get(link)
    assert first.post("/invitation/", NEW).status_code == 302
    for guest in (second, Client()):
        guest.get(link)
        assert guest.post("/invitation/", {**NEW, "name": "Mallory"}).status_code == 410
    assert Membership.objects.filter(role="lead_care_manager").count() == 1


@pytest.mark.parametrize(("now", "status"), [("2026-11-28T08:59-08:00", 200), ("2026-11-28T09:00-08:00", 410)])
def test_it_is_good_for_seven_days(
    client: Client, world: World, ada: Person, monkeypatch: pytest.MonkeyPatch, now: str, status: int
) -> None:
    guest = Client()
    guest.get(link_for(client, world, ada))
    monkeypatch.setenv("WHOLEPERSON_NOW", now)
    assert guest.get("/invitation/").status_code == status


def test_looking_at_it_uses_nothing_up(client: Client, world: World, ada: Person) -> None:
    """Mail programs open links to look at them."""
    link = link_for(client, world, ada)
    for _ in range(3):
        assert Client().get(link).status_code == 302
    assert Invitation.objects.get().status == "open"


def test_withdrawn_it_opens_nothing(client: Client, world: World, ada: Person) -> None:
    link = link_for(client, world, ada)
    one = Invitation.objects.get()
    home = world.organisation("Bayside").public_id
    assert client.post(f"/organizations/{home}/invitations/{one.public_id}/withdraw/").status_code == 303
    guest = Client()
    guest.get(link)
    assert guest.get("/invitation/").status_code == 410


def test_somebody_else_who_is_signed_in_is_refused(client: Client, world: World, ada: Person) -> None:
    link = link_for(client, world, ada)
    other = Client()
    other.force_login(world.person("Omar Haddad", "referrer", at="Hillside"))
    other.get(link)
    answer = other.post("/invitation/")
    assert (answer.status_code, b"for somebody else" in answer.content) == (403, True)
    assert Invitation.objects.get().status == "open"
    with pytest.raises(Refused, match="for somebody else"):
        actions.accept_as_somebody(Invitation.objects.get(), person=ada, at=NOW)


def test_somebody_who_is_here_already_signs_in_and_accepts(client: Client, world: World, ada: Person) -> None:
    lena = with_password(world.person("Lena Ortiz", "supervisor", at="Hillside"))
    guest = Client()
    guest.get(link_for(client, world, ada, email="Lena.Ortiz@tests.example"))
    assert b"has an account here already" in guest.get("/invitation/").content
    assert guest.post("/invitation/", NEW).status_code == 200
    login = guest.post("/account/login/?next=/invitation/", {"login": lena.email, "password": PASSWORD})
    assert login["Location"] == "/invitation/"
    assert guest.post("/invitation/")["Location"] == "/desk/"
    assert sorted(Membership.objects.filter(person=lena).values_list("role", flat=True)) == [
        "lead_care_manager",
        "supervisor",
    ]


@pytest.mark.parametrize("password", ["short", "password1234", "nell@tests.example"])
def test_a_weak_password_is_explained(client: Client, world: World, ada: Person, password: str) -> None:
    guest = Client()
    guest.get(link_for(client, world, ada))
    assert guest.post("/invitation/", {**NEW, "password": password}).status_code == 422
    assert not Person.objects.filter(email="nell@tests.example").exists()


def test_the_token_is_kept_nowhere_and_logged_nowhere(
    client: Client, world: World, ada: Person, caplog: pytest.LogCaptureFixture
) -> None:
    link = link_for(client, world, ada)
    token = link.split("/")[2]
    guest = Client()
    guest.get(link)
    assert len(token) >= 43
    with connection.cursor() as cursor:
        for table in ("access_invitation", "record_auditrow", "record_step", "django_session"):
            cursor.execute(f"SELECT * FROM {table}")
            assert token not in repr(cursor.fetchall()), table
    assert token not in str(dict(guest.session.items()))
    record = logging.LogRecord("django.request", 30, "x", 1, "Not Found: %s", (link,), None)
    record.path = link
    assert token not in logs.formatter().format(record)


@pytest.mark.parametrize("token", ["x", "A" * 43])
def test_a_guessed_link_opens_nothing(client: Client, db: None, token: str) -> None:
    client.get(f"/invitation/{token}/")
    assert client.get("/invitation/").status_code == 410


def test_without_a_link_there_is_nothing(client: Client, db: None) -> None:
    assert client.get("/invitation/").status_code == 410


def test_only_administrators_of_the_organisation_invite(client: Client, world: World, ada: Person) -> None:
    lena = world.person("Lena Ortiz", "lead_care_manager", at="Bayside")
    for organisation, by in ((world.organisation("Bayside"), lena), (world.organisation("Hillside"), ada)):
        with pytest.raises(NotAllowed):
            actions.invite(
                organisation=organisation, email="n@tests.example", role="auditor", since=TODAY, by=by, at=NOW
            )
    client.force_login(ada)
    assert client.get(f"/organizations/{world.organisation('Hillside').public_id}/invite/").status_code == 404


def test_a_role_that_the_organisation_cannot_have_is_refused(world: World, ada: Person) -> None:
    with pytest.raises(Refused, match="nobody is medical_director at a ecm_provider") as refused:
        actions.invite(
            organisation=world.organisation("Bayside"), email="n@tests.example", role="medical_director",
            since=TODAY, by=ada, at=NOW,
        )  # fmt: skip
    assert "lead_care_manager" in refused.value.problems[0].allowed


def test_a_last_day_before_the_first_is_explained(client: Client, world: World, ada: Person) -> None:
    client.force_login(ada)
    path = f"/organizations/{world.organisation('Bayside').public_id}/invite/"
    answer = client.post(
        path, {"email": "n@tests.example", "role": "auditor", "since": "2026-11-21", "until": "2026-11-20"}
    )
    assert (answer.status_code, b"cannot be before the first" in answer.content) == (422, True)
    assert not Invitation.objects.exists()


def test_where_mail_goes_out_the_link_goes_with_it_and_is_not_shown(
    client: Client, world: World, ada: Person, settings
) -> None:
    settings.WHOLEPERSON_CHANNELS = {"mail": "wholeperson.record.post.Mail"}
    settings.EMAIL_BACKEND = "wholeperson.record.post.IntoOutbox"
    client.force_login(ada)
    path = f"/organizations/{world.organisation('Bayside').public_id}/invite/"
    page = client.post(path, {"email": "nell@tests.example", "role": "auditor", "since": "2026-11-21"}).content
    assert b"on its way" in page
    assert b"/invitation/" not in page
    (waits,) = Outgoing.objects.all()
    assert waits.to == "nell@tests.example"
    link = re.search(r"http://testserver(/invitation/[\w-]+/)", json.loads(waits.content)["body"])[1]
    guest = Client()
    guest.get(link)
    assert guest.get("/invitation/").status_code == 200


@pytest.mark.parametrize("language", ["en", "es", "zh-hant"])
def test_the_first_day_is_filled_in_as_browsers_read_it(
    client: Client, world: World, ada: Person, language: str
) -> None:
    """A date written as people read it leaves the field of a browser empty."""
    client.force_login(ada)
    path = f"/organizations/{world.organisation('Bayside').public_id}/invite/"
    assert b'value="2026-11-21"' in client.get(path, HTTP_ACCEPT_LANGUAGE=language).content


def test_a_link_is_of_no_use_a_week_later_in_the_action_too(world: World, ada: Person) -> None:
    made, token = actions.invite(
        organisation=world.organisation("Bayside"), email="n@tests.example", role="auditor", since=TODAY, by=ada, at=NOW
    )
    assert invited.found_by_mark(invited.mark(token)) == made
    with pytest.raises(Refused, match="has expired"):
        actions.accept_as_newcomer(made, **NEW, at=NOW + timedelta(days=7))
