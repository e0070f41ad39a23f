"""From an asking to its end: asked by anyone, sent by the plan, answered by link, closed, and whoever asked sees it."""

import json
import re
from datetime import date

import pytest
from django.test import Client

from tests.casework.referrals.conftest import Town
from tests.people import MAKER, NOW, World
from wholeperson.access import actions as access
from wholeperson.access.models import Organisation
from wholeperson.casework.members import actions as members
from wholeperson.casework.members.models import Member
from wholeperson.casework.referrals import actions
from wholeperson.casework.referrals.models import Asking, Callback, Mailbox, Referral, Sending, StateStatus
from wholeperson.record import wall
from wholeperson.record.models import Outgoing

TOLD = {
    "standing": "self", "name": "", "works_at": "", "own_phone": "", "given_name": "Marisol",
    "family_name": "Vega",
    "birth_date": "1991-05-04", "cin": "", "county": "contra_costa", "plan": "", "spoken": "es",
    "phone": "925 555 0142",
    "where": "", "safe_to_contact": "yes",
    "programmes": ["cs.mtm_msf", "cs.recuperative_care"], "urgency": "standard",
    "urgency_reason": "", "comment": "Vivo con mi hijo.", "website": "", "secret": "a-secret-of-this-one-form",
}  # fmt: skip
REACHED = {"name": "Tom Ng", "on": "2026-11-21", "method": "phone", "minutes": "5", "successful": "yes"}


@pytest.fixture
def plan(world: World) -> Organisation:
    made = world.organisation("Contra Costa Health Plan", "plan")
    access.add_identifier(of=made, system="plan", value="contra_costa_health_plan", by=MAKER, at=NOW)
    return made


@pytest.fixture
def shelter(world: World) -> Organisation:
    made = world.organisation("Harbor Shelter", "community_supports_provider")
    actions.keep_mailbox(made, "intake@harbor.example", verified=True, by=MAKER, at=NOW)
    return made


def kept(model: type, **named: object) -> list:
    with wall.opened("tests"):
        return list(model.objects.filter(**named).order_by("pk"))


def test_it_is_asked_sent_answered_by_link_and_closed(world: World, plan: Organisation, shelter: Organisation) -> None:
    anyone, intake, holder = Client(), Client(), Client()
    intake.force_login(world.person("Paula Reyes", "plan_intake", at=plan.name))
    sent = anyone.post("/refer/", TOLD)
    assert (sent.status_code, sent["Location"]) == (303, "/refer/mine/")
    page = anyone.get("/refer/mine/").content.decode()
    number = kept(Asking)[0].public_id
    assert number in page
    assert "Received" in page
    meals, bed = kept(Referral)
    assert (meals.programme, bed.programme, bed.status, bed.handled_by) == (
        "cs.mtm_msf", "cs.recuperative_care", "received", plan
    )  # fmt: skip
    assert "Marisol Vega" in intake.get("/referrals/").content.decode()
    here = f"/referrals/{bed.public_id}/"
    assert "Vivo con mi hijo." in intake.get(here).content.decode()
    assert intake.post(f"{here}steps/screen/").status_code == 303
    assert intake.post(f"{here}steps/send/", {"organisation": shelter.public_id}).status_code == 303
    letter = json.loads(kept(Outgoing)[0].content)
    assert "Marisol" not in letter["body"]
    link = re.search(r"/r/[\w-]+/", letter["body"])[0]

    assert holder.get(link)["Location"] == "/r/"
    closed = holder.get("/r/").content.decode()
    assert "Harbor Shelter" in closed
    assert "Marisol" not in closed
    assert holder.post("/r/code/").status_code == 303
    code = re.search(r"\d{6}", json.loads(kept(Outgoing)[-1].content)["body"])[0]
    assert holder.post("/r/", {"code": "000000" if code != "000000" else "111111"}).status_code == 422
    assert "Marisol" not in holder.get("/r/do/accept/", follow=True).content.decode()
    assert holder.post("/r/", {"code": code}).status_code == 303
    shown = holder.get("/r/").content.decode()
    assert "Marisol Vega" in shown
    assert "925 555 0142" not in shown, "how to reach the person is for whoever takes it"
    assert kept(Sending)[0].status == "waiting", "looking answers nothing"
    assert holder.post("/r/do/accept/", {"name": ""}).status_code == 422
    assert holder.post("/r/do/accept/", {"name": "Tom Ng"}).status_code == 303
    assert kept(Sending)[0].answered_by == "Tom Ng"
    assert "925 555 0142" in holder.get("/r/").content.decode()
    assert holder.post("/r/do/accept/", {"name": "Tom Ng"}).status_code == 303, "a second press changes nothing"
    assert holder.post("/r/do/reach/", REACHED).status_code == 303
    done = {"name": "Tom Ng", "on": "2026-11-21", "closes": "on"}
    assert holder.post("/r/do/start/", done).status_code == 303
    assert kept(Referral)[1].status == "closed"
    assert [row.status for row in kept(StateStatus)] == [
        "pending", "accepted", "outreach_initiated", "referral_loop_closed"
    ]  # fmt: skip
    assert kept(StateStatus)[-1].reason == "services_received"

    again = Client()
    told = {"number": number, "birth_date": "1991-05-04", "website": "", "secret": "another-secret-of-a-form"}
    assert again.post("/refer/again/", told | {"birth_date": "1991-05-05"}).status_code == 422
    assert again.post("/refer/again/", told)["Location"] == "/refer/mine/"
    end = again.get("/refer/mine/").content.decode()
    assert "Closed" in end
    assert "Harbor Shelter" not in end
    assert "The service was received" not in end


def test_whoever_is_signed_in_asks_for_somebody_nobody_knew(world: World, plan: Organisation) -> None:
    renee, browser = world.person("Renee Brooks", "referrer", at="Mount Diablo Hospital"), Client()
    browser.force_login(renee)
    told = {name: TOLD[name] for name in ("given_name", "family_name", "birth_date", "county", "plan", "spoken",
            "programmes", "urgency")}  # fmt: skip
    told |= {"standing": "treating", "agrees": "on", "safe_to_contact": "yes", "key": "a-key-of-a-form"}
    assert browser.post("/referrals/new/", told).status_code == 303
    (asking,) = kept(Asking)
    assert (asking.person, asking.member.given_name, len(kept(Referral))) == (renee, "Marisol", 2)


def test_the_same_form_twice_is_one_request(world: World, plan: Organisation) -> None:
    anyone = Client()
    assert anyone.post("/refer/", TOLD).status_code == anyone.post("/refer/", TOLD).status_code == 303
    assert (len(kept(Asking)), len(kept(Referral)), len(kept(Member))) == (1, 2, 1)


def test_whoever_asks_for_the_same_joins_what_is_open(world: World, plan: Organisation) -> None:
    Client().post("/refer/", TOLD)
    again = TOLD | {"standing": "family", "name": "Ana Vega", "secret": "a-secret-of-another-form"}
    again |= {"urgency": "expedited", "urgency_reason": "She has no place to sleep tonight."}
    assert Client().post("/refer/", again).status_code == 303
    assert (len(kept(Asking)), len(kept(Referral)), len(kept(Member))) == (2, 2, 1)
    assert {one.urgency for one in kept(Referral)} == {"expedited"}


def test_a_wrong_plan_is_put_right_and_nobody_is_told(world: World, plan: Organisation) -> None:
    other = world.organisation("Health Net", "plan")
    access.add_identifier(of=other, system="plan", value="health_net", by=MAKER, at=NOW)
    rosa = world.member()
    members.cover(rosa, plan=other, month=date(2026, 11, 1), source="enrolment", by=MAKER, at=NOW)
    told = TOLD | {
        "given_name": "Rosa",
        "family_name": "Delgado",
        "birth_date": "1980-03-09",
        "plan": "contra_costa_health_plan",
    }
    anyone = Client()
    anyone.post("/refer/", told)
    assert {one.handled_by for one in kept(Referral)} == {other}
    page = anyone.get("/refer/mine/").content.decode()
    assert "Health Net" not in page
    assert "Contra Costa Health Plan" not in page


def test_declined_it_goes_to_somebody_else_with_all_that_was_told(world: World, plan: Organisation) -> None:
    Client().post("/refer/", TOLD)
    intake = world.person("Paula Reyes", "plan_intake", at=plan.name)
    ines = world.person("Ines Tran", "provider_intake", at="Bayside")
    (meals, _bed) = kept(Referral)
    actions.screen(meals, by=intake, at=NOW)
    first = actions.send(meals, world.organisation("Bayside"), by=intake, at=NOW, address=str)
    browser = Client()
    browser.force_login(ines)
    here = f"/referrals/{meals.public_id}/"
    assert "Marisol Vega" in browser.get("/referrals/").content.decode()
    assert browser.post(f"{here}steps/decline/", {"reason": "no_room", "detail": "Full."}).status_code == 303
    assert browser.get(here).status_code == 404, "who said no sees the person no longer"
    assert kept(Sending, pk=first.pk)[0].reason == "no_room"
    meals = kept(Referral, pk=meals.pk)[0]
    assert meals.status == "screened"
    actions.send(meals, world.organisation("Second Kitchen"), by=intake, at=NOW, address=str)
    assert [row.status for row in kept(StateStatus)] == ["pending", "declined", "pending"]
    assert not kept(Mailbox)


def test_who_told_no_way_to_be_reached_is_asked_to_look_again(plan: Organisation) -> None:
    reached, alone = Client(), Client()
    reached.post("/refer/", TOLD | {"where": "The library on Oak Street"})
    alone.post("/refer/", TOLD | {"phone": "", "own_phone": "", "where": "", "secret": "the-secret-of-another-form"})
    says = "You told no telephone number and no place"
    assert says not in reached.get("/refer/mine/").content.decode()
    assert says in alone.get("/refer/mine/").content.decode()


def test_whoever_speaks_a_language_that_these_pages_are_not_in_can_say_so(town: Town) -> None:
    """By every way in which one asks: at home, signed in, by telephone, and for a call that was missed."""
    paula = town.browser(town.paula)
    for page in ("/refer/", "/calls/take/", "/calls/missed/"):
        assert '<option value="vi">Vietnamese</option>' in paula.get(page).content.decode(), page
    assert Client().post("/refer/", TOLD | {"spoken": "vi"}).status_code == 303
    assert {one.language for one in kept(Member)} == {"vi"}
    assert "<div>Vietnamese<" in paula.get("/referrals/").content.decode()
    assert Client().post("/refer/", TOLD | {"spoken": "und", "secret": "another"}).status_code == 422
    missed = {"key": "k", "phone": "925-555-0161", "name": "Tam Pham", "language": "hmn", "best_time": "morning",
              "said": "", "message": "no"}  # fmt: skip
    assert paula.post("/calls/missed/", missed).status_code == 303
    (call,) = kept(Callback)
    assert "Hmong" in paula.get(f"/calls/{call.public_id}/").content.decode()
    script = paula.get(f"/calls/take/?back={call.public_id}").content.decode()
    assert '<option value="hmn" selected>Hmong</option>' in script
    assert 'class="wp-aloud" lang="en"' in script, "read aloud in English, with an interpreter"
