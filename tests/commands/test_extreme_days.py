"""The first and the last day of the calendar, everywhere a day may stand: an answer, never an overflow."""

import json
from itertools import product
from typing import Any

import pytest

from tests.commands.door import run

FIRST, LAST = "0001-01-01", "9999-12-31"
ENDS: list[dict[str, Any]] = [
    {"from": FIRST, "until": FIRST},
    {"from": FIRST, "until": LAST},
    {"from": FIRST, "until": None},
    {"from": FIRST},
    {"from": LAST, "until": LAST},
    {"from": "2026-11-21", "until": LAST},
    {"until": LAST},
]
EVENTS = [
    {"event": "stay", "term": "long"},
    {"event": "custody"},
    {"event": "enrolled_in", "program": "pace"},
    {"event": "authorized_for", "program": "cs.meals"},
]


def somebody(born: str, ends: dict[str, Any]) -> dict[str, Any]:
    spells = [{**each, **ends} for each in EVENTS] if "from" in ends else []
    days = [{"event": "visit", "on": day, "avoidable": True} for day in (FIRST, LAST)]
    codes = [{"event": "diagnosis", "on": day, "code": "Z59.01"} for day in (FIRST, LAST)]
    return {
        "birth_date": born,
        "coverage": [{"plan": "sunny_plan", "county": "sunny", "aid_code": "42", **ends}],
        "facts": [
            {"fact": "last_checkup", "value": FIRST, "learnt": FIRST, **ends},
            {"fact": "last_checkup", "value": LAST, "learnt": LAST, "source": "claims", **ends},
            {"fact": "score", "value": 999_999_999_999, **ends},
        ],
        "events": [*spells, *days, *codes],
        "complete": [
            {"source": source, "from": FIRST, "through": through}
            for source, through in product(("claims", "corrections", "enrolment"), (FIRST, LAST))
        ],
    }


@pytest.mark.parametrize("on", ["1900-01-01", "1904-02-29", "2026-11-21", "2200-12-31"])
@pytest.mark.parametrize("born", [FIRST, "1900-01-01", "1804-02-29"])
@pytest.mark.parametrize("ends", ENDS, ids=str)
def test_any_day_is_answered(on: str, born: str, ends: dict[str, Any]) -> None:
    person = json.dumps(somebody(born, ends))
    for more in ([], ["--known-at", on]):
        ran = run("check", "-", "--on", on, "--json", *more, stdin=person)
        assert ran.code == 0, ran
        assert len(ran.json["programmes"]) == 4
    assert run("check", "-", "--on", on, stdin=person).code == 0


@pytest.mark.parametrize(
    "day", ["1899-12-31", "2201-01-01", "0001-01-01", "9999-12-31", "2026-02-30", "today", "", "2026-1-1"]
)
@pytest.mark.parametrize("option", ["--on", "--known-at"])
def test_a_day_we_do_not_answer_for(day: str, option: str) -> None:
    error = run("check", "-", f"{option}={day}", "--json", stdin='{"birth_date": "1980-05-04"}').error
    assert (error["code"], error["where"]["file"]) == ("not_a_day", option)


@pytest.mark.parametrize(
    ("moment", "known"),
    [
        ("2026-11-20T23:59-08:00", False),
        ("2026-11-21T00:00-08:00", True),
        ("2026-11-21T07:59Z", False),
        ("2026-11-21T08:00+00:00", True),
        ("2026-11-21", True),
        ("2026-11-20", False),
    ],
)
def test_known_at_is_a_day_in_california(moment: str, known: bool) -> None:
    person = {"birth_date": "1980-05-04", "facts": [{"fact": "setting", "value": "street", "learnt": "2026-11-21"}]}
    ran = run("check", "-", "--programme", "cs.meals", "--known-at", moment, "--json", stdin=json.dumps(person))
    assert ("setting" not in ran.json["programmes"][0]["missing"]) is known


@pytest.mark.parametrize(
    "moment", ["2026-11-21T25:00", "2026-11-21x", "2026-11-21T00:00+99:00", "0001-01-01T00:00+14:00"]
)
def test_known_at_is_no_moment(moment: str) -> None:
    assert run("check", "-", "--known-at", moment, "--json", stdin="{}").error["code"] == "not_a_day"
