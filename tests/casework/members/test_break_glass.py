"""A record opened in an emergency: for one person, for four hours, no deeper than the law, and judged by another."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.people import MAKER, NOW, SINCE, TODAY, World
from wholeperson.access.models import Person
from wholeperson.access.queries import stand
from wholeperson.casework.members import actions, queries
from wholeperson.casework.members.models import BreakGlass, Member
from wholeperson.record.models import AuditRow
from wholeperson.record.refusals import NotAllowed, NotReady

WHY = "Found in the street without consciousness."


def broken(member: Member, by: Person, world: World, kind: str = "emergency") -> BreakGlass:
    return actions.break_glass(
        member, kind=kind, reason=WHY, organisation_id=world.organisation("Recovery").pk, by=by, at=NOW
    )


@pytest.fixture
def beth(world: World) -> Person:
    return world.person("Beth Salazar", "county_behavioral_health", at="Recovery")


@pytest.mark.parametrize(("kind", "scope"), [("emergency", "part2"), ("safety", "sensitive")])
def test_it_opens_for_this_person_alone_and_as_deep_as_the_law_lets(
    world: World, beth: Person, kind: str, scope: str
) -> None:
    rosa = world.member()
    broken(rosa, beth, world, kind)
    sight = queries.sight(stand(beth, on=TODAY, at=NOW), rosa)
    assert sight
    assert sight.scope == scope
    assert not queries.members_for(world.person("Other One", "county_behavioral_health", at="Recovery")).exists()


def test_after_four_hours_it_is_closed(world: World, beth: Person) -> None:
    broken(world.member(), beth, world)
    seen = [
        queries.members_for(stand(beth, on=TODAY, at=NOW + timedelta(hours=4, seconds=s))).exists() for s in (-1, 0)
    ]
    assert seen == [True, False]


def test_only_medical_staff_call_it_a_medical_emergency(world: World) -> None:
    """42 CFR 2.51 opens drug treatment to medical personnel; a care manager's emergency stays above it."""
    lena = world.person("Lena Ortiz", "lead_care_manager", at="Recovery")
    with pytest.raises(NotAllowed):
        broken(world.member(), lena, world)
    assert not BreakGlass.objects.exists()


def test_asking_twice_opens_one(world: World, beth: Person) -> None:
    rosa = world.member()
    assert broken(rosa, beth, world) == broken(rosa, beth, world)


def test_it_waits_for_a_supervisor_within_a_day_with_the_reason_encrypted(world: World, beth: Person) -> None:
    glass = broken(world.member(), beth, world)
    sam = world.person("Sam Whitfield", "supervisor", at="Recovery")
    assert (glass.status, glass.due_at) == ("to_review", NOW + timedelta(hours=24))
    assert queries.glasses_for(sam).get().reason == WHY
    assert not queries.glasses_for(world.person("Far Away", "supervisor", at="Elsewhere")).exists()
    assert not queries.glasses_for(beth).exists()


def test_justified_it_runs_on_and_in_question_it_ends_at_once(world: World, beth: Person) -> None:
    rosa, james = world.member("Rosa"), world.member("James")
    sam = world.person("Sam Whitfield", "supervisor", at="Recovery")
    actions.judge(broken(rosa, beth, world), verb="justify", finding="", by=sam, at=NOW)
    actions.judge(broken(james, beth, world), verb="question", finding="No emergency.", by=sam, at=NOW)
    assert list(queries.members_for(stand(beth, on=TODAY, at=NOW))) == [rosa]


def test_a_question_needs_its_reason(world: World, beth: Person) -> None:
    sam = world.person("Sam Whitfield", "supervisor", at="Recovery")
    with pytest.raises(NotReady):
        actions.judge(broken(world.member(), beth, world), verb="question", finding="", by=sam, at=NOW)


def test_the_page_finds_by_number_or_by_the_whole_name_and_lists_nobody(
    client: Client, world: World, beth: Person
) -> None:
    rosa = world.member()
    actions.add_identifier(rosa, system="cin", value="91234567A", by=MAKER, at=NOW)
    actions.tell(rosa, fact="fleeing_violence", value=True, source="member", learnt=SINCE, by=MAKER, at=NOW)
    client.force_login(beth)
    sent = {"kind": "safety", "reason": WHY, "organisation": world.organisation("Recovery").public_id}
    half = {"given_name": "Ros", "family_name": "Delgado", "birth_date": "1980-03-09"}
    missed = client.post("/break-glass/", {**sent, **half})
    assert missed.status_code == 422
    assert AuditRow.objects.filter(verb="break_glass.attempt", actor_id=str(beth.pk)).count() == 1
    found = client.post("/break-glass/", {**sent, "cin": "91234567a"})
    assert (found.status_code, found["Location"]) == (303, f"/members/{rosa.public_id}/")
    page = client.get(found["Location"]).content.decode()
    assert "violence" in page
    read = AuditRow.objects.get(verb="member.look_at")
    assert read.because_id == BreakGlass.objects.get().relationship_id
