"""The list of referrals says what matters for choosing: by when, in which language and county, for what, who asked."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.casework.referrals.conftest import Town, town
from tests.people import MAKER, NOW, SINCE
from wholeperson.casework.members import actions as members
from wholeperson.casework.members.actions import Eats, Heard, Speaks
from wholeperson.casework.referrals import actions
from wholeperson.casework.referrals.models import Referral
from wholeperson.record import wall

__all__ = ["town"]
SIGNS = Speaks("ase", "es", interpreter=True, interpreter_in="ase", format="large_print")


def test_a_line_says_what_the_person_needs_and_who_asked(town: Town) -> None:
    rosa, lena = town.world.member(), town.world.person("Lena Ortiz", "lead_care_manager", at=town.plan.name)
    town.world.relate(rosa, town.plan.name, reason="coverage")
    members.say_language(rosa, SIGNS, by=lena, at=NOW)
    members.say_food(rosa, Eats(allergies="Peanuts", stove=False), by=lena, at=NOW)
    town.asked(member=rosa)
    town.asked("cs.htns", member=rosa, key="two")
    page = town.browser(town.paula).get("/referrals/").content.decode()
    said = ("<div>American Sign Language<", "reads Spanish", "Interpreter: American Sign Language", "Large print")
    assert [page.count(words) for words in said] == [2, 2, 2, 2]
    assert page.count("Peanuts") == 1, "who looks for a home learns nothing of food"
    assert page.count("Ana Vega") == 2, "she asked for both"
    assert page.count("Family") + page.count("family") >= 2
    assert "Ana Vega" not in town.browser(town.ines).get("/referrals/").content.decode()


def test_who_cares_for_the_person_and_does_not_handle_it_learns_nothing_of_who_asked(town: Town) -> None:
    rosa = town.world.member()
    town.world.relate(rosa, "Hillside", since=SINCE)
    town.asked("cs.htns", member=rosa)
    carer = town.world.person("Sam Ito", "lead_care_manager", at="Hillside")
    page = town.browser(carer).get("/referrals/?show=open").content.decode()
    assert ("Rosa Delgado" in page, "Ana Vega" in page) == (True, False)


@pytest.mark.parametrize("show", ["open", "turn"])
def test_a_list_is_narrowed_and_nonsense_narrows_nothing(town: Town, show: str) -> None:
    rosa, mai = town.world.member(), town.world.member("Mai", "Nguyen")
    town.asked("cs.htns", member=rosa)
    town.asked("cs.mtm_msf", member=mai, key="two")
    lena = town.world.person("Lena Ortiz", "lead_care_manager", at=town.plan.name)
    members.say_language(mai, Speaks("vi", "vi"), by=lena, at=NOW)
    paula = town.browser(town.paula)
    for asked, expected in (
        ("", {"Rosa", "Mai"}), ("&programme=cs.htns", {"Rosa"}), ("&language=vi", {"Mai"}),
        ("&programme=cs.htns&language=vi", set()), ("&language=nonsense", {"Rosa", "Mai"}),
        ("&county=alameda", set()),
    ):  # fmt: skip
        page = paula.get(f"/referrals/?show={show}{asked}").content.decode()
        assert {name for name in ("Rosa", "Mai") if f">{name} " in page} == expected, asked


def test_it_is_narrowed_by_the_language_that_stands_in_the_line_also_where_a_file_told_it(town: Town) -> None:
    mai, rosa = town.world.member("Mai", "Nguyen"), town.world.member()
    for key, member in (("one", mai), ("two", rosa)):
        town.asked(member=member, key=key)
    members.hear_language(mai, Heard(spoken="vi", interpreter=True), source="mif", by=MAKER, at=NOW)
    members.hear_language(rosa, Heard(spoken="en", interpreter=True), source="mif", by=MAKER, at=NOW)
    paula = town.browser(town.paula)
    page = paula.get("/referrals/?show=open&language=vi").content.decode()
    assert ("Mai Nguyen" in page, "Rosa Delgado" in page, "Interpreter: Vietnamese" in page) == (True, False, True)
    page = paula.get("/referrals/?show=open&language=en").content.decode()
    assert ("Mai Nguyen" in page, "Rosa Delgado" in page, "Needs an interpreter" in page) == (False, True, True)


@pytest.mark.parametrize("show", ["open", "turn"])
def test_who_has_two_records_is_found_by_the_language_that_was_told_of_either(town: Town, show: str) -> None:
    """Rosa's other record says Vietnamese, and so does her line once the two are said to be one person's."""
    rosa, again, mai = town.world.member(), town.world.member(), town.world.member("Mai", "Nguyen")
    for key, member in (("one", rosa), ("two", mai)):
        town.asked(member=member, key=key)
    lena = town.world.person("Lena Ortiz", "lead_care_manager", at=town.plan.name)
    for record in (rosa, again):
        town.world.relate(record, town.plan.name, reason="coverage")
    members.say_language(again, Speaks("vi", "vi"), by=lena, at=NOW)
    paula = town.browser(town.paula)

    def found(language: str) -> tuple[bool, bool]:
        page = paula.get(f"/referrals/?show={show}&language={language}").content.decode()
        return "Rosa Delgado" in page, "Mai Nguyen" in page

    assert (found("vi"), found("en")) == ((False, False), (True, True))
    town.world.joined(again, rosa, by=town.world.person("Hana Sato", "plan_intake", at=town.plan.name))
    assert (found("vi"), found("en")) == ((True, False), (False, True))


def test_a_narrowed_list_goes_on_behind_its_first_page_with_the_same_words(town: Town) -> None:
    for at in range(60):
        town.asked("cs.mtm_msf", member=town.world.member(f"Mai{at}", "Nguyen"), key=f"a{at}")
        town.asked("cs.htns", member=town.world.member(f"Rosa{at}", "Delgado"), key=f"b{at}")
    paula, seen, address = town.browser(town.paula), [], "?show=turn&programme=cs.htns&language=en"
    while address:
        with CaptureQueriesContext(connection) as asked:
            page = paula.get(f"/referrals/{address}").content.decode()
        assert len(asked) <= 25
        seen += re.findall(r">(Rosa\d+|Mai\d+) ", page)
        onward = re.search(r'href="([^"]*)" rel="next"', page)
        address = unescape(onward[1]) if onward else ""
    assert sorted(seen) == sorted(f"Rosa{at}" for at in range(60))


def test_two_hundred_lines_ask_no_more_than_two(town: Town) -> None:
    paula, counts = town.browser(town.paula), []
    for many in (2, 200):
        for at in range(many):
            town.asked("cs.mtm_msf", member=town.world.member(f"Rosa{many}", f"No{at}"), key=f"{many}-{at}")
        for show in ("turn", "open"):
            with CaptureQueriesContext(connection) as asked:
                assert paula.get(f"/referrals/?show={show}").status_code == 200
            counts.append(len(asked))
    assert counts[:2] == counts[2:]
    assert max(counts) <= 25


def test_the_page_of_sending_asks_once_what_the_person_eats(town: Town) -> None:
    rosa = town.world.member()
    referral = town.one(town.asked("cs.mtm_msf", member=rosa))
    actions.screen(referral, by=town.paula, at=NOW)
    lena = town.world.person("Lena Ortiz", "lead_care_manager", at=town.plan.name)
    members.say_food(rosa, Eats(allergies="Peanuts"), by=lena, at=NOW)
    with CaptureQueriesContext(connection) as asked:
        page = town.browser(town.paula).get(f"/referrals/{referral.public_id}/steps/send/").content.decode()
    assert page.count("Peanuts") == 1
    assert sum('FROM "members_foodneeds"' in one["sql"] for one in asked.captured_queries) == 1


def test_whoever_only_asks_begins_with_what_they_asked_for_page_by_page(town: Town) -> None:
    """A discharge planner with thirty requests: all of them, also those that ended, and no list that is nobody's."""
    renee = town.world.person("Renee Brooks", "referrer", at="Mercy")
    browser = town.browser(renee)
    page = browser.get("/referrals/").content.decode()
    assert "You have asked for nothing yet" in page
    assert "Nothing waits for you" not in page
    for number in range(30):
        member = town.world.member(given=f"Person{number}", family="Ofhers")
        town.asked(member=member, by=renee, person=renee, given_name=f"Person{number}", family_name="Ofhers",
                   key=f"hers {number}")  # fmt: skip
    with wall.opened("tests"):
        Referral.objects.filter(member__given_name="Person0").update(
            status="withdrawn", closed_on=NOW.date(), due_at=None
        )
    first, second = (browser.get(f"/referrals/{which}").content.decode() for which in ("", "?page=2"))
    assert [one.count("Ofhers</a>") for one in (first, second)] == [25, 5]
    assert "30 referrals" in first
    assert first.index("What you asked for") < first.index("All that are open")
    assert "Your turn" not in first
    assert "Person0 Ofhers" in second
    assert "Nov. 21, 2026" in first, "the day it was asked"


def test_the_desk_counts_all_that_is_open_of_whoever_asked_for_many(town: Town) -> None:
    """Not only among the last hundred."""
    renee = town.world.person("Renee Brooks", "referrer", at="Mercy")
    for number in range(101):
        town.asked(member=town.world.member(given=f"Person{number}"), by=renee, person=renee, key=f"hers {number}")
    page = town.browser(renee).get("/desk/").content.decode()
    assert '<span class="wp-tally__number">101</span> <span class="wp-tally__name">Waiting for others</span>' in page


def test_a_list_without_a_row_says_what_then(town: Town) -> None:
    paula = town.browser(town.paula)
    town.asked()
    said = {
        "?show=asked": "You have asked for nothing yet",
        "?show=ended": "What is closed or taken back stands here.",
        "?show=open&county=alameda": 'href="?show=open">Show all again</a>',
    }
    for address, words in said.items():
        assert words in paula.get(f"/referrals/{address}").content.decode(), address
