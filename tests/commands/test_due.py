"""``wholeperson due``: the contract's form, the words of three languages, refusals that help, and a quick start."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.rules.clocks.table import cases, document
from tests.rules.reading.ladder import GOOD
from wholeperson.commands.main import main
from wholeperson.rules.reading.files import PACKAGED

MEMORIAL_DAY = ("decision_standard", "--received", "2026-05-22")
HOME = ("decision_eaa", "--received", "2026-01-10")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs the command: (exit code, what stood on stdout, what stood on stderr)."""

    def one(*arguments: str) -> tuple[int, str, str]:
        code = main(["due", *arguments])
        return (code, *capsys.readouterr())

    return one


@pytest.fixture
def answer(run: Any) -> Any:
    def one(*arguments: str) -> dict[str, Any]:
        code, out, err = run(*arguments, "--json")
        assert (code, err) == (0, "")
        found: dict[str, Any] = json.loads(out)
        return found

    return one


@pytest.fixture
def refusal(run: Any) -> Any:
    def one(*arguments: str) -> dict[str, Any]:
        code, out, _ = run(*arguments, "--json")
        document = json.loads(out)
        assert (code, document["schema"]) == (2, "wholeperson/error@1")
        error: dict[str, Any] = document["error"]
        assert set(error) == {"code", "where", "problem", "why", "do", "allowed"}
        assert all((error["problem"], error["why"], error["do"]))
        return error

    return one


# ── the answer ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_form_is_the_contracts(answer: Any) -> None:
    found = answer(*MEMORIAL_DAY, "--complete", "2026-05-22")
    assert next(iter(found)) == "schema"
    assert found["schema"] == "wholeperson/due@1"
    assert {"clock", "due_at", "governed_by", "candidates", "skipped"} <= set(found)
    assert found["clock"] == "decision_standard"
    assert found["due_at"] == "2026-05-29T23:59:59-07:00"
    assert [(each["rule"], each["due_at"]) for each in found["candidates"]] == [
        ("community_supports_5_business_days_from_complete", "2026-06-01T23:59:59-07:00"),
        ("community_supports_7_calendar_days_from_receipt", "2026-05-29T23:59:59-07:00"),
    ]
    assert found["skipped"] == [
        {"date": "2026-05-23", "why": "weekend: Saturday"},
        {"date": "2026-05-24", "why": "weekend: Sunday"},
        {"date": "2026-05-25", "why": "federal holiday: Memorial Day"},
        {"date": "2026-05-30", "why": "weekend: Saturday"},
        {"date": "2026-05-31", "why": "weekend: Sunday"},
    ]


def test_without_a_programme_it_says_whose_rule_it_is(answer: Any) -> None:
    found = answer(*MEMORIAL_DAY)
    assert found["governed_by"].startswith("community_supports_")
    assert "no_programme_named" in {each["note"] for each in found["notes"]}
    named = answer(*MEMORIAL_DAY, "--programme", "cs.respite")
    assert named["due_at"] == found["due_at"]
    assert "no_programme_named" not in {each["note"] for each in named["notes"]}


def test_what_governs_is_one_of_the_rules_and_says_how_sure_it_is(answer: Any) -> None:
    ecm = answer("decision_standard", "--received", "2026-12-05", "--programme", "ecm")
    assert (ecm["governed_by"], ecm["confidence"]) == ("ecm_5_business_days_from_receipt", "verified")
    assert ecm["candidates"][0]["cites"] == [{"source": "G26", "where": "p.104"}]
    supports = answer(*MEMORIAL_DAY)
    assert supports["confidence"] == "unconfirmed"
    assert "limit_unconfirmed" in {each["note"] for each in supports["notes"]}


@pytest.mark.parametrize("case", [each for each in cases() if "due" in each][::9], ids=lambda each: str(each["name"]))
def test_the_command_counts_as_the_table_says(answer: Any, tmp_path: Path, case: dict[str, Any]) -> None:
    told = [case["clock"]]
    for key in ("programme", "received", "complete", "extended"):
        told += [f"--{key}", str(case[key])] if key in case else []
    told += [word for each in case.get("paused", ()) for word in ("--paused", each)]
    told += ["--expedited"] if case.get("expedited") else []
    told += ["--plan", "early_plan"] if "cutoff_hour" in case else []
    found = answer(*told, "--policy", str(overlay(tmp_path, case.get("cutoff_hour", 12))))
    assert found["due_at"].startswith(case["due"])
    assert found["governed_by"] == case["governs"]


def test_pauses_may_be_several(answer: Any) -> None:
    two = answer(*HOME, "--paused", "2026-02-01/2026-02-03", "--paused", "2026-03-01/2026-03-02")
    assert two["due_at"] == "2026-04-13T23:59:59-07:00"
    assert {each["why"] for each in two["skipped"]} == {"the clock stood still"}


def test_what_is_worth_knowing_stands_beside_the_limit(answer: Any) -> None:
    found = answer("decision_standard", "--received", "2026-12-18", "--programme", "ecm")
    assert [(each["rule"], each["due_at"]) for each in found["beside"]] == [
        ("ecm_decision_target", "2026-12-24T23:59:59-08:00")
    ]


# ── a plan ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def overlay(folder: Path, hour: int) -> Path:
    """A folder with one plan that closes early and counts the first day of streamlined care."""
    (folder / "plans").mkdir()
    (folder / "plans" / "early_plan.yaml").write_text(
        f"id: early_plan\nname: Early Plan\ncounties: [inyo]\nclocks: {{cutoff_hour: {hour}}}\n"
        "parameters: {streamlined_window_counts_first_day: true}\n"
    )
    return folder


def test_a_plans_cut_off_is_the_plans_alone(answer: Any, tmp_path: Path) -> None:
    late = ("decision_standard", "--received", "2026-12-02T17:01-08:00", "--policy", str(overlay(tmp_path, 17)))
    assert answer(*late)["due_at"] == "2026-12-09T23:59:59-08:00"
    assert answer(*late, "--plan", "health_net")["due_at"] == "2026-12-09T23:59:59-08:00"
    assert answer(*late, "--plan", "other_medi_cal_plan")["due_at"] == "2026-12-09T23:59:59-08:00"
    assert answer(*late, "--plan", "early_plan")["due_at"] == "2026-12-10T23:59:59-08:00"


def test_a_plan_may_settle_an_open_question(answer: Any, tmp_path: Path) -> None:
    care = ("streamlined_window", "--received", "2026-06-01", "--policy", str(overlay(tmp_path, 17)))
    assert answer(*care)["due_at"] == "2026-07-01T23:59:59-07:00"
    assert answer(*care, "--plan", "early_plan")["due_at"] == "2026-06-30T23:59:59-07:00"


# ── words ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["the plan decides about a request", "federal holiday: Memorial Day", "Days that did not count"]),
        ("es", ["el plan decide sobre una solicitud", "feriado federal: Día de los Caídos", "Días que no cuentan"]),
        ("zh-Hant", ["健康計劃就一項申請作出決定", "聯邦假日: 陣亡將士紀念日", "不計算的日子"]),
    ],
)
def test_it_is_told_in_words(run: Any, language: str, words: list[str]) -> None:
    code, out, err = run(*MEMORIAL_DAY, "--lang", language)
    assert (code, err) == (0, "")
    assert out.startswith("2026-05-29T23:59:59-07:00")
    assert all(each in out for each in words), out
    assert "due_" not in out


def test_the_help_names_every_clock(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["due", "--help"]) == 0
    told = capsys.readouterr().out
    assert all(name in told for name in document("clocks")["clocks"])
    assert all(option in told for option in ("--received", "--complete", "--extended", "--paused", "--plan", "--lang"))


# ── refusals ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("arguments", "code", "words", "allowed"),
    [
        (("decision_standart", "--received", "2026-05-22"), "unknown_clock", "decision_standart", "decision_standard"),
        (("decision_standard",), "usage", "--received", None),
        (("decision_standard", "--received", "22 May"), "not_a_moment", "22 May", "2026-12-05"),
        ((*MEMORIAL_DAY, "--complete", "2026-05-21"), "impossible_dates", "before the receipt", None),
        ((*MEMORIAL_DAY, "--extended", "soon"), "not_a_moment", "soon", None),
        ((*MEMORIAL_DAY, "--paused", "2026-05-23/2026-05-24"), "not_for_this_clock", "stand still", "--complete"),
        ((*MEMORIAL_DAY, "--programme", "cs.repsite"), "unknown_programme", "cs.repsite", "cs.respite"),
        ((*MEMORIAL_DAY, "--programme", "cs.eaa"), "not_this_programme", "cs.eaa", "ecm"),
        ((*MEMORIAL_DAY, "--plan", "healthnet"), "unknown_plan", "healthnet", "health_net"),
        ((*HOME, "--paused", "2026-02-01"), "not_a_pause", "2026-02-01", "2026-02-01/2026-02-15"),
        ((*HOME, "--paused", "2026-02-01/.."), "not_a_pause", "2026-02-01/..", None),
        ((*HOME, "--paused", "2026-02-01/2026-02-15/2026-03-01"), "not_a_moment", "2026-02-15/2026-03-01", None),
        (
            ("decision_expedited", "--received", "2026-05-22"),
            "needs_an_instant",
            "only a day",
            "2026-05-22T10:15-08:00",
        ),
        (("decision_expedited", "--received", "2026-11-01T01:30"), "hour_of_change", "twice", "2026-11-01T01:30-07:00"),
        (("decision_standard", "--received", "2029-02-01"), "holidays_not_listed", "2028-12-31", None),
    ],
)
def test_it_refuses_and_helps(refusal: Any, arguments: tuple[str, ...], code: str, words: str, allowed: str) -> None:
    error = refusal(*arguments)
    assert error["code"] == code
    assert words in error["problem"]
    assert allowed is None or allowed in error["allowed"]


def test_a_refusal_in_words_stands_on_stderr(run: Any) -> None:
    code, out, err = run("decision_standard", "--received", "2029-02-01")
    assert (code, out) == (2, "")
    assert "holidays are listed from 2022-01-01 to 2028-12-31" in err
    assert "why:" in err
    assert "do:" in err


@pytest.mark.parametrize("missing", ["clocks", "holidays"])
def test_a_policy_without_clocks_says_so(refusal: Any, tmp_path: Path, missing: str) -> None:
    folder = Path(shutil.copytree(GOOD, tmp_path / "policy"))
    (folder / f"{missing}.yaml").unlink()
    error = refusal("decision", "--received", "2026-05-22", "--policy", str(folder))
    assert (error["code"], error["problem"]) == ("missing_document", f"this policy has no {missing}.yaml")


# ── start ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_it_starts_quickly_and_alone() -> None:
    """Neither a web framework nor the engine that decides about people is loaded to count days."""
    code = (
        "import sys; from wholeperson.commands.main import main; "
        f"main(['due', *{list(MEMORIAL_DAY)!r}, '--json']); "
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'django', 'ibis', 'duckdb', 'holidays'}), "
        "[name for name in ('explain', 'decide') if f'wholeperson.rules.{name}' in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PACKAGED)
    assert done.stdout.splitlines()[-1] == "[] []"
