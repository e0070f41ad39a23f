"""The same seed gives the same bytes, whatever the threads; what fails or is stopped leaves nothing behind."""

import hashlib
import json
from datetime import date
from pathlib import Path

import duckdb
import pytest

from wholeperson.commands.main import main
from wholeperson.rules.reading.cache import load_policy
from wholeperson.sweep.synth import membership
from wholeperson.sweep.synth.membership import Order, make_membership

FIRST = {
    "members": "max(birth_date)",
    "coverage": 'max("from")',
    "facts": "max(learnt)",
    "spells": 'max("until")',
    "medical_claim": "sum(charge_amount)::decimal(18, 2)",
}
ON = date(2026, 11, 21)


def made(folder: Path, **order) -> dict[str, str]:
    make_membership(Order(**{"members": 700, "seed": 5, "on": ON, **order}), load_policy(), folder, lambda _: None)
    return {each.name: hashlib.sha256(each.read_bytes()).hexdigest() for each in sorted(folder.iterdir())}


def test_same_seed_same_bytes_whatever_the_threads(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(membership, "BLOCK", 100)
    one = made(tmp_path / "one", threads=1)
    assert one == made(tmp_path / "three", threads=3)
    assert one != made(tmp_path / "other", seed=6)


def test_a_failure_leaves_nothing_and_keeps_what_was_there(tmp_path, monkeypatch) -> None:
    kept = made(tmp_path / "in")

    def broken(*_) -> None:
        raise OSError("no room")

    monkeypatch.setattr(membership.statements, "facts_table", broken)
    with pytest.raises(OSError, match="no room"):
        made(tmp_path / "in", seed=9)
    assert [each.name for each in tmp_path.iterdir()] == ["in"]
    assert kept == {each.name: hashlib.sha256(each.read_bytes()).hexdigest() for each in (tmp_path / "in").iterdir()}


def test_planted_answers_are_given_for_the_rules_they_were_written_for(tmp_path) -> None:
    made(tmp_path / "this", on=date(2026, 12, 31))
    made(tmp_path / "next", on=date(2027, 1, 1))
    this, later = (json.loads((tmp_path / name / "planted.json").read_text()) for name in ("this", "next"))
    assert len(this) > 300
    assert set(this[0]) == {"member_id", "programme", "edge", "answer"}
    assert this[0]["member_id"] == "S00000701"
    assert later == []


def test_csv_says_the_same(tmp_path) -> None:
    made(tmp_path / "words", as_csv=True)
    made(tmp_path / "columns")
    for name in ("members", "coverage", "facts", "spells", "medical_claim"):
        one, other = (
            duckdb.connect().execute(f"select count(*), {FIRST[name]} from '{path}'").fetchone()
            for path in (tmp_path / "words" / f"{name}.csv", tmp_path / "columns" / f"{name}.parquet")
        )
        assert one == other, name


def test_a_folder_of_somebody_else_is_not_replaced(tmp_path, capsys) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    code = main(["synth", "--members", "5", "--seed", "1", "--out", str(tmp_path), "--json"])
    assert code == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "folder_in_use"
    assert (tmp_path / "thesis.txt").read_text() == "mine"


@pytest.mark.parametrize(
    ("more", "where"),
    [
        (["--members", "0", "--seed", "1"], "--members"),
        (["--members", "1e6", "--seed", "1"], "--members"),
        (["--members", "5", "--seed", "-1"], "--seed"),
        (["--members", "5", "--seed", "1", "--threads", "0"], "--threads"),
        (["--members", "5", "--seed", "1", "--on", "21.11.2026"], "--on"),
    ],
)
def test_what_cannot_be_made_is_refused(tmp_path, capsys, more, where) -> None:
    out = tmp_path / "in"
    assert main(["synth", "--json", "--out", str(out), *more]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["where"]["file"] == where
    assert not out.exists()
