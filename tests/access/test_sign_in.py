"""Signing in: a password, then a second step for whoever acts for others; and what wrong tries cost."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client

from tests.access import codes
from tests.people import World
from wholeperson.access.models import Person
from wholeperson.access.queries import OpenSession
from wholeperson.record.models import AuditRow

PASSWORD = "quiet-river-stone-9"


@pytest.fixture
def lena(world: World) -> Person:
    """A lead care manager with a password and nothing else."""
    return with_password(world.person("Lena Ortiz", "lead_care_manager", at="Bayside"))


def with_password(person: Person) -> Person:
    person.set_password(PASSWORD)
    person.save()
    return person


def sign_in(client: Client, person: Person, password: str = PASSWORD):
    return client.post("/account/login/", {"login": person.email, "password": password})


def show_again(client: Client) -> None:
    """Before a factor changes the password is asked once more."""
    assert client.post("/account/reauthenticate/", {"password": PASSWORD}).status_code == 302


def printed_codes(client: Client) -> list[str]:
    show_again(client)
    assert client.post("/account/security/recovery-codes/generate/").status_code == 302
    page = client.get("/account/security/recovery-codes/").content.decode()
    return [code.replace(" ", "") for code in re.findall(r'<code dir="ltr">(\d{4} \d{4})</code>', page)]


def test_staff_with_a_password_alone_see_the_way_to_a_second_step_and_nothing_else(
    client: Client, lena: Person
) -> None:
    assert sign_in(client, lena)["Location"] == "/desk/"
    for path in ("/desk/", "/members/", "/account/sessions/"):
        assert client.get(path)["Location"] == "/account/security/"
    page = client.get("/account/security/").content.decode()
    assert "One thing is missing: a second step" in page
    assert client.get("/roles/").status_code == 200


def test_a_member_needs_no_second_step(client: Client, world: World) -> None:
    rosa = with_password(world.person("Rosa Delgado", "member"))
    sign_in(client, rosa)
    assert client.get("/desk/").status_code == 200


def test_an_app_opens_the_desk_and_is_asked_for_next_time(client: Client, lena: Person) -> None:
    sign_in(client, lena)
    show_again(client)
    page = client.get("/account/security/totp/activate/").content.decode()
    secret = re.search(r'<code dir="ltr">([A-Z2-7]+)</code>', page)[1]
    wrong = client.post("/account/security/totp/activate/", {"code": "000000"}).content.decode()
    assert "This code is not right" in wrong
    assert client.post("/account/security/totp/activate/", {"code": codes.now(secret)}).status_code == 302
    assert client.get("/desk/").status_code == 200
    kept = Authenticator.objects.get(user=lena, type="totp").data["secret"]
    assert secret not in kept

    again = Client()
    assert sign_in(again, lena)["Location"] == "/account/security/authenticate/"
    assert again.get("/desk/")["Location"] == "/account/login/?next=/desk/"
    cache.clear()
    assert again.post("/account/security/authenticate/", {"code": codes.now(secret)}).status_code in (200, 302)


def test_printed_codes_alone_are_a_second_step_and_each_works_once(client: Client, lena: Person) -> None:
    """Staff inside a jail carry no phone."""
    sign_in(client, lena)
    sheet = printed_codes(client)
    assert len(sheet) == len(set(sheet)) == 40
    assert client.get("/desk/").status_code == 200
    assert not re.search(r"\d{4} \d{4}", client.get("/account/security/recovery-codes/").content.decode())

    for code, arrives in ((sheet[0], "/desk/"), (sheet[0], None), (sheet[1], "/desk/")):
        fresh = Client()
        assert sign_in(fresh, lena)["Location"] == "/account/security/authenticate/"
        answer = fresh.post("/account/security/authenticate/", {"code": code})
        assert answer.get("Location") == arrives
        assert (b"Each code works once" in answer.content) == (arrives is None)


def test_a_code_is_found_with_the_space_it_is_printed_with(client: Client, lena: Person) -> None:
    sign_in(client, lena)
    code = printed_codes(client)[5]
    fresh = Client()
    sign_in(fresh, lena)
    answer = fresh.post("/account/security/authenticate/", {"code": f" {code[:4]} {code[4:]}"})
    assert answer.get("Location") == "/desk/"


def test_a_new_sheet_ends_the_old_one(client: Client, lena: Person) -> None:
    sign_in(client, lena)
    old = printed_codes(client)
    new = printed_codes(client)
    assert not set(old) & set(new)
    fresh = Client()
    sign_in(fresh, lena)
    assert fresh.post("/account/security/authenticate/", {"code": old[0]}).status_code == 200


def test_five_wrong_passwords_close_the_door_for_a_while_even_to_the_right_one(client: Client, lena: Person) -> None:
    for _ in range(5):
        assert "do not go together" in sign_in(client, lena, "guess").content.decode()
    answer = sign_in(client, lena)
    assert (answer.status_code, "Wait 15 minutes" in answer.content.decode()) == (200, True)
    assert AuditRow.objects.filter(verb="session.refused", thing_id=lena.pk).count() == 5
    assert not AuditRow.objects.filter(verb="session.begin").exists()


def test_who_is_not_known_hears_the_same_as_who_is(client: Client, lena: Person) -> None:
    known, unknown = Client(), Client()
    first = known.post("/account/login/", {"login": lena.email, "password": "guess"}).content.decode()
    second = unknown.post("/account/login/", {"login": "nobody@tests.example", "password": "guess"}).content.decode()
    assert ("do not go together" in first, "do not go together" in second) == (True, True)


def test_wrong_codes_are_counted_as_well(client: Client, lena: Person) -> None:
    sign_in(client, lena)
    sheet = printed_codes(client)
    fresh = Client()
    sign_in(fresh, lena)
    for _ in range(5):
        fresh.post("/account/security/authenticate/", {"code": "00000000"})
    assert b"Wait 15 minutes" in fresh.post("/account/security/authenticate/", {"code": sheet[0]}).content


def test_limits_are_counted_in_a_cache_that_all_processes_share(settings) -> None:
    assert settings.CACHES["default"]["BACKEND"] == "django.core.cache.backends.db.DatabaseCache"


def test_a_session_signed_out_elsewhere_is_out_at_its_next_request(client: Client, lena: Person) -> None:
    sign_in(client, lena)
    sheet = printed_codes(client)
    other = Client(HTTP_USER_AGENT="Shared desk, front office")
    sign_in(other, lena)
    other.post("/account/security/authenticate/", {"code": sheet[0]})
    assert other.get("/desk/").status_code == 200

    page = client.get("/account/sessions/").content.decode()
    assert "Shared desk, front office" in page
    row = UserSession.objects.get(user_agent="Shared desk, front office")
    assert client.post(f"/account/sessions/{OpenSession(row).mark}/end/").status_code == 303
    assert other.get("/desk/")["Location"] == "/account/login/?next=/desk/"
    assert client.get("/desk/").status_code == 200
    assert AuditRow.objects.filter(verb="session.end", actor_id=str(lena.pk)).count() == 1


def test_nobody_ends_a_session_of_somebody_else(client: Client, world: World, lena: Person) -> None:
    rosa = with_password(world.person("Rosa Delgado", "member"))
    sign_in(client, lena)
    theirs = Client()
    sign_in(theirs, rosa)
    row = UserSession.objects.get(user=lena)
    assert theirs.post(f"/account/sessions/{OpenSession(row).mark}/end/").status_code == 404
    assert UserSession.objects.filter(pk=row.pk).exists()


def test_a_new_password_signs_every_other_browser_out(client: Client, world: World) -> None:
    rosa = with_password(world.person("Rosa Delgado", "member"))
    other = Client()
    sign_in(client, rosa)
    sign_in(other, rosa)
    new = "another-long-thought-7"
    answer = client.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert answer.status_code == 302
    assert client.get("/desk/").status_code == 200
    assert other.get("/desk/")["Location"] == "/account/login/?next=/desk/"
    assert AuditRow.objects.filter(verb="sign_in.password_changed", thing_id=rosa.pk).exists()


def test_sign_in_leaves_a_row_and_so_does_a_factor(
    client: Client, lena: Person, django_capture_on_commit_callbacks
) -> None:
    sign_in(client, lena)
    with django_capture_on_commit_callbacks(execute=True):
        printed_codes(client)
    verbs = set(AuditRow.objects.filter(thing_id=lena.pk).values_list("verb", flat=True))
    assert {"session.begin", "sign_in.recovery_codes_generated"} <= verbs


@pytest.mark.parametrize(
    "path", ["signup/", "email/", "partners/", "partners/signup/", "security/recovery-codes/download/"]
)
def test_what_the_library_has_and_we_do_not_is_not_there(client: Client, lena: Person, path: str) -> None:
    sign_in(client, lena)
    assert client.get(f"/account/{path}").status_code == 404


def test_the_door_of_the_demo_proves_nothing_outside_a_demo(client: Client, lena: Person, settings) -> None:
    client.force_login(lena)
    assert client.get("/desk/").status_code == 200
    settings.DEMO = False
    assert client.get("/desk/")["Location"] == "/account/security/"


def test_who_has_no_password_is_not_led_to_change_one(client: Client, world: World) -> None:
    """Through the door of the demo or of another house's sign-in: the page would not be there."""
    rosa = with_password(world.person("Rosa Delgado", "member"))
    client.force_login(rosa)
    pages = ("/account/sessions/", "/account/security/")
    assert all("/account/password/change/" in client.get(page).content.decode() for page in pages)
    rosa.set_unusable_password()
    rosa.save()
    client.force_login(rosa)
    assert not any("/account/password/change/" in client.get(page).content.decode() for page in pages)
