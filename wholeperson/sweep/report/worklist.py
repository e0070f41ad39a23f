"""Who to call first: one line a member, with what to offer, why, and what to ask."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from wholeperson.rules.reading.library import Policy
from wholeperson.rules.words import Words
from wholeperson.sweep.report.files import text, write_rows
from wholeperson.sweep.report.left_out import read_left_out, read_places, table_left_out
from wholeperson.sweep.report.summary import answer_lines
from wholeperson.sweep.report.work_texts import offered, told
from wholeperson.sweep.run.result import Result
from wholeperson.sweep.store.schema import number

RECENT_DAYS: Final = 90
AT_ONCE: Final = 2_000  # patterns
COLUMNS: Final = """rank member_id county language offer ask_the_plan why one_fact_away next_fact next_question
    settled_share recent_events""".split()
QUESTIONS = pa.schema([("away", pa.string()), ("one_fact_away", pa.string()), ("next_fact", pa.string()),
                       ("next_question", pa.string())])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wish:
    """For whom a worklist is written, whom it leaves out beyond those we know of, and how many places are free."""

    audience: str = "others"
    leave_out: Path | None = None
    places: str | None = None


def write_worklist(result: Result, policy: Policy, on: date, path: Path, wish: Wish, words: Words) -> int:
    """The worklist, best first; returns how many of all members have something to be offered now."""
    listed, places = read_left_out(wish.leave_out, policy, on), read_places(wish.places, policy)
    programmes = [each.id for each in offered(policy, wish.audience) if each.id in result.programmes]
    _small(result, "told", told(_worth_a_line(result, programmes), policy, words, wish.audience))
    table_left_out(result, policy, on, listed)
    if not programmes:
        programmes = list(result.programmes)
    _table_work(result, programmes, on)
    _small(result, "questions", _questions(result, programmes, words))
    _ranked(result, programmes, places)
    write_rows(result.duck, f"SELECT {', '.join(COLUMNS)} FROM listed ORDER BY rank", path)
    return int(result.duck.rows("SELECT count(*) AS n FROM work WHERE offer != ''").to_pylist()[0]["n"])


def _worth_a_line(result: Result, programmes: list[str]) -> Iterator[dict[str, Any]]:
    """The patterns that fit, or that one fact may settle; what else they lack is long, and not asked for."""
    listed = ", ".join(map(text, programmes)) or "NULL"
    rows = result.duck.rows(
        f"""SELECT programme, pattern, answer, mandatory, CASE WHEN answer = 'yes' THEN because ELSE [] END AS because,
            settled_by FROM patterns
        WHERE programme IN ({listed}) AND (answer = 'yes' OR (answer = 'not_known' AND len(settled_by) > 0))"""
    )
    for batch in rows.to_batches(AT_ONCE):
        yield from batch.to_pylist()


def _small(result: Result, name: str, table: pa.Table) -> None:
    result.duck.connection.execute(f"DROP TABLE IF EXISTS {name}")
    result.duck.small(name, table)


# ── every member's offers and open questions ─────────────────────────────────────────────────────────────────────────


def _table_work(result: Result, programmes: list[str], on: date) -> None:
    """``work``: of everybody worth a line the offers, what to ask the plan for, why, what one fact would settle."""
    numbered = list(enumerate(programmes))
    joins = " ".join(
        f"""LEFT JOIN (SELECT * FROM told WHERE programme = {text(each)}) t{at} ON t{at}.pattern = f."{each}\""""
        for at, each in numbered
    )
    kinds = ", ".join(_kinds(at) for at, _ in numbered)
    inner = f"""SELECT f."no", f.member_id, m.county, split_part(m.languages, ';', 1) AS language,
            {_settled(result)} AS settled_share, {kinds}
        FROM found f JOIN members m USING ("no") JOIN standing_of s USING ("no")
        JOIN ({_wide_availability(programmes)}) a USING (key)
        LEFT JOIN ({_wide_left_out(programmes)}) l ON l."no" = f."no"
        {joins} WHERE m.death IS NULL OR m.death > {number(on)}"""
    offer, ask, away = (_joined(numbered, kind) for kind in ("o", "q", "w"))
    why = ", ".join(f"CASE WHEN o{at} OR q{at} THEN y{at} END" for at, _ in numbered)
    since = number(on) - RECENT_DAYS
    result.duck.connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE work AS
        SELECT w.*, coalesce(r.recent, 0) AS recent_events
        FROM (SELECT "no", member_id, county, language, settled_share, {offer} AS offer, {ask} AS ask_the_plan,
                concat_ws(' ', {why}) AS why, {away} AS away FROM ({inner})) w
        LEFT JOIN (SELECT "no", CAST(count(*) AS INTEGER) AS recent FROM happenings
            WHERE begins > {since} AND begins <= {number(on)} GROUP BY "no") r ON r."no" = w."no"
        WHERE offer != '' OR ask_the_plan != '' OR away != ''"""
    )


def _kinds(at: int) -> str:
    """Whether it is to be offered, to be asked of the plan, or one fact away; and the words for it."""
    can = f"CASE WHEN t{at}.mandatory THEN a.m{at} ELSE a.p{at} END"
    free = f"l.x{at} IS NOT TRUE"
    return f"""t{at}.fits AND {free} AND {can} = 'yes' AS o{at},
        t{at}.fits AND {free} AND {can} = 'not_known' AS q{at},
        CASE WHEN NOT t{at}.fits AND {free} AND {can} != 'no' THEN t{at}.away END AS w{at}, t{at}.why AS y{at}"""


def _joined(numbered: list[tuple[int, str]], kind: str) -> str:
    """The programmes of one kind as a text; of those one fact away with their facts, as a key to be put in words."""
    if kind == "w":
        keys = ", ".join(f"'{at}:' || w{at}" for at, _ in numbered)
        return f"concat_ws('|', {keys})"
    names = ", ".join(f"CASE WHEN {kind}{at} THEN {text(each)} END" for at, each in numbered)
    return f"concat_ws(';', {names})"


def _settled(result: Result) -> str:
    """The share of all programmes that are decided."""
    lines = {each: found for each, found in answer_lines(result).items() if each in result.programmes}
    decided = " + ".join(
        f'CAST(f."{each}" < {some} OR f."{each}" >= {yes} AS INTEGER)' for each, (some, yes) in lines.items()
    )
    return f"round(({decided}) / {len(lines)}, 2)"


def _wide_availability(programmes: list[str]) -> str:
    kinds = {"p": "NOT mandatory", "m": "mandatory"}
    columns = ", ".join(
        f"max(available) FILTER (WHERE programme = {text(each)} AND {which}) AS {kind}{at}"
        for at, each in enumerate(programmes)
        for kind, which in kinds.items()
    )
    return f"SELECT key, {columns} FROM availabilities GROUP BY key"


def _wide_left_out(programmes: list[str]) -> str:
    columns = ", ".join(f"bool_or(programme IS NULL OR programme = {text(each)}) AS x{at}"
                        for at, each in enumerate(programmes))  # fmt: skip
    return f'SELECT "no", {columns} FROM left_out GROUP BY "no"'


# ── what to ask ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _questions(result: Result, programmes: list[str], words: Words) -> pa.Table:
    """For every set of programmes that are one fact away: the fact that settles most of them."""
    found = result.duck.rows("SELECT DISTINCT away FROM work WHERE away != '' ORDER BY away").to_pylist()
    return pa.Table.from_pylist([_question(row["away"], programmes, words) for row in found], QUESTIONS)


def _question(key: str, programmes: list[str], words: Words) -> dict[str, Any]:
    parts = [each.partition(":") for each in key.split("|")]
    sets = {programmes[int(at)]: facts.split(";") for at, _, facts in parts}
    fact = _most(fact for facts in sets.values() for fact in facts)
    settles = [programme for programme, facts in sets.items() if fact in facts]
    return {"away": key, "one_fact_away": ";".join(settles), "next_fact": fact, "next_question": words.ask(fact)}


def _most(facts: Iterable[str]) -> str:
    counts = Counter(facts)
    return min(counts, key=lambda fact: (-counts[fact], fact))


# ── who comes first ──────────────────────────────────────────────────────────────────────────────────────────────────


def _ranked(result: Result, programmes: list[str], places: int | dict[str, int] | None) -> None:
    """``listed``: offers first, then what the plan must be asked, then questions; the best settled before others."""
    tier = "CASE WHEN offer != '' THEN 0 WHEN ask_the_plan != '' THEN 1 ELSE 2 END"
    order = f'{tier}, settled_share DESC, recent_events DESC, "no"'
    cut = f"WHERE rank <= {places}" if isinstance(places, int) else ""
    source = "SELECT * FROM work"
    if isinstance(places, dict):
        source = _placed(order, places)
    result.duck.connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE listed AS SELECT * FROM (
            SELECT row_number() OVER (ORDER BY {order}) AS rank, w.* EXCLUDE (away), q.* EXCLUDE (away)
            FROM ({source}) w LEFT JOIN questions q ON q.away = w.away) {cut}"""
    )


def _placed(order: str, places: dict[str, int]) -> str:
    """Only whoever gets one of the free places, and of each member only the offers that do."""
    free = ", ".join(f"({text(each)}, {count})" for each, count in places.items()) or "('', 0)"
    return f"""SELECT w.* REPLACE (g.offer AS offer) FROM work w JOIN (
            SELECT "no", string_agg(programme, ';' ORDER BY place) AS offer FROM (
                SELECT *, row_number() OVER (PARTITION BY programme ORDER BY rank) AS turn FROM (
                    SELECT "no", row_number() OVER (ORDER BY {order}) AS rank,
                        unnest(string_split(offer, ';')) AS programme,
                        unnest(range(len(string_split(offer, ';')))) AS place
                    FROM work WHERE offer != '')) o
            LEFT JOIN (VALUES {free}) p(programme, places) USING (programme)
            WHERE p.places IS NULL OR turn <= p.places GROUP BY "no") g USING ("no")"""
