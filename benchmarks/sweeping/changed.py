"""The same membership a day later, with one member in a hundred changed."""

import os
from pathlib import Path
from typing import Any

from benchmarks.sweeping.job import Prepared
from benchmarks.sweeping.yardsticks import opened


def one_in_a_hundred(folder: str, out: str, on: str) -> Prepared:
    """Every hundredth member came to an emergency room the week before; all other tables are the same files."""

    def work() -> dict[str, Any]:
        source, made, connection = Path(folder), Path(out), opened()
        made.mkdir()
        for each in source.iterdir():
            if each.name != "spells.parquet":
                os.link(each, made / each.name)
        rows = (
            f"SELECT member_id, 'emergency_visit' AS event, CAST(DATE '{on}' - 7 AS DATE) AS \"from\", "
            f"CAST(DATE '{on}' - 7 AS DATE) AS until, true AS avoidable, 'adt' AS source, 'bench-' || member_id AS id "
            f"FROM read_parquet('{source / 'members.parquet'}', file_row_number = true) WHERE file_row_number % 100 = 7"
        )
        count = connection.execute(f"SELECT count(*) FROM ({rows})").fetchall()[0][0]
        connection.execute(
            f"COPY (SELECT * FROM read_parquet('{source / 'spells.parquet'}') UNION ALL BY NAME {rows}) "
            f"TO '{made / 'spells.parquet'}' (FORMAT parquet)"
        )
        return {"changed": count}

    return work
