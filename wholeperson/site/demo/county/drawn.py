"""Three hundred members drawn as `wholeperson synth` draws them: the same ones on the same day, with what is told."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from wholeperson.site.demo.county.names import name_of
from wholeperson.sweep.synth import completeness, membership
from wholeperson.sweep.synth.files import Parquet
from wholeperson.sweep.synth.people import World
from wholeperson.sweep.synth.times import times

SEED, DRAWN = 26, 9_000
STORIED, PLAIN = 240, 60  # members of whom much is told, and of whom little is
MUCH, MOST = 3, 4  # facts that are much; the most that are written down of somebody
# (the cast's key, the policy's word, county, share)
PLACES = [
    ("plan", "contra_costa_health_plan", "contra_costa", 70.0),
    ("plan_2", "health_net", "san_joaquin", 12.0),
    ("plan_3", "other_medi_cal_plan", "contra_costa", 18.0),
]


@dataclass(frozen=True)
class Neighbor:
    """One member: who they are, in which plan (by the cast's key), and what is told of them."""

    number: str  # in the drawn membership
    cin: str
    given: str
    family: str
    born: date
    language: str
    county: str
    plan: str
    facts: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Drawn:
    """The members, and the tables that a sweep reads of them."""

    neighbors: list[Neighbor]
    tables: dict[str, pa.Table]
    complete: str


def draw(on: date) -> Drawn:
    """The members of the county, as they are known on a day."""
    block = membership.make_block(0, DRAWN, SEED, _world(), times(on))
    told = _told(block.tables["facts"])
    wanted = _chosen(block.tables["members"], told)
    tables = {name: _of(table, wanted) for name, table in block.tables.items()}
    place = {number: at for at, number in enumerate(wanted)}
    rows = tables["members"].to_pylist()
    plans = {row["member_id"]: str(row["plan"]) for row in tables["coverage"].to_pylist()}
    neighbors = [_neighbor(row, plans[row["member_id"]], told[row["member_id"]], place) for row in rows]
    lines = [line for line in block.complete.splitlines() if line.rsplit(",", 1)[-1] in place]
    complete = completeness.HEADER + completeness.for_all(times(on)) + "".join(f"{line}\n" for line in lines)
    return Drawn(neighbors, tables, complete)


def write(drawn: Drawn, folder: Path) -> None:
    """The tables as files, in the form that `sweep import` reads."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in drawn.tables.items():
        writer = Parquet(folder / name, table.schema)
        writer.write_table(table)
        writer.close()
    (folder / "complete.csv").write_text(drawn.complete, "utf-8")


def _world() -> World:
    words, counties = [place[1] for place in PLACES], [place[2] for place in PLACES]
    plans, places = tuple(sorted(set(words))), tuple(sorted(set(counties)))
    return World(
        plans, places,
        np.array([plans.index(word) for word in words], dtype=np.int32),
        np.array([places.index(county) for county in counties], dtype=np.int32),
        tuple(place[3] for place in PLACES),
    )  # fmt: skip


def _told(facts: pa.Table) -> dict[str, list[dict[str, Any]]]:
    told: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in facts.to_pylist():
        told[row["member_id"]].append(row)
    return told


def _chosen(members: pa.Table, told: dict[str, list[dict[str, Any]]]) -> list[str]:
    """First those of whom much is told, then some of whom little is; nobody who has died."""
    living = [row["member_id"] for row in members.to_pylist() if row["death_date"] is None]
    much = [number for number in living if len(told[number]) >= MUCH][:STORIED]
    little = [number for number in living if len(told[number]) < MUCH][:PLAIN]
    return [*much, *little]


def _of(table: pa.Table, wanted: list[str]) -> pa.Table:
    name = "member_id" if "member_id" in table.column_names else "person_id"
    return table.filter(pc.is_in(table[name].cast(pa.string()), pa.array(wanted)))


def _neighbor(row: dict[str, Any], plan: str, told: list[dict[str, Any]], place: dict[str, int]) -> Neighbor:
    at = place[row["member_id"]]
    language = str(row["languages"]).split(";")[0].lower()
    given, family = name_of(language, at)
    key = next(each[0] for each in PLACES if each[1] == plan)
    return Neighbor(
        row["member_id"], f"97{at:06d}{'ABCDEFGHJK'[at % 10]}", given, family, row["birth_date"], language,
        str(row["county"]), key, tuple(told[:MOST]),
    )  # fmt: skip
