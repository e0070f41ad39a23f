"""Logs: what happened, and nobody's name, number, question or birthday."""

import json
import logging
from collections.abc import Iterator
from io import StringIO

import pytest
import structlog
from django.test import Client
from gunicorn.config import Config

from tests.people import World
from wholeperson.commands.serve import command
from wholeperson.site import logs


@pytest.fixture
def lines() -> Iterator[StringIO]:
    """What an installation would write, from everybody who logs."""
    made = StringIO()
    handler = logging.StreamHandler(made)
    handler.setFormatter(logs.formatter())
    root, ours = logging.getLogger(), logging.getLogger("wholeperson")
    before = (root.level, ours.level)
    root.addHandler(handler)
    root.setLevel("DEBUG")
    ours.setLevel("INFO")
    yield made
    root.removeHandler(handler)
    root.setLevel(before[0])
    ours.setLevel(before[1])


def written(lines: StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in lines.getvalue().splitlines()]


TOLD = [
    "Rosa Delgado", "91234567A", "rosa@example.org", "510-555-0142", "(510) 555-0142", "1980-03-09", "123-45-6789",
    "1234567893", "/members/?q=Delgado",
]  # fmt: skip


@pytest.mark.parametrize("value", TOLD)
def test_what_a_library_fills_in_is_not_kept(lines: StringIO, value: str) -> None:
    logging.getLogger("django.request").warning("Not Found: %s (%d)", value, 404)
    line = written(lines)[-1]
    assert line["event"] == "Not Found: … (404)"
    assert (line["level"], line["logger"]) == ("warning", "django.request")


@pytest.mark.parametrize("value", TOLD[1:])
def test_what_looks_like_somebodys_is_hidden_in_every_text(lines: StringIO, value: str) -> None:
    logging.getLogger("x").warning(f"gone wrong with {value}")
    structlog.get_logger("wholeperson.x").warning("gone wrong", part=f"at {value}")
    assert value not in lines.getvalue()
    assert "Delgado" not in lines.getvalue()


def test_of_an_error_its_kind_and_place_are_kept_and_not_its_words(lines: StringIO) -> None:
    try:
        raise ValueError("Key (name)=(Rosa Delgado) already exists")
    except ValueError:
        logging.getLogger("django.request").exception("Internal Server Error: %s", "/members/Rosa")
    line = written(lines)[-1]
    assert line["error"] == "ValueError"
    assert "test_logs.py" in str(line["trace"])
    assert "Rosa" not in lines.getvalue()


def test_of_our_own_lines_only_the_named_keys_are_kept(lines: StringIO) -> None:
    structlog.get_logger("wholeperson.x").warning("job failed", job="seal", member="Rosa Delgado", count=3)
    line = written(lines)[-1]
    assert {key: line[key] for key in ("event", "job", "count")} == {"event": "job failed", "job": "seal", "count": 3}
    assert "Rosa" not in lines.getvalue()


@pytest.mark.django_db
def test_an_answer_is_a_line_with_its_page_and_not_its_address(lines: StringIO, client: Client, world: World) -> None:
    rosa = world.member()
    world.relate(rosa, "Bayside")
    client.force_login(world.person("Lena Ortiz", "lead_care_manager", at="Bayside"))
    client.get(f"/members/{rosa.public_id}/?q=Delgado")
    client.get("/members/Rosa-Delgado/x/y")
    answered = [line for line in written(lines) if line["event"] == "answered"]
    assert [(line["view"], line["status"], line["method"]) for line in answered] == [
        ("member", 200, "GET"), (None, 404, "GET"),
    ]  # fmt: skip
    for told in ("Rosa", "Delgado", "Lena", rosa.public_id):
        assert told not in lines.getvalue()


@pytest.mark.django_db
def test_a_page_that_breaks_says_nothing_of_anybody(
    client: Client, world: World, monkeypatch: pytest.MonkeyPatch, lines: StringIO
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
    assert "ValueError" in lines.getvalue()
    assert "Rosa" not in lines.getvalue()


def test_the_web_server_quotes_nobody_either(capsys: pytest.CaptureFixture[str]) -> None:
    """A search typed with a blank in the address is no request, and gunicorn would say what it was."""
    options = command("127.0.0.1", 8000, workers=1)
    told = Config()
    told.set("loglevel", options[options.index("--log-level") + 1])
    told.set("logger_class", options[options.index("--logger-class") + 1])
    server = told.logger_class(told)
    server.warning("Invalid request from ip=127.0.0.1: Invalid HTTP request line: 'GET /search/?q=Rosa Delgado'")
    server.error("Error handling request %s", "/search/?q=Rosa Delgado")
    assert json.loads(capsys.readouterr().err)["event"] == "Error handling request …"
