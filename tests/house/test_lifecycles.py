"""The tables of lawful steps: each kind of thing once, each permission somebody's, each verb tried in a test."""

import ast
import re

import pytest
from django.apps import apps

from tests.house.tree import PACKAGE, ROOT, our_files, parse, python_files
from wholeperson.access.permissions import PERMISSIONS
from wholeperson.record.steps import Living

OURS = [
    model for model in apps.get_models() if issubclass(model, Living) and model.__module__.startswith("wholeperson.")
]


def test_each_kind_of_thing_has_one_table() -> None:
    """Steps of two kinds under one name could not be told apart in the record."""
    kinds = [model.lifecycle.of for model in OURS]
    assert sorted(kinds) == sorted(set(kinds))


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.lifecycle.of)
def test_each_step_asks_for_a_permission_somebody_has(model: type[Living]) -> None:
    """A word that no role carries, and that the house gives to none of its own jobs, is a step that nobody can take."""
    assert not {move.permission for move in model.lifecycle.moves} - set(PERMISSIONS) - of_the_house()


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.lifecycle.of)
def test_each_row_is_tried(model: type[Living]) -> None:
    """A test that speaks of the thing names the verb, or the status it leads to: a row that nobody tried is a guess."""
    tests = [path for path in our_files() if path.is_relative_to(ROOT / "tests") and path.suffix == ".py"]
    speaking = re.compile(rf"\b{model.__name__}\b|\b{model.lifecycle.of}\b", re.IGNORECASE)
    said = "\n".join(text for path in tests if speaking.search(text := path.read_text("utf-8")))
    untried = [
        f"{move.verb}: {move.source} → {move.target}"
        for move in model.lifecycle.moves
        if not re.search(rf"\b{move.verb}(?:\b|_)|[\"']{move.target}[\"']", said)
    ]
    assert not untried, "\n".join([f"Try these rows of {model.lifecycle.of} in a test:", *untried])


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
