"""What an organization is handed: all that it owns, and nothing of anybody else's."""

import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from tests.commands.door import run
from tests.desk.conftest import Town
from tests.people import MAKER, SINCE, World
from wholeperson.access.models import Organisation, Person
from wholeperson.casework.members import actions as members
from wholeperson.casework.members.models import Identifier, Member
from wholeperson.desk import belongings
from wholeperson.record import documents
from wholeperson.record.actors import System
from wholeperson.record.models import AuditRow

NOW = datetime(2026, 11, 21, 17, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def bayside(world: World) -> Organisation:
    """Two organizations side by side: Bayside's own, and what it must not get."""
    for house, given in (("Bayside", "Rosa"), ("Northgate", "James")):
        member = world.member(given)
        world.relate(member, house)
        world.person(f"{given} Worker", "lead_care_manager", at=house)
        received = documents.Received(f"{given}.pdf", f"%PDF- of {given}".encode())
        documents.keep(received, by=MAKER, at=NOW, subject=member.pk, organisation=world.organisation(house).pk)
    world.relate(world.member("Mai"), "Bayside", scope="minimal")
    for member, number in zip(Member.objects.order_by("pk"), ("91234567A", "91234568A", "91234569A"), strict=True):
        members.add_identifier(member, system="cin", value=number, by=MAKER, at=NOW)
    return world.organisation("Bayside")


def handed(organisation: Organisation, folder: Path) -> dict[str, str]:
    file = folder / "all.zip"
    belongings.hand_over(organisation, file, by=System("x"), at=NOW)
    with zipfile.ZipFile(file) as whole:
        return {name: whole.read(name).decode() for name in whole.namelist()}


def test_it_gets_its_own_and_nothing_else(bayside: Organisation, tmp_path: Path) -> None:
    files = handed(bayside, tmp_path)
    text = "\n".join([*files, *files.values()])
    assert "Rosa Worker" in text
    assert "%PDF- of Rosa" in text
    assert "James" not in text
    assert "Northgate" not in text
    assert len(files["members.Relationship.jsonl"].splitlines()) == 2
    people = [json.loads(line) for line in files["members.Member.jsonl"].splitlines()]
    assert [one["given_name"] for one in people] == ["Rosa"]  # Mai it only knows by her reason
    numbers = [json.loads(line)["value"] for line in files["members.Identifier.jsonl"].splitlines()]
    assert numbers == ["91234567A"]


def test_what_one_person_was_let_to_see_gives_the_organization_nothing(bayside: Organisation, tmp_path: Path) -> None:
    """A broken glass is one person's. Of a number that is no CIN nobody says whose it is, and an old one is over."""
    rosa, james = Member.objects.get(given_name="Rosa"), Member.objects.get(given_name="James")
    pia = Person.objects.get(name="Rosa Worker")
    told: dict[str, Any] = {"reason": "break_glass", "scope": "sensitive", "since": SINCE}
    members.relate(james, organisation=bayside, person=pia, **told, by=MAKER, at=NOW)
    members.add_identifier(rosa, system="mrn", value="JAIL-77", by=MAKER, at=NOW)
    members.add_identifier(rosa, system="cin", value="91234560B", by=MAKER, at=NOW)
    Identifier.objects.filter(pk=Identifier.objects.latest("pk").pk).update(until=SINCE)
    files = handed(bayside, tmp_path)
    assert [json.loads(line)["given_name"] for line in files["members.Member.jsonl"].splitlines()] == ["Rosa"]
    numbers = [json.loads(line)["value"] for line in files["members.Identifier.jsonl"].splitlines()]
    assert numbers == ["91234567A"]


def test_whoever_asked_is_handed_no_more_than_their_pages_tell(town: Town, world: World, tmp_path: Path) -> None:
    """Where it stands goes by what was made sure of: neither what was told to others, nor that others asked before."""
    town.asked(key="before")
    mercy = world.organisation("Mercy Hospital", "hospital")
    town.asked(key="mercy", member=Member.objects.get(), organisation=mercy)
    files = handed(mercy, tmp_path)
    assert len(files["referrals.Asking.jsonl"].splitlines()) == 1
    assert "joined" not in json.loads(files["referrals.AskedFor.jsonl"])
    assert "referrals.Notice.jsonl" not in files
    assert "held_back" not in "".join(files.values())


def test_no_secret_is_handed_over(bayside: Organisation, tmp_path: Path) -> None:
    text = "\n".join(handed(bayside, tmp_path).values())
    assert "password" not in text
    assert "fingerprint" not in text


def test_it_stands_in_the_trail_with_each_paper(bayside: Organisation, tmp_path: Path) -> None:
    handed(bayside, tmp_path)
    assert AuditRow.objects.get(verb="organisation.hand_over").details["access.Person"] == 1
    assert AuditRow.objects.filter(verb="document.open").count() == 1


def test_the_command_writes_one_file_and_nothing_over_another(bayside: Organisation, tmp_path: Path) -> None:
    file = str(tmp_path / "bayside.zip")
    ran = run("export-organisation", bayside.public_id, file, "--json")
    assert (ran.code, ran.json["rows"]["members.Member"]) == (0, 1)
    assert run("export-organisation", bayside.public_id, file, "--json").error["code"] == "exists"
    assert run("export-organisation", "org-2222222222", f"{file}2", "--json").error["code"] == "unknown_organisation"


def test_every_model_that_knows_an_organization_is_in_the_list() -> None:
    """What is forgotten here stays behind when somebody leaves."""
    knowing = {
        model._meta.label
        for model in apps.get_models()
        if model.__module__.startswith("wholeperson.")
        for field in model._meta.concrete_fields
        if field.name == "organisation_id"
        or (isinstance(field, models.ForeignKey) and field.related_model is Organisation)
    }
    assert knowing <= set(belongings.OWNED), f"Say in OWNED how these lead to it: {knowing - set(belongings.OWNED)}"


def test_every_model_that_hangs_on_what_it_owns_is_in_the_list_too() -> None:
    """A right to twelve meals without the nine that were eaten is half a right."""
    owners = set(belongings.OWNED) - {"access.Organisation", "access.Person", "record.Document"}
    hanging = {
        model._meta.label
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.related_model._meta.label in owners
    }
    forgotten = hanging - set(belongings.OWNED) - belongings.STAYS
    assert not forgotten, f"Say in OWNED how these lead to it, or in STAYS why not: {forgotten}"
