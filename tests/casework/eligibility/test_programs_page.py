"""The page of one member: answers in words, the open questions, what an answer changes, and what each depth is told."""

import pytest
from django.test import Client

from tests.casework.eligibility.known import HOMELESS, NEED, TREATMENT, determine, member, tell
from tests.people import TODAY, World
from wholeperson.access.models import Person
from wholeperson.casework.eligibility.models import Determination
from wholeperson.casework.members.models import Fact, Member

pytestmark = pytest.mark.django_db


@pytest.fixture
def lena(world: World) -> Person:
    return world.person("Lena Ortiz", "lead_care_manager", at="Bayside")


def page(client: Client, who: Person, of: Member, **sent: str) -> tuple[int, str]:
    client.force_login(who)
    address = f"/members/{of.public_id}/programs/"
    answer = client.post(address, sent, follow=True) if sent else client.get(address)
    return answer.status_code, answer.content.decode()


def test_an_answer_on_the_screen_becomes_a_fact_and_shows_what_it_changed(
    world: World, client: Client, lena: Person
) -> None:
    rosa = member(world, **{HOMELESS: True, NEED: True})
    world.relate(rosa, "Bayside", scope="sensitive")
    assert "The rules have not been asked yet" in page(client, lena, rosa)[1]
    page(client, lena, rosa, told_by="member")
    shown = page(client, lena, rosa)[1]
    assert "Does the person live in a family with a member under 21?" in shown
    said = {"family_with_member_under_21": "yes", "told_by": "member"}
    status, shown = page(client, lena, rosa, **said)
    assert status == 200
    assert "What changed" in shown
    assert "Not known yet → <strong>May fit</strong>" in shown
    kept = Fact.objects.get(fact="family_with_member_under_21")
    assert (kept.value, kept.source, kept.attested_by, kept.learnt) == (True, "member", "Lena Ortiz", TODAY)
    row = Determination.objects.get(programme="pof_1b_homeless_family_or_youth", superseded_by=None)
    assert (row.before, row.answer) == ("not_known", "yes")
    page(client, lena, rosa, **said)
    assert Fact.objects.filter(fact="family_with_member_under_21").count() == 1


def test_each_reader_is_told_as_deep_as_they_see(world: World, client: Client, lena: Person) -> None:
    """One who sees care reads *a health reason*; a population's name, and a question about health, are not there."""
    rosa = member(world, **{TREATMENT: True, HOMELESS: True})
    world.relate(rosa, "Bayside", scope="part2")
    world.relate(rosa, "Front desk", scope="part2")
    ines = world.person("Ines Tran", "provider_intake", at="Front desk")
    determine(rosa)
    deep, shallow = page(client, lena, rosa)[1], page(client, ines, rosa)[1]
    assert "Adults experiencing homelessness" in deep
    assert "Adults experiencing homelessness" not in shallow
    assert "Enhanced Care Management" in shallow
    row = Determination.objects.get(programme="cs.day_habilitation")
    client.force_login(ines)
    tree = client.get(f"/members/{rosa.public_id}/programs/{row.public_id}/").content.decode()
    assert "a health reason" in tree
    assert "drug treatment" not in tree


def test_a_wrong_answer_comes_back_with_the_page(world: World, client: Client, lena: Person) -> None:
    rosa = member(world, **{HOMELESS: True, NEED: True})
    world.relate(rosa, "Bayside", scope="sensitive")
    determine(rosa)
    status, shown = page(client, lena, rosa, family_with_member_under_21="perhaps", told_by="a bird")
    assert status == 422
    assert "Something here needs another look" in shown
    assert not Fact.objects.filter(fact="family_with_member_under_21").exists()


def test_a_yes_that_turned_says_that_nothing_ends(world: World, client: Client, lena: Person) -> None:
    rosa = member(world, **{HOMELESS: True, NEED: True})
    world.relate(rosa, "Bayside", scope="sensitive")
    determine(rosa)
    tell(rosa, HOMELESS, False, source="hmis", learnt=TODAY)
    determine(rosa)
    assert "Help that has begun goes on until a person decides." in page(client, lena, rosa)[1]
