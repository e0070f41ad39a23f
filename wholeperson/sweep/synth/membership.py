"""Makes a membership: blocks of members side by side, written in their order, whole or not at all."""

import json
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path

import pyarrow as pa

from wholeperson.rules.reading.library import Policy
from wholeperson.sweep.synth import claims, completeness, enrolment, lines, spells, statements
from wholeperson.sweep.synth.draws import Draws
from wholeperson.sweep.synth.files import Csv, Parquet, Writer, whole_or_absent
from wholeperson.sweep.synth.people import World, draw_people
from wholeperson.sweep.synth.planted_rows import member_id, planted_tables
from wholeperson.sweep.synth.planting import Planted, holding, read_planted
from wholeperson.sweep.synth.times import Times, times
from wholeperson.sweep.synth.traits import Traits

BLOCK = 50_000  # members
CLAIMS_OF_A_BLOCK = 10_000_000  # claim numbers kept for each
SCHEMAS = {
    "members": enrolment.MEMBERS,
    "coverage": enrolment.COVERAGE,
    "facts": statements.FACTS,
    "spells": spells.SPELLS,
    "medical_claim": lines.MEDICAL_CLAIM,
}
STREAMS = ("people", "traits", "enrolment", "facts", "spells", "claims", "lines", "complete")


@dataclass(frozen=True, slots=True)
class Block:
    """What was made of some members: a table of each kind, and their rows of complete.csv."""

    tables: dict[str, pa.Table]
    complete: str


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be made."""

    members: int
    seed: int
    on: date
    threads: int = 2
    as_csv: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """How many rows each table has, and how many members were planted."""

    rows: dict[str, int]
    planted: int


def make_membership(order: Order, policy: Policy, folder: Path, told: Callable[[int], None]) -> Made:
    """Write the membership as a folder; an older one there is replaced.

    ``told`` hears how many members are done. What fails or is stopped leaves nothing behind.
    """
    with whole_or_absent(folder) as beside:
        return _write(order, policy, beside, told)


def make_block(number: int, size: int, seed: int, world: World, days: Times) -> Block:
    """One block: the same members whatever was made before it or beside it."""
    draws = {name: Draws(seed, number, table) for table, name in enumerate(STREAMS)}
    people = draw_people(draws["people"], number * BLOCK, size, world, days)
    traits = Traits(people, draws["traits"])
    enrolled = enrolment.draw_enrolment(people, traits, world, draws["enrolment"])
    billed = claims.draw_claims(people, traits, enrolled, draws["claims"])
    codes = claims.diagnoses(billed, people, traits, draws["claims"])
    first = number * CLAIMS_OF_A_BLOCK + 1
    tables = {
        "members": enrolment.members_table(people, world),
        "coverage": enrolment.coverage_table(people, enrolled, world),
        "facts": statements.facts_table(people, traits, draws["facts"]),
        "spells": spells.spells_table(people, traits, draws["spells"]),
        "medical_claim": lines.claims_table(people, billed, codes, first, draws["lines"]),
    }
    return Block(tables, "".join(completeness.for_some(people, draws["complete"])))


def _write(order: Order, policy: Policy, folder: Path, told: Callable[[int], None]) -> Made:
    days, rows = times(order.on), dict.fromkeys(SCHEMAS, 0)
    planted = [each for each in read_planted(order.on) if each.programme in policy.programmes]
    kind: type[Csv] | type[Parquet] = Csv if order.as_csv else Parquet
    writers: dict[str, Writer] = {name: kind(folder / name, schema) for name, schema in SCHEMAS.items()}
    with (folder / "complete.csv").open("w", encoding="utf-8", newline="") as complete:
        complete.write(completeness.HEADER + completeness.for_all(days))
        blocks = _blocks(order, World.of(policy.plans), days)
        last = Block(*planted_tables(planted, order.members + 1, order.on, policy))
        for done in chain(blocks, (last,)):
            for name, table in done.tables.items():
                writers[name].write_table(table)
                rows[name] += table.num_rows
            complete.write(done.complete)
            pa.default_memory_pool().release_unused()
            told(rows["members"])
    for writer in writers.values():
        writer.close()
    listed = _answers(planted, order) if holding(order.on) else []
    (folder / "planted.json").write_text(json.dumps(listed, indent=0) + "\n", encoding="utf-8")
    return Made(rows, len(listed))


def _answers(planted: list[Planted], order: Order) -> list[dict[str, str]]:
    return [
        {
            "member_id": member_id(order.members + 1 + place),
            "programme": each.programme,
            "edge": each.edge,
            "answer": each.answer,
        }
        for place, each in enumerate(planted)
    ]


def _blocks(order: Order, world: World, days: Times) -> Iterator[Block]:
    """Blocks in their order, made by as many threads as asked for; while one is written, the others are being made."""
    waiting: deque[Future[Block]] = deque()
    with ThreadPoolExecutor(order.threads) as pool:
        for number in range(-(-order.members // BLOCK)):
            size = min(BLOCK, order.members - number * BLOCK)
            waiting.append(pool.submit(make_block, number, size, order.seed, world, days))
            if len(waiting) >= order.threads:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
