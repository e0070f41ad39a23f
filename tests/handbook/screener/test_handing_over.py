"""What a request form takes over: wholeperson/screening@1, signed, for two hours, and no birth date made up."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import signing
from django.test import Client

from tests.handbook.screener.steps import Visitor
from wholeperson.casework.members.screening import SCHEMA, NotTakenOver, Screening, ToldFact, sign, take_over
from wholeperson.handbook.screener.answers import IS, UNSAID, Answers, Given
from wholeperson.handbook.screener.finding import find
from wholeperson.handbook.screener.guide import guide_of
from wholeperson.handbook.screener.handing_over import screening
from wholeperson.handbook.screener.results import results
from wholeperson.rules.reading.cache import load_policy

NOW, TODAY = datetime(2026, 11, 21, 17, tzinfo=UTC), date(2026, 11, 21)


def made(who: str = "other") -> Screening:
    guide = guide_of(load_policy(), "en")
    answers = Answers(
        begun=NOW,
        language="es",
        who=who,
        ticked=("caregiver_rest", "daily_help"),
        given=(
            Given("birth_date", IS, 71),
            Given("needs_respite_for_caregiver", IS, True),
            Given("lives_in_community", UNSAID),
        ),
        plan="contra_costa_health_plan",
    )
    return screening(guide, answers, results(guide, answers, find(guide, answers, TODAY)), TODAY)


def test_the_facts_with_who_told_them() -> None:
    assert made() == Screening(
        on=TODAY,
        who="other",
        language="es",
        age=71,
        plan="contra_costa_health_plan",
        situations=("caregiver_rest", "daily_help"),
        facts=(
            ToldFact("needs_assistance_with_adls", True, "screening", "2026-11-21"),
            ToldFact("needs_respite_for_caregiver", True, "screening", "2026-11-21"),
        ),
        may_fit=("cs.respite",),
    )


def test_somebody_speaking_for_themselves_is_the_source() -> None:
    assert {each.source for each in made("me").facts} == {"member"}


def test_it_is_the_same_after_the_way() -> None:
    assert take_over(sign(made(), at=NOW), at=NOW + timedelta(minutes=119)) == made()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("x", "not ours"),
        ("A" * 40_000, "too long"),
        (sign(made(), at=NOW)[:-2] + "zz", "not ours"),
        (signing.Signer(salt="screener").sign_object({"schema": SCHEMA}), "not ours"),
        (sign(made(), at=NOW - timedelta(hours=3)), "older than two hours"),
    ],
)
def test_what_cannot_be_taken_over_says_why(text: str, why: str) -> None:
    with pytest.raises(NotTakenOver, match=why):
        take_over(text, at=NOW)


@pytest.mark.parametrize("page", ["results", "ask"])
def test_the_page_hands_it_to_the_form_for_a_request(client: Client, page: str) -> None:
    visitor = Visitor(client).begin("caregiver_rest").say("yes").press(do=page)
    found = re.search(
        r'action="([^"]+)">(?:<input[^>]*>)*?<input type="hidden" name="screening" value="([^"]+)"', visitor.html
    )
    assert found
    browser = Client(enforce_csrf_checks=True)  # a browser that has no cookie of ours
    form = browser.post(found[1], {"screening": found[2]})
    assert form.status_code == 200
    assert 'name="csrfmiddlewaretoken"' in form.content.decode()
    assert "Your answers go along" in form.content.decode()


def test_what_is_sent_bears_a_token_of_our_own(client: Client) -> None:
    """The way in without one writes nothing down."""
    browser = Client(enforce_csrf_checks=True)
    assert browser.post("/refer/", {"given_name": "Rosa"}).status_code == 403
    begun = browser.post("/refer/with-answers/", {"given_name": "Rosa", "secret": "x" * 32, "screening": "old"})
    assert begun.status_code == 200
    assert "Rosa" not in begun.content.decode()


def test_the_way_in_looked_at_leads_to_the_form(client: Client) -> None:
    assert client.get("/refer/with-answers/").headers["Location"] == "/refer/"
