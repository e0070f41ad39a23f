"""What a sweep found becomes a list: each line for whoever sees its member, no name in a count, and never twice."""

import json
from pathlib import Path

import pytest
from django.test import Client

from tests.casework.eligibility.known import PLAN, member, plan
from tests.commands.door import run
from tests.people import MAKER, NOW, TODAY, World
from wholeperson.casework.eligibility import actions, findings
from wholeperson.casework.eligibility.models import Finding, Sweep
from wholeperson.casework.members import actions as members
from wholeperson.record.actors import System
from wholeperson.sweep.report.found import Found

pytestmark = pytest.mark.django_db
TAKER = System("tests", frozenset({"found.take"}))
LINES = [
    Found(1, "91234567A", "cs.mtm_msf", "offer", "yes", ("has an illness such as cancer", "a health reason"), ""),
    Found(2, "91234567A", "ecm", "one_fact_away", "not_known", (), "in_program_that_replaces_ecm"),
    Found(3, "91234568B", "cs.mtm_msf", "ask_the_plan", "yes", (), ""),
    Found(4, "95555555E", "ecm", "offer", "yes", (), ""),  # somebody whom nobody here knows
]


def take(world: World, lines: list[Found] = LINES, digest: str = "a") -> tuple[Sweep, bool]:
    return actions.take_in(
        lines, organisation=plan(world), on=TODAY, policy_version="v", digest=digest, system="cin", by=TAKER, at=NOW
    )


@pytest.fixture
def town(world: World) -> World:
    """Rosa and James of the plan; Bayside knows Rosa."""
    for given, cin in (("Rosa", "91234567A"), ("James", "91234568B")):
        made = member(world, given)
        members.add_identifier(made, system="cin", value=cin, by=MAKER, at=NOW)
        if given == "Rosa":
            world.relate(made, "Bayside", scope="care", reason="referral")
    return world


def test_lines_of_members_we_know_are_kept_once(town: World) -> None:
    sweep, is_new = take(town)
    assert (sweep.read, sweep.kept, is_new) == (4, 3, True)
    assert take(town) == (sweep, False)
    assert Finding.objects.count() == 3


def test_each_reads_the_lines_of_their_own_members(town: World, client: Client) -> None:
    take(town, LINES[:1], "older")
    take(town)
    anil = town.person("Anil Rao", "analyst", at="Contra Costa Health Plan")
    ines = town.person("Ines Tran", "provider_intake", at="Bayside")
    client.force_login(anil)
    shown = client.get("/may-fit/").content.decode()
    assert shown.count(">Rosa Delgado</a>") == 2
    assert shown.count(">James Delgado</a>") == 1
    assert "a health reason" not in shown
    assert "And a private reason, which a list does not name." in shown
    assert "By what is on record the rules say yes." in shown
    only = client.get("/may-fit/?programme=cs.mtm_msf&kind=ask_the_plan").content.decode()
    assert ("Rosa Delgado" in only, "James Delgado" in only) == (False, True)
    client.force_login(ines)
    shown = client.get("/may-fit/").content.decode()
    assert ("Rosa Delgado" in shown, "James Delgado" in shown) == (True, False)


def test_who_looks_after_the_network_reads_counts_and_no_small_ones(town: World, client: Client) -> None:
    take(town)
    nate = town.person("Nate Kim", "network_manager", at="Contra Costa Health Plan")
    assert {many for _, _, many in findings.tallies(nate)} == {None}
    assert findings.tallies(town.person("Nora Kim", "network_manager", at="Other Plan")) == []
    client.force_login(nate)
    shown = client.get("/may-fit/").content.decode()
    assert "10 or fewer" in shown
    assert "Rosa" not in shown


def test_a_run_of_the_sweep_is_taken_in_by_the_command(town: World, tmp_path: Path) -> None:
    """The file names of the contract, with the least that a run has in them."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    said = {"schema": "wholeperson/sweep@1", "on": str(TODAY), "policy_version": "v"}
    (tmp_path / "run.json").write_text(json.dumps(said))
    head = "rank,member_id,county,language,offer,ask_the_plan,why,one_fact_away,next_fact,next_question,settled_share"
    row = "1,91234567A,contra_costa,en,cs.day_habilitation,,x,ecm,in_hospice,x,0.5"
    (tmp_path / "worklist.csv").write_text(f"{head},recent_events\n{row},0\n")
    found = {"member_id": ["91234567A"], "cs.day_habilitation": [1], "ecm": [2]}
    pq.write_table(pa.table(found), tmp_path / "determinations.parquet")
    because = [["primary_residence_not_meant_for_sleeping"], []]
    patterns = {"programme": ["cs.day_habilitation", "ecm"], "pattern": [1, 2], "answer": ["yes", "not_known"]}
    pq.write_table(pa.table({**patterns, "because": because}), tmp_path / "patterns.parquet")
    ran = run("sweep", "take", str(tmp_path), "--plan", PLAN, "--json", policy=None)
    assert ran.code == 0, ran.err
    assert (ran.json["read"], ran.json["kept"], ran.json["new"]) == (2, 2, True)
    kept = {row.programme: (row.kind, row.answer, row.next_fact) for row in Finding.objects.all()}
    assert kept == {"cs.day_habilitation": ("offer", "yes", ""), "ecm": ("one_fact_away", "not_known", "")}
    assert run("sweep", "take", str(tmp_path), "--plan", "no_plan", "--json", policy=None).code == 2
