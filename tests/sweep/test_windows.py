"""What the compiled columns are called: two windows that differ for some class of members never share one."""

import ibis

from wholeperson.sweep.leaves.asked import covered_name
from wholeperson.sweep.leaves.windows import Days
from wholeperson.sweep.run.dialects import sql_of

ONE, OTHER = Days(20500, 20683), Days(20400, 20683)


def test_the_same_windows_of_other_classes_are_another_column() -> None:
    lists = ([ONE, None, ONE], [ONE, None, None], [ONE, OTHER, ONE], [ONE, OTHER, OTHER], [ONE, ONE, OTHER])
    assert len({covered_name(list(each)) for each in lists}) == len(lists)


def test_a_name_is_short_enough_for_every_engine() -> None:
    """PostgreSQL keeps 63 bytes of a name."""
    assert len(covered_name([Days(at, at + 9) for at in range(40)])) <= 63


def test_a_window_that_all_classes_share_is_one_column() -> None:
    assert covered_name([ONE]) == covered_name([ONE, ONE, ONE])


def test_every_sum_stays_64_bits_wide_one_that_is_asked_for_twice_too() -> None:
    rows = ibis.table({"no": "int32", "days": "int32"}, name="t")
    twice = rows.group_by("no").agg(one=rows.days.sum(), other=rows.days.sum())
    assert sql_of(twice, "duckdb").count("CAST(SUM(") == 2
