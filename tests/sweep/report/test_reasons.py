"""Reasons, availability, explanations and one fact away, of a small membership whose answers were found by hand."""

from datetime import date
from pathlib import Path

import pytest

from tests.sweep.report.reading import ON, parquet, rows, sweep
from wholeperson.rules.case import Case
from wholeperson.rules.explain import check
from wholeperson.rules.reading.cache import load_policy
from wholeperson.rules.words import Words
from wholeperson.sweep.report.one_member import Members, differences
from wholeperson.sweep.store.opening import open_store

COLUMNS = ["member_id", "programme", "answer", "available", "because", "missing", "settled_by", "version"]


def reasons(out: Path, tmp_path: Path, *more: str, ending: str = "csv") -> list[dict[str, str]]:
    file = tmp_path / f"reasons.{ending}"
    done = sweep("reasons", str(out), "--out", str(file), *more)
    assert done.code == 0, done
    return rows(file) if ending == "csv" else parquet(file)


def test_every_member_and_programme_has_one_row(out: Path, tmp_path: Path) -> None:
    found = reasons(out, tmp_path)
    assert list(found[0]) == COLUMNS
    assert len(found) == 7 * 32
    assert [row["member_id"] for row in found[:7]] == ["m1", "m2", "m3", "m4", "m5", "m6", "m7"]


@pytest.mark.parametrize(
    ("member", "available"),
    [("m1", "yes"), ("m2", "no"), ("m3", "no"), ("m4", "no"), ("m5", "yes"), ("m7", "yes")],
)
def test_care_management_can_be_had_by_the_enrolled(out: Path, tmp_path: Path, member: str, available: str) -> None:
    """Never by whom has left, or has a share of cost; the enrollment file is complete, so m4 is in no plan."""
    found = {row["member_id"]: row for row in reasons(out, tmp_path, "--programme", "ecm")}
    assert found[member]["available"] == available


def test_a_plan_offers_what_it_elected_in_that_county(out: Path, tmp_path: Path) -> None:
    found = {row["member_id"]: row["available"] for row in reasons(out, tmp_path, "--programme", "cs.htns")}
    assert found == {"m1": "yes", "m2": "no", "m3": "no", "m4": "no", "m5": "yes", "m6": "yes", "m7": "not_known"}


def test_only_the_answer_asked_for(out: Path, tmp_path: Path) -> None:
    found = reasons(out, tmp_path, "--programme", "pof_1a_homeless_adult", "--answer", "yes")
    assert [row["member_id"] for row in found] == ["m1", "m2", "m3", "m5", "m6"]
    assert all("not_for_sleeping" in row["because"].split(";") for row in found)


def test_parquet_and_csv_say_the_same(out: Path, tmp_path: Path) -> None:
    kept = reasons(out, tmp_path, "--programme", "ecm", ending="parquet")
    told = reasons(out, tmp_path, "--programme", "ecm")
    for parts, line in zip(kept, told, strict=True):
        joined = {key: ";".join(value) if isinstance(value, list) else value for key, value in parts.items()}
        assert joined == line


def test_a_file_of_another_kind_is_refused_and_nothing_is_written(out: Path, tmp_path: Path) -> None:
    done = sweep("reasons", str(out), "--out", str(tmp_path / "reasons.xlsx"), "--json")
    assert done.error["allowed"] == [".parquet", ".csv"]
    assert not list(tmp_path.iterdir())


def test_one_fact_away_is_what_settles_whatever_the_answer(out: Path, tmp_path: Path) -> None:
    """One line a member, programme and fact; each of them is among the reasons as well."""
    told = {(row["member_id"], row["programme"], row["fact"]) for row in rows(out / "one_fact_away.csv")}
    meant = {
        (row["member_id"], row["programme"], fact)
        for row in reasons(out, tmp_path, "--answer", "not_known")
        for fact in row["settled_by"].split(";")
        if fact
    }
    assert told == meant
    assert ("m1", "cs.asthma_remediation", "has_poorly_controlled_asthma") not in told


def test_explain_is_the_check_of_that_member(out: Path) -> None:
    told = sweep("explain", str(out), "m1", "--on", ON, "--programme", "pof_1a_homeless_adult")
    assert told.code == 0
    assert told.out.startswith("m1, 2026-11-21, Contra Costa Health Plan, Contra Costa\n")
    assert "✓ Adults experiencing homelessness: yes" in told.out
    assert "✓ is pregnant  (told by the member; G26 p.13)" in told.out


def test_explain_says_that_the_run_said_the_same(out: Path) -> None:
    for member in ("m1", "m2", "m3", "m4", "m5", "m6", "m7"):
        told = sweep("explain", str(out), member, "--on", ON, "--json").json
        assert told["schema"] == "wholeperson/check@1"
        assert told["person"] == member
        assert told["run"] == {"on": ON, "differs": [], "not_compared": None}


def test_explain_for_another_day_does_not_compare(out: Path) -> None:
    told = sweep("explain", str(out), "m1", "--on", "2026-01-31", "--json").json
    assert told["on"] == "2026-01-31"
    assert told["run"]["not_compared"] == f"it decided for {ON}"


def test_others_read_no_private_reason(out: Path) -> None:
    told = sweep("explain", str(out), "m1", "--on", ON, "--audience", "others", "--full")
    assert told.code == 0
    assert "a health reason" in told.out
    assert "pregnant" not in told.out


def test_explain_refuses_who_is_no_member(out: Path) -> None:
    error = sweep("explain", str(out), "nobody", "--on", ON, "--json").error
    assert error["code"] == "no_such_member"


def test_explain_refuses_a_folder_that_is_no_run(tmp_path: Path) -> None:
    assert sweep("explain", str(tmp_path), "m1", "--on", ON, "--json").error["code"] == "no_run"


def test_a_hundred_members_are_explained_as_the_run_decided(many: Path) -> None:
    """Answer, availability, reasons, missing facts and what settles them, of every programme."""
    policy = load_policy()
    members = Members(many, open_store(many.parent / "store"), policy)
    words = Words(policy, "en")
    for at in range(100):
        person, said = members.find(f"p{at:03}")
        report = check(Case(policy, person, on=date.fromisoformat(ON)), policy.programmes, words, tree=False)
        assert len(said) == 32
        assert not differences(report, said)
