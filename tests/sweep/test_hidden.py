"""What a source does not show, once it no longer says that it is complete, turns no yes into a no and no no into a yes.

Stays that absorb visits or are merged are left alone: two halves of one stay are two stays to whoever did not see its
middle, and a visit whose stay nobody saw is a visit. Both can only raise what is counted. So is whoever somebody said a
plain no of: where records told otherwise and are gone, that word stands, and it is no silence (the last test).
"""

import json
import random
import shutil
import sys
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.house.tree import ROOT
from tests.sweep.crowds import CROWDS, TREES, few, found
from tests.sweep.tiny import policy
from wholeperson.commands.main import main
from wholeperson.rules.person import Complete, Happening, Person, Statement
from wholeperson.rules.proving.cases import read_cases
from wholeperson.rules.reading.cache import load_policy
from wholeperson.rules.reading.library import Policy
from wholeperson.sweep.synth.membership import Order, make_membership

ON = date(2026, 11, 21)


@few(15)
@given(tree=TREES, crowd=CROWDS, chance=st.randoms(use_true_random=False))
def test_nothing_is_turned_round(tree: dict[str, Any], crowd: list[Person], chance: random.Random) -> None:
    assert not turned(policy(tree), crowd, chance)["turned"]


@pytest.mark.long
@few(200)
@given(tree=TREES, crowd=CROWDS, chance=st.randoms(use_true_random=False))
def test_nothing_is_turned_round_however_long_one_looks(
    tree: dict[str, Any], crowd: list[Person], chance: random.Random
) -> None:
    assert not turned(policy(tree), crowd, chance)["turned"]


@pytest.mark.long
def test_of_the_policys_own_cases_nothing_is_turned_round() -> None:
    made, chance, seen = load_policy(), random.Random(4), Counter[str]()
    cases = read_cases(ROOT / "tests" / "policy" / "cases", made)
    crowd = [without_a_no(each.person) for each in cases if each.on == ON]
    for _ in range(10):
        seen += turned(made, crowd, chance)
    assert not seen["turned"], seen
    assert seen["no longer known"] > 100


def turned(made: Policy, crowd: list[Person], chance: random.Random) -> Counter[str]:
    """How many answers became their opposite, and how many not known, once something was hidden from everybody."""
    before = found(made, crowd, "duckdb")
    after = found(made, [hidden(each, made, chance) for each in crowd], "duckdb")
    pairs = [(was.answer, now.answer) for name in before for was, now in zip(before[name], after[name], strict=True)]
    return compared(pairs)


def compared(pairs: list[tuple[str, str]]) -> Counter[str]:
    seen = Counter({"compared": len(pairs)})
    seen["turned"] = sum({was, now} == {"yes", "no"} for was, now in pairs)
    seen["no longer known"] = sum(now == "not_known" != was for was, now in pairs)
    return seen


def hidden(person: Person, made: Policy, chance: random.Random) -> Person:
    """Without some of what one source told of events, and without its word that it is complete."""
    source = chance.choice([*dict.fromkeys(each.source for each in person.complete), "claims"])
    kept = tuple(
        each for each in person.happenings if each.source != source or lasts(each.event, made) or chance.random() < 0.5
    )
    return replace(person, happenings=kept, complete=tuple(each for each in person.complete if each.source != source))


def without_a_no(person: Person) -> Person:
    """Without what somebody said against the records: *no*, or a number beside those counted."""
    return replace(
        person,
        statements=tuple(each for each in person.statements if not isinstance(each.value, int) or each.value is True),
    )


def lasts(event: str, made: Policy) -> bool:
    """Whether it absorbs others, or is merged with its like."""
    absorbs = any(each.absorb_into == event for each in made.events.values())
    pooled = any(event in each.pool and each.merge_gap is not None for each in made.events.values())
    return absorbs or pooled or made.events[event].merge_gap is not None


@pytest.mark.long
def test_claims_that_did_not_come_turn_nothing_round(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The whole path: half of the claims that are no stay are missing, and claims are said to be complete no longer."""
    make_membership(Order(10_000, 5, ON), load_policy(), tmp_path / "in", lambda _: None)
    hide_a_no(tmp_path / "in")
    shutil.copytree(tmp_path / "in", tmp_path / "in_hidden")
    hide_claims(tmp_path / "in_hidden")
    before, after = answers(tmp_path, ""), answers(tmp_path, "_hidden")
    seen = compared([(before[key], after[key]) for key in before])
    with capsys.disabled():
        sys.stdout.write(f"\nof {seen['compared']:,} answers {seen['no longer known']:,} were known no longer\n")
    assert not seen["turned"], [key for key in before if {before[key], after[key]} == {"yes", "no"}][:20]
    assert seen["no longer known"] > seen["compared"] / 50


def hide_claims(folder: Path) -> None:
    """Half of them, each with all its versions; what a hospital or nursing facility billed for a stay is there."""
    claims, complete = folder / "medical_claim.parquet", folder / "complete.csv"
    told = f"""SELECT * FROM '{claims}' WHERE bill_type_code SIMILAR TO '(1[128]|2[128]|66).'
               OR hash(coalesce(original_claim_id, claim_id)) % 2 = 0"""
    duckdb.execute(f"COPY ({told}) TO '{folder / 'made'}' (FORMAT parquet)")
    (folder / "made").replace(claims)
    rows = complete.read_text().splitlines()
    at = rows[0].split(",").index("source")
    complete.write_text("\n".join(row for row in rows if row.split(",")[at].strip('"') != "claims") + "\n")


def hide_a_no(folder: Path) -> None:
    """The same as ``without_a_no``, in the table of facts."""
    facts = folder / "facts.parquet"
    told = f"SELECT * FROM '{facts}' WHERE value <> 'false' AND NOT regexp_full_match(value, '[0-9]+')"
    duckdb.execute(f"COPY ({told}) TO '{folder / 'made'}' (FORMAT parquet)")
    (folder / "made").replace(facts)


def answers(folder: Path, which: str) -> dict[tuple[str, str], str]:
    """Member and programme → answer."""
    store, out = folder / f"store{which}", folder / f"out{which}"
    assert main(["sweep", "import", str(folder / f"in{which}"), "--store", str(store), "--json"]) == 0
    assert main(["sweep", "run", str(store), "--on", ON.isoformat(), "--out", str(out), "--json"]) == 0
    assert json.loads((out / "run.json").read_text())["members"] >= 1_000
    rows = duckdb.sql(
        f"""SELECT member_id, programme, answer
        FROM (UNPIVOT '{out}/determinations.parquet' ON COLUMNS(* EXCLUDE member_id)
              INTO NAME programme VALUE pattern)
        JOIN '{out}/patterns.parquet' USING (programme, pattern)"""
    ).fetchall()
    return {(member, programme): answer for member, programme, answer in rows}


def test_where_the_records_are_gone_somebodys_own_no_stands() -> None:
    day = date(2026, 10, 10)
    visits = tuple(Happening("visit", day, day, {}, "claims", f"e{at}") for at in range(2))
    said = (Statement("visits_said", 1, None, None, None, "referrer", None),)
    whole = (Complete("claims", None, date(2020, 1, 1), ON),)
    leaf = {"count": "visit", "within": "1 month", "ending": "last_complete_month", "at_least": 2,
            "attested": "visits_said", "mark": "source-verified", "says": "x", "id": "x"}  # fmt: skip
    seen = Person("x", None, None, (), None, (), said, visits, whole)
    crowd = [seen, replace(seen, happenings=visits[:1], complete=()),
             replace(seen, happenings=visits[:1], complete=(), statements=())]  # fmt: skip
    answers = found(policy({"any_of": [leaf], "id": "root"}), crowd, "duckdb")["p"]
    assert [each.answer for each in answers] == ["yes", "no", "not_known"]
