"""How the command line is called: options, help, environment; what nobody can mean is refused, not guessed."""

import json
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfoNotFoundError

import pytest

from tests.commands.door import refused, run
from wholeperson.commands.main import COMMANDS
from wholeperson.commands.policy import _RUNS as SUB_COMMANDS
from wholeperson.rules.reading.person_json import day_of_moment


@pytest.mark.parametrize(
    "asked",
    [
        ("--help",),
        ("-h",),
        (),
        *((name, "--help") for name in COMMANDS),
        *(("policy", name, "-h") for name in SUB_COMMANDS),
    ],
    ids=" ".join,
)
def test_help_is_given_and_ends_well(asked: tuple[str, ...]) -> None:
    ran = run(*asked)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.strip()
    assert run(*asked, "--json").code == 0 or not asked


def test_the_help_names_every_command() -> None:
    assert all(name in run("--help").out for name in COMMANDS)
    assert all(name in run("policy", "--help").out for name in SUB_COMMANDS)


def test_the_version_is_told() -> None:
    assert run("--version").out.startswith("wholeperson ")


@pytest.mark.parametrize(
    "asked",
    [
        ("check",),
        ("check", "-", "-"),
        ("check", "-", "--onn", "2026-01-01"),
        ("check", "-", "--programmes", "care"),
        ("check", "-", "--prog", "care"),
        ("check", "-", "--on"),
        ("check", "-", "--lang", "xx"),
        ("check", "-", "--audience", "everybody"),
        ("check", "--on=2026-01-01"),
        ("ask", "-", "-"),
        ("policy", "show", "a", "b"),
    ],
    ids=" ".join,
)
def test_usage_is_refused(asked: tuple[str, ...]) -> None:
    assert refused(*asked, stdin="{}")["code"] == "usage"


@pytest.mark.parametrize("word", ["chek", "", "--onn", "x" * 100_000, "\udcff", "\n"])
def test_what_is_no_command(word: str) -> None:
    error = refused(word)
    assert error["code"] == "no_such_command"
    assert len(error["problem"]) < 100


def test_the_nearest_command_is_named() -> None:
    assert refused("chek")["allowed"][0] == "check"


def test_a_name_in_capitals_finds_its_own() -> None:
    assert refused("policy", "show", "CARE")["allowed"][0] == "care"
    assert refused("CHECK")["allowed"][0] == "check"


def test_no_line_of_what_changed_ends_with_nothing() -> None:
    lines = run("policy", "diff", "2024-01-01", "2026-11-01", policy=None).out.splitlines()
    assert len(lines) > 200
    assert [line for line in lines if line.rstrip().endswith(":")] == []


@pytest.mark.parametrize(
    "pinned", ["soon", "2026-02-30", "1899-12-31", "2201-01-01", "9999-12-31T23:59-12:00", "0001-01-01T00:00+14:00"]
)
def test_a_clock_pinned_to_no_moment(monkeypatch: pytest.MonkeyPatch, pinned: str) -> None:
    monkeypatch.setenv("WHOLEPERSON_NOW", pinned)
    assert refused("check", "-", stdin="{}")["code"] == "not_a_moment"
    assert run("check", "-", "--on", "2026-11-21", stdin="{}").code == 0


@pytest.mark.parametrize(
    ("pinned", "day"),
    [
        ("2026-11-21T09:00-08:00", "2026-11-21"),
        ("2026-11-22T07:59:59Z", "2026-11-21"),
        ("2026-11-22T08:00+00:00", "2026-11-22"),
        ("2026-11-21T23:59", "2026-11-21"),
        ("2026-11-21", "2026-11-21"),
    ],
)
def test_today_is_californias_day(monkeypatch: pytest.MonkeyPatch, pinned: str, day: str) -> None:
    monkeypatch.setenv("WHOLEPERSON_NOW", pinned)
    assert run("check", "-", "--json", stdin="{}").json["on"] == day


def test_a_machine_without_time_zones(monkeypatch: pytest.MonkeyPatch) -> None:
    """A needed part is missing: exit 4, and the line says how to get it."""

    def nowhere(name: str) -> None:
        raise ZoneInfoNotFoundError(name)

    monkeypatch.setattr("wholeperson.clock.ZoneInfo", nowhere)
    ran = run("check", "-", stdin="{}")
    assert (ran.code, ran.out) == (4, "")
    assert "tzdata" in ran.err


@pytest.mark.parametrize("option", ["--plan", "--county", "--programme"])
def test_a_name_we_do_not_know(option: str) -> None:
    for name in ("x", "", "x" * 100_000):
        error = refused("check", "-", option, name, stdin="{}")
        assert error["code"] == f"unknown_{option[2:]}"
        assert error["where"]["file"] == option
        assert error["allowed"]
        assert len(error["problem"]) < 150


def test_the_same_programme_twice_is_told_once() -> None:
    ran = run("check", "-", "--programme", "care", "--programme", "care", "--json", stdin="{}")
    assert [each["id"] for each in ran.json["programmes"]] == ["care"]


def test_any_other_plan_has_a_name() -> None:
    assert (
        run("check", "-", "--plan", "other_medi_cal_plan", "--json", stdin="{}").json["plan"] == "other_medi_cal_plan"
    )


@pytest.mark.parametrize(
    "asked", [("check", "-", "--policy", ""), ("policy", "lint", ""), ("due", "x", "--policy", "")]
)
def test_an_empty_name_is_no_folder(asked: tuple[str, ...]) -> None:
    """Else a script whose variable was empty would be answered by another policy."""
    received = ("--received", "2026-11-20") if asked[0] == "due" else ()
    assert refused(*asked, *received, stdin="{}")["code"] == "no_folder"


def test_what_was_learnt_at_an_instant_was_learnt_on_californias_day() -> None:
    assert day_of_moment("2026-11-21T07:59+00:00") == date(2026, 11, 20)
    assert day_of_moment("2026-11-21T07:59") is None  # whose hour that is, nobody knows
    fact = {"fact": "nickname", "value": "x", "learnt": "2026-11-21T07:59-08:00"}
    assert run("check", "-", stdin=json.dumps({"birth_date": "1980-05-04", "facts": [fact]})).code == 0


def test_a_place_that_cannot_be_used_is_refused_and_a_stop_is_one_document(tmp_path: Path) -> None:
    (tmp_path / "f").touch()
    assert refused("synth", "--members", "1", "--seed", "1", "--out", str(tmp_path / "f" / "g"))["code"] == "cannot_use"
    stopped = run("sweep", "import", str(tmp_path), "--store", str(tmp_path / "s"), "--memory", "1MB", "--json")
    assert stopped.code in (2, 3)
    assert stopped.json["schema"] == "wholeperson/error@1"


def test_a_command_that_speaks_english_alone_says_so() -> None:
    """--lang is taken by every command; whoever is answered in another language than asked for is told."""
    spoken = run("file", "layouts", "--lang", "es")
    assert (spoken.code, spoken.out) == (0, run("file", "layouts").out)
    assert (
        spoken.err == "--lang es: wholeperson file layouts speaks English; what it does is the same in every language\n"
    )
    assert run("file", "layouts", "--lang", "en").err == ""
    assert run("policy", "list", "--lang", "es").err == ""
