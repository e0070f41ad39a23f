"""Whatever is sent, a page comes back that helps; and what can be kept of the answers is kept."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import signing
from django.test import Client

from tests.handbook.screener.steps import Visitor
from wholeperson.handbook.screener.answers import IS, Answers, Given, seal

NOW = datetime(2026, 11, 21, 17, tzinfo=UTC)


@pytest.fixture
def visitor(client: Client) -> Visitor:
    return Visitor(client)


def sealed(**changes: Any) -> str:
    return seal(replace(Answers(begun=NOW, language="en", ticked=("asthma",)), **changes))


@pytest.mark.parametrize("state", ["x", "x:y", "é" * 30, "A" * 1_000_000, "{}", sealed()[:-3] + "abc", "\x00"])
def test_a_field_that_is_not_ours_begins_again(visitor: Visitor, state: str) -> None:
    visitor.answer = visitor.client.post("/screener/", {"state": state, "do": "results"})
    assert visitor.answer.status_code == 422
    assert visitor.heading == "We could not read your answers"
    assert "1-877-661-6230" in visitor.html
    assert visitor.press(do="start").heading == "What is going on?"


def test_the_same_for_the_file(visitor: Visitor) -> None:
    visitor.answer = visitor.client.post("/screener/keep/", {"state": "forged"})
    assert visitor.answer.status_code == 422
    assert visitor.heading == "We could not read your answers"


def test_a_field_of_another_purpose_is_not_ours(visitor: Visitor) -> None:
    other = signing.Signer(salt="something else").sign_object({"given": []})
    visitor.answer = visitor.client.post("/screener/", {"state": other})
    assert visitor.answer.status_code == 422


def test_a_page_of_yesterday_begins_again(visitor: Visitor) -> None:
    visitor.answer = visitor.client.post("/screener/", {"state": sealed(begun=NOW - timedelta(days=1))})
    assert visitor.heading == "This page was open for too long"


def test_after_a_change_of_the_policy_the_rest_stays(visitor: Visitor) -> None:
    """A fact that is no longer known and a value that no longer fits are left out and said; nothing else is lost."""
    given = (
        Given("asthma_home_check_calls_for_change", IS, True),
        Given("a_fact_of_last_year", IS, True),
        Given("asthma_poor_control", IS, "very"),
    )
    state = sealed(ticked=("asthma", "a_situation_of_last_year"), given=given)
    visitor.answer = visitor.client.post("/screener/", {"state": state, "do": "results"})
    assert visitor.answer.status_code == 200
    assert "We had to leave out 3 answers. The rest is here." in visitor.html
    assert "Was the person's home checked for asthma triggers" in visitor.html


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"do": "change:no_such_fact"},
        {"do": "change:in_pace"},
        {"do": "dance"},
        {"who": "me", "ticked": ["no_such_thing", "asthma"]},
        {"plan": "no_such_plan", "do": "ask"},
        {"language": "xx"},
        {"fact": "no_such_fact", "answer": "yes"},
        {"fact": "birth_date", "value": "9" * 5000},
        {"do": "back"},
        {"who": "other", "ticked": "asthma", "do": "\x00"},
    ],
)
def test_a_form_that_nobody_sends_gets_a_page(visitor: Visitor, sent: dict[str, object]) -> None:
    visitor.press(**sent)
    assert visitor.answer.status_code in (200, 422)
    assert visitor.heading


def test_an_answer_that_is_none_is_asked_again(visitor: Visitor) -> None:
    visitor.begin("caregiver_rest").press(fact=visitor.fact, answer="perhaps")
    assert visitor.answer.status_code == 422
    assert "Choose one of the answers." in visitor.html
    assert visitor.heading.startswith("Does someone care for the person")


def test_nothing_that_is_sent_stands_on_the_page_unescaped(visitor: Visitor) -> None:
    visitor.press(fact="birth_date", value='"><script>alert(1)</script>')
    assert b"<script>alert" not in visitor.answer.content


def test_the_address_of_the_file_leads_back(client: Client) -> None:
    answer = client.get("/screener/keep/")
    assert answer.status_code == 302
    assert answer["Location"] == "/screener/"
