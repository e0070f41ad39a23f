"""Reading who_sees_what.yaml, and asking as somebody."""

import copy
from collections.abc import Iterator
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve

from tests.house.tree import ROOT
from tests.isolation.scene import WHOSE, Scene
from wholeperson.access.models import Person
from wholeperson.access.roles import ROLES

WRITTEN = yaml.safe_load((ROOT / "tests/house/who_sees_what.yaml").read_text("utf-8"))
TABLE = WRITTEN["addresses"]
ANYONE = "anyone"
METHODS = ("get", "post")
HIDDEN = {method: {302: ANYONE} for method in METHODS}


def people(said: Any) -> Iterator[str]:
    """The names in a cell, however they are gathered."""
    if isinstance(said, str):
        yield said
    else:
        for one in said:
            yield from people(one)


def expected(cell: dict[int, Any]) -> dict[str, int]:
    """Who gets which status; 404 is for whoever is not named."""
    told = dict.fromkeys([*ROLES, ANYONE], 404)
    for status, who in cell.items():
        for person in people(who):
            assert told[person] == 404, f"{person} stands twice"
            told[person] = status
    return told


def columns(row: dict[str, Any]) -> dict[str, dict[str, Any]]:
    if "get" in row:
        return {"own": row}
    return {column: HIDDEN if row[column] == "hidden" else row[column] for column in WHOSE}


class Asker:
    """One person at every address. Whatever a request did, and the session it ended, is taken back after it."""

    def __init__(self, person: Person | None) -> None:
        self.client = Client()
        if person:
            self.client.force_login(person, backend=settings.ONE_CLICK)
        self.cookies = copy.copy(self.client.cookies)

    def ask(self, method: str, address: str, /, **sent: str) -> HttpResponse:
        self.client.cookies = copy.copy(self.cookies)
        mark = transaction.savepoint()
        answer: HttpResponse = getattr(self.client, method)(address, sent or None)
        transaction.savepoint_rollback(mark)
        return answer


def wrong(scene: Scene, askers: dict[str, Asker], names: list[str]) -> list[str]:
    """What somebody gets somewhere that is not what is written."""
    return [
        f"{name} · {column} · {method} · {who}: {got}, not {want}"
        for name in names
        for column, cells in columns(TABLE[name]).items()
        for method in METHODS
        for who, want in expected(cells[method]).items()
        if (got := askers[who].ask(method, address(scene, name, column)).status_code) != want
    ]


def address(scene: Scene, name: str, column: str = "own") -> str:
    found: str = TABLE[name]["at"].format(**scene.objects[column])
    assert resolve(found).view_name == name
    return found
