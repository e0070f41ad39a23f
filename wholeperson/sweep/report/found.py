"""What a run's worklist found, a row for each member and programme, for whoever keeps it: no word of it is private."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from wholeperson.rules.reading.library import Policy
from wholeperson.rules.words import Words
from wholeperson.sweep.report.work_texts import Sentences
from wholeperson.sweep.run.engines import quoted

KINDS: Final = {"offer": "offer", "ask_the_plan": "ask_the_plan", "one_fact_away": "one_fact_away"}
AT_ONCE: Final = 10_000


class Found(NamedTuple):
    """One line. `why` are criteria in English; `next_fact` alone would settle it."""

    rank: int
    member_id: str
    programme: str
    kind: str
    answer: str
    why: tuple[str, ...]
    next_fact: str


def fingerprint(folder: Path) -> str:
    """The same for the same worklist of the same run."""
    whole = hashlib.sha256()
    for name in ("run.json", "worklist.csv"):
        whole.update((folder / name).read_bytes())
    return whole.hexdigest()


def read_found(folder: Path, policy: Policy) -> Iterator[Found]:
    """In the order of the worklist."""
    import duckdb

    sentences = Sentences(Words(policy), "others")
    with duckdb.connect() as connection:
        rows = connection.execute(_statement(folder))
        while some := rows.fetchmany(AT_ONCE):
            for rank, member, programme, kind, answer, because, fact in some:
                if programme not in policy.programmes:  # of another policy than the one here
                    continue
                fits = kind != "one_fact_away"
                why = sentences.reasons(policy.programmes[programme], tuple(because)) if fits else ()
                asked = "".join(sentences.may_be_asked([fact])) if fact and fact in policy.facts and not fits else ""
                yield Found(rank, member, programme, kind, answer, why, asked)


def _statement(folder: Path) -> str:
    lines = f"read_csv({quoted(folder / 'worklist.csv')}, header = true, all_varchar = true)"
    each = " UNION ALL ".join(
        f"SELECT CAST(rank AS INTEGER) AS rank, member_id, unnest(string_split({column}, ';')) AS programme, "
        f"'{kind}' AS kind, next_fact FROM {lines} WHERE {column} != ''"
        for column, kind in KINDS.items()
    )
    decided = f"read_parquet({quoted(folder / 'determinations.parquet')})"
    return f"""SELECT w.rank, w.member_id, w.programme, w.kind, p.answer, p.because, w.next_fact
        FROM ({each}) w
        JOIN (UNPIVOT {decided} ON COLUMNS(* EXCLUDE (member_id)) INTO NAME programme VALUE pattern) d
            USING (member_id, programme)
        JOIN read_parquet({quoted(folder / "patterns.parquet")}) p USING (programme, pattern)
        ORDER BY w.rank, w.programme"""
