"""What happened, derived as the policy declares: visits absorbed by stays, stays merged, kinds pooled."""

from functools import reduce
from typing import Final

import ibis
from ibis.expr.types import Table, Value

from wholeperson.rules.reading.library import Event, Policy
from wholeperson.sweep.leaves.expressions import NO, YES, matched, table, whether
from wholeperson.sweep.leaves.stages import Stage
from wholeperson.sweep.store.schema import STILL, WORDED

BOOLS: Final = ("avoidable", "unplanned")
# A place in line and a small number beside it, as one number: the smallest tells what the first one said.
BESIDE: Final = 4096


def happened(today: int) -> Table:
    """All that had begun by then: read from the store once, and event by event from here."""
    rows = table("happenings")
    rows = rows.filter(rows.begins <= today)
    until = ibis.coalesce(rows.ends, rows.begins).name("known_until")
    return rows.select("no", "at", "event", "begins", "ends", until, *BOOLS, *WORDED, "source")


class Derivation:
    """Makes the table of one event after the other, for one run, from what happened until then (``happened``)."""

    def __init__(self, policy: Policy, rows: Table, events: tuple[str, ...], words: tuple[str, ...]) -> None:
        self.policy, self.rows, self.events, self.words = policy, rows, events, words
        self.merged: dict[str, Stage] = {}  # stays put together, worked out once for all events that are made of them

    def of(self, name: str) -> Table:
        """The events of that name that had begun: no, at, begins, ends, known_until, attributes, source, sure."""
        event = self.policy.events[name]
        found = self._pooled(event) if event.pool else self._own(name)
        if event.absorb_into:
            found = self._absorbed(found, event.absorb_into)
        if event.merge_gap is None:
            return found
        if name not in self.merged:
            self.merged[name] = Stage(f"merged_{name}", merged(found, event.merge_gap))
        return self.merged[name].made

    def attributes(self, name: str) -> list[str]:
        """The attributes of the event that a criterion may ask for."""
        return [each for each in self.policy.events[name].attributes if each in (*BOOLS, *WORDED)]

    def _own(self, name: str) -> Table:
        number = self.events.index(name) if name in self.events else -1
        return self.rows.filter(self.rows.event == number).select(
            "no", "at", "begins", "ends", "known_until", *self.attributes(name), "source",
            kind=ibis.literal(0, "int8"), sure=ibis.literal(True),
        )  # fmt: skip

    def _absorbed(self, visits: Table, into: str) -> Table:
        """Visits on a day of a stay are the way into it."""
        stays = self._own(into).select(stay_no="no", stay_begins="begins", stay_until="known_until")
        during = (visits.no == stays.stay_no, visits.begins >= stays.stay_begins, visits.begins <= stays.stay_until)
        return visits.anti_join(stays, during)

    def _pooled(self, event: Event) -> Table:
        parts = []
        for kind, (name, where) in enumerate(event.pool.items()):
            rows = self.of(name)
            answer = matched(rows, where, self.words)
            parts.append(
                rows.mutate(sure=answer == YES, kind=ibis.literal(kind, "int8"), kept=answer)
                .filter(lambda row: row.kept != NO)
                .select("no", "at", "begins", "ends", "known_until", "source", "kind", "sure")
            )
        return reduce(lambda one, other: one.union(other), parts)


def merged(rows: Table, gap: int) -> Table:
    """Stays that touch or overlap are one; it has the attributes of the first that has them, true before false."""
    order = [rows.begins, rows.known_until, rows.at]
    before = ibis.window(group_by=rows.no, order_by=order, rows=(None, -1))
    seen = rows.mutate(reached=rows.known_until.max().over(before), place=ibis.row_number().over(
        ibis.window(group_by=rows.no, order_by=order)))  # fmt: skip
    apart = seen.reached.isnull() | ((seen.reached < STILL) & (seen.begins > seen.reached + gap))
    seen = seen.mutate(apart=whether(apart))
    running = ibis.window(group_by=seen.no, order_by=seen.place, rows=(None, 0))
    seen = seen.mutate(island=seen.apart.sum().over(running))
    return (
        seen.group_by("no", "island")
        .agg(
            at=seen.begins.min(),  # merged stays come in the order of their days
            begins=seen.begins.min(),
            until=seen.known_until.max(),
            open_ends=whether(seen.ends.isnull()).sum(),
            **{
                name: _agreed(seen, name)
                for name in rows.columns
                if name in (*BOOLS, *WORDED, "source", "kind", "sure")
            },
        )
        .mutate(
            ends=lambda row: ibis.cases((row.open_ends > 0, ibis.null("int32")), else_=row.until),
            known_until=lambda row: ibis.cases((row.open_ends > 0, row.begins), else_=row.until),
        )
        .drop("island", "open_ends", "until")
    )


def _agreed(rows: Table, name: str) -> Value:
    column = rows[name]
    if name in (*BOOLS, "sure"):
        return column.any()
    first = ibis.cases((column.notnull(), rows.place * BESIDE + column.cast("int64")), else_=ibis.null("int64"))
    return (first.min() % BESIDE).cast(column.type())
