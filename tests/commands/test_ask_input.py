"""What `ask` is sent: answers line by line, a person or nobody, and what it cannot use."""

import json
from pathlib import Path

import pytest

from tests.commands.door import refused, run
from wholeperson.commands.ask import typed_as


def answers(folder: Path, *lines: object) -> str:
    path = folder / "answers.jsonl"
    path.write_text("\n".join(each if isinstance(each, str) else json.dumps(each) for each in lines), "utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("code", "line", "words"),
    [
        ("not_json", '{"fact": "score", "value": }', "not JSON"),
        ("not_json", '{"fact": "score", "value": NaN}', "NaN is not a number"),
        ("not_json", '{"fact": "score", "fact": "no_home", "value": 1}', "stands twice"),
        ("not_json", '{"fact": "nickname", "value": "\\ud800"}', "half a character"),
        ("number_too_long", '{"fact": "score", "value": ' + "9" * 5000 + "}", "thousands of digits"),
        ("too_deep", '{"fact": "score", "value": ' + "[" * 100_000 + "]" * 100_000 + "}", "more than 64 deep"),
        ("not_an_answer", "[]", "not an answer"),
        ("not_an_answer", "5", "not an answer"),
        ("not_an_answer", '{"fact": "score"}', "not an answer"),
        ("not_an_answer", '{"fact": "score", "value": 1, "source": "member"}', "not an answer"),
        ("not_an_answer", '{"fact": 5, "value": 1}', "not an answer"),
        ("unknown_fact", '{"fact": "scores", "value": 1}', "scores is not a fact"),
        ("wrong_type", '{"fact": "score", "value": "5"}', "does not fit score"),
        ("wrong_type", '{"fact": "houseless", "value": "yes"}', "does not fit no_home"),
        ("wrong_type", '{"fact": "birth_date", "value": "2026-02-30"}', "does not fit birth_date"),
        ("answered_twice", '{"fact": "no_home", "value": false}', "no_home is answered twice"),
    ],
)
def test_a_line_that_is_no_answer(tmp_path: Path, code: str, line: str, words: str) -> None:
    error = refused("ask", "--answers", answers(tmp_path, {"fact": "houseless", "value": True}, "", line))
    assert error["code"] == code
    assert words in error["problem"]
    assert error["where"]["line"] == 3


def test_answers_that_are_not_text(tmp_path: Path) -> None:
    (tmp_path / "answers.jsonl").write_bytes(b"\xff\xfe")
    assert refused("ask", "--answers", str(tmp_path / "answers.jsonl"))["code"] == "not_text"


def test_answers_that_are_not_there(tmp_path: Path) -> None:
    assert refused("ask", "--answers", str(tmp_path / "gone"))["code"] == "no_file"
    assert refused("ask", "--answers", str(tmp_path))["code"] == "no_file"


def test_no_answers_settle_nothing(tmp_path: Path) -> None:
    ran = run("ask", "--answers", answers(tmp_path), "--json")
    assert ran.code == 0
    assert {each["value"] for each in ran.json["asked"]} <= {None, False, True}
    assert ran.json["undecided"]


def test_a_line_may_hold_any_character(tmp_path: Path) -> None:
    """A line separator inside a text is no end of line."""
    path = answers(tmp_path, '{"fact": "nickname", "value": "a\u2028b\x85"}')
    assert run("ask", "--answers", path).code == 0


def test_nobody_is_there_to_ask() -> None:
    assert refused("ask")["code"] == "no_answers"


def test_one_stdin_cannot_be_both() -> None:
    assert refused("ask", "-", "--answers", "-", stdin="{}")["code"] == "stdin_twice"


def test_answers_may_come_by_stdin() -> None:
    told = '{"fact": "setting", "value": "home"}\n{"fact": "stay_said", "value": false}\n'
    ran = run("ask", "--answers", "-", "--programme", "cs.meals", "--json", stdin=told)
    assert ran.json["asked"] == [{"fact": "setting", "value": "home"}, {"fact": "stay_said", "value": False}]
    assert ran.json["undecided"] == []


@pytest.mark.parametrize(
    ("option", "value", "code"),
    [
        ("--plan", "moony_plan", "unknown_plan"),
        ("--county", "Sunny", "unknown_county"),
        ("--programme", "outdoor", "unknown_programme"),
        ("--on", "soon", "not_a_day"),
        ("--known-at", "soon", "not_a_day"),
    ],
)
def test_an_option_is_refused_with_and_without_a_person(tmp_path: Path, option: str, value: str, code: str) -> None:
    path = answers(tmp_path)
    assert refused("ask", "--answers", path, option, value)["code"] == code
    assert refused("ask", "-", "--answers", path, option, value, stdin="{}")["code"] == code


def test_a_bad_person_is_refused(tmp_path: Path) -> None:
    assert refused("ask", "-", "--answers", answers(tmp_path), stdin='{"county": "x"}')["code"] == "unknown_county"


# ── at a terminal ──


class Terminal:
    """Somebody who types these lines and then leaves."""

    def __init__(self, *lines: str) -> None:
        self.lines = list(lines)

    def __call__(self) -> str:
        if not self.lines:
            raise EOFError
        return self.lines.pop(0)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (["home", "n"], 0),
        (["HOME", "tent", "", "n"], 0),
        (["?", "?", "?"], 0),
        ([], 3),
        (["home"], 3),
        (["²", "٣", "9" * 5000, "home", "no"], 0),
    ],
)
def test_whatever_is_typed(monkeypatch: pytest.MonkeyPatch, typed: list[str], code: int) -> None:
    monkeypatch.setattr("builtins.input", Terminal(*typed))
    monkeypatch.setattr("wholeperson.commands.ask._is_a_terminal", lambda: True)
    assert run("ask", "--programme", "cs.meals").code == code


@pytest.mark.parametrize(
    ("typed", "kind", "value"),
    [
        ("Sí", "bool", True),
        ("N", "bool", False),
        ("maybe", "bool", None),
        ("12", "int", 12),
        ("²", "int", None),
        ("9" * 5000, "int", None),
        ("blue, green", "list", ["blue", "green"]),
        ("2026-01-01", "date", "2026-01-01"),
        ("7", "text", "7"),
    ],
)
def test_what_is_typed_is_read_by_the_facts_type(typed: str, kind: str, value: object) -> None:
    assert typed_as(typed, kind) == value
