"""Whose answer is another than in an earlier run, and which change of a fact or of the policy made it so."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa

from wholeperson.rules.answers import NO, WORDS, YES
from wholeperson.sweep.report.causes import ENDS_NOTHING, Causes, read_legend
from wholeperson.sweep.report.files import write_rows
from wholeperson.sweep.report.summary import answer_lines
from wholeperson.sweep.report.traces import TRACES
from wholeperson.sweep.run.engines import quoted
from wholeperson.sweep.run.result import Result, has_kinds, read_run, with_words

COLUMNS: Final = ("member_id", "programme", "before", "after", "cause")
CHANGED = pa.schema([("pair", pa.int32()), ("at", pa.int32()), ("programme", pa.string()), ("before", pa.string()),
                     ("after", pa.string()), ("cause", pa.string())])  # fmt: skip
NEW, GONE, NOT_KEPT = "new member", "gone", "not kept by the earlier run"
KEPT: Final = ("determinations", "traces")
SAME: Final = tuple(f"same_{each}" for each in TRACES)
Counts = Counter[tuple[str, str, str]]  # programme, before, after → members


def write_no_changes(path: Path) -> None:
    """There was no earlier run: the columns, and no row."""
    path.write_text(",".join(COLUMNS) + "\n", encoding="utf-8")


def write_changes(result: Result, since: Path, path: Path) -> Counts:
    """changes(member_id, programme, before, after, cause); returns how many members each change has."""
    versions = read_run(since)["versions"]
    programmes = [each for each in result.programmes if each in versions]
    traced = _open_earlier(result, since)
    _table_moved(result, programmes)
    changed = pa.Table.from_pylist(list(_changed(result, since, programmes, versions, traced=traced)), CHANGED)
    result.duck.small("changed", changed)
    order = (
        "CASE programme " + " ".join(f"WHEN '{each}' THEN {at}" for at, each in enumerate(result.programmes)) + " END"
    )
    result.duck.connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE changes AS
        SELECT m.member_id, c.programme, c.before, c."after", c.cause FROM moved m JOIN changed c USING (pair)
        UNION ALL {_come(result)} UNION ALL {_gone()}"""
    )
    write_rows(result.duck, f"SELECT {_listed()} FROM changes ORDER BY {order} NULLS LAST, programme, member_id", path)
    counted = result.duck.rows('SELECT programme, before, "after", count(*) AS n FROM changes GROUP BY ALL').to_pylist()
    return Counter({(row["programme"], row["before"], row["after"]): int(row["n"]) for row in counted})


def _listed() -> str:
    return ", ".join(f'"{each}"' for each in COLUMNS)


def _open_earlier(result: Result, since: Path) -> bool:
    """Views of the earlier run, and whether it kept traces of its members."""
    patterns = quoted(since / "patterns.parquet")
    result.view("old_patterns", f"SELECT * FROM read_parquet({patterns})")
    for name in KEPT:
        if (since / f"{name}.parquet").exists():
            rows = f"read_parquet({quoted(since / f'{name}.parquet')}, file_row_number = true)"
            result.view(f"old_{name}", f"SELECT CAST(file_row_number AS INTEGER) AS place, * FROM {rows}")
    if not has_kinds(since):
        return False
    result.view("old_states", with_words(since))
    return all((since / f"{name}.parquet").exists() for name in KEPT)


def _table_moved(result: Result, programmes: list[str]) -> None:
    """``moved`` (no, old, member_id, a0, b0, …): members of both runs with some other answer; a after, b before."""
    new, old = answer_lines(result), answer_lines(result, "old_patterns")
    answers = ", ".join(
        f"{_code('n', each, new.get(each))} AS a{at}, {_code('o', each, old.get(each))} AS b{at}"
        for at, each in enumerate(programmes)
    )
    other = " OR ".join(f"a{at} != b{at}" for at in range(len(programmes))) or "FALSE"
    result.duck.connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE moved_answers AS SELECT * FROM (
            SELECT n."no", o.place, n.member_id{"," if answers else ""} {answers}
            FROM found n JOIN old_determinations o USING (member_id)) WHERE {other}"""
    )


def _code(of: str, programme: str, lines: tuple[int, int] | None) -> str:
    some, yes = lines or (0, 0)
    return f'CAST({of}."{programme}" >= {some} AS TINYINT) + CAST({of}."{programme}" >= {yes} AS TINYINT)'


def _changed(
    result: Result, since: Path, programmes: list[str], versions: dict[str, str], *, traced: bool
) -> Iterator[dict[str, Any]]:
    """One row a pair of states and programme with another answer. Also leaves ``moved`` (member_id, pair)."""
    before, after = read_legend(since), read_legend(result.folder)
    kept = traced and before is not None and after is not None
    old_words = [f"v{at}" for at in range(before.words)] if before and kept else []
    new_words = [f"w{at}" for at in range(after.words)] if after and kept else []
    pairs = _pairs(result, programmes, new_words, old_words)
    causes = None
    if before and after and kept:
        causes = Causes(before, after, _matrix(pairs, old_words), _matrix(pairs, new_words))
    same = _matrix(pairs, [*SAME])
    for at, programme in enumerate(programmes):
        now, then = _column(pairs, f"a{at}"), _column(pairs, f"b{at}")
        where = np.nonzero(now != then)[0]
        other = versions[programme] != result.told["versions"].get(programme)
        told = causes.of(programme, where, same, policy=other) if causes and len(where) else [NOT_KEPT] * len(where)
        for pair, cause in zip(where, told, strict=True):
            ends = f"; {ENDS_NOTHING}" if then[pair] == YES and now[pair] == NO else ""
            yield {"pair": int(pair), "at": at, "programme": programme, "before": WORDS[then[pair]],
                   "after": WORDS[now[pair]], "cause": cause + ends}  # fmt: skip


def _pairs(result: Result, programmes: list[str], new_words: list[str], old_words: list[str]) -> pa.Table:
    """The distinct pairs of states of those who moved, in order."""
    answers = [f"{kind}{at}" for at in range(len(programmes)) for kind in "ab"]
    keys = [*new_words, *old_words, *SAME, *answers]
    if old_words:
        states = """JOIN states s ON s."no" = m."no" JOIN old_states o ON o.place = m.place
            JOIN numbered_traces t ON t."no" = m."no" JOIN old_traces u ON u.place = m.place"""
        olds = "".join(f", o.w{at} AS v{at}" for at in range(len(old_words)))
        columns = f"""{", ".join(f"s.{each}" for each in new_words)}{olds},
            {", ".join(f"t.{each} = u.{each} AS same_{each}" for each in TRACES)}"""
    else:
        states, columns = 'JOIN states s ON s."no" = m."no"', ", ".join([*(f"s.{each}" for each in new_words),
                          *(f"FALSE AS {each}" for each in SAME)])  # fmt: skip
    listed = ", ".join(keys)
    result.duck.connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE moved AS
        SELECT CAST(dense_rank() OVER (ORDER BY {listed}) - 1 AS INTEGER) AS pair, *
        FROM (SELECT m.* EXCLUDE ("no", place), {columns} FROM moved_answers m {states})"""
    )
    return result.duck.rows(f"SELECT DISTINCT pair, {listed} FROM moved ORDER BY pair")


def _matrix(table: pa.Table, names: list[str]) -> np.ndarray:
    return np.column_stack([_column(table, name) for name in names])


def _column(table: pa.Table, name: str) -> np.ndarray:
    return np.asarray(table.column(name).to_numpy(zero_copy_only=False))


def _come(result: Result) -> str:
    """Members who were not there before: every programme, before is empty."""
    return f"""SELECT member_id, programme, '' AS before, p.answer AS "after", '{NEW}' AS cause FROM (UNPIVOT (
            SELECT * EXCLUDE ("no") FROM found n ANTI JOIN old_determinations USING (member_id))
        ON COLUMNS(* EXCLUDE member_id) INTO NAME programme VALUE pattern)
        JOIN patterns p USING (programme, pattern)"""


def _gone() -> str:
    """Members who are no longer there: after is empty."""
    return f"""SELECT member_id, programme, p.answer AS before, '' AS "after", '{GONE}' AS cause FROM (UNPIVOT (
            SELECT * EXCLUDE (place) FROM old_determinations o ANTI JOIN found USING (member_id))
        ON COLUMNS(* EXCLUDE member_id) INTO NAME programme VALUE pattern)
        JOIN old_patterns p USING (programme, pattern)"""
