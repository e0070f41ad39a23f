"""One member's story: each reads what they may read in each part of the work, in order, in pages, and it is kept."""

from datetime import date, timedelta

import pytest
from django.test import Client

from tests.casework.eligibility.known import HOMELESS, NEED, TREATMENT, determine, plan, tell
from tests.people import NOW, SINCE, World
from wholeperson.access.models import Person
from wholeperson.casework.authorizations import actions as authorizations
from wholeperson.casework.care import actions as care
from wholeperson.casework.care.models import Case
from wholeperson.casework.members import actions as members
from wholeperson.casework.members.models import Member
from wholeperson.casework.referrals import actions as referrals
from wholeperson.casework.referrals.holders import STRANGER
from wholeperson.record.models import AuditRow

pytestmark = pytest.mark.django_db


@pytest.fixture
def rosa(world: World) -> Member:
    """Of the plan, led by Bayside, with a fact of each depth, a determination and a referral."""
    made = world.member()
    plan(world)
    world.relate(made, "Contra Costa Health Plan", reason="coverage")
    world.relate(made, "Bayside", scope="part2")
    tell(made, HOMELESS, True)
    tell(made, TREATMENT, True, learnt=date(2026, 5, 1))
    determine(made, "ecm")
    asker = referrals.Asker("family", name="Ana Vega")
    wanted = referrals.Wanted(("cs.mtm_msf",), attested=True)
    referrals.ask(referrals.About(county="contra_costa"), wanted, asker, channel="public", key="a", by=STRANGER, at=NOW,
                  member=made)  # fmt: skip
    return made


@pytest.fixture
def lena(world: World) -> Person:
    return world.person("Lena Ortiz", "lead_care_manager", at="Bayside")


def case_of(rosa: Member, world: World) -> Case:
    ines = world.person("Ines Tran", "provider_intake", at="Bayside")
    return care.assign(rosa, organisation=world.organisation("Bayside"), plan=plan(world), month=SINCE, by=ines, at=NOW)


def read(person: Person, rosa: Member, asked: str = "") -> str:
    client = Client()
    client.force_login(person)
    answer = client.get(f"/members/{rosa.public_id}/story/{asked}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_care_manager_reads_it_all_the_newest_first(rosa: Member, world: World, lena: Person) -> None:
    case = case_of(rosa, world)
    said = members.Said(NOW - timedelta(hours=1), "phone", "outreach", 5, True, note="She has a dog.")
    care.record_contact(case, said, on=NOW.date(), key="one", by=lena, at=NOW)
    page = read(lena, rosa)
    for words in ("Phone call", "She has a dog.", "Somebody asked for it", "The rules were asked", "care in the county "
                  "drug treatment system", "do not pass this on", "The plan&#x27;s file for January 2026"):  # fmt: skip
        assert words in page, words
    assert page.index("Somebody asked for it") < page.index("Phone call") < page.index("drug treatment system")
    assert "STRANGER" not in page


def test_who_may_not_see_a_kind_does_not_see_it(rosa: Member, world: World, lena: Person) -> None:
    case = case_of(rosa, world)
    said = members.Said(NOW - timedelta(hours=1), "phone", "outreach", 5, True, note="She has a dog.")
    care.record_contact(case, said, on=NOW.date(), key="one", by=lena, at=NOW)
    anil = world.person("Anil Rao", "analyst", at="Contra Costa Health Plan")
    page = read(anil, rosa)
    assert "Somebody asked for it" in page
    for words in ("Phone call", "She has a dog.", "drug treatment system", "leads the care"):
        assert words not in page, words
    renee = world.person("Renee Brooks", "referrer", at="Mount Diablo")
    world.relate(rosa, "Mount Diablo", scope="minimal", reason="referral")
    client = Client()
    client.force_login(renee)
    assert client.get(f"/members/{rosa.public_id}/story/").status_code == 404


def test_it_is_narrowed_by_the_address_and_reading_it_is_kept(rosa: Member, lena: Person) -> None:
    page = read(lena, rosa, "?kind=referrals")
    assert "Somebody asked for it" in page
    assert "The rules were asked" not in page
    assert "The rules were asked" in read(lena, rosa, "?kind=none-such")
    row = AuditRow.objects.filter(verb="member.story", subject_id=rosa.pk).first()
    assert row is not None
    assert row.because_id


def test_the_head_says_what_is_known_what_is_not_and_what_to_ask(rosa: Member, lena: Person) -> None:
    tell(rosa, NEED, True)
    determine(rosa)
    page = read(lena, rosa)
    assert "May fit" in page
    assert "Not known yet" in page
    assert "The next best question:" in page
    assert "The next best question:" not in read(lena, rosa, "?page=2&kind=facts")


def test_two_thousand_entries_come_in_pages_and_ask_no_more(rosa: Member, world: World, lena: Person) -> None:
    case = case_of(rosa, world)
    client = Client()
    client.force_login(lena)
    address = f"/members/{rosa.public_id}/story/?kind=contacts"

    def record(first: int, last: int) -> None:
        for number in range(first, last):
            said = members.Said(NOW - timedelta(hours=number + 1), "text", "care", 5, True)
            care.record_contact(case, said, on=NOW.date(), key=f"{number}", by=lena, at=NOW)

    record(0, 2)
    client.get(address)
    few = client.get(address)["Server-Timing"]
    record(2, 120)
    answer = client.get(address)
    assert answer["Server-Timing"] == few
    assert "120" in answer.content.decode()
    assert answer.content.decode().count("wp-story__event") == 50
    assert client.get(f"{address}&page=3").content.decode().count("wp-story__event") == 20


def test_a_story_of_every_kind_asks_no_more_than_any_page_may(rosa: Member, world: World, lena: Person) -> None:
    case = case_of(rosa, world)
    said = members.Said(NOW - timedelta(hours=1), "phone", "outreach", 5, True)
    care.record_contact(case, said, on=NOW.date(), key="one", by=lena, at=NOW)
    ida = world.person("Ida Moss", "provider_intake", at="Bayside")
    decided = authorizations.Decision("cs.mtm_msf", "approved", "phone", SINCE)
    allowed = authorizations.record(
        rosa, decided, organisation=world.organisation("Bayside"), plan=plan(world), by=ida, at=NOW
    )
    client = Client()
    client.force_login(lena)
    address = f"/members/{rosa.public_id}/story/"
    client.get(address)
    told = client.get(address)
    assert f"/authorizations/{allowed.public_id}/" in told.content.decode()
    assert int(told["Server-Timing"].split('"')[1]) <= 25
