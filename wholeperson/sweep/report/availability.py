"""Whether each programme can be had that day: asked once for every way in which members stand to their plan."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from wholeperson.rules.answers import NO, WORDS, YES
from wholeperson.rules.case import Case
from wholeperson.rules.decide import Court
from wholeperson.rules.language import Node
from wholeperson.rules.outcomes import Outcome
from wholeperson.rules.parts import available, enrolment
from wholeperson.rules.person import OPEN, Complete, Coverage, Person
from wholeperson.rules.reading.library import Policy
from wholeperson.sweep.run.result import Result
from wholeperson.sweep.store.schema import number

SCHEMA = pa.schema(
    [("key", pa.int32()), ("programme", pa.string()), ("mandatory", pa.bool_()), ("available", pa.string()),
     ("because", pa.list_(pa.string()))]
)  # fmt: skip
STANDING = ("plan", "county", "share_of_cost", "enrolled", "told_all", "unsure", "ended")


class GivenCourt(Court):
    """A court that has been told whether the member is one of those every plan must serve."""

    mandatory = False

    def node(self, node: Node) -> Outcome:
        """That, and nothing else, is ever asked."""
        return Outcome(node, YES if self.mandatory else NO)


def write_availability(result: Result, policy: Policy, on: date) -> None:
    """``availability`` (member_id, key) and ``availabilities`` (key, programme, mandatory, available, because)."""
    desk = result.duck.connection
    desk.execute(f"CREATE OR REPLACE TEMP TABLE standing AS {_standing(result, on)}")
    listed = ", ".join(STANDING)
    desk.execute(
        f"""CREATE OR REPLACE TEMP TABLE standings AS
        SELECT CAST(row_number() OVER (ORDER BY {listed}) - 1 AS INTEGER) AS key, *
        FROM (SELECT DISTINCT {listed} FROM standing)"""
    )
    same = " AND ".join(f"s.{name} IS NOT DISTINCT FROM k.{name}" for name in STANDING)
    result.duck.write(
        f'SELECT s.member_id, k.key FROM standing s JOIN standings k ON {same} ORDER BY s."no"',
        result.file("availability"),
    )
    standings = result.duck.rows("SELECT * FROM standings ORDER BY key").to_pylist()
    rows = [row for each in standings for row in _rows(each, policy, on)]
    pq.write_table(pa.Table.from_pylist(rows, SCHEMA), result.file("availabilities"), compression="zstd")
    result.open_tables()


def _standing(result: Result, on: date) -> str:
    """How every member stands to a plan that day; what cannot matter for somebody enrolled is left blank."""
    today = number(on)
    told_all = [at for at, complete in enumerate(result.store.complete) if _tells_all(complete, on)]
    listed = ", ".join(map(str, told_all)) or "-1"
    begun = f"(begins IS NULL OR begins <= {today})"
    running = f"({begun} AND ends IS NOT NULL AND ends >= {today})"
    # The latest begun, then the last plan by name; of two that agree in both the first, as the rules meet them.
    best = "first({'plan': plan, 'county': county, 'share': share_of_cost} "
    best += "ORDER BY coalesce(begins, -999999) DESC, coalesce(plan, '') DESC, county, share_of_cost)"
    return f"""
        SELECT m."no", m.member_id, c.best.plan AS plan, coalesce(c.best.county, m.county) AS county,
            c.best.share = 'other' AS share_of_cost, coalesce(c.enrolled, FALSE) AS enrolled,
            NOT coalesce(c.enrolled, FALSE) AND m.complete_class IN ({listed}) AS told_all,
            NOT coalesce(c.enrolled, TRUE) AND c.unsure AS unsure,
            NOT coalesce(c.enrolled, TRUE) AND c.ended AS ended
        FROM members m LEFT JOIN (
            SELECT "no", {best} FILTER (WHERE {running}) AS best, bool_or({running}) AS enrolled,
                bool_or(ends IS NULL AND {begun}) AS unsure,
                bool_and(ends IS NOT NULL AND (ends < {today} OR {running})) AS ended
            FROM coverage GROUP BY "no") c USING ("no")"""


def _tells_all(complete: tuple[Complete, ...], on: date) -> bool:
    """Whether silence of the enrolment file means that somebody is not enrolled."""
    return any(
        each.source == "enrolment" and each.event is None and each.begins <= on <= each.through for each in complete
    )


def _rows(standing: dict[str, Any], policy: Policy, on: date) -> Iterator[dict[str, Any]]:
    case = Case(policy, _somebody(standing, on), on=on)
    court, enrolled = GivenCourt(case), enrolment(case)
    for programme in policy.programmes.values():
        for mandatory in (False, True) if programme.mandatory else (False,):
            court.mandatory = mandatory
            found = available(programme, case, enrolled, court)
            yield {"key": standing["key"], "programme": programme.id, "mandatory": mandatory,
                   "available": WORDS[found.answer], "because": list(found.because)}  # fmt: skip


def _somebody(standing: dict[str, Any], on: date) -> Person:
    """A person who stands to a plan in just this way, and of whom nothing else is known."""
    complete = (Complete("enrolment", None, on, on),) if standing["told_all"] else ()
    return Person("", None, standing["county"], (), None, tuple(_coverage(standing, on)), (), (), complete)


def _coverage(standing: dict[str, Any], on: date) -> Iterator[Coverage]:
    if standing["enrolled"]:
        share = "other" if standing["share_of_cost"] else None
        yield Coverage(standing["plan"], standing["county"], None, None, OPEN, share)
    elif standing["unsure"]:
        yield Coverage(None, None, None, None, None, None)
    elif standing["ended"]:
        yield Coverage(None, None, None, None, on - timedelta(days=1), None)
