"""An engine that takes *not known* for *no* is refused before anybody is decided about."""

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from tests.sweep.tiny import TODAY, policy
from tests.sweep.tiny_store import write_store
from wholeperson.rules.person import Person
from wholeperson.rules.problems import Refused
from wholeperson.rules.reading.versions import stamp_versions
from wholeperson.sweep.leaves.plan import make_plan
from wholeperson.sweep.run.duck import Duck
from wholeperson.sweep.run.engines import refuse_unless_kleene
from wholeperson.sweep.run.finding import find
from wholeperson.sweep.run.whole import stored_values
from wholeperson.sweep.store.opening import open_store


class Kept:
    """An engine whose booleans are DuckDB's own: yes, no and not known."""

    name = "kept"

    def rows(self, sql: str) -> pa.Table:
        return duckdb.sql(sql).to_arrow_table()


class Collapsed(Kept):
    """One that answers *no* wherever it does not know, as T-SQL's IIF does."""

    name = "collapsed"

    def rows(self, sql: str) -> pa.Table:
        told = super().rows(sql)
        kept = ("one", "other")
        columns = [told[name] if name in kept else pc.fill_null(told[name], False) for name in told.column_names]
        return pa.table(dict(zip(told.column_names, columns, strict=True)))


class Silent(Kept):
    """One that leaves out what it does not know."""

    name = "silent"

    def rows(self, sql: str) -> pa.Table:
        return super().rows(sql).drop_null()


class Numbered(Kept):
    """One that says 1 and 0, which Python takes for yes and no."""

    name = "numbered"

    def rows(self, sql: str) -> pa.Table:
        told = super().rows(sql)
        return pa.table({name: told[name].cast(pa.int8()) for name in told.column_names})


def test_three_values_are_kept_apart() -> None:
    refuse_unless_kleene(Kept())


@pytest.mark.parametrize("engine", [Collapsed(), Silent(), Numbered()], ids=lambda each: each.name)
def test_an_engine_that_does_not_is_refused(engine: Kept) -> None:
    with pytest.raises(Refused, match="does not keep \\*not known\\* apart from \\*no\\*") as refused:
        refuse_unless_kleene(engine)
    assert [(each.code, each.allowed) for each in refused.value.problems] == [
        ("not_three_valued", ("duckdb", "postgres", "spark"))
    ]


def test_nobody_is_decided_about_by_such_an_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree = {"any_of": [{"id": "x", "fact": "a", "mark": "source-verified", "says": "x"}], "id": "root"}
    made = policy(tree)
    stamp_versions(made)
    store = open_store(write_store(tmp_path / "store", made, [Person("x", None, None, (), None, (), (), (), ())]))
    desk = Duck(store)
    plan = make_plan(made, store, TODAY, stored_values(desk))
    monkeypatch.setattr(desk, "rows", Collapsed().rows)
    monkeypatch.setattr(desk, "stage", pytest.fail)
    with pytest.raises(Refused, match="not known"):
        find("duckdb", desk, plan, lambda _: None)
    desk.close()
