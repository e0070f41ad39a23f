"""What peers answered, beside what a run of ours says."""

from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from benchmarks.sweeping.job import Prepared
from wholeperson.sweep.run.result import read_run

WORDS = {"no": 0, "not_known": 1, "yes": 2}


def our_answers(decided: Path, programmes: tuple[str, ...], members: int) -> np.ndarray:
    """One row for each of the first members, one column a programme: 0 no, 1 not known, 2 yes."""
    connection = duckdb.connect()
    listed = ", ".join(f'"{name}"' for name in programmes)
    rows = f"read_parquet('{decided / 'determinations.parquet'}', file_row_number = true)"
    found = connection.execute(
        f"SELECT {listed} FROM {rows} WHERE file_row_number < {members} ORDER BY file_row_number"
    )
    numbers = found.fetchnumpy()
    patterns = connection.execute(
        f"SELECT programme, answer FROM read_parquet('{decided / 'patterns.parquet'}') ORDER BY programme, pattern"
    ).fetchall()
    columns = []
    for name in programmes:
        answers = np.array([WORDS[answer] for programme, answer in patterns if programme == name], dtype=np.int8)
        columns.append(answers[np.asarray(numbers[name])])
    return np.column_stack(columns)


def differences(one: str, other: str) -> Prepared:
    """Answers in which two runs over the same members are unlike."""
    programmes = tuple(read_run(Path(one))["programmes"])
    members = int(read_run(Path(one))["members"])

    def work() -> dict[str, Any]:
        both = [our_answers(Path(each), programmes, members) for each in (one, other)]
        return {"differences": int((both[0] != both[1]).sum())}

    return work
