"""Of whom two sources say different things today stands on the desk of who works with them, until it is put right."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client

from tests.desk.test_work import counts, seeing
from tests.people import MAKER, NOW, TODAY, World
from wholeperson.access.models import Person
from wholeperson.casework.eligibility import actions
from wholeperson.casework.members import actions as members
from wholeperson.casework.members.models import Fact, Member
from wholeperson.desk.work import Wanted, Work

pytestmark = pytest.mark.django_db
COLD, DRUGS = "can_store_and_prepare_food", "meets_or_receives_dmc_ods"
BEFORE = date(2026, 11, 2)


@pytest.fixture
def lena(world: World) -> Person:
    return world.person("Lena Ortiz", "lead_care_manager", at="Bayside")


@pytest.fixture
def rosa(world: World) -> Member:
    made = world.member()
    world.relate(made, "Bayside", scope="sensitive")
    return made


def told(member: Member, value: bool, source: str, *, fact: str = COLD, until: date | None = None) -> Fact:
    row = members.tell(member, fact=fact, value=value, source=source, learnt=BEFORE, by=MAKER, at=NOW)
    Fact.objects.filter(pk=row.pk).update(until=until)
    return row


def lines(person: Person) -> list[tuple[str, str]]:
    with seeing(person):
        return [(line.about, line.address) for line in Work(person, Wanted(kind="unsettled"))[:9]]


def test_two_sources_that_differ_are_one_line_for_the_person(rosa: Member, lena: Person) -> None:
    for source, value in (("clinician", True), ("referrer", False), ("ces", False)):
        told(rosa, value, source)
    assert lines(lena) == [("Rosa Delgado", f"/members/{rosa.public_id}/facts/")]
    assert counts(lena, kind="unsettled") == {"later": 1}


def test_two_that_agree_are_no_line(rosa: Member, lena: Person) -> None:
    told(rosa, True, "clinician")
    told(rosa, True, "referrer")
    assert lines(lena) == []


@pytest.mark.parametrize(("until", "stands"), [(TODAY, True), (TODAY - timedelta(days=1), False)])
def test_what_is_over_disagrees_with_nothing(rosa: Member, lena: Person, until: date, stands: bool) -> None:
    told(rosa, True, "clinician")
    told(rosa, False, "referrer", until=until)
    assert bool(lines(lena)) is stands


def test_what_lies_deeper_than_somebody_sees_gives_no_line(rosa: Member, lena: Person) -> None:
    told(rosa, True, "clinician", fact=DRUGS)
    told(rosa, False, "referrer", fact=DRUGS)
    assert lines(lena) == []


def test_put_right_it_is_gone(rosa: Member, lena: Person, client: Client) -> None:
    told(rosa, True, "clinician")
    wrong = told(rosa, False, "referrer")
    client.force_login(lena)
    assert client.get(f"/members/{rosa.public_id}/facts/").content.decode().count("Another source says") == 2
    said = {"source": "assessment", "evidence": "I saw the stove.", "paper": None}
    actions.correct(wrong, True, **said, by=lena, on=TODAY, at=NOW)
    assert lines(lena) == []
    assert "Another source says" not in client.get(f"/members/{rosa.public_id}/facts/").content.decode()


def test_each_of_two_that_differ_has_a_form_of_its_own(rosa: Member, lena: Person, client: Client) -> None:
    """By one name in the page a press on the second form's answer chose the first one's."""
    told(rosa, True, "clinician")
    told(rosa, False, "referrer")
    client.force_login(lena)
    page = client.get(f"/members/{rosa.public_id}/facts/").content.decode()
    named = re.findall(r'\bid="([^"]+)"', page)
    assert len([one for one in named if one.endswith("_evidence")]) == 2
    assert len(named) == len(set(named))


def test_others_have_no_such_line(world: World, rosa: Member) -> None:
    told(rosa, True, "clinician")
    told(rosa, False, "referrer")
    stranger = world.person("Sam There", "supervisor", at="There")
    analyst = world.person("Anil Rao", "analyst", at="Bayside")
    assert lines(stranger) == lines(analyst) == []


def test_as_many_questions_for_many_people_as_for_one(world: World, lena: Person, client: Client) -> None:
    """And of many facts of one person as of one; the list goes on page by page."""
    client.force_login(lena)
    asked = []
    for many in (1, 60):
        for number in range(many):
            member = world.member(given=f"Person{number}", family=f"Of{many}")
            world.relate(member, "Bayside", scope="sensitive")
            for fact in (COLD, "is_pregnant_or_postpartum_12m")[: 1 + number % 2]:
                told(member, True, "clinician", fact=fact)
                told(member, False, "referrer", fact=fact)
        client.get("/desk/work/?kind=unsettled")
        answer = client.get("/desk/work/?kind=unsettled")
        asked.append(answer["Server-Timing"])
    assert asked[0] == asked[1]
    page = answer.content.decode()
    assert "61 lines" in page
    assert page.count("Two sources say different things") == 50
    rest = client.get("/desk/work/?kind=unsettled&page=2").content.decode()
    assert rest.count("Two sources say different things") == 11
