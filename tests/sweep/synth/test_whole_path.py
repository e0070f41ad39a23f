"""The whole path: the planted members, imported with their claims and swept, have the answers written by hand."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from wholeperson.commands.main import main
from wholeperson.rules.reading.cache import load_policy
from wholeperson.sweep.synth.membership import Order, make_membership

ON = date(2026, 11, 21)
BY_CLAIMS = (
    "pof_2a_adult_avoidable_use",
    "pof_2b_child_avoidable_use",
)  # counts of claims decide, and nothing else asks
COUNTS = ("avoidable_ed_visits_6m", "avoidable_unplanned_inpatient_plus_short_snf_stays_6m", "avoidable_ed_visits_12m",
          "smh_sud_ed_visits_12m", "smh_sud_hospitalizations_12m")  # fmt: skip


def swept(folder: Path, members: int) -> Path:
    """A membership made, imported and swept; the folder of the run."""
    make_membership(Order(members, 3, ON), load_policy(), folder / "in", lambda _: None)
    assert main(["sweep", "import", str(folder / "in"), "--store", str(folder / "store"), "--json"]) == 0
    assert main(["sweep", "run", str(folder / "store"), "--on", ON.isoformat(), "--out", str(folder / "out")]) == 0
    return folder / "out"


def answers(run: Path, programme: str) -> dict[str, str]:
    told = f"""select member_id, answer from '{run}/determinations.parquet' as d
               join '{run}/patterns.parquet' as p on p.programme = '{programme}' and p.pattern = d."{programme}" """
    return dict(duckdb.execute(told).fetchall())


def differences(run: Path) -> list[tuple[Any, ...]]:
    planted = json.loads((run.parent / "in" / "planted.json").read_text())
    found = {programme: answers(run, programme) for programme in {each["programme"] for each in planted}}
    got = [(each, found[each["programme"]].get(each["member_id"])) for each in planted]
    return [
        (each["programme"], each["edge"], each["answer"], answer) for each, answer in got if answer != each["answer"]
    ]


def test_every_planted_member_is_decided_right(tmp_path, capsys) -> None:
    run = swept(tmp_path, members=1)
    imported = json.loads(capsys.readouterr().out.splitlines()[0])
    assert {name: table["set_aside"] for name, table in imported["tables"].items()} == dict.fromkeys(
        imported["tables"], 0
    )
    assert differences(run) == []


def not_known(run: Path) -> dict[str, float]:
    """Programme → which part of the members nobody can tell yes or no of, most first."""
    told = f"""select programme, coalesce(sum(members) filter (answer = 'not_known'), 0) / sum(members) as share
               from '{run}/patterns.parquet' group by programme order by share desc, programme"""
    return dict(duckdb.execute(told).fetchall())


def counts_not_known(run: Path) -> dict[str, float]:
    """Count → for which part of the members it is missing, in whichever programme it is most."""
    told = f"""select fact, max(share) from (
                   select programme, fact, sum(members) / any_value(everybody) as share
                   from (select *, unnest(missing) as fact, (select count(*) from '{run}/determinations.parquet')
                         as everybody from '{run}/patterns.parquet')
                   where fact in {COUNTS} group by programme, fact) group by fact"""
    found = dict(duckdb.execute(told).fetchall())
    assert found.keys() == {*COUNTS}
    return found


@pytest.mark.long
def test_three_to_five_members_in_a_hundred_are_of_a_population(tmp_path) -> None:
    run = swept(tmp_path, members=50_000)
    assert differences(run) == []
    yes: set[str] = set()
    for programme in json.loads((run / "run.json").read_text())["programmes"]:
        found = {member for member, answer in answers(run, programme).items() if answer == "yes"}
        drawn = {member for member in found if member <= "S00050000"}
        assert drawn, programme
        if programme == "ecm":
            assert 0.03 <= len(drawn) / 50_000 <= 0.05
        yes |= drawn if programme.startswith("pof_") else set()
    assert 0.03 <= len(yes) / 50_000 <= 0.05
    unknown = not_known(run)
    sys.stdout.write("".join(f"\n{name:<34}{share:>7.1%} not known" for name, share in unknown.items()) + "\n")
    assert all(unknown[name] <= 0.3 for name in BY_CLAIMS), unknown
    for name, share in counts_not_known(run).items():
        assert share <= 0.3, (name, share)
