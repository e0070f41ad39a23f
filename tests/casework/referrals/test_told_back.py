"""What whoever answers or asks is told: what it did, what is next, whom to call."""

import pytest
from django.test import Client

from tests.casework.providers.streets import service
from tests.casework.referrals.conftest import Town
from tests.people import NOW, TODAY
from wholeperson.casework.members import actions as members
from wholeperson.casework.referrals import actions

NO = {"reason": "no_room", "detail": "Full until May."}


def test_after_a_no_it_is_gone_from_what_they_have_and_their_reason_stays(town: Town) -> None:
    rosa = town.world.member()
    town.world.relate(rosa, "Bayside", reason="authorization")  # for another service: the person is still theirs
    referral, _sending = town.sent(town.asked(member=rosa))
    ines, here = town.browser(town.ines), f"/referrals/{referral.public_id}/"
    said = ines.post(f"{here}steps/decline/", NO, follow=True).content.decode()
    assert "We have no room now. It went back to Contra Costa Health Plan; you have nothing more to do." in said
    assert "Full until May." in ines.get(here).content.decode()
    assert referral.public_id not in ines.get("/referrals/?show=open").content.decode()


def test_whoever_may_not_see_the_person_any_more_stands_before_the_list(town: Town) -> None:
    referral, _sending = town.sent()
    answered = town.browser(town.ines).post(f"/referrals/{referral.public_id}/steps/decline/", NO, follow=True)
    assert answered.redirect_chain == [("/referrals/", 303)]
    assert "you have nothing more to do" in answered.content.decode()


@pytest.mark.parametrize(
    ("safe", "rule", "shown", "hidden"),
    [
        ("yes", None, "(925) 555-0142", "nothing is hidden"),
        ("ask_first", None, "(925) 555-0142", "nothing is hidden"),
        ("do_not_contact", None, "Reach the person another way", "tel:"),
        ("yes", "safe_contact_only", "Only by her sister.", "tel:"),
    ],
)
def test_whoever_took_it_sees_the_number_or_the_rule(
    town: Town, safe: str, rule: str | None, shown: str, hidden: str
) -> None:
    rosa = town.world.member()
    if rule:
        town.world.relate(rosa, town.plan.name, reason="coverage")
        lena = town.world.person("Lena Ortiz", "lead_care_manager", at=town.plan.name)
        members.set_rule(rosa, rule, how="Only by her sister.", since=TODAY, by=lena, at=NOW)
    referral = town.taken(town.asked(member=rosa, phone="925 555 0142", safe_to_contact=safe))
    page = town.browser(town.ines).get(f"/referrals/{referral.public_id}/").content.decode()
    assert shown in page
    assert hidden not in page


def test_what_came_back_says_so_in_the_list_and_taking_back_is_no_main_button(town: Town) -> None:
    referral, sending = town.sent()
    paula, here = town.browser(town.paula), f"/referrals/{referral.public_id}/"
    assert f'<a class="usa-button usa-button--outline" href="{here}steps/recall/">' in paula.get(here).content.decode()
    assert "Came back" not in paula.get("/referrals/?show=open").content.decode()
    actions.decline(sending, by=town.ines, name="Ines Tran", reason="no_room", at=NOW)
    assert "Came back" in paula.get("/referrals/").content.decode()
    assert "Rosa Delgado speaks English." in paula.get(f"{here}steps/send/").content.decode()
    actions.close(town.again(referral), reason="other", on=TODAY, by=town.paula, at=NOW)
    again = town.taken(town.asked(key="two"))
    actions.close(again, reason="other", on=TODAY, by=town.paula, at=NOW)
    actions.reopen(town.again(again), reason="She asks anew.", by=town.paula, at=NOW)
    assert "Came back" not in paula.get("/referrals/").content.decode()


def test_whoever_is_signed_in_comes_from_the_directory_to_the_form_of_their_own(town: Town) -> None:
    meals = service(town.world, "Bayside", programme="cs.mtm_msf")
    here = f"/providers/{meals.public_id}/"
    assert f'href="/refer/?provider={meals.public_id}"' in Client().get(here).content.decode()
    paula = town.browser(town.paula)
    assert f'href="/referrals/new/?provider={meals.public_id}"' in paula.get(here).content.decode()
    form = paula.get(f"/referrals/new/?provider={meals.public_id}").context["form"]
    assert (form.initial["programmes"], form.initial["wished"]) == (["cs.mtm_msf"], "Bayside")
