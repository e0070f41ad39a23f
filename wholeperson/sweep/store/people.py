"""Members of a store as the rules know a person, for the reference and for explanations."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final

from wholeperson.rules.person import OPEN, Coverage, Happening, Person, Statement
from wholeperson.rules.reading.library import Policy
from wholeperson.sweep.leaves.values import as_value
from wholeperson.sweep.run.engines import Engine
from wholeperson.sweep.store.opening import Store
from wholeperson.sweep.store.schema import STILL, WORDED, day

ATTRIBUTES = ("avoidable", "unplanned", *WORDED, "expected_release", "code", "modifiers", "units", "cents")
Row = dict[str, Any]
Rows = dict[int, list[Row]]
ORDER: Final = {
    "coverage": ("begins", "plan", "county", "share_of_cost", "ends", "aid_code"),
    "happenings": ("at",),
    "diagnoses": ("begins", "code", "id"),
    "statements": ("at",),
}


def read_people(engine: Engine, store: Store, policy: Policy, first: int, last: int) -> Iterator[tuple[str, Person]]:
    """The members numbered from ``first`` to ``last``, both in: member id and person."""
    reader = _Reader(engine, store, policy, first, last)
    for row in reader.rows("members"):
        yield row["member_id"], reader.person(row)


class _Reader:
    """Reads a range of members, table by table."""

    def __init__(self, engine: Engine, store: Store, policy: Policy, first: int, last: int) -> None:
        self.engine, self.store, self.policy = engine, store, policy
        self.range = f'"no" BETWEEN {int(first)} AND {int(last)}'
        self.coverage, self.happenings, self.diagnoses, self.statements = map(self.by_member, ORDER)
        self.values = self._values()

    def rows(self, name: str, order: str = '"no"') -> list[dict[str, Any]]:
        """The range's rows of one table."""
        return list(self.engine.rows(f'SELECT * FROM "{name}" WHERE {self.range} ORDER BY {order}').to_pylist())

    def by_member(self, name: str) -> Rows:
        """The range's rows, member by member."""
        found: Rows = defaultdict(list)
        for row in self.rows(name, ", ".join(f'"{each}"' for each in ("no", *ORDER[name]))):
            found[row["no"]].append(row)
        return found

    def _values(self) -> dict[int, tuple[str, Any]]:
        wanted = sorted({row["value"] for rows in self.statements.values() for row in rows})
        if not wanted:
            return {}
        listed = ", ".join(map(str, wanted))
        rows = self.engine.rows(f'SELECT * FROM "values" WHERE "value" IN ({listed})').to_pylist()
        return {row["value"]: (row["fact"], as_value(row["json"], self.policy.facts[row["fact"]])) for row in rows}

    def person(self, row: dict[str, Any]) -> Person:
        """One member."""
        number = row["no"]
        happened = [self._happening(each) for each in self.happenings.get(number, ())]
        happened += [self._diagnosis(each, at) for at, each in enumerate(self.diagnoses.get(number, ()), len(happened))]
        return Person(
            id=row["member_id"],
            birth_date=_day(row["birth"]),
            county=row["county"],
            languages=tuple((row["languages"] or "").split(";")) if row["languages"] else (),
            race_ethnicity=tuple(row["race_ethnicity"].split(";")) if row["race_ethnicity"] else None,
            coverage=tuple(_coverage(each) for each in self.coverage.get(number, ())),
            statements=tuple(self._statement(each) for each in self.statements.get(number, ())),
            happenings=tuple(happened),
            complete=self.store.complete[row["complete_class"]],
        )

    def _statement(self, row: dict[str, Any]) -> Statement:
        fact, value = self.values[row["value"]]
        return Statement(fact, value, _day(row["begins"]), _day(row["ends"]), _day(row["learnt"]),
                         self._source(row), row["attested_by"], row["at"])  # fmt: skip

    def _happening(self, row: dict[str, Any]) -> Happening:
        told = {name: self._told(name, row[name]) for name in ATTRIBUTES if row[name] is not None}
        begins = day(row["begins"])
        return Happening(self.store.events[row["event"]], begins, _end(row["ends"]), told, self._source(row), row["id"],
                         _day(row["learnt"]), row["at"])  # fmt: skip

    def _told(self, name: str, value: Any) -> Any:
        if name in WORDED:
            return self.store.words[value]
        return day(value) if name == "expected_release" else value

    def _diagnosis(self, row: dict[str, Any], at: int) -> Happening:
        told = {"code": row["code"]}
        return Happening(
            "diagnosis", day(row["begins"]), _end(row["ends"]), told, self._source(row), row["id"], None, at
        )

    def _source(self, row: dict[str, Any]) -> str | None:
        return None if row["source"] is None else self.store.sources[row["source"]]


class _One(_Reader):
    """One member whose rows somebody else has fetched."""

    def __init__(self, number: int, tables: dict[str, list[Row]], values: dict[int, Row], store: Store, policy: Policy):
        self.store, self.policy = store, policy
        own = ({number: _in_order(tables[name], by)} for name, by in ORDER.items())
        self.coverage, self.happenings, self.diagnoses, self.statements = own
        told = {row["value"]: values[row["value"]] for row in tables["statements"]}
        facts = policy.facts
        self.values = {at: (each["fact"], as_value(each["json"], facts[each["fact"]])) for at, each in told.items()}


def _in_order(rows: list[Row], by: tuple[str, ...]) -> list[Row]:
    """As the engine orders them: nulls last."""
    return sorted(rows, key=lambda row: [(row[each] is None, row[each]) for each in by])


def person_of(row: Row, tables: dict[str, list[Row]], values: dict[int, Row], store: Store, policy: Policy) -> Person:
    """The member with that row. ``tables``: the member's rows of each; ``values``: the store's, by number."""
    return _One(row["no"], tables, values, store, policy).person(row)


def _day(count: int | None) -> Any:
    return None if count is None else day(count)


def _end(count: int | None) -> Any:
    return OPEN if count == STILL else _day(count)


def _coverage(row: dict[str, Any]) -> Coverage:
    return Coverage(row["plan"], row["county"], row["aid_code"], _day(row["begins"]), _end(row["ends"]),
                    row["share_of_cost"])  # fmt: skip
