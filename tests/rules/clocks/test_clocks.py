"""The clocks as data: the contract's names, plain words, amounts nowhere else, and readings that a plan has settled."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import textstat

from tests.rules.clocks.table import document, holidays
from wholeperson.rules import clocks
from wholeperson.rules.clocks import Given, due, read_clock, read_moment, set_for

NAMES = (
    "decision_standard decision_expedited decision_eaa ecm_assignment streamlined_window cs_outreach appeal_filing"
    " appeal_resolution hearing_request notice_before_end claim_clean_30 claim_clean_90 ji_window caa_before caa_after"
).split()
GRADES = {key: each["grade"] for key, each in document("sources")["sources"].items()}
PARAMETERS = document("parameters")["parameters"]
PACKAGE = Path(clocks.__file__).parent


def spoken(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        yield from (text for key, text in node.items() if key == "says")
        yield from (text for each in node.values() for text in spoken(each))
    elif isinstance(node, list):
        yield from (text for each in node for text in spoken(each))


def test_the_clocks_are_those_of_the_contract() -> None:
    assert list(document("clocks")["clocks"]) == NAMES


@pytest.mark.parametrize("sentence", sorted(set(spoken(document("clocks")))))
def test_a_sentence_is_plain(sentence: str) -> None:
    assert len(sentence.split()) <= 20
    assert "_" not in sentence
    assert textstat.flesch_kincaid_grade(f"{sentence}.") <= 8


def test_the_amounts_are_data() -> None:
    """Not one length of a limit stands in the code that counts it."""
    lengths = {rule["amount"] for each in document("clocks")["clocks"].values() for rule in written(each)}
    amounts = {str(each) for each in lengths if each > 7}  # the small ones are weekdays and steps too
    code = "\n".join(
        re.sub(r'""".*?"""|#.*', "", path.read_text("utf-8"), flags=re.DOTALL) for path in PACKAGE.glob("*.py")
    )
    assert not {number for number in re.findall(r"(?<![\w.-])\d+(?![\w.-])", code) if number in amounts}


def written(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for each in data["sets"]:
        yield from (*each["rules"], *each.get("beside", ()))


@pytest.mark.parametrize(
    ("settled", "day", "confidence"), [(False, "2026-07-01", "unconfirmed"), (True, "2026-06-30", "unconfirmed")]
)
def test_a_plan_may_settle_which_day_is_the_first(settled: bool, day: str, confidence: str) -> None:
    own = {**PARAMETERS["streamlined_window_counts_first_day"], "default": settled, "readings": [settled]}
    parameters = {**PARAMETERS, "streamlined_window_counts_first_day": own}
    clock = read_clock("streamlined_window", document("clocks"), parameters, GRADES)
    found = due(clock, set_for(clock, "ecm"), Given(read_moment("2026-06-01", "received")), holidays=holidays())
    assert [str(each.day) for each in found.candidates] == [day]
    assert found.governing.rule.confidence == confidence
    assert "open_question" not in found.notes


def test_confidence_is_that_of_the_mark_and_the_grade() -> None:
    """The ECM guide is the State's own; the seven days are known second-hand, and not for Medi-Cal's services."""
    clock = read_clock("decision_standard", document("clocks"), PARAMETERS, GRADES)
    assert {rule.id: rule.confidence for rule in set_for(clock, "ecm").rules} == {
        "ecm_5_business_days_from_receipt": "verified",
        "ecm_7_calendar_days_from_receipt": "unconfirmed",
    }
