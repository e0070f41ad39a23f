"""What changed between two runs, and why: each cause made by hand in a membership that is otherwise the same."""

import json
import shutil
from pathlib import Path

import pytest

from tests.sweep.input.tables import imported, write
from tests.sweep.report.conftest import COMPLETE, COVERAGE, FACTS, MEMBERS, SPELLS
from tests.sweep.report.reading import rows, sweep, swept

Change = tuple[str, str, str]


def changed(out: Path, *, later: str) -> dict[tuple[str, str], Change]:
    told = rows(out / "changes.csv")
    assert all(row["before"] != row["after"] for row in told), later
    return {(row["member_id"], row["programme"]): (row["before"], row["after"], row["cause"]) for row in told}


@pytest.fixture(scope="module")
def later(out: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Change]:
    """A month of news: m1 has a home, m2 is covered again, m5 was five times in the ER, m4 is gone and m8 has come."""
    folder = tmp_path_factory.mktemp("later")
    home = "m1,primary_residence_not_meant_for_sleeping,false,2026-11-20,,2026-11-20,referrer,shelter outreach"
    tables = {
        "members": MEMBERS.replace("m4,1980-05-04,,fresno,,", "m8,1980-05-04,,fresno,,"),
        "coverage": COVERAGE.replace("2026-06-30,none", ",none"),
        "facts": FACTS.replace("m1,primary_residence", "m9,primary_residence") + "\n" + home,
        "spells": SPELLS
        + "".join(f"    m5,emergency_visit,2026-08-0{day},,w{day},claims,true,\n" for day in range(1, 6)),
        "complete": COMPLETE,
    }
    done = imported(write(folder / "in", **tables), folder / "store")
    assert done.code == 0, done
    return changed(swept(folder / "store", folder / "out", "--since", str(out)), later="later")


def test_without_an_earlier_run_nothing_has_changed(out: Path) -> None:
    assert (out / "changes.csv").read_text("utf-8") == "member_id,programme,before,after,cause\n"


def test_the_same_store_on_the_same_day_has_no_changes(store: Path, out: Path, tmp_path: Path) -> None:
    assert not changed(swept(store, tmp_path / "again", "--since", str(out)), later="again")


def test_a_fact_that_changed_is_the_cause(later: dict[tuple[str, str], Change]) -> None:
    before, after, cause = later["m1", "pof_1a_homeless_adult"]
    assert (before, after) in (("yes", "no"), ("yes", "not_known"))
    assert cause.split("; ")[0] == "primary_residence_not_meant_for_sleeping"


def test_an_event_that_came_is_the_cause(later: dict[tuple[str, str], Change]) -> None:
    before, after, cause = later["m5", "pof_2a_adult_avoidable_use"]
    assert before != "yes"
    assert (after, cause) == ("yes", "event emergency_visit")


def test_who_came_and_who_is_gone_is_told(later: dict[tuple[str, str], Change]) -> None:
    assert later["m4", "ecm"][1:] == ("", "gone")
    assert later["m8", "ecm"][0] == ""
    assert later["m8", "ecm"][2] == "new member"
    assert sum(member == "m8" for member, _ in later) == 32


def test_a_birthday_is_the_cause(store: Path, out: Path, tmp_path: Path) -> None:
    """m7 turns eight in February 2027, m1 to m6 are adults: nobody turns 21. Twenty years on m7 has."""
    found = changed(swept(store, tmp_path / "out", "--since", str(out), on="2041-11-21"), later="2041")
    before, after, cause = found["m7", "pof_2a_adult_avoidable_use"]
    assert before == "no"
    assert after == "not_known"
    assert "birthday" in cause.split("; ")
    assert not any("event" in each[2] for each in found.values()), "nothing happened but that time went by"
    report = (tmp_path / "out" / "report.html").read_text("utf-8")
    since = report.partition("<h2>Since the earlier run</h2>")[2].partition("<h2>")[0]
    assert "Of fewer than eleven members it is not told here what changed" in since
    assert "<table" not in since, "a program that is listed would say of whom something changed"


def test_a_yes_that_became_a_no_ends_nothing(store: Path, out: Path, tmp_path: Path) -> None:
    """The policy of the earlier run is made another, and with it one of its answers: only the policy is to blame."""
    earlier = tmp_path / "earlier"
    shutil.copytree(out, earlier)
    told = json.loads((earlier / "run.json").read_text("utf-8"))
    told["versions"]["pof_2b_child_avoidable_use"] = "another"
    (earlier / "run.json").write_text(json.dumps(told), "utf-8")
    _all_yes(earlier / "patterns.parquet", "pof_2b_child_avoidable_use")
    found = changed(swept(store, tmp_path / "out", "--since", str(earlier)), later="policy")
    assert found["m1", "pof_2b_child_avoidable_use"] == (
        "yes", "no", "policy: pof_2b_child_avoidable_use; ends nothing",
    )  # fmt: skip
    assert {programme for _, programme in found} == {"pof_2b_child_avoidable_use"}


def test_an_earlier_run_that_is_none_is_refused_before_anything_is_done(store: Path, tmp_path: Path) -> None:
    done = sweep("run", str(store), "--on", "2026-11-21", "--out", str(tmp_path / "o"), "--since", str(tmp_path / "x"),
                 "--json")  # fmt: skip
    assert done.error["code"] == "no_run"
    assert not (tmp_path / "o").exists()


def _all_yes(path: Path, programme: str) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pq.read_table(path)
    told = [{**row, "answer": "yes" if row["programme"] == programme else row["answer"]} for row in table.to_pylist()]
    pq.write_table(pa.Table.from_pylist(told, table.schema), path)
