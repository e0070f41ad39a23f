"""Who is one fact away from an answer: the facts that settle a *not known* whatever their value."""

from pathlib import Path
from shutil import copyfileobj

from wholeperson.sweep.report.files import CSV, text, whole_or_absent
from wholeperson.sweep.run.result import Result


def write_one_fact_away(result: Result, path: Path) -> None:
    """one_fact_away(member_id, programme, fact), by programme, member and fact; each fact alone would do."""
    part = path.with_name(f".{path.stem}.programme.csv")
    try:
        with whole_or_absent(path) as beside, beside.open("wb") as whole:
            for at, programme in enumerate(result.programmes):
                # each is sorted by itself: asked together they come in any order, sorted together they want much memory
                result.duck.write(_of(programme), part, CSV)
                with part.open("rb") as told:
                    head = told.readline()
                    whole.write(b"" if at else head)
                    copyfileobj(told, whole)
    finally:
        part.unlink(missing_ok=True)


def _of(programme: str) -> str:
    settled = f"""SELECT pattern, unnest(settled_by) AS fact FROM patterns
        WHERE programme = {text(programme)} AND answer = 'not_known'"""
    return f"""SELECT d.member_id, {text(programme)} AS programme, p.fact
        FROM (SELECT "no", member_id, "{programme}" AS pattern FROM found) d
        JOIN ({settled}) p USING (pattern) ORDER BY d."no", p.fact"""
