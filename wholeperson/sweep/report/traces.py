"""What a later run needs to say why an answer changed, when the store is another by then: a trace of each member.

Three numbers a member: of the coverage, of what happened, of what was said. Equal numbers mean that nothing of it has
changed.
"""

from typing import Final

from wholeperson.sweep.report.files import text
from wholeperson.sweep.run.result import Result

TRACES: Final = ("coverage", "events", "facts")


def write_traces(result: Result) -> None:
    """``traces`` (coverage, events, facts), one row a member in the order of the store."""
    events, words = (", ".join(map(text, each)) or "NULL" for each in (result.store.events, result.store.words))
    rows = {
        "coverage": 'SELECT "no", hash(begins, ends, plan, county, share_of_cost) AS h FROM coverage',
        "events": f"""SELECT "no", hash(list_extract([{events}], event + 1), begins, ends, avoidable, unplanned,
                list_extract([{words}], about + 1), list_extract([{words}], program + 1)) AS h FROM happenings
            UNION ALL SELECT "no", hash(begins, code) AS h FROM diagnoses""",
        "facts": """SELECT s."no", hash(v.fact, v.json, s.begins, s.ends, s.source) AS h
            FROM statements s JOIN "values" v USING ("value")""",
    }
    columns = ", ".join(f"coalesce({each}.h, 0) AS {each}" for each in TRACES)
    joins = " ".join(
        f'LEFT JOIN (SELECT "no", bit_xor(h) AS h FROM ({rows[each]}) GROUP BY "no") {each} USING ("no")'
        for each in TRACES
    )
    result.duck.write(f'SELECT {columns} FROM members m {joins} ORDER BY m."no"', result.file("traces"))
    result.open_tables()
