"""The worklist of a small membership: who stands in it, what is said of them to whom, and how it is cut."""

from datetime import date
from pathlib import Path

import pytest

from tests.sweep.report.reading import rows
from wholeperson.rules.problems import Refused
from wholeperson.rules.reading.cache import load_policy
from wholeperson.rules.words import Words
from wholeperson.sweep.report.worklist import COLUMNS, Wish, write_worklist
from wholeperson.sweep.run.result import Result

POLICY = load_policy()


def work(out: Path, tmp_path: Path, wish: Wish) -> dict[str, dict[str, str]]:
    file = tmp_path / "work.csv"
    with Result(out) as result:
        write_worklist(result, POLICY, date(2026, 11, 21), file, wish, Words(POLICY, "en"))
    return {row["member_id"]: row for row in rows(file)}


def test_it_is_one_of_the_files_of_a_run(out: Path) -> None:
    told = rows(out / "worklist.csv")
    assert list(told[0]) == COLUMNS
    assert [int(row["rank"]) for row in told] == list(range(1, len(told) + 1))
    assert len({row["member_id"] for row in told}) == len(told)


def test_whoever_fits_and_can_have_it_stands_first(out: Path) -> None:
    first = rows(out / "worklist.csv")[0]
    assert first["member_id"] == "m1"
    assert first["offer"].split(";")[0] == "ecm"
    assert first["county"] == "contra_costa"
    assert first["language"] == "es"
    assert first["recent_events"] == "1"


def test_the_dead_the_uncovered_and_the_enrolled_are_left_out(out: Path, tmp_path: Path) -> None:
    """m6 died, m2 and m3 cannot have it, m4 is in no plan; m5 has her care management, and is offered the rest only."""
    found = work(out, tmp_path, Wish("care"))
    assert not {"m2", "m3", "m4", "m6"} & set(found)
    assert "ecm" not in found["m5"]["offer"].split(";")
    assert "cs.htns" in found["m5"]["offer"].split(";")


def test_others_read_a_health_reason(out: Path, tmp_path: Path) -> None:
    plan, others = (work(out, tmp_path, Wish(audience))["m1"] for audience in ("plan", "others"))
    assert "Enhanced Care Management: a health reason" in others["why"]
    assert "pregnant" not in " ".join(others.values())
    assert "is an adult who has no home and needs help with their health" in plan["why"]
    assert "PACE" not in plan["why"]


def test_the_question_is_the_one_that_settles_most(out: Path, tmp_path: Path) -> None:
    for row in work(out, tmp_path, Wish("care")).values():
        if row["next_fact"]:
            assert row["next_question"] == POLICY.facts[row["next_fact"]].ask
            assert row["one_fact_away"]


def test_a_list_leaves_out_open_referrals_until_its_day(out: Path, tmp_path: Path) -> None:
    listed = tmp_path / "leave.csv"
    listed.write_text(
        "member_id,programme,reason,until\nm1,ecm,open_referral,\nm5,cs.htns,declined,2026-11-20\nm5,,declined,2026-11-21\n"
    )
    found = work(out, tmp_path, Wish("care", listed))
    assert "ecm" not in found["m1"]["offer"].split(";")
    assert "m5" not in found


def test_a_row_that_is_not_understood_is_refused(out: Path, tmp_path: Path) -> None:
    listed = tmp_path / "leave.csv"
    listed.write_text("member_id,programme,reason,until\nm1,ecn,open_referral,\n")
    with pytest.raises(Refused) as refused:
        work(out, tmp_path, Wish("care", listed))
    assert refused.value.problems[0].where.line == 2
    assert "ecm" in refused.value.problems[0].allowed


@pytest.mark.parametrize(("places", "members"), [("1", {"m1"}), ("0", set())])
def test_it_is_cut_to_the_places_that_are_free(out: Path, tmp_path: Path, places: str, members: set[str]) -> None:
    assert set(work(out, tmp_path, Wish("care", None, places))) == members


def test_each_programme_has_its_own_places(out: Path, tmp_path: Path) -> None:
    """One place in housing navigation: it goes to the first in line, and the other keeps her other offers."""
    places = tmp_path / "places.csv"
    places.write_text("programme,places\ncs.htns,1\n")
    found = work(out, tmp_path, Wish("care", None, str(places)))
    having = [member for member, row in found.items() if "cs.htns" in row["offer"].split(";")]
    assert having == ["m1"]
    assert "m5" in found
