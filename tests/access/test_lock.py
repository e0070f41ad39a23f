"""A shared workstation locks after ten minutes; whoever comes back finds the half-filled form as it was."""

from datetime import UTC, datetime, timedelta

import pytest
from django import forms
from django.db import connection
from django.test import Client

from tests.access.test_sign_in import PASSWORD, printed_codes, sign_in, with_password
from tests.people import World
from wholeperson.access import actions, typed
from wholeperson.access.models import Draft, Person

TYPED = {"email": "nell@tests.example", "role": "auditor", "since": "2026-12-", "until": ""}


@pytest.fixture
def ada(world: World) -> Person:
    return with_password(world.person("Ada Okafor", "administrator", at="Bayside"))


@pytest.fixture
def desk(client: Client, ada: Person, at: "At") -> Client:
    """Ada, signed in with both factors at 09:00:00."""
    sign_in(client, ada)
    client.sheet = printed_codes(client)
    assert client.get("/desk/").status_code == 200
    return client


class At:
    """Sets the one clock."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.patch = patch

    def __call__(self, time: str) -> None:
        self.patch.setenv("WHOLEPERSON_NOW", f"2026-11-21T{time}-08:00")


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> At:
    set_to = At(monkeypatch)
    set_to("09:00:00")
    return set_to


def invite_path(world: World) -> str:
    return f"/organizations/{world.organisation('Bayside').public_id}/invite/"


def test_ten_minutes_without_a_sign_lock_and_one_second_less_does_not(desk: Client, at: At) -> None:
    at("09:09:59")
    assert desk.get("/desk/").status_code == 200
    at("09:19:59")
    answer = desk.get("/organizations/?page=2")
    assert (answer.status_code, answer["Location"]) == (
        303,
        "/account/reauthenticate/?next=%2Forganizations%2F%3Fpage%3D2",
    )
    assert desk.get("/desk/").status_code == 303
    assert b"This screen is locked" in desk.get("/account/reauthenticate/?next=/desk/").content


def test_public_pages_wait_as_well_and_signing_out_does_not(desk: Client, at: At) -> None:
    at("09:10:00")
    assert desk.get("/").status_code == 303
    assert desk.get("/healthz").status_code == 200
    assert desk.post("/account/logout/").status_code == 302
    assert desk.get("/").status_code == 200


@pytest.mark.parametrize("way", ["password", "code"])
def test_the_half_filled_form_is_as_it_was(desk: Client, world: World, at: At, way: str) -> None:
    """Without JavaScript: the form is sent to a locked screen, and nothing of it is lost or done."""
    path = invite_path(world)
    desk.get(path)
    at("09:10:30")
    stopped = desk.post(path, TYPED, HTTP_REFERER=f"http://testserver{path}")
    assert stopped["Location"] == f"/account/reauthenticate/?next={path.replace('/', '%2F')}"
    unlock = {
        "password": ("/account/reauthenticate/", {"password": PASSWORD}),
        "code": ("/account/security/reauthenticate/", {"code": desk.sheet[0]}),
    }[way]
    back = desk.post(unlock[0], {**unlock[1], "next": path})
    assert back["Location"] == path
    page = desk.get(path).content.decode()
    assert "We kept what you had typed" in page
    assert 'value="nell@tests.example"' in page
    assert '<option value="auditor" selected>' in page
    assert 'value="2026-12-"' in page


def test_a_wrong_password_unlocks_nothing(desk: Client, at: At) -> None:
    at("09:10:00")
    assert desk.get("/desk/").status_code == 303
    desk.post("/account/reauthenticate/", {"password": "guess", "next": "/desk/"})
    assert desk.get("/desk/").status_code == 303


def test_the_button_locks_at_once_and_takes_along_what_was_typed(desk: Client, world: World) -> None:
    path = invite_path(world)
    answer = desk.post("/lock/", {**TYPED, "draft_of": f"http://testserver{path}", "page": path})
    assert answer["Location"].endswith(path.replace("/", "%2F"))
    assert desk.get("/desk/").status_code == 303
    desk.post("/account/reauthenticate/", {"password": PASSWORD, "next": path})
    assert 'value="nell@tests.example"' in desk.get(path).content.decode()


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/x", "//elsewhere.example/", "javascript:alert(1)"])
def test_nobody_is_led_elsewhere(desk: Client, elsewhere: str) -> None:
    assert "elsewhere" not in desk.post("/lock/", {"page": elsewhere, "draft_of": elsewhere})["Location"]
    assert not Draft.objects.exists()


def test_a_draft_is_encrypted_and_keeps_no_password(desk: Client, world: World) -> None:
    desk.post("/lock/", {**TYPED, "old_password": "secret-1", "code": "123456", "draft_of": invite_path(world)})
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM access_draft")
        (content,) = cursor.fetchone()
    assert "nell" not in content
    kept = Draft.objects.get().content
    assert "nell@tests.example" in kept
    assert "secret-1" not in kept
    assert "123456" not in kept


def test_a_draft_is_for_nobody_else(desk: Client, world: World) -> None:
    path = invite_path(world)
    desk.post("/lock/", {**TYPED, "draft_of": path})
    other = Client()
    other.force_login(world.person("Abel Quist", "administrator", at="Bayside"))
    assert "nell@" not in other.get(path).content.decode()


def test_a_draft_goes_when_its_form_is_taken_and_after_half_a_day(desk: Client, world: World, ada: Person) -> None:
    path = invite_path(world)
    desk.post("/lock/", {**TYPED, "draft_of": path})
    desk.post("/account/reauthenticate/", {"password": PASSWORD})
    assert desk.post(path, TYPED).status_code == 422
    assert Draft.objects.count() == 1
    assert desk.post(path, {**TYPED, "since": "2026-12-01"}).status_code == 200
    assert not Draft.objects.exists()

    then = datetime(2026, 11, 21, 17, tzinfo=UTC)
    actions.keep_draft(ada, path, {"email": ["x@tests.example"]}, at=then)
    assert actions.forget_drafts(at=then + timedelta(hours=11, minutes=59)) == 0
    assert actions.forget_drafts(at=then + timedelta(hours=12)) == 1


def test_typing_keeps_the_screen_open(desk: Client, at: At) -> None:
    for minute in ("09:08:00", "09:16:00", "09:24:00"):
        at(minute)
        assert desk.get("/lock/still-here/").status_code == 204
    at("09:34:00")
    assert desk.get("/lock/still-here/").status_code == 303


def test_what_a_script_sends_by_itself_is_no_sign_of_anybody(desk: Client, at: At) -> None:
    """A phone tries every ten seconds to send what it keeps; the screen locks all the same."""
    for minute in ("09:05:00", "09:09:59"):
        at(minute)
        assert desk.get("/desk/", headers={"X-By-Itself": "yes"}).status_code == 200
    at("09:10:00")
    assert desk.get("/desk/", headers={"X-By-Itself": "yes"}).status_code == 303


def test_a_part_of_a_page_leads_the_whole_page_to_the_lock(desk: Client, at: At) -> None:
    at("09:10:00")
    answer = desk.get("/desk/", HTTP_HX_REQUEST="true")
    assert (answer.status_code, answer["HX-Redirect"][:25]) == (204, "/account/reauthenticate/?")


def test_a_members_own_screen_does_not_lock(client: Client, world: World, at: At) -> None:
    sign_in(client, with_password(world.person("Rosa Delgado", "member")))
    client.get("/desk/")
    at("11:00:00")
    assert client.get("/desk/").status_code == 200


def test_a_form_for_more_than_anybody_types_is_not_kept(desk: Client, world: World) -> None:
    desk.post("/lock/", {"email": "x" * 70_000, "draft_of": invite_path(world)})
    assert not Draft.objects.exists()


def test_any_form_of_the_renderer_is_given_back(desk: Client, world: World) -> None:
    """Nobody has to ask for it: here the form for a new organization, and the one that ends a role."""
    row = world.person("Nell Adams", "auditor", at="Bayside").memberships.get()
    path = f"/organizations/{world.organisation('Bayside').public_id}/roles/{row.public_id}/"
    assert "data-draft" in desk.get(path).content.decode()
    desk.post("/lock/", {"until": "2026-12-24", "draft_of": path, "page": path})
    desk.post("/account/reauthenticate/", {"password": PASSWORD, "next": path})
    page = desk.get(path).content.decode()
    assert 'value="2026-12-24"' in page
    assert page.count("We kept what you had typed") == 1
    assert "We kept" not in desk.get(invite_path(world)).content.decode()


@pytest.mark.parametrize(
    "path", ["/account/password/change/", "/account/reauthenticate/", "/account/security/totp/activate/"]
)
def test_a_form_with_secrets_keeps_none(desk: Client, path: str) -> None:
    page = desk.get(path).content.decode()
    assert 'name="no_draft"' in page
    assert "data-draft" not in page
    desk.post("/lock/", {"anything": "typed", "no_draft": "1", "draft_of": path})
    assert not Draft.objects.exists()


def test_hidden_fields_are_the_pages_own() -> None:
    """A draft may be older than what the page says about itself."""

    class Versioned(forms.Form):
        version = forms.CharField(widget=forms.HiddenInput)
        text = forms.CharField()

    form = Versioned(initial={"version": "new"})
    assert typed.fill(form, {"version": ["old"], "text": ["half"]})
    assert form.initial == {"version": "new", "text": "half"}
