"""One member of a finished run: the person from the store, and what the run said of them."""

from itertools import accumulate
from typing import Any, Final, NamedTuple

import pyarrow.parquet as pq

from wholeperson.rules.person import Person
from wholeperson.rules.problems import Problem, Refused, Where
from wholeperson.rules.reading.library import Policy
from wholeperson.sweep.run.result import read_run
from wholeperson.sweep.store.nearby import Shelf, Sorted
from wholeperson.sweep.store.opening import Store

SAID: Final = ("answer", "available", "because", "missing", "settled_by")
KEPT: Final = ("determinations", "availability")
Said = dict[str, dict[str, Any]]


class Found(NamedTuple):
    """A member: who they are, and what the run said by programme."""

    person: Person
    said: Said


class Members:
    """A run opened once, to be asked for one member after the other; each answer reads a few rows of the files."""

    def __init__(self, folder: Any, store: Store, policy: Policy) -> None:
        self.told, self.store, self.policy, self.shelf = read_run(folder), store, policy, Shelf(store)
        self.kept = {name: Sorted(folder / f"{name}.parquet", "member_id") for name in KEPT}
        self.patterns = pq.read_table(folder / "patterns.parquet")
        names = self.patterns.column("programme").to_pylist()
        counts = {name: names.count(name) for name in self.told["programmes"]}
        self.starts = dict(zip(counts, accumulate(counts.values(), initial=0), strict=False))
        rows = pq.read_table(folder / "availabilities.parquet").to_pylist()
        self.available = {(row["key"], row["programme"], row["mandatory"]): row["available"] for row in rows}

    def find(self, member: str) -> Found:
        """Everything the store has of the member, and what the run said; refused where the run knows no such member."""
        row = self.shelf.member(member)
        if row is None:
            why, do = "nobody of that name was swept", "use a member_id of determinations.parquet"
            raise Refused(
                Problem("no_such_member", f"{member[:40]} is no member of this run", why, do, Where("MEMBER"))
            )
        return Found(self.shelf.person(row, self.policy), self._said(member))

    def _said(self, member: str) -> Said:
        found, standing = (self.kept[name].rows(member)[0] for name in KEPT)
        wanted = [self.starts[each] + found[each] for each in self.starts]
        rows = self.patterns.take(wanted).to_pylist()
        return {row["programme"]: self._row(row, standing["key"]) for row in rows}

    def _row(self, row: dict[str, Any], key: int) -> dict[str, Any]:
        row["available"] = self.available.get((key, row["programme"], row["mandatory"]))
        return {each: row[each] for each in SAID}


def differences(report: dict[str, Any], said: Said) -> list[dict[str, Any]]:
    """Where the reference and the run differ, programme by programme; there should never be any."""
    return [
        {"programme": told["id"], "said": each, "reference": told[each], "run": said[told["id"]][each]}
        for told in report["programmes"]
        if told["id"] in said
        for each in SAID
        if told[each] != said[told["id"]][each]
    ]
