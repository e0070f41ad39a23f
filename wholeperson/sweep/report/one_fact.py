"""Who is one fact away from an answer: the facts that settle a *not known* whatever their value."""

from pathlib import Path

from wholeperson.sweep.report.files import text, write_rows
from wholeperson.sweep.run.result import Result


def write_one_fact_away(result: Result, path: Path) -> None:
    """one_fact_away(member_id, programme, fact), programme by programme; each fact alone would do."""
    parts = " UNION ALL ".join(f"({_of(at, each)})" for at, each in enumerate(result.programmes))
    write_rows(result.duck, f'SELECT member_id, programme, fact FROM ({parts}) ORDER BY place, "no", fact', path)


def _of(place: int, programme: str) -> str:
    settled = f"""SELECT pattern, unnest(settled_by) AS fact FROM patterns
        WHERE programme = {text(programme)} AND answer = 'not_known'"""
    return f"""SELECT {place} AS place, d."no", d.member_id, {text(programme)} AS programme, p.fact
        FROM (SELECT "no", member_id, "{programme}" AS pattern FROM found) d
        JOIN ({settled}) p USING (pattern)"""
