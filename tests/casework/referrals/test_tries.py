"""Who tried to reach a referred person is a contact: one row, whoever tells of it, and in the files of the month."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from django.db import transaction
from django.test import Client

from tests.casework.referrals.conftest import Town, kept
from tests.exchange.town import ROSA, File, made
from tests.people import MAKER, NOW
from wholeperson.access.models import Person
from wholeperson.casework.care import actions as care
from wholeperson.casework.members import actions as members
from wholeperson.casework.members.actions import Said, ToldBefore
from wholeperson.casework.members.models import Contact, Member
from wholeperson.casework.referrals import actions
from wholeperson.casework.referrals.holders import LinkHolder
from wholeperson.casework.referrals.models import Asking, Referral, Sending, StateStatus
from wholeperson.exchange import actions as exchange
from wholeperson.exchange.layouts import layout_of
from wholeperson.formats.files.writing import write
from wholeperson.record import documents, wall
from wholeperson.record.models import AuditRow, Outgoing
from wholeperson.record.refusals import NotAllowed, Unlawful

CALL = Said(NOW - timedelta(hours=1), "phone", "care", 5, False)
NOVEMBER, DECEMBER = date(2026, 11, 1), datetime(2026, 12, 2, 17, tzinfo=UTC)
LATER = DECEMBER + timedelta(days=5)


def how_it_is_told(referral: object) -> list[tuple[str, str | None, bool | None]]:
    rows = kept(StateStatus, referral=referral)
    with wall.opened("tests"):
        return [
            (one.status, one.contact and one.contact.method, one.contact and one.contact.successful) for one in rows
        ]


def test_a_try_is_a_contact_of_whoever_made_it(town: Town) -> None:
    referral = town.taken()
    actions.reach(referral, CALL, by=town.ines, at=NOW)
    (one,) = kept(Contact)
    assert (one.organisation, one.person, one.purpose, one.minutes) == (town.bayside, town.ines, "support", 5)
    assert (one.happened_at, one.kept_at) == (NOW - timedelta(hours=1), NOW)
    assert how_it_is_told(referral) == [
        ("pending", None, None), ("accepted", None, None), ("outreach_initiated", "phone", False),
    ]  # fmt: skip
    assert AuditRow.objects.filter(verb="contact.record").count() == 1


def test_a_second_press_makes_no_second_contact(town: Town) -> None:
    referral = town.taken()
    again = town.again(referral)
    actions.reach(referral, CALL, by=town.ines, at=NOW)
    with pytest.raises(Unlawful):
        actions.reach(town.again(again), replace(CALL, successful=True), by=town.ines, at=NOW)
    assert [one.successful for one in kept(Contact)] == [False]


def test_where_the_step_fails_there_is_no_contact(town: Town) -> None:
    """The future cannot be written down: then the referral stands as it stood."""
    referral = town.taken()
    with pytest.raises(Exception, match="in the future"), transaction.atomic():
        actions.reach(referral, replace(CALL, happened_at=LATER), by=town.ines, at=NOW)
    stranger = town.world.person("Tom Ng", "provider_intake", at="Harbor Shelter")
    with pytest.raises(NotAllowed), transaction.atomic():
        actions.reach(town.again(referral), CALL, by=stranger, at=NOW)
    assert (town.again(referral).status, kept(Contact)) == ("accepted", [])


def test_who_answers_by_link_is_named_by_what_they_are_called(town: Town) -> None:
    referral = town.taken()
    (sending,) = kept(Sending)
    actions.reach(referral, CALL, by=LinkHolder(sending, "Cody Lane"), at=NOW)
    (one,) = kept(Contact)
    assert (one.person_id, one.by) == (None, "Cody Lane at Bayside, by link")


def test_two_requests_for_one_person_and_one_call_are_one_contact(town: Town) -> None:
    """Where whoever tells it says so; another day, another way and another outcome is another try unasked."""
    rosa = town.world.member()
    wanted = ("cs.mtm_msf", "cs.htns", "cs.respite", "cs.asthma_remediation")
    meals, home, respite, air = (town.taken(town.asked(one, member=rosa, key=one)) for one in wanted)
    actions.reach(meals, CALL, by=town.ines, at=NOW)
    actions.reach(home, replace(CALL, happened_at=NOW - timedelta(minutes=3)), by=town.ines, at=NOW, same=True)
    assert len(kept(Contact)) == 1
    actions.reach(respite, replace(CALL, successful=True), by=town.ines, at=NOW)
    actions.reach(air, replace(CALL, happened_at=NOW - timedelta(days=1)), by=town.ines, at=NOW)
    assert len(kept(Contact)) == 3
    assert len({row.contact_id for row in kept(StateStatus, status="outreach_initiated")}) == 3


def test_two_calls_of_one_day_are_two_and_unsaid_it_is_asked(town: Town) -> None:
    """Nobody answered in the morning, and nobody in the afternoon."""
    rosa = town.world.member()
    meals, home = (town.taken(town.asked(one, member=rosa, key=one)) for one in ("cs.mtm_msf", "cs.htns"))
    actions.reach(meals, CALL, by=town.ines, at=NOW)
    later = replace(CALL, happened_at=NOW - timedelta(minutes=3))
    with pytest.raises(ToldBefore, match="say whether it is the same one"), transaction.atomic():
        actions.reach(home, later, by=town.ines, at=NOW)
    assert (town.again(home).status, len(kept(Contact))) == ("accepted", 1)
    actions.reach(town.again(home), later, by=town.ines, at=NOW, same=False)
    assert [one.happened_at for one in kept(Contact)] == [NOW - timedelta(hours=1), NOW - timedelta(minutes=3)]
    assert len({row.contact_id for row in kept(StateStatus, status="outreach_initiated")}) == 2


@pytest.mark.parametrize(("answer", "calls"), [("yes", 1), ("no", 2)])
def test_the_page_asks_whether_it_is_the_same_try(town: Town, answer: str, calls: int) -> None:
    rosa, browser = town.world.member(), town.browser(town.ines)
    meals, home = (town.taken(town.asked(one, member=rosa, key=one)) for one in ("cs.mtm_msf", "cs.htns"))
    told = {"on": "2026-11-21", "method": "phone", "minutes": "5", "successful": "no"}
    first, second = (f"/referrals/{one.public_id}/steps/reach/" for one in (meals, home))
    assert "Is it the same one?" not in browser.get(second).content.decode()
    assert browser.post(first, told).status_code == 303
    asked = browser.post(second, told)
    assert (asked.status_code, len(kept(Contact)), town.again(home).status) == (422, 1, "accepted")
    page = asked.content.decode()
    assert "Is it the same one?" in page
    assert "Say whether it is the same one." in page
    assert browser.post(second, told | {"same": ""}).status_code == 422
    assert browser.post(second, told | {"same": answer}).status_code == 303
    assert (len(kept(Contact)), town.again(home).status) == (calls, "reaching")


@pytest.mark.parametrize(("answer", "calls"), [("yes", 1), ("no", 2)])
def test_by_link_it_is_asked_just_so_and_nothing_typed_is_lost(town: Town, answer: str, calls: int) -> None:
    """One person at an organization without an account was sent two requests for Rosa, and called her once or twice."""
    rosa = town.world.member()
    actions.keep_mailbox(town.bayside, "intake@bayside.example", verified=True, by=MAKER, at=NOW)
    first, second = (by_link(town, town.asked(one, member=rosa, key=one)) for one in ("cs.mtm_msf", "cs.htns"))
    told = {"name": "Cody Lane", "on": "2026-11-21", "method": "in_person", "minutes": "35", "successful": "no"}
    assert "Is it the same one?" not in second.get("/r/do/reach/").content.decode()
    assert first.post("/r/do/reach/", told).status_code == 303
    asked = second.post("/r/do/reach/", told)
    page = asked.content.decode()
    assert (asked.status_code, len(kept(Contact))) == (422, 1)
    assert "Say whether it is the same one." in page
    assert 'value="Cody Lane"' in page
    assert 'value="35"' in page
    assert second.post("/r/do/reach/", told | {"same": ""}).status_code == 422
    assert second.post("/r/do/reach/", told | {"same": answer}).status_code == 303
    assert [one.by for one in kept(Contact)] == ["Cody Lane at Bayside, by link"] * calls
    assert {one.status for one in kept(Referral)} == {"reaching"}
    assert second.post("/r/do/reach/", told).status_code == 303, "a second press"
    assert len(kept(Contact)) == calls


def by_link(town: Town, asking: Asking) -> Client:
    """A browser that opened the link of a request, proved the mailbox and took it."""
    referral, browser, tokens = town.one(asking), Client(), []
    actions.screen(referral, by=town.paula, at=NOW)
    actions.send(referral, town.bayside, by=town.paula, at=NOW, address=lambda token: tokens.append(token) or token)
    browser.get(f"/r/{tokens[0]}/")
    browser.post("/r/code/")
    code = re.search(r"\d{6}", json.loads(kept(Outgoing)[-1].content)["body"])
    assert code
    browser.post("/r/", {"code": code[0]})
    assert browser.post("/r/do/accept/", {"name": "Cody Lane"}).status_code == 303
    return browser


def test_one_that_was_struck_out_is_not_taken_again(town: Town, lena: Person) -> None:
    rosa = town.world.member()
    meals, home = (town.taken(town.asked(one, member=rosa, key=one)) for one in ("cs.mtm_msf", "cs.htns"))
    actions.reach(meals, CALL, by=town.ines, at=NOW)
    members.strike_contact(kept(Contact)[0], by=lena, at=NOW)
    actions.reach(home, CALL, by=town.ines, at=NOW)
    assert [one.struck_at is None for one in kept(Contact)] == [False, True]


def test_the_page_asks_how_and_says_it(town: Town) -> None:
    referral, browser = town.taken(), town.browser(town.ines)
    here = f"/referrals/{referral.public_id}/"
    told = {"on": "2026-11-21", "method": "in_person", "minutes": "20"}
    assert browser.post(f"{here}steps/reach/", told).status_code == 422, "whether they were reached is asked"
    assert browser.post(f"{here}steps/reach/", told | {"successful": "yes"}).status_code == 303
    (one,) = kept(Contact)
    assert (one.method, one.minutes, one.successful, one.person) == ("in_person", 20, True, town.ines)
    assert "In person · Reached · Ines Tran" in browser.get(here).content.decode()
    intake: Client = town.browser(town.paula)
    assert "Outreach initiated" in intake.get(here).content.decode()


# ── the files of care management ──


@pytest.fixture
def lena(town: Town) -> Person:
    return town.world.person("Lena Ortiz", "lead_care_manager", at="Bayside")


@pytest.fixture
def rosa(town: Town, lena: Person) -> Iterator[Member]:
    """Rosa is assigned to Bayside by a plan's file."""
    layout, out = layout_of("mif", town.plan), BytesIO()
    write(layout, [ROSA], out, "csv")
    came = exchange.Came(documents.Received("mif.csv", out.getvalue()), town.bayside, town.plan, layout)
    received, _is_new = exchange.receive(came, by=town.ines, at=NOW)
    exchange.load(received, by=town.ines, at=NOW)
    with wall.opened("tests"):
        yield Member.objects.get()


def told(town: Town, file: str, known_at: datetime) -> File:
    return made(layout_of(file, town.plan), town.bayside, town.plan, NOVEMBER, known_at=known_at)


def test_files_of_a_month_stay_and_a_later_one_tells_the_try(town: Town, rosa: Member) -> None:
    referral = town.taken(town.asked("ecm", member=rosa))
    before = {file: told(town, file, DECEMBER).content for file in ("otf", "rtf")}
    actions.reach(referral, CALL, by=town.ines, at=LATER)
    assert {file: told(town, file, DECEMBER).content for file in ("otf", "rtf")} == before
    (row,) = told(town, "otf", LATER).rows
    wanted = {"cin": "01234567A", "attempt_date": date(2026, 11, 21), "method": "phone", "successful": False,
              "minutes": 5, "provider_type": "non_clinical"}  # fmt: skip
    assert {key: row[key] for key in wanted} == wanted


def test_a_try_for_meals_is_no_outreach_of_care_management(town: Town, rosa: Member) -> None:
    actions.reach(town.taken(town.asked("cs.mtm_msf", member=rosa)), CALL, by=town.ines, at=NOW)
    assert len(kept(Contact)) == 1
    assert told(town, "otf", DECEMBER).rows == []


@pytest.mark.parametrize(("same", "attempts"), [(True, 1), (False, 2)])
def test_an_attempt_in_the_afternoon_is_a_row_of_its_own(
    town: Town, rosa: Member, lena: Person, same: bool, attempts: int
) -> None:
    """Lena called before the referral was taken on; Ines, who took it on, called again or tells of Lena's call."""
    case = rosa.cases.select_related("member", "organisation").get()
    care.record_contact(case, replace(CALL, purpose="outreach"), on=date(2026, 11, 21), key="one", by=lena, at=NOW)
    referral = town.taken(town.asked("ecm", member=rosa))
    actions.reach(referral, CALL, by=town.ines, at=NOW + timedelta(hours=3), same=same)
    assert len(told(town, "otf", DECEMBER).rows) == attempts


def test_what_care_management_wrote_down_is_the_referrals_first_try(town: Town, rosa: Member, lena: Person) -> None:
    """And is not told a second time; a referral for meals waits for its own."""
    referral = town.taken(town.asked("ecm", member=rosa))
    meals = town.taken(town.asked("cs.mtm_msf", member=rosa, key="two"))
    case = rosa.cases.select_related("member", "organisation").get()
    care.record_contact(case, replace(CALL, purpose="outreach"), on=date(2026, 11, 21), key="one", by=lena, at=NOW)
    assert (town.again(referral).status, town.again(meals).status) == ("reaching", "accepted")
    assert how_it_is_told(referral)[-1] == ("outreach_initiated", "phone", False)
    assert len(kept(Contact)) == len(told(town, "otf", DECEMBER).rows) == 1


def test_a_case_that_moved_meanwhile_takes_no_contact_away(rosa: Member, lena: Person) -> None:
    """Two have the page of one assigned person open; both called, and both calls are told."""
    mine, theirs = (rosa.cases.select_related("member", "organisation").get() for _ in range(2))
    outreach = replace(CALL, purpose="outreach")
    for case, key in ((mine, "one"), (theirs, "two")):
        care.record_contact(case, outreach, on=date(2026, 11, 21), key=key, by=lena, at=NOW)
    assert (len(kept(Contact)), theirs.status) == (2, "outreach")


def test_a_contact_for_something_else_moves_no_referral(town: Town, rosa: Member, lena: Person) -> None:
    referral = town.taken(town.asked("ecm", member=rosa))
    case = rosa.cases.select_related("member", "organisation").get()
    care.record_contact(case, CALL, on=date(2026, 11, 21), key="one", by=lena, at=NOW)
    assert town.again(referral).status == "accepted"


def test_the_way_to_their_contacts_stands_where_it_opens(town: Town) -> None:
    """Whom it was just sent to sees too little of the person; who took it, and who handles it, see them."""
    referral, sending = town.sent()
    page, contacts = f"/referrals/{referral.public_id}/", f"/members/{referral.member.public_id}/contacts/"
    ines, paula = town.browser(town.ines), town.browser(town.paula)
    assert contacts not in ines.get(page).content.decode()
    assert ines.get(contacts).status_code == 404
    actions.accept(sending, by=town.ines, name="Ines Tran", at=NOW)
    for browser, person in ((ines, town.ines), (paula, town.paula)):
        leads = person.may("contact.record") and contacts in browser.get(page).content.decode()
        assert leads == (person.may("contact.record") and browser.get(contacts).status_code == 200)
    assert contacts in ines.get(page).content.decode()
