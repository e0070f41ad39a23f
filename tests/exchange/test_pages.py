"""The pages of a month, answered as an installation answers: on PostgreSQL by the role that owns nothing."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.exchange.town import JAMES, ROSA, file, plan
from tests.people import World
from wholeperson.exchange import rows
from wholeperson.exchange.actions import Came
from wholeperson.record.models import AuditRow


def signed_in(world: World, name: str, role: str, at: str = "Bayside") -> Client:
    client = Client()
    client.force_login(world.person(name, role, at=at))
    return client


def upload(client: Client, came: Came) -> str:
    sent = {"plan": came.plan.public_id, "kind": "mif", "file": SimpleUploadedFile("mif.csv", came.file.content)}
    answer = client.post("/exchange/", sent)
    assert answer.status_code == 303, answer.content.decode()
    return str(answer["Location"])


def upload_and_load(world: World) -> None:
    ines = signed_in(world, "Ines Tran", "provider_intake")
    assert ines.post(f"{upload(ines, file(world, ROSA))}load/").status_code == 303


def first(pattern: str, page: str) -> str:
    found = re.search(pattern, page)
    assert found, page
    return found[0]


def test_from_the_upload_to_the_call(world: World) -> None:
    """October's file becomes two people; one is called once, by a button pressed twice; the preview says so."""
    october = [{**row, "period": "2026-10", "authorization_start": None} for row in (ROSA, JAMES)]
    ines, lena = signed_in(world, "Ines Tran", "provider_intake"), signed_in(world, "Lena Ortiz", "lead_care_manager")
    stranger = signed_in(world, "Sam There", "supervisor", at="There")
    address = upload(ines, file(world, *october))
    assert ines.post(f"{address}load/").status_code == 303
    assert "Loaded" in ines.get(address).content.decode()
    assert upload(ines, file(world, *october)) == address
    team = lena.get("/today/?team").content.decode()
    assert "Rosa Delgado" in team
    assert "Rosa Delgado" not in stranger.get("/today/?team").content.decode()
    contact = first(r"/cases/ecm-\w+/contact/", team)
    said = {
        "successful": "yes",
        "method": "phone",
        "minutes": "5",
        "day": "2026-11-20",
        "purpose": "outreach",
        "key": "k",
    }
    assert [lena.post(contact, said).status_code for _ in range(2)] == [303, 303]
    assert stranger.get(contact).status_code == 404
    case = lena.get(contact.removesuffix("contact/")).content.decode()
    assert case.count(">Phone call</p>") == 1
    preview = f"/exchange/return/{plan(world).public_id}/2026-10/"
    assert "Nobody leads the care" in ines.get(preview).content.decode()
    assert stranger.get(preview).status_code == 404


def test_a_contact_that_was_kept_before_with_other_words(world: World) -> None:
    """The first answer was lost on its way, then the note was corrected: nothing is dropped, nothing there twice."""
    upload_and_load(world)
    lena = signed_in(world, "Lena Ortiz", "lead_care_manager")
    contact = first(r"/cases/ecm-\w+/contact/", lena.get("/today/?team").content.decode())
    said = {
        "successful": "yes", "method": "phone", "minutes": "5", "day": "2026-11-21", "purpose": "outreach",
        "key": "k", "note": "Call after four.", "told_at": "0001-01-01T00:00",
    }  # fmt: skip
    assert lena.post(contact, said).status_code == 303
    other = lena.post(contact, {**said, "note": "Call after five."})
    page = other.content.decode()
    assert other.status_code == 422
    assert "This was kept before, with other words." in page
    assert "Call after five." in page
    key = first(r'(?<=name="key" value=")[^"]+', page)
    assert key != "k"
    assert lena.post(contact, said).status_code == 303
    assert lena.post(contact, {**said, "note": "Call after five.", "key": key}).status_code == 303
    case = lena.get(contact.removesuffix("contact/")).content.decode()
    assert (case.count("Call after four."), case.count("Call after five.")) == (1, 1)


def test_the_plans_test_comes_first_and_the_file_stays(world: World) -> None:
    ines = signed_in(world, "Ines Tran", "provider_intake")
    address = upload(ines, file(world, {**ROSA, "period": "2026-10", "authorization_start": None}))
    ines.post(f"{address}load/")
    month = f"/exchange/return/{plan(world).public_id}/2026-10/"
    assert ines.get(f"{month}test-file/").status_code == 200
    ines.post(f"{month}send/")
    assert "/exchange/sent/" not in ines.get(month).content.decode()
    assert ines.post(f"{month}trial/", {"accepted_on": "2027-01-01"}).status_code == 422
    tried = [f"{kind}_contra_costa_health_plan" for kind in ("rtf", "otf")]
    ines.post(f"{month}trial/", {"accepted_on": "2026-11-01", "which": tried})
    ines.post(f"{month}send/")
    taken = first(r"/exchange/sent/out-\w+/", ines.get(month).content.decode())
    assert "Nobody yet" in ines.get("/exchange/").content.decode()
    assert ines.get(taken).content == ines.get(taken).content
    when = "Ines Tran, 11/21/2026 9 a.m."
    assert [ines.get(page).content.decode().count(when) for page in (month, "/exchange/")] == [2, 2]


def test_a_list_of_what_to_fix(world: World) -> None:
    ines = signed_in(world, "Ines Tran", "provider_intake")
    address = upload(ines, file(world, {**ROSA, "birth_date": None}, JAMES))
    answer = ines.get(f"{address}fix-list/")
    assert (answer.status_code, answer.content[:2]) == (200, b"PK")
    assert "Marked list taken along by" in ines.get(address).content.decode()


def test_an_old_file_is_checked_again_by_the_rules_of_today(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A birth date is asked for until the rule changes: then the row is right by now, and what was loaded stays."""
    ines = signed_in(world, "Ines Tran", "provider_intake")
    address = upload(ines, file(world, {**ROSA, "birth_date": None}, JAMES))
    assert "1 of 2 are right" in ines.get(address).content.decode()
    monkeypatch.delitem(rows.NEEDED, "birth_date")
    assert ines.post(f"{address}again/").status_code == 303
    assert "2 of 2 are right" in ines.get(address).content.decode()
    monkeypatch.setitem(rows.NEEDED, "birth_date", "birth date")
    ines.post(f"{address}again/")
    ines.post(f"{address}load/")
    monkeypatch.delitem(rows.NEEDED, "birth_date")
    answer = ines.post(f"{address}again/", follow=True).content.decode()
    assert "2 of 2 rows would be right." in answer
    assert re.search(r"Send them as a file of their own:\s*2<", answer), "the row of the file as it came"
    assert "1 of 2 are right" in answer, "what was found then stays"
    assert AuditRow.objects.filter(verb="file.check_again").count() == 2


def test_the_day_asks_the_same_for_one_person_and_for_twenty(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    ines, lena = signed_in(world, "Ines Tran", "provider_intake"), signed_in(world, "Lena Ortiz", "lead_care_manager")
    many = [{**ROSA, "cin": f"0123456{n % 10}{'ABC'[n // 10]}", "last_name": f"Name{n}"} for n in range(20)]
    ines.post(f"{upload(ines, file(world, *many))}load/")
    with django_assert_max_num_queries(25):
        assert "Name19" in lena.get("/today/?team").content.decode()
