"""The screener, step by step: one question a page, an answer can be changed, and nobody is told no."""

import pytest
from django.test import Client

from tests.handbook.screener.steps import Visitor


@pytest.fixture
def visitor(client: Client) -> Visitor:
    return Visitor(client)


def test_it_begins_with_what_somebody_recognises(visitor: Visitor) -> None:
    assert visitor.heading == "What is going on?"
    for sentence in ("Has no home now", "Needs the right food", "someone who needs a rest", "Someone I help"):
        assert sentence in visitor.html


def test_the_first_question_is_about_what_was_ticked(visitor: Visitor) -> None:
    visitor.begin("asthma")
    assert visitor.heading.startswith("Was the person's home checked for asthma triggers")


def test_what_was_ticked_is_not_asked_again(visitor: Visitor) -> None:
    asked = visitor.begin("no_home", "pregnant").until_results({"birth_date": 30})
    assert not {"homeless_hhs_definition", "experiencing_homelessness", "is_pregnant_or_postpartum_12m"} & set(asked)


def test_a_caregiver_who_needs_a_rest_may_fit_after_one_answer(visitor: Visitor) -> None:
    visitor.begin("caregiver_rest", who="other")
    assert visitor.heading == "Does someone care for the person at home, and need a rest from it?"
    assert "“The person” is the one you help." in visitor.html
    visitor.say("yes")
    assert visitor.heading == "What may fit"
    may = visitor.html.partition("May fit</h2>")[2].partition("<h2>")[0]
    assert "Respite Services" in may
    assert 'href="/programs/cs.respite/"' in may
    assert "“I would like to ask for Respite Services for someone I help.”" in may


def test_nobody_is_told_no(visitor: Visitor) -> None:
    visitor.begin("caregiver_rest").until_results({}, otherwise="no")
    assert "Probably not, and you may still ask" in visitor.html
    assert "Ask for help now" in visitor.html
    assert "not eligible" not in visitor.html.lower()


def test_whoever_is_hungry_is_told_where_to_turn(visitor: Visitor) -> None:
    visitor.begin("food").until_results({"food_asked_for_other_reasons": "yes"}, otherwise="no")
    assert 'href="tel:211"' in visitor.html


def test_one_fact_stands_where_we_need_to_know(visitor: Visitor) -> None:
    """A question that was skipped can be answered from the result page."""
    visitor.begin("caregiver_rest").until_results({}, otherwise="unsaid")
    need = visitor.html.partition("We need to know more</h2>")[2]
    assert "We need to know:</strong> Does someone care for the person at home" in need
    visitor.press(do="change:needs_respite_for_caregiver")
    assert visitor.heading.startswith("Does someone care for the person at home")


def test_enhanced_care_management_comes_first(visitor: Visitor) -> None:
    said = {"birth_date": 30, "in_program_that_replaces_ecm": "no"}
    visitor.begin("pregnant", "caregiver_rest").until_results(said, otherwise="yes")
    assert visitor.html.index('href="/programs/ecm/"') < visitor.html.index('href="/programs/cs.respite/"')


def test_back_takes_the_last_answer_out_and_asks_again(visitor: Visitor) -> None:
    first = visitor.begin("no_home").fact
    visitor.say(46 if first == "birth_date" else "yes")
    visitor.press(do="back")
    assert visitor.fact == first
    visitor.press(do="back")
    assert visitor.heading == "What is going on?"
    assert 'value="no_home" checked' in visitor.html


def test_an_answer_can_be_changed_and_the_others_stay(visitor: Visitor) -> None:
    visitor.begin("asthma", "caregiver_rest").until_results({}, otherwise="no")
    visitor.press(do="change:needs_respite_for_caregiver").say("yes")
    assert visitor.heading == "What may fit"
    assert "Respite Services" in visitor.html.partition("May fit</h2>")[2].partition("<h2>")[0]


def test_the_results_can_be_seen_at_any_time_and_gone_on_from(visitor: Visitor) -> None:
    visitor.begin("no_home").press(do="results")
    assert visitor.heading == "What may fit"
    assert visitor.press(do="more").fact


def test_start_again_forgets_everything(visitor: Visitor) -> None:
    visitor.begin("no_home").press(do="again")
    assert visitor.heading == "What is going on?"
    assert "no_home" in visitor.html
    assert 'value="no_home" checked' not in visitor.html


def test_asking_is_one_press_away_on_every_step_and_leads_back(visitor: Visitor) -> None:
    visitor.begin("no_home")
    fact = visitor.fact
    for page in (visitor.html, Visitor(visitor.client).html):
        assert 'name="do" value="ask"' in page
    visitor.press(do="ask")
    assert "1-877-661-6230" in visitor.html
    assert "“I have Medi-Cal." in visitor.html
    assert visitor.press(do="on").fact == fact


def test_a_plan_that_is_chosen_shows_its_number_alone(visitor: Visitor) -> None:
    visitor.press(do="ask").press(do="ask", plan="contra_costa_health_plan")
    assert "1-877-661-6230" in visitor.html
    assert "then press 2" in visitor.html
    assert "Monday–Friday, 08:00 to 17:00" in visitor.html
    assert "1-800-675-6110" not in visitor.html


@pytest.mark.parametrize(
    ("typed", "heading"), [("-3", "age in years"), ("abc", "age in years"), ("126", "age in years")]
)
def test_an_age_that_is_none_is_asked_again(visitor: Visitor, typed: str, heading: str) -> None:
    visitor.begin("pregnant")
    while visitor.fact != "birth_date":
        visitor.say("yes")
    visitor.press(fact="birth_date", value=typed)
    assert visitor.answer.status_code == 422
    assert heading in visitor.html
    assert visitor.fact == "birth_date"


def test_another_language_keeps_the_answers(visitor: Visitor) -> None:
    visitor.begin("caregiver_rest").press(fact=visitor.fact, language="es", do="question")
    assert visitor.heading == "¿Cuida alguien a la persona en casa y necesita descansar de eso?"
    assert '<html lang="es"' in visitor.html
    visitor.say("yes")
    assert visitor.heading == "Qué podría servir"
    visitor.press(do="results", language="zh-hant")
    assert visitor.heading == "哪些可能適合"
