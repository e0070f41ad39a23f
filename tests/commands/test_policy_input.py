"""What `policy` is asked and cannot answer: a folder that is missing or broken, a name, a day, a sub-command."""

import json
import shutil
from pathlib import Path

import pytest

from tests.commands.door import GOOD, refused, run

EVERY = [
    ("list",),
    ("show", "care"),
    ("facts",),
    ("events",),
    ("diff", "2022-01-01", "2026-01-01"),
    ("coverage",),
    ("questions",),
    ("deviations",),
]


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GOOD, tmp_path / "policy"))


@pytest.mark.parametrize("asked", [*EVERY, ("lint",), ("mutate",)], ids=" ".join)
def test_a_folder_that_is_not_there(tmp_path: Path, asked: tuple[str, ...]) -> None:
    gone = tmp_path / "gone"
    assert refused("policy", *asked, policy=gone)["code"] == "no_policy_folder"
    assert refused("policy", *asked, "--policy", str(gone))["code"] == "no_policy_folder"
    (tmp_path / "empty").mkdir()
    assert refused("policy", *asked, policy=tmp_path / "empty")["code"] == "no_policy_in_it"


@pytest.mark.parametrize("asked", [each for each in EVERY if each != ("coverage",)], ids=" ".join)
def test_a_broken_policy_is_refused_with_its_line(policy: Path, asked: tuple[str, ...]) -> None:
    path = policy / "shared" / "no_home.yaml"
    path.write_text(path.read_text().replace("fact: sleeps_outside", "fact: sleeps_outsid"))
    error = refused("policy", *asked, policy=policy)
    assert (error["code"], error["where"]["file"], error["where"]["line"]) == (
        "unknown_fact",
        "shared/no_home.yaml",
        13,
    )
    assert "sleeps_outside" in error["allowed"]


def test_lint_tells_what_is_broken_and_ends_with_one(policy: Path) -> None:
    path = policy / "shared" / "no_home.yaml"
    path.write_text(path.read_text().replace("fact: sleeps_outside", "fact: sleeps_outsid"))
    ran = run("policy", "lint", str(policy), "--json")
    assert ran.code == 1
    assert [each["code"] for each in ran.json["findings"]] == ["unknown_fact"]
    path.write_text("id: [")
    ran = run("policy", "lint", str(policy), "--json")
    assert ran.code == 1
    assert [each["code"] for each in ran.json["findings"]] == ["not_yaml"]
    assert run("policy", "lint", str(policy)).code == 1


@pytest.mark.parametrize("command", [("check", "-"), ("ask", "-", "--answers", "none")])
def test_no_command_answers_from_a_broken_policy(policy: Path, command: tuple[str, ...]) -> None:
    (policy / "events.yaml").write_bytes(b"\xff")
    assert refused(*command, stdin="{}", policy=policy)["code"] == "not_text"


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (("show", "cares"), "unknown_programme"),
        (("show", ""), "unknown_programme"),
        (("show", "x" * 100_000), "unknown_programme"),
        (("diff", "2026-01-01", "soon"), "not_a_day"),
        (("diff", "2026-02-30", "2026-03-01"), "not_a_day"),
        (("mutate", "--cases", "nowhere"), "no_cases"),
        (("show",), "usage"),
        (("diff", "2026-01-01"), "usage"),
        (("diff", "2026-01-01", "2026-01-02", "2026-01-03"), "usage"),
        (("lists",), "usage"),
        ((), "usage"),
        (("list", "--colour"), "usage"),
        (("list", "--js"), "usage"),
        (("list", "--lang", "fr"), "usage"),
        (("list", "--lang"), "usage"),
    ],
    ids=str,
)
def test_what_cannot_be_asked(asked: tuple[str, ...], code: str) -> None:
    assert refused("policy", *asked)["code"] == code


@pytest.mark.parametrize("asked", EVERY, ids=" ".join)
def test_each_answers_as_text_and_as_json(asked: tuple[str, ...]) -> None:
    plain, as_json = run("policy", *asked), run("policy", *asked, "--json")
    assert (plain.code, as_json.code) == (0, 0), plain.err + as_json.err
    assert plain.out.strip()
    assert "\033" not in plain.out
    assert as_json.json["schema"] == f"wholeperson/policy-{asked[0]}@1"


def test_a_cache_that_is_no_policy_is_read_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.commands.door.CACHE", str(tmp_path))
    first = run("policy", "list", "--json").json
    for kept in sorted((tmp_path / "wholeperson").glob("policy-*.json")):
        for rubbish in (b"", b"[]", b"null", b"\xff", b'{"by_name": 5}', kept.read_bytes()[:100]):
            kept.write_bytes(rubbish)
            assert run("policy", "list", "--json").json == first


def test_a_cache_folder_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("x")
    monkeypatch.setattr("tests.commands.door.CACHE", str(tmp_path / "file"))
    assert run("policy", "list").code == 0


def test_nobody_has_a_home(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere() -> Path:
        raise RuntimeError("no home")

    monkeypatch.setattr("tests.commands.door.CACHE", "")
    monkeypatch.setattr(Path, "home", nowhere)
    assert run("policy", "list").code == 0


def test_a_policy_that_changes_is_read_anew(policy: Path) -> None:
    before = run("policy", "show", "outdoors", "--json", policy=policy).json
    path = policy / "populations_of_focus" / "outdoors.yaml"
    path.write_text(path.read_text().replace("at_least: 18", "at_least: 19"))
    after = run("policy", "show", "outdoors", "--json", policy=policy).json
    assert before["version"] != after["version"]
    assert json.dumps(after["programme"]).count('"at_least": 19') == 1
