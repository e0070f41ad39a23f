"""A fact that was wrong is put right: the rules read the one that stands, and what was before stays in the story."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.casework.eligibility.known import determine, member
from tests.people import MAKER, NOW, TODAY, World
from wholeperson.access.models import Person
from wholeperson.casework.eligibility.gathering import gather
from wholeperson.casework.members import actions as members
from wholeperson.casework.members.models import Fact, Member
from wholeperson.record import documents, wall
from wholeperson.record.refusals import NotAllowed, Overtaken

BEFORE = date(2026, 11, 2)
COLD = "can_store_and_prepare_food"


def told(member: Member, fact: str = COLD, value: Any = True, source: str = "clinician") -> Fact:
    return members.tell(member, fact=fact, value=value, source=source, learnt=BEFORE, by=MAKER, at=NOW)


@pytest.fixture
def lena(world: World) -> Person:
    return world.person("Lena Ortiz", "lead_care_manager", at="Bayside")


def known(member: Member, on: date) -> list[Any]:
    with wall.opened("tests"):
        return [(one["fact"], one["value"]) for one in gather(member, known_at=on).person["facts"]]


def test_it_is_put_right_on_the_page_and_the_story_tells_both(world: World, lena: Person) -> None:
    rosa, client, stranger = world.member(), Client(), Client()
    world.relate(rosa, "Bayside", scope="sensitive")
    wrong, drugs = told(rosa), told(rosa, "meets_or_receives_dmc_ods", True)
    page = f"/members/{rosa.public_id}/facts/"
    with wall.opened("tests"):
        paper = documents.keep(documents.Received("lease.txt", b"No kitchen."), by=MAKER, at=NOW, subject=rosa.pk)
    client.force_login(lena)
    stranger.force_login(world.person("Sam There", "supervisor", at="There"))
    right = {"which": str(wrong.pk), "told_by": "assessment", "evidence": "No socket in the room.", "value": "no"}
    assert stranger.post(page, right).status_code == 404
    assert client.post(page, {**right, "which": str(drugs.pk)}).status_code == 404, "deeper than she sees"
    assert client.post(page, {**right, "value": ""}).status_code == 422
    assert client.post(page, {**right, "paper": paper.public_id}).status_code == 303
    assert client.post(page, right).status_code == 303, "it stands no more"
    shown = client.get(page).content.decode()
    seen = ("No socket in the room.", "lease.txt", "Lena Ortiz", "Somebody has just corrected it.")
    assert all(words in shown for words in seen)
    story = client.get(f"/members/{rosa.public_id}/story/").content.decode()
    assert all(words in story for words in ("Corrected on Nov. 21, 2026: No.", "No socket in the room."))
    assert (known(rosa, TODAY)[:1], known(rosa, BEFORE)[:1]) == ([(COLD, False)], [(COLD, True)])


def test_as_many_questions_however_much_is_known(world: World, lena: Person, client: Client) -> None:
    rosa = world.member()
    world.relate(rosa, "Bayside", scope="sensitive")
    client.force_login(lena)

    def asked() -> int:
        client.get(f"/members/{rosa.public_id}/facts/")
        with CaptureQueriesContext(connection) as questions:
            assert client.get(f"/members/{rosa.public_id}/facts/").status_code == 200
        return len(questions)

    told(rosa)
    few = asked()
    for number in range(9):
        told(rosa, value=bool(number % 2))
    assert asked() == few <= 25


def test_two_who_correct_at_once_are_not_both_right(world: World, lena: Person) -> None:
    wrong = told(world.member())
    said: dict[str, Any] = {"source": "member", "by": lena, "at": NOW, "learnt": TODAY}
    members.correct(wrong, value=False, **said)
    with pytest.raises(Overtaken):
        members.correct(wrong, value=True, **said)
    assert known(wrong.member, TODAY) == [(COLD, False)]


def test_who_speaks_for_themself_unsays_no_clinician(world: World) -> None:
    rosa, client = world.member(), Client()
    account = world.person("Rosa Delgado", "member")
    world.relate(rosa, account, reason="self", scope="part2")
    theirs, doctors = told(rosa, source="member"), told(rosa, "has_nutrition_sensitive_condition")
    client.force_login(account)
    page = f"/members/{rosa.public_id}/facts/"
    assert client.post(page, {"which": str(doctors.pk), "value": "no"}).status_code == 404
    assert client.post(page, {"which": str(theirs.pk), "value": "no"}).status_code == 303
    with wall.opened("tests"):
        assert Fact.objects.standing().get(fact=COLD).source == "member"


def test_whom_they_flee_unsays_nothing_and_reads_nothing_of_it(world: World, lena: Person) -> None:
    """A letter waits while it stands. Family may be whom they flee, and the account may be in the same hands."""
    rosa, flees = world.member(), "fleeing_violence"
    world.relate(rosa, "Bayside", scope="sensitive")
    asks, told_so = "Is the person fleeing violence", told(rosa, flees, source="member")
    for name, reason, reads in (("Ray Delgado", "family", False), ("Rosa Delgado", "self", True)):
        person, client = world.person(name, "member"), Client()
        world.relate(rosa, person, reason=reason, scope="sensitive")
        client.force_login(person)
        for page in ("", "facts/", "story/"):
            assert (asks in client.get(f"/members/{rosa.public_id}/{page}").content.decode()) is reads, (name, page)
        sent = client.post(f"/members/{rosa.public_id}/facts/", {"which": str(told_so.pk), "value": "no"})
        assert sent.status_code == 404, name
        with pytest.raises(NotAllowed):
            members.correct(told_so, value=False, source="member", by=person, at=NOW, learnt=TODAY)
    assert known(rosa, TODAY) == [(flees, True)]
    client.force_login(lena)
    right = {"which": str(told_so.pk), "told_by": "member", "value": "no"}
    assert client.post(f"/members/{rosa.public_id}/facts/", right).status_code == 303
    assert known(rosa, TODAY) == [(flees, False)]


@pytest.mark.parametrize("flees", [True, None])
def test_no_page_tells_whom_they_flee_why_the_rules_answer_so(world: World, *, flees: bool | None) -> None:
    rosa = member(world, **({} if flees is None else {"fleeing_violence": flees}))
    near, client = world.person("Ray Delgado", "member"), Client()
    for reason in ("family", "consent"):
        world.relate(rosa, near, reason=reason, scope="sensitive")
    found = determine(rosa)
    client.force_login(near)
    here = f"/members/{rosa.public_id}/"
    pages = [here, f"{here}facts/", f"{here}story/", f"{here}programs/"]
    read = [client.get(page) for page in [*pages, *(f"{pages[-1]}{one.public_id}/" for one in found.values())]]
    assert [page.status_code for page in read[:4]] == [200] * 4
    assert not [words for page in read for words in ("flees", "fleeing") if words in page.content.decode()]


def test_who_was_let_in_by_the_member_gives_no_clinicians_word(world: World) -> None:
    rosa, friend, client = world.member(), world.person("Fay Wong", "member"), Client()
    world.relate(rosa, friend, reason="consent", scope="sensitive")
    doctors = told(rosa)
    client.force_login(friend)
    sent = {"which": str(doctors.pk), "told_by": "clinician", "value": "no"}
    assert client.post(f"/members/{rosa.public_id}/facts/", sent).status_code == 404
    assert known(rosa, TODAY) == [(COLD, True)]


def test_a_weaker_word_stands_beside_a_stronger_one(world: World, lena: Person) -> None:
    """The policy believes a clinician before the member: what the member says then is a disagreement, no correction."""
    rosa, client, fits = world.member(), Client(), "has_nutrition_sensitive_condition"
    world.relate(rosa, "Bayside", scope="sensitive")
    doctors, page = told(rosa, fits), f"/members/{rosa.public_id}/facts/"
    client.force_login(lena)
    weaker = {"which": str(doctors.pk), "told_by": "member", "value": "no"}
    assert [client.post(page, weaker).status_code for _ in range(2)] == [303, 303]
    assert "Kept beside what was there" in client.get(page).content.decode()
    assert known(rosa, TODAY) == [(fits, True), (fits, False)]
    assert client.post(page, {**weaker, "told_by": "clinician"}).status_code == 303
    assert known(rosa, TODAY) == [(fits, False), (fits, False)]


def test_who_told_it_takes_it_back_by_any_source(world: World, lena: Person) -> None:
    rosa, fits = world.member(), "has_nutrition_sensitive_condition"
    said: dict[str, Any] = {"by": lena, "at": NOW, "learnt": TODAY}
    mistyped = members.tell(rosa, fact=fits, value=True, source="clinician", **said)
    members.correct(mistyped, value=False, source="member", **said)
    assert known(rosa, TODAY) == [(fits, False)]
