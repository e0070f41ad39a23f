"""The tables of lawful steps: each kind of thing once, each permission somebody's, each row tried by everybody."""

import ast
import copy
from typing import Any

import pytest
import yaml
from django.apps import apps
from django.db import transaction

from tests.house.lives import Carrier, begun, everybody, filled
from tests.house.tree import PACKAGE, ROOT, parse, python_files
from tests.people import NOW, World
from wholeperson.access.permissions import CARRIED, PERMISSIONS
from wholeperson.record import steps, wall
from wholeperson.record.models import AuditRow, Step
from wholeperson.record.steps import Living
from wholeperson.rules.problems import Refused

OURS = [
    model for model in apps.get_models() if issubclass(model, Living) and model.__module__.startswith("wholeperson.")
]
LIVES = yaml.safe_load((ROOT / "tests/house/lives.yaml").read_text("utf-8"))["lives"]
ROWS = [
    pytest.param(model, row, id=f"{model.lifecycle.of}-{row['verb']}-{row['from']}")
    for model in OURS
    for row in LIVES.get(model.lifecycle.of, {"steps": []})["steps"]
]
ASKED_FOR = {move.permission for model in OURS for move in model.lifecycle.moves}
ALL_WORDS = Carrier("all words", frozenset(ASKED_FOR))


def test_each_kind_of_thing_has_one_table() -> None:
    """Steps of two kinds under one name could not be told apart in the record."""
    kinds = [model.lifecycle.of for model in OURS]
    assert sorted(kinds) == sorted(set(kinds))


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.lifecycle.of)
def test_each_step_asks_for_a_permission_somebody_has(model: type[Living]) -> None:
    """A word that no role carries, and that the house gives to none of its own jobs, is a step that nobody can take."""
    assert not {move.permission for move in model.lifecycle.moves} - set(PERMISSIONS) - of_the_house()


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.lifecycle.of)
def test_the_table_is_what_somebody_wrote_by_hand(model: type[Living]) -> None:
    """lives.yaml: a row that slips in, or changes where it leads, is seen by whoever reads the difference."""
    written = LIVES[model.lifecycle.of]
    assert model.lifecycle.begins == written["begins"]
    assert [(move.verb, move.source, move.target, sorted(move.needs)) for move in model.lifecycle.moves] == [
        (row["verb"], row["from"], row["to"], sorted(row.get("needs", {}))) for row in written["steps"]
    ]


def test_nothing_is_written_of_what_is_not_there() -> None:
    assert sorted(LIVES) == sorted(model.lifecycle.of for model in OURS)


@pytest.mark.parametrize(("model", "row"), ROWS)
def test_a_step_is_taken_by_who_may_and_by_nobody_else(model: type[Living], row: dict[str, Any], world: World) -> None:
    """By everybody in turn, from the status it leads out of; who may not leaves nothing behind."""
    thing, values = begun(model, world, row["from"]), filled(row.get("needs", {}), world)
    known = rows_of(thing)
    taken = [role for role, one in everybody(CARRIED).items() if outcome(thing, row, one, values) == row["to"]]
    assert taken == ([] if row["who"] == "house" else row["who"])
    assert rows_of(thing) == known, "what was tried was taken back"
    if row["who"] == "house":
        word = model.lifecycle.find(row["verb"], row["from"]).permission
        assert outcome(thing, row, Carrier("job", frozenset({word})), values) == row["to"]


@pytest.mark.parametrize(("model", "row"), ROWS)
def test_from_any_other_status_it_is_refused(model: type[Living], row: dict[str, Any], world: World) -> None:
    lawful = {one["from"] for one in LIVES[model.lifecycle.of]["steps"] if one["verb"] == row["verb"]}
    others = [status for status in model.lifecycle.statuses if status not in lawful]
    assert others, "a step that is lawful everywhere ends nothing"
    thing = begun(model, world, row["from"])
    for status in others:
        with wall.opened("tests"):
            model._default_manager.filter(pk=thing.pk).update(status=status)
            thing.refresh_from_db()
        assert outcome(thing, row, ALL_WORDS, filled(row.get("needs", {}), world)) == "Unlawful"


@pytest.mark.parametrize(("model", "row"), [one for one in ROWS if one.values[1].get("needs")])
def test_what_it_needs_must_be_there(model: type[Living], row: dict[str, Any], world: World) -> None:
    thing, values = begun(model, world, row["from"]), filled(row["needs"], world)
    for missing in values:
        assert outcome(thing, row, ALL_WORDS, {**values, missing: None}) == "NotReady"


@pytest.mark.parametrize(("model", "row"), ROWS)
def test_it_leaves_a_step_and_a_row_in_the_trail(model: type[Living], row: dict[str, Any], world: World) -> None:
    thing = begun(model, world, row["from"])
    with wall.opened("tests"):
        take(thing, row, ALL_WORDS, filled(row.get("needs", {}), world))
        thing.refresh_from_db()
    assert thing.status == row["to"]
    kept = Step.objects.get(thing_id=thing.pk)
    assert (kept.of, kept.verb, kept.source, kept.target) == (model.lifecycle.of, row["verb"], row["from"], row["to"])
    told = AuditRow.objects.get(thing_id=thing.pk, verb=row["verb"])
    assert (told.did, told.actor_id, told.at) == ("wrote", "all words", NOW)
    assert told.details == {"from": row["from"], "to": row["to"]}


def take(thing: Living, row: dict[str, Any], by: Carrier, values: dict[str, Any]) -> None:
    clock = thing.lifecycle.find(row["verb"], thing.status)
    due_at = NOW if clock and clock.clock else None
    steps.take(thing, row["verb"], by=by, at=NOW, due_at=due_at, **values)


def outcome(thing: Living, row: dict[str, Any], by: Carrier, values: dict[str, Any]) -> str:
    """The status it led to, or the name of the refusal; and everything as it was before."""
    before = copy.copy(thing)
    mark = transaction.savepoint()
    try:
        with wall.opened("tests"):
            take(before, row, by, values)
    except Refused as refused:
        return type(refused).__name__
    finally:
        transaction.savepoint_rollback(mark)
    return str(before.status)


def rows_of(thing: Living) -> tuple[int, int, str]:
    """How many steps and rows of the trail there are, and where the thing stands."""
    with wall.opened("tests"):
        thing.refresh_from_db()
    return Step.objects.count(), AuditRow.objects.count(), thing.status


def of_the_house() -> set[str]:
    """The words that some System is given by name."""
    return {
        inner.value
        for path in python_files(PACKAGE)
        for node in ast.walk(parse(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "System"
        for inner in ast.walk(node)
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str)
    }
