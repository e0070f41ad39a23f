"""Who is one fact away from an answer: the facts that settle a *not known* whatever their value."""

from pathlib import Path

from wholeperson.sweep.report.files import text, write_rows
from wholeperson.sweep.run.result import Result


def write_one_fact_away(result: Result, path: Path) -> None:
    """one_fact_away(member_id, programme, fact), programme by programme; each fact alone would do."""
    parts = " UNION ALL ".join(f"({_of(each)})" for each in result.programmes)
    write_rows(result.duck, parts, path)


def _of(programme: str) -> str:
    settled = f"""SELECT pattern, unnest(settled_by) AS fact FROM patterns
        WHERE programme = {text(programme)} AND answer = 'not_known'"""
    return f"""SELECT d.member_id, {text(programme)} AS programme, p.fact
        FROM (SELECT member_id, "{programme}" AS pattern FROM determinations) d
        JOIN ({settled}) p USING (pattern)"""
