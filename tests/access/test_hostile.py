"""What somebody would try who wants in: each is refused, and leaves what it should leave."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.access.test_sign_in import PASSWORD, printed_codes, sign_in, with_password
from tests.people import NOW, World
from wholeperson.access.models import Person
from wholeperson.casework.members import actions
from wholeperson.casework.members.models import BreakGlass
from wholeperson.record.models import AuditRow
from wholeperson.record.refusals import NotAllowed

WHY = "Found in the street without consciousness."


@pytest.fixture
def lena(world: World) -> Person:
    return with_password(world.person("Lena Ortiz", "lead_care_manager", at="Bayside"))


def test_a_session_that_somebody_planted_is_not_the_one_they_sign_in_with(client: Client, lena: Person) -> None:
    client.get("/account/login/")
    session = client.session
    session["planted"] = True
    session.save()
    planted = session.session_key
    sign_in(client, lena)
    assert client.session.session_key != planted
    other = Client()
    other.cookies["sessionid"] = planted
    assert other.get("/desk/").status_code == 302


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example/", "/\\\\evil.example/", "javascript:alert(1)", "///evil"],
)
def test_no_next_leads_elsewhere(client: Client, lena: Person, elsewhere: str) -> None:
    sent = {"login": lena.email, "password": PASSWORD, "next": elsewhere}
    answers = [client.post("/account/login/", sent)]
    printed_codes(client)
    answers += [
        client.post("/account/reauthenticate/", {"password": PASSWORD, "next": elsewhere}),
        client.post("/language/", {"language": "es", "next": elsewhere}),
        client.post("/account/logout/", {"next": elsewhere}),
    ]
    assert [one.status_code for one in answers] == [302] * 4
    assert not [one["Location"] for one in answers if "evil" in one["Location"] or "alert" in one["Location"]]


def test_a_host_that_is_not_ours_is_refused(client: Client, lena: Person) -> None:
    """Else a letter's link could be made to lead to somebody else's machine."""
    assert client.post("/account/password/reset/", {"email": lena.email}, HTTP_HOST="evil.example").status_code == 400
    sent = client.get("/account/login/", HTTP_X_FORWARDED_HOST="evil.example")
    assert b"evil" not in sent.content


@pytest.mark.parametrize("path", ["/desk/", "/members/", "/account/sessions/", "/no-such-page/"])
def test_a_page_of_somebody_signed_in_stays_in_no_cache(client: Client, lena: Person, path: str) -> None:
    sign_in(client, lena)
    printed_codes(client)
    assert "no-store" in client.get(path)["Cache-Control"]
    client.post("/account/logout/")
    assert client.get("/desk/").status_code == 302


def test_who_guesses_who_is_known_here_is_stopped(client: Client, world: World) -> None:
    """Opening a record in an emergency asks for a reason first, keeps each miss, and ends after twenty in an hour."""
    world.member("Rosa", "Delgado")
    beth = world.person("Beth Salazar", "county_behavioral_health", at="Recovery")
    client.force_login(beth)
    known = {"given_name": "Rosa", "family_name": "Delgado", "birth_date": "1980-03-09"}
    unknown = {**known, "given_name": "Nobody"}
    full = {"kind": "safety", "reason": WHY, "organisation": world.organisation("Recovery").public_id}
    without_reason = {**full, "reason": ""}
    told = [client.post("/break-glass/", {**without_reason, **who}).content for who in (known, unknown)]
    assert b"Nobody here fits" not in told[0] + told[1]
    answers = [client.post("/break-glass/", {**full, **unknown}).status_code for _ in range(19)]
    assert answers == [422] * 18 + [429]
    assert AuditRow.objects.filter(verb="break_glass.attempt").count() == 20
    assert client.post("/break-glass/", {**full, **known}).status_code == 429
    assert not BreakGlass.objects.exists()
    assert not actions.has_tried_too_often(beth, at=NOW + timedelta(hours=1))


def test_nobody_judges_what_they_opened_themselves(client: Client, world: World) -> None:
    sam = world.person("Sam Whitfield", "supervisor", at="Recovery")
    glass = actions.break_glass(
        world.member(), kind="safety", reason=WHY, organisation_id=world.organisation("Recovery").pk, by=sam, at=NOW
    )
    client.force_login(sam)
    assert client.get(f"/break-glass/review/{glass.public_id}/").status_code == 404
    with pytest.raises(NotAllowed):
        actions.judge(glass, verb="justify", finding="", by=sam, at=NOW)
    other = world.person("Una Bright", "supervisor", at="Recovery")
    client.force_login(other)
    assert client.get(f"/break-glass/review/{glass.public_id}/").status_code == 200
    row = AuditRow.objects.get(verb="break_glass.look_at")
    assert (row.actor_id, row.subject_id, row.did) == (str(other.pk), glass.member_id, "read")


def test_who_looks_with_another_method_leaves_the_same_row(client: Client, world: World, lena: Person) -> None:
    rosa = world.member()
    world.relate(rosa, "Bayside")
    client.force_login(lena)
    client.head(f"/members/{rosa.public_id}/")
    assert AuditRow.objects.filter(verb="member.look_at", subject_id=rosa.pk).count() == 1
