"""A large file is loaded by the worker: looked at meanwhile, stopped, killed, asked for twice; whole or not at all."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.at_once import at_once
from tests.exchange.scenes import NINE, killed, sent_file
from tests.exchange.town import JAMES, ROSA, file
from tests.people import NOW, World
from wholeperson.access.models import Membership, Person
from wholeperson.casework.members.models import Member
from wholeperson.exchange import actions
from wholeperson.exchange.actions import mending, receiving, waiting
from wholeperson.exchange.layouts import layout_of
from wholeperson.exchange.models import Received
from wholeperson.exchange.views import ledger
from wholeperson.record import documents, progress, wall
from wholeperson.record.models import AuditRow, Document, Step
from wholeperson.record.moments import now_is

PATIENCE = 60


@pytest.fixture
def ines(world: World) -> Person:
    return world.person("Ines Tran", "provider_intake", at="Bayside")


@pytest.fixture
def received(world: World, ines: Person, monkeypatch: pytest.MonkeyPatch) -> Received:
    """Checked, and large enough for the worker."""
    monkeypatch.setattr(waiting, "LARGE", 2)
    return actions.receive(file(world, ROSA, JAMES), by=ines, at=NOW)[0]


def work(received: Received) -> Received:
    now_is(NOW)
    waiting.load_waiting.func(str(received.pk))
    received.refresh_from_db()
    return received


def members() -> int:
    with wall.opened("tests"):
        return Member.objects.count()


def press(client: Client, what: str, received: Received) -> str:
    done = client.post(reverse(f"exchange_{what}", args=[received.public_id]), follow=True)
    return str(done.content.decode())


def steps_of(received: Received) -> list[str]:
    return list(Step.objects.filter(thing_id=received.pk).order_by("pk").values_list("verb", flat=True))


def test_a_large_file_is_kept_at_once_and_checked_by_the_worker(
    client: Client, world: World, ines: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sent twice and checked twice it is one file; before the check nothing is said of what it holds."""
    monkeypatch.setattr(actions, "LARGE_BYTES", 10)
    came = file(world, ROSA, JAMES)
    client.force_login(ines)
    for _ in range(2):
        sent = {"plan": came.plan.public_id, "kind": "mif", "file": SimpleUploadedFile("m.csv", came.file.content)}
        address = client.post("/exchange/", sent)["Location"]
    received = Received.objects.get()
    assert (received.status, received.outcome, received.report) == ("arrived", "", "")
    page = client.get(address).content.decode()
    assert "It waits for its turn." in page
    assert "How far it came" not in page
    assert "We are checking it" in client.get("/exchange/").content.decode()
    progress.say(received.public_id, 2_000)
    assert "2000 rows looked at so far." in client.get(address).content.decode()
    now_is(NOW)
    for _ in range(2):
        waiting.check_waiting.func(str(received.pk))
    assert "Load 2 rows" in client.get(address).content.decode()
    assert progress.said(received.public_id) is None
    client.post(f"{address}load/")
    waiting.check_waiting.func(str(received.pk))
    assert steps_of(received) == ["begin", "check", "load"], "what was loaded is not judged once more"


def test_a_large_file_sent_as_the_wrong_kind_is_checked_as_the_right_one_when_it_is_sent_again(
    world: World, ines: Person
) -> None:
    came = file(world, ROSA, JAMES)
    now_is(NOW)
    for kind, found in (("csasf", "rejected"), ("mif", "accepted_with_warnings")):
        received, _ = waiting.receive_later(replace(came, layout=layout_of(kind, came.plan)), by=ines, at=NOW)
        waiting.check_waiting.func(str(received.pk))
        received.refresh_from_db()
        assert (received.layout, received.outcome) == (layout_of(kind, came.plan).id, found)
    assert Received.objects.count() == 1


def test_it_waits_and_is_then_loaded_once(client: Client, ines: Person, received: Received) -> None:
    client.force_login(ines)
    assert "It waits for its turn." in press(client, "load", received)
    assert members() == 0
    progress.say(received.public_id, 1)
    assert "1 of 2 rows" in press(client, "load", received), "pressed twice it still waits once"
    assert (work(received).status, members()) == ("loaded", 2)
    work(received)
    assert steps_of(received) == ["begin", "check", "queue", "load"]
    assert progress.said(received.public_id) is None


def test_it_is_stopped_before_its_turn_and_in_the_middle(client: Client, ines: Person, received: Received) -> None:
    client.force_login(ines)
    press(client, "load", received)
    assert "Nothing has been done yet." in press(client, "stop", received)
    assert work(received).status == "checked"
    press(client, "load", received)
    progress.say(received.public_id, 0)
    assert "Being loaded" in press(client, "stop", received)
    assert (work(received).status, members()) == ("checked", 0)
    press(client, "load", received)
    assert (work(received).status, members()) == ("loaded", 2)


# ── with processes and connections of their own ──


@pytest.fixture
def on_postgres(transactional_db: None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: tests/on_postgres .venv/bin/pytest tests/exchange")


@pytest.fixture
def play(on_postgres: None, tmp_path: Path) -> Callable[[str], "subprocess.Popen[str]"]:
    """Starts a scene on a database with one file in it that was checked."""
    kept = connection.settings_dict
    url = f"postgres://{kept['USER']}@/{kept['NAME']}?host={kept['HOST']}"

    def started(scene: str) -> "subprocess.Popen[str]":
        told = {"TEST_DATABASE_URL": url, "SCENE_FOLDER": str(tmp_path)}
        return subprocess.Popen(
            [sys.executable, "-m", "tests.exchange.scenes", scene], env={**os.environ, **told},
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    ended(started("prepare"))
    return started


def ended(scene: "subprocess.Popen[str]") -> Any:
    out, _ = scene.communicate(timeout=PATIENCE)
    assert scene.returncode == 0
    return json.loads(out) if out else None


def test_killed_in_the_middle_nothing_is_there_and_again_all_of_it_once(
    play: Callable[[str], "subprocess.Popen[str]"],
) -> None:
    killed(play("load_and_hang_in_the_middle"))
    before = {"file": "checked", "members": 0, "cases": 0, "steps": ["begin", "check"], "whole": True}
    assert ended(play("tell")) == before
    ended(play("load"))
    after = {"file": "loaded", "members": NINE, "cases": NINE, "steps": ["begin", "check", "load"], "whole": True}
    assert ended(play("tell")) == after
    ended(play("load"))
    assert ended(play("tell")) == after


@pytest.fixture
def there(on_postgres: None) -> World:
    return World()


def test_the_same_file_twice_in_the_same_moment_is_loaded_once_and_the_other_is_told(there: World) -> None:
    """Both send it, both press: one row in the ledger, one load, and the second hears that somebody was faster."""
    ines = there.person("Ines Tran", "provider_intake", at="Bayside")
    sam = there.person("Sam Whitfield", "provider_intake", at="Bayside")
    came = sent_file(there)
    found: list[Any] = at_once(*(lambda who=who: actions.receive(came, by=who, at=NOW) for who in (ines, sam)))
    assert sorted(is_new for _, is_new in found) == [False, True]
    assert len({one.pk for one, _ in found}) == Received.objects.count() == 1
    mine = [Received.objects.get() for _ in found]
    done = at_once(*(lambda one=one: actions.load(one, by=ines, at=NOW) for one in mine))
    assert sorted(type(one).__name__ for one in done) == ["Overtaken", "Received"]
    assert members() == NINE


def test_two_plans_files_about_the_same_people_at_once_make_each_of_them_once(there: World) -> None:
    """Neither knows of the other's members: whoever comes second finds them, and is not undone by it."""
    ines = there.person("Ines Tran", "provider_intake", at="Bayside")
    other = there.organisation("Hill Plan", "plan")
    files = [actions.receive(sent_file(there, of), by=ines, at=NOW)[0] for of in (None, other)]
    done = at_once(*(lambda one=one: actions.load(one, by=ines, at=NOW) for one in files))
    assert [getattr(one, "status", one) for one in done] == ["loaded", "loaded"]
    assert [one.rows_kept for one in done] == [NINE, NINE]
    assert members() == NINE


def test_a_large_file_that_was_loaded_is_not_checked_while_somebody_waits(
    client: Client, received: Received, ines: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page says so instead of a button; neither its address nor the button of an older page does it."""
    actions.load(received, by=ines, at=NOW)
    client.force_login(ines)
    monkeypatch.setattr(receiving, "judge", None)
    address = reverse("exchange_file", args=[received.public_id])
    for page in (client.get(f"{address}?again").content.decode(), press(client, "again", received)):
        assert "It has too many rows to be checked again now that it is loaded." in page
        assert "Check again by the rules of today" not in page
        assert "By the rules of today" not in page
    monkeypatch.setattr(waiting, "LARGE", 3)
    assert "Check again by the rules of today" in client.get(address).content.decode()


def test_the_excel_of_a_long_file_is_made_by_the_worker(
    client: Client, received: Received, ines: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits for it before a page: its button asks the worker, then the file is there; of a short one at once."""
    client.force_login(ines)
    address = reverse("exchange_fix_list", args=[received.public_id])
    assert client.get(address).status_code == 303
    assert "The file is being made as Excel." in press(client, "fix_list_make", received)
    now_is(NOW)
    mending.mark_waiting.func(str(received.pk))
    mending.mark_waiting.func(str(received.pk))
    assert (
        "Make the Excel file anew" in client.get(reverse("exchange_file", args=[received.public_id])).content.decode()
    )
    monkeypatch.setattr(ledger.actions, "marked", None)
    made = client.get(address).content
    monkeypatch.undo()
    assert made[:2] == client.get(address).content[:2] == b"PK"


def made(received: Received, by: Person) -> Path:
    """Asked for and made: where its bytes lie."""
    now_is(NOW)
    actions.mark_later(received, by=by, at=NOW)
    mending.mark_waiting.func(str(received.pk))
    received.refresh_from_db()
    kept = documents.file(received.fix_list.address)
    assert kept.exists()
    return kept


def no_more(person: Person) -> None:
    Membership.objects.filter(person=person).update(until=NOW.date() - timedelta(days=1))


Commits = Callable[..., Any]  # what is done once it is kept


def test_a_prepared_excel_whose_asker_may_no_more_is_not_handed_out(
    client: Client, received: Received, ines: Person, world: World, django_capture_on_commit_callbacks: Commits
) -> None:
    """A colleague who may is led to the page, where it can be made anew for them; its bytes are gone."""
    kept = made(received, ines)
    client.force_login(world.person("Sam Whitfield", "supervisor", at=received.organisation.name))
    no_more(ines)
    with django_capture_on_commit_callbacks(execute=True):
        assert client.get(reverse("exchange_fix_list", args=[received.public_id])).status_code == 303
    received.refresh_from_db()
    assert (received.fix_list, kept.exists()) == (None, False)
    page = client.get(reverse("exchange_file", args=[received.public_id])).content.decode()
    assert "Make an Excel file, with the cells marked" in page
    assert AuditRow.objects.filter(verb="document.forget").count() == 1


def test_who_lost_the_right_themselves_finds_nothing(client: Client, received: Received, ines: Person) -> None:
    made(received, ines)
    no_more(ines)
    client.force_login(ines)
    assert client.get(reverse("exchange_fix_list", args=[received.public_id])).status_code == 404


def test_prepared_files_are_forgotten_after_a_day_or_with_the_right(
    received: Received, ines: Person, django_capture_on_commit_callbacks: Commits
) -> None:
    kept = made(received, ines)
    with django_capture_on_commit_callbacks(execute=True):
        assert mending.forget_made(at=NOW + timedelta(hours=23, minutes=59)) == 0
        assert kept.exists()
        assert mending.forget_made(at=NOW + timedelta(days=1)) == 1
    assert not kept.exists()
    kept = made(received, ines)
    no_more(ines)
    with django_capture_on_commit_callbacks(execute=True):
        assert mending.forget_made(at=NOW + timedelta(minutes=1)) == 1
    assert not kept.exists()


def test_for_who_may_no_more_none_is_made(received: Received, ines: Person) -> None:
    now_is(NOW)
    actions.mark_later(received, by=ines, at=NOW)
    no_more(ines)
    mending.mark_waiting.func(str(received.pk))
    received.refresh_from_db()
    assert received.fix_list is None


def test_the_excel_that_was_asked_for_last_is_kept(
    received: Received, ines: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asked for anew while the first is being made: the first would stand beside our records of an earlier moment."""
    now_is(NOW)
    made = mending.marked

    def meanwhile(*told: Any, **named: Any) -> bytes:
        actions.mark_later(received, by=ines, at=NOW + timedelta(minutes=2))
        return made(*told, **named)

    actions.mark_later(received, by=ines, at=NOW)
    monkeypatch.setattr(mending, "marked", meanwhile)
    mending.mark_waiting.func(str(received.pk))
    received.refresh_from_db()
    assert (received.fix_list_id, received.fix_list_asked_at) == (None, NOW + timedelta(minutes=2))
    assert Document.objects.filter(organisation_id=received.organisation_id).count() == 1, "of the file as it came"
    monkeypatch.setattr(mending, "marked", made)
    mending.mark_waiting.func(str(received.pk))
    received.refresh_from_db()
    assert (received.fix_list_id is None, received.fix_list_asked_at) == (False, None)


def test_an_excel_that_could_not_be_made_is_asked_for_again_after_an_hour(
    client: Client, received: Received, ines: Person
) -> None:
    client.force_login(ines)
    address, making = reverse("exchange_file", args=[received.public_id]), "The file is being made as Excel."
    for minutes, waits in ((59, True), (60, False)):
        actions.mark_later(received, by=ines, at=NOW - timedelta(minutes=minutes))
        page = client.get(address).content.decode()
        assert (making in page, "Make an Excel file, with the cells marked" in page) == (waits, not waits)
