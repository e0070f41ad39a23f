"""What stands in a log: enough to find a fault, and nobody's data."""

import json
import logging

import pytest
from django.test import Client

from tests.people import World
from wholeperson.site.logs import AsJson, WithoutValues


def written(record: logging.LogRecord) -> str:
    WithoutValues().filter(record)
    return AsJson().format(record)


def test_a_line_is_json_without_what_stands_behind_the_question_mark() -> None:
    record = logging.LogRecord(
        "django.request", logging.WARNING, "x", 1, "Not Found: %s", ("/search/?q=Rosa+Delgado",), None
    )
    said = written(record)
    assert json.loads(said) == {"level": "warning", "logger": "django.request", "message": "Not Found: /search/?…"}


def test_of_an_error_its_kind_and_place_are_kept_and_never_its_words() -> None:
    try:
        int("Rosa Delgado")
    except ValueError:
        import sys

        record = logging.LogRecord("x", logging.ERROR, "x", 1, "Internal Server Error: /members/", None, sys.exc_info())
    said = written(record)
    assert "Rosa" not in said
    assert json.loads(said)["error"] == "ValueError"
    assert "test_of_an_error" in json.loads(said)["trace"][-1]


@pytest.mark.django_db
def test_a_page_that_breaks_says_nothing_of_anybody(
    client: Client, world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither the page nor the log names the member in whose record it happened."""
    rosa = world.member()
    world.relate(rosa, "Bayside")
    client.force_login(world.person("Lena Ortiz", "lead_care_manager", at="Bayside"))
    client.raise_request_exception = False

    def breaks(*_: object) -> None:
        raise ValueError(f"{rosa.called} has no such thing")

    monkeypatch.setattr("wholeperson.casework.members.views.people.MemberPage", breaks)
    answer = client.get(f"/members/{rosa.public_id}/?name=Rosa")
    assert answer.status_code == 500
    assert b"Rosa" not in answer.content
    assert not [line for line in map(written, caplog.records) if "Rosa" in line]
