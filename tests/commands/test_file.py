"""``wholeperson file``: layouts, samples and checks without a database, in the contract's form."""

from pathlib import Path
from typing import Any

import pytest

from tests.commands.door import Ran, refused
from tests.commands.door import run as run_with

FINDING = {"row", "column", "value", "severity", "problem", "do", "allowed"}


def run(*arguments: str, stdin: bytes = b"") -> Ran:
    """Over the packaged layouts."""
    return run_with("file", *arguments, stdin=stdin, policy=None)


@pytest.fixture(autouse=True)
def packaged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WHOLEPERSON_POLICY", raising=False)


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    out = tmp_path / "otf.csv"
    assert run("sample", "otf", "--rows", "5", "--seed", "7", "--out", str(out)).code == 0
    return out


def checked(path: Path, *more: str, code: int = 0) -> dict[str, Any]:
    ran = run("check", str(path), "--json", *more)
    assert (ran.code, ran.err) == (code, "")
    assert ran.json["schema"] == "wholeperson/file-check@1"
    assert {"layout", "outcome", "rows", "findings"} <= set(ran.json)
    assert set(ran.json["rows"]) == {"read", "kept", "set_aside"}
    assert all(set(each) >= FINDING for each in ran.json["findings"])
    return ran.json


def test_layouts_say_how_sure_they_are() -> None:
    layouts = {each["id"]: each for each in run("layouts", "--json").json["layouts"]}
    assert {"mif", "mif_release", "rtf", "otf", "csasf", "cs_rtf", "rtf_kaiser_permanente"} <= set(layouts)
    status = next(each for each in layouts["rtf"]["columns"] if each["key"] == "referral_status")
    assert status["confidence"] == "reported"
    assert status["allowed"] == ["Accepted", "Declined", "Pending", "Outreach Initiated", "Referral Loop Closed"]
    assert layouts["rtf"]["needs_a_trial"] is True
    assert "Return Transmission File" in run("layouts").out


def test_the_same_seed_makes_the_same_file(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        run("sample", "rtf", "--rows", "20", "--seed", "3", "--out", str(tmp_path / name))
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.xlsx", "b.xlsx"]


def test_a_clean_file_is_accepted(sample: Path) -> None:
    made = checked(sample, "--layout", "otf")
    assert (made["layout"], made["outcome"], made["findings"]) == ("otf", "accepted", [])
    assert made["rows"] == {"read": 5, "kept": 5, "set_aside": 0}
    assert checked(sample)["layout"] == "otf"


def test_a_spoilt_row_ends_with_one_and_says_where(sample: Path) -> None:
    lines = sample.read_text("utf-8-sig").splitlines()
    cells = lines[2].split(",")
    cells[6] = "1234"
    sample.write_text("\n".join([*lines[:2], ",".join(cells), *lines[3:]]) + "\n")
    made = checked(sample, "--layout", "otf", code=1)
    assert (made["outcome"], made["rows"]) == ("partly", {"read": 5, "kept": 4, "set_aside": 1})
    (finding,) = made["findings"]
    assert (finding["row"], finding["column"], finding["value"]) == (3, "Member CIN", "1234")
    told = run("check", str(sample))
    assert told.code == 1
    assert "row 3, Member CIN" in told.out


def test_the_wrong_layout_is_a_rejection(sample: Path) -> None:
    made = checked(sample, "--layout", "csasf", code=1)
    assert made["outcome"] == "rejected"
    assert made["findings"][0]["allowed"] == ["otf"]


def test_stdin_is_a_file_too(sample: Path) -> None:
    ran = run("check", "-", "--json", stdin=sample.read_bytes())
    assert (ran.code, ran.json["rows"]["kept"]) == (0, 5)


def test_no_value_of_a_file_goes_to_the_log(sample: Path) -> None:
    sample.write_text(sample.read_text("utf-8-sig").replace("9", "X"))
    assert run("check", str(sample), "--json").err == ""


def test_refusals(tmp_path: Path) -> None:
    out = str(tmp_path / "x.csv")
    assert "otf" in refused("file", "sample", "otff", "--out", out, policy=None)["allowed"]
    assert refused("file", "check", str(tmp_path / "none.csv"), policy=None)["code"] == "no_file"
    assert refused("file", "sample", "otf", "--rows", "-1", "--out", out, policy=None)["code"] == "not_a_number"
    nowhere = str(tmp_path / "none" / "x.csv")
    assert refused("file", "sample", "otf", "--out", nowhere, policy=None)["code"] == "cannot_write"
    assert refused("file", "mangle", policy=None)["code"] == "usage"
    assert not list(tmp_path.iterdir())


# ── layouts as policy: a folder of one's own, and the lint ──

OWN = """
id: otf_some_plan
name: Outreach Tracker File of Some Plan
like: otf
plan: some_plan
plan_names: [Some Plan]
form: {kinds: [pipe], mark: uncertain}
mark: uncertain
change: [{key: cin, head: Client No, mark: uncertain}]
"""


def test_a_new_dialect_is_a_file_in_a_folder_and_no_code(tmp_path: Path) -> None:
    (tmp_path / "own" / "layouts").mkdir(parents=True)
    (tmp_path / "own" / "layouts" / "otf_some_plan.yaml").write_text(OWN)
    policy = ["--policy", str(tmp_path / "own")]
    out = tmp_path / "x.txt"
    assert run("sample", "otf_some_plan", "--out", str(out), *policy).code == 0
    assert "|Client No|" in out.read_text()
    assert run("check", str(out), "--json", *policy).json["layout"] == "otf_some_plan"
    assert run("check", str(out), "--json").json["outcome"] == "rejected", "nobody else knows this heading of the CIN"


def test_the_lint_of_the_policy_finds_what_is_wrong_with_a_layout(tmp_path: Path) -> None:
    (tmp_path / "layouts").mkdir()
    (tmp_path / "layouts" / "otf_some_plan.yaml").write_text(OWN.replace("key: cin, head", "key: cni, head"))
    ran = run_with("policy", "lint", str(tmp_path), "--json", policy=None)
    assert ran.code == 1
    (finding,) = ran.json["findings"]
    assert finding["code"] == "layout_no_such_column"
    assert (finding["where"]["file"], finding["where"]["line"]) == ("layouts/otf_some_plan.yaml", 9)
    assert "cin" in finding["allowed"]
    assert refused("file", "layouts", "--policy", str(tmp_path), policy=None)["code"] == "layout_no_such_column"


@pytest.mark.parametrize("broken", ["a: [", "just words", "[1, 2]", "", "id: otf_some_plan\nlike: {a: b}\n"])
def test_a_layout_that_is_no_layout_at_all_is_a_finding(tmp_path: Path, broken: str) -> None:
    (tmp_path / "layouts").mkdir()
    (tmp_path / "layouts" / "otf_some_plan.yaml").write_text(broken)
    ran = run_with("policy", "lint", str(tmp_path), "--json", policy=None)
    assert ran.code == 1
    assert ran.json["findings"][0]["where"]["file"] == "layouts/otf_some_plan.yaml"
    refused("file", "layouts", "--policy", str(tmp_path), policy=None)
