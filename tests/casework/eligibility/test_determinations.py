"""From a member's record to a kept answer, and to its proof: two people on each side of a line, the whole way."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from tests.casework.eligibility.known import HOMELESS, NEED, PLAN, TREATMENT, answers, determine, member, tell
from tests.commands.door import run
from tests.people import NOW, TODAY, World
from wholeperson.casework.eligibility import actions
from wholeperson.casework.eligibility.models import Basis, Determination
from wholeperson.record.actors import System
from wholeperson.record.models import AuditRow, PolicyVersion, WrittenOnce
from wholeperson.record.refusals import NotAllowed
from wholeperson.rules.reading.kept import policy_of
from wholeperson.rules.reading.library import Policy

pytestmark = pytest.mark.django_db
FIT = {HOMELESS: True, NEED: True, "in_program_that_replaces_ecm": False}
ADULT = "pof_1a_homeless_adult"


def verified(what: str = "decisions") -> tuple[int, int, list[str]]:
    """Exit code, how many were looked at, and the ids of what failed."""
    ran = run("verify", what, "--json")
    return ran.code, ran.json["checked"], [one["id"] for one in ran.json["failed"]]


def test_two_on_each_side_of_a_line_from_the_record_to_the_proof(world: World) -> None:
    """The guide draws it at 21: who turns 21 today or long ago is an adult without a home; who does tomorrow is not."""
    homeless = {HOMELESS: True, NEED: True}
    born = [date(1980, 3, 9), date(2005, 11, 21), date(2005, 11, 22), date(2012, 1, 1)]
    town = [member(world, f"Rosa {day.year}", born=day, **homeless) for day in born]
    assert [answers(one, ADULT)[ADULT] for one in town] == ["yes", "yes", "no", "no"]
    assert verified() == (0, 4, [])
    assert verified("policy") == (0, 1, [])


def test_everything_is_kept_that_an_answer_rests_on(world: World) -> None:
    rosa = member(world, **FIT)
    row = determine(rosa, "ecm")["ecm"]
    assert (row.on, row.known_at, row.answer, row.available, row.available_because) == (
        TODAY, TODAY, "yes", "yes", ["enrolled"],
    )  # fmt: skip
    assert PolicyVersion.objects.get().version == row.version
    assert (row.basis.plan, row.basis.county) == (PLAN, "contra_costa")
    said = {one["fact"]: (one["value"], one["source"]) for one in row.basis.person["facts"]}
    assert said == {name: (value, "member") for name, value in FIT.items()}
    with pytest.raises(WrittenOnce):
        Determination.objects.update(answer="no")


def test_the_same_question_twice_is_one_answer_and_a_new_fact_supersedes(world: World) -> None:
    rosa = member(world, **{HOMELESS: True})
    first = determine(rosa)
    assert determine(rosa) == first
    assert Basis.objects.count() == 1
    assert AuditRow.objects.filter(verb="determination.make").count() == 1
    tell(rosa, NEED, True, learnt=TODAY)
    second = determine(rosa)
    row = second[ADULT]
    assert (row.supersedes, row.before, row.answer) == (first[ADULT], "not_known", "yes")
    first[ADULT].refresh_from_db()
    assert first[ADULT].answer == "not_known"
    assert verified() == (0, len(first) + len(second), [])


def test_what_is_learnt_later_changes_no_answer_of_before(world: World) -> None:
    rosa = member(world, **{HOMELESS: True})
    tell(rosa, NEED, True, learnt=TODAY)
    assert determine(rosa, ADULT, at=NOW - timedelta(days=1))[ADULT].answer == "not_known"
    assert determine(rosa, ADULT)[ADULT].answer == "yes"


def test_each_depth_is_told_only_what_lies_there(world: World) -> None:
    """Treatment is told at the deepest only; a population's answer lies where health lies; the benefit's is care."""
    rosa = member(world, **{TREATMENT: True})
    found = determine(rosa, "ecm", "pof_3a_adult_smh_sud")
    assert {name: row.scope for name, row in found.items()} == {"ecm": "care", "pof_3a_adult_smh_sud": "sensitive"}
    assert found["ecm"].basis.scope == "part2"
    for row in found.values():
        for telling in row.tellings.exclude(scope="part2"):
            assert TREATMENT not in str(telling.why)
    assert TREATMENT in str(found["pof_3a_adult_smh_sud"].tellings.get(scope="part2").why)
    assert "a health reason" in str(found["ecm"].tellings.get(scope="care").why)


def test_who_may_not_asks_nothing(world: World) -> None:
    rosa = member(world)
    with pytest.raises(NotAllowed):
        actions.determine(member=rosa, by=System("nobody"), on=TODAY, at=NOW)
    assert not Determination.objects.exists()


def tamper(table: str, change: str) -> None:
    """What somebody can do who owns the database: take the trigger away first."""
    on = f" ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {table}_no_update{on}")
        cursor.execute(f"UPDATE {table} SET {change}")


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("eligibility_determination", "answer = 'no'"),
        ("eligibility_determination", "engine = 'older'"),
        ("eligibility_basis", "county = 'fresno'"),
        ("eligibility_telling", "why = '{}'"),
        ("record_policyversion", "canonical = '{}'"),
    ],
)
def test_a_row_that_was_changed_is_found(world: World, table: str, change: str) -> None:
    row = determine(member(world, **FIT), "ecm")["ecm"]
    tamper(table, change)
    assert verified() == (1, 1, [row.public_id])


def test_another_engine_is_told_and_fails_nobody(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it decided otherwise is named; what comes out the same is the same."""
    rosa = member(world, **{HOMELESS: True, NEED: True})
    determining = "wholeperson.casework.eligibility.actions.determining.engine_version"
    with monkeypatch.context() as then:
        then.setattr(determining, lambda: "0.0.0+older")
        row = determine(rosa, ADULT)[ADULT]
    assert verified() == (0, 1, [])
    with monkeypatch.context() as now:
        now.setattr("wholeperson.casework.eligibility.proving.policy_of", _nobody_is_an_adult)
        ran = run("verify", "decisions", "--json")
        assert (ran.code, ran.json["failed"]) == (0, [])
        assert [one["id"] for one in ran.json["engine_changed"]] == [row.public_id]


def _nobody_is_an_adult(canonical: str, **given: Any) -> Policy:
    return policy_of(canonical.replace('"age":{"at_least":21}', '"age":{"at_least":210}'), **given)
