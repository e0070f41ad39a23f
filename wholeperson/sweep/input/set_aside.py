"""What was set aside: one row for each wrong cell, with what would have been allowed there."""

from pathlib import Path

from wholeperson.sweep.input.cells import SHOWN
from wholeperson.sweep.input.columns import TABLES
from wholeperson.sweep.input.database import parquet, text
from wholeperson.sweep.input.found import Found
from wholeperson.sweep.input.parts import Parts
from wholeperson.sweep.input.staging import TORN

COLUMNS = 'row, "column", value, problem, allowed'


def set_aside(found: dict[str, Found], staged: dict[str, Path], parts: Parts) -> str:
    """SQL of every wrong cell, in the order of the files and their rows."""
    queries = []
    for place, table in enumerate(TABLES):
        if table.name in staged:
            queries.append(_cells(place, found[table.name], staged[table.name]))
            torn = parts.folder / f"{table.name}-torn.parquet"
            if torn.exists():
                queries.append(_torn(place, found[table.name], torn))
    every = " UNION ALL BY NAME ".join(queries)
    return f"SELECT file, {COLUMNS} FROM ({every}) ORDER BY place, row, nth"


def _cells(place: int, found: Found, staged: Path) -> str:
    return (
        f'SELECT {place} AS place, {text(found.path.name)} AS file, row, nth, cell."column" AS "column", '
        "cell.value AS value, cell.problem AS problem, cell.allowed AS allowed FROM "
        f"(SELECT row, generate_subscripts(spoilt, 1) AS nth, unnest(spoilt) AS cell FROM {parquet(staged)} "
        "WHERE spoilt IS NOT NULL)"
    )


def _torn(place: int, found: Found, torn: Path) -> str:
    """Rows of a CSV file that could not be cut into cells."""
    said = " ".join(f"WHEN {text(error)} THEN {text(problem)}" for error, problem in TORN.items())
    allowed = text(f"{len(found.types)} cells with commas between, in UTF-8")
    return (
        f"SELECT {place} AS place, {text(found.path.name)} AS file, row, 0 AS nth, '' AS \"column\", "
        f"left(line, {SHOWN}) AS value, CASE error {said} ELSE 'the row cannot be read' END AS problem, "
        f"{allowed} AS allowed FROM {parquet(torn)}"
    )
