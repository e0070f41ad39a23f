"""Who learns how much: an ex-partner nothing, whoever treats the person all; and when nobody is written to."""

import re

import pytest
from pytest_django import Settings

from tests.casework.referrals.conftest import Town, kept
from tests.people import NOW
from wholeperson.casework.members import actions as members
from wholeperson.casework.members.models import Likeness
from wholeperson.casework.referrals import actions
from wholeperson.casework.referrals.models import Asking, Notice
from wholeperson.record.models import Outgoing
from wholeperson.record.moments import now_is

TELLING = ["Bayside", "Contra Costa Health Plan", "The service was received", "Taken", "reached", "0142"]


def _bare(page: str) -> str:
    """Without what is another on every page: the token of a form."""
    return re.sub(r'(csrfmiddlewaretoken" value="|"X-CSRFToken": "|nonce=")[^"]*', "", page)


def test_an_ex_partner_asks_and_learns_nothing(town: Town) -> None:
    """He knows her name and birth date, says he treats her, and has an account at a clinic that does not."""
    rosa = town.world.member()
    town.world.relate(rosa, town.plan.name, reason="coverage")
    members.add_phone(rosa, number="9255550142", source="enrolment", by=town.paula, at=NOW)
    ex = town.world.person("Ray Holt", "referrer", at="Some Clinic")
    browser = town.browser(ex)
    told = {
        "given_name": "Rosa", "family_name": "Delgado", "birth_date": "1980-03-09", "county": "contra_costa",
        "plan": "",
        "spoken": "en", "programmes": ["cs.mtm_msf"], "standing": "treating", "urgency": "standard", "agrees": "on",
        "safe_to_contact": "yes", "key": "a-key-of-a-form",
    }  # fmt: skip
    sent = browser.post("/referrals/new/", told)
    assert sent.status_code == 303
    pages = [browser.get(sent["Location"]).content.decode()]
    referral = town.one(kept(Asking)[0])
    here = f"/referrals/{referral.public_id}/"
    pages += [browser.get(here).content.decode(), browser.get("/referrals/").content.decode()]
    town.taken(kept(Asking)[0])
    pages += [browser.get(here).content.decode(), browser.get(f"{here}papers/").content.decode()]
    actions.start(town.again(referral), on=NOW.date(), closes=True, by=town.ines, at=NOW)
    pages += [browser.get(here).content.decode(), browser.get("/referrals/").content.decode()]
    for page in pages:
        assert not [word for word in TELLING if word in page]
    assert "Closed" in pages[-1]
    assert browser.get(f"/members/{rosa.public_id}/").status_code == 404
    assert browser.get(f"{here}sheet/").status_code == 404
    for letter in kept(Outgoing):
        assert not [word for word in (*TELLING, "Rosa") if word in letter.content]


def test_of_somebody_who_is_nobodys_member_the_pages_are_the_same(town: Town) -> None:
    known = town.world.member()
    town.world.relate(known, town.plan.name, reason="coverage")
    ex = town.world.person("Ray Holt", "referrer", at="Some Clinic")
    first = town.asked(member=known, by=ex, person=ex)
    other = town.asked(member=town.world.member("Roza", "Delgado"), by=ex, person=ex, key="two", given_name="Rosa")
    browser = town.browser(ex)
    shown = [browser.get(f"/referrals/{town.one(one).public_id}/").content.decode() for one in (first, other)]
    same = [page.replace(town.one(one).public_id, "") for page, one in zip(shown, (first, other), strict=True)]
    assert _bare(same[0]) == _bare(same[1])


def test_who_treats_the_person_sees_how_it_stands(town: Town) -> None:
    rosa = town.world.member()
    doctor = town.world.person("Ida Moss", "referrer", at="Her Clinic")
    town.world.relate(rosa, "Her Clinic", scope="care", reason="assignment")
    asking = town.asked(member=rosa, by=doctor, person=doctor, organisation=town.world.organisation("Her Clinic"))
    referral = town.taken(asking)
    page = town.browser(doctor).get(f"/referrals/{referral.public_id}/").content.decode()
    assert "Bayside" in page
    assert "The organization took it" in page


def test_once_somebody_made_sure_whoever_asked_learns_more(town: Town) -> None:
    aunt = town.world.person("Ana Vega", "referrer", at="Some Clinic")
    asking = town.asked(by=aunt, person=aunt)
    referral = town.taken(asking)
    browser, here = town.browser(aunt), f"/referrals/{referral.public_id}/"
    assert "Bayside" not in browser.get(here).content.decode()
    actions.confirm(asking, "consent", by=town.paula, at=NOW)
    assert "Bayside" in browser.get(here).content.decode()


@pytest.mark.parametrize(
    ("safe", "facts", "why"),
    [
        ("do_not_contact", {}, "do_not_contact"),
        ("ask_first", {}, "ask_first"),
        ("yes", {"fleeing_violence": True}, "unsafe"),
        ("yes", {}, ""),
    ],
)
def test_nothing_is_written_where_it_may_not_be_safe(town: Town, safe: str, facts: dict[str, bool], why: str) -> None:
    rosa, herself = town.world.member(), town.world.person("Rosa Delgado", "member")
    town.world.relate(rosa, herself, scope="care", reason="self")
    referral = town.one(town.asked(member=rosa, safe_to_contact=safe, facts=facts))
    actions.close(referral, reason="other", on=NOW.date(), by=town.paula, at=NOW)
    (notice,) = kept(Notice, asking=None)
    assert notice.held_back == why
    written = [one for one in kept(Outgoing) if one.to == herself.email]
    assert len(written) == (0 if why else 1)
    assert all("SAMPLE" in one.content for one in written)


@pytest.mark.parametrize(
    ("rule", "where", "why"),
    [
        ("do_not_contact", "own", "do_not_contact"),
        ("safe_contact_only", "own", "ask_first"),
        ("do_not_contact", "other", "ask_first"),
    ],
)
def test_nothing_is_written_against_a_rule_of_contact(town: Town, rule: str, where: str, why: str) -> None:
    """In whichever record of the person it was said; who sees only this one is not told what the other one says."""
    rosa, again = town.world.member(), town.world.member("Rosana")
    herself, hana = (
        town.world.person("Rosa Delgado", "member"),
        town.world.person("Hana Hill", "supervisor", "Hillside"),
    )
    town.world.relate(rosa, herself, scope="care", reason="self")
    for one in (rosa, again):
        town.world.relate(one, "Hillside")
    now_is(NOW)
    members.find_alike.func()
    members.set_rule(again if where == "other" else rosa, rule, how="", since=NOW.date(), by=hana, at=NOW)
    members.join(Likeness.objects.get(), rosa, why="One card.", by=hana, at=NOW)
    referral = town.one(town.asked(member=rosa))
    actions.close(referral, reason="other", on=NOW.date(), by=town.paula, at=NOW)
    (notice,) = kept(Notice, asking=None)
    assert notice.held_back == why
    assert not [one for one in kept(Outgoing) if one.to == herself.email]


def test_who_works_on_it_reads_whom_to_tell_what_another_way(town: Town) -> None:
    """The person has no address, and so hears that it was closed by telephone, from whoever closed it."""
    referral = town.one(town.asked())
    actions.close(referral, reason="other", on=NOW.date(), by=town.paula, at=NOW)
    page = town.browser(town.paula).get(f"/referrals/{referral.public_id}/").content.decode()
    assert "<strong>Rosa Delgado</strong>: that it is closed. There is no verified address." in page


def test_outside_a_demo_no_text_of_ours_leaves(town: Town, settings: Settings) -> None:
    settings.DEMO = False
    renee = town.world.person("Renee Brooks", "referrer", at="Mount Diablo")
    town.asked(by=renee, person=renee)
    assert [one.held_back for one in kept(Notice)] == ["not_approved"]
    assert kept(Outgoing) == []
