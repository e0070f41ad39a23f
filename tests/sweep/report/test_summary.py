"""Counts by group: right, with nobody to be found in them."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from tests.sweep.report.reading import parquet, rows
from wholeperson.sweep.report.summary import Count, count_groups, write_summary
from wholeperson.sweep.run.result import Result

ON = date(2026, 11, 21)
Key = tuple[str, str, str, str]


@pytest.fixture(scope="module")
def counted(many: Path) -> dict[Key, Count]:
    with Result(many) as result:
        return {(each.programme, each.answer, each.by, each.group): each for each in count_groups(result, ON)}


def test_the_numbers_are_those_of_the_determinations(many: Path, counted: dict[Key, Count]) -> None:
    """Counted anew, row by row, from the files of the run and the members as they were written down."""
    answers = {(row["programme"], row["pattern"]): row["answer"] for row in parquet(many / "patterns.parquet")}
    county = {row["member_id"]: row["county"] for row in rows(many.parent / "many" / "members.csv")}
    meant: Counter[Key] = Counter()
    for row in parquet(many / "determinations.parquet"):
        for programme, pattern in row.items():
            if programme != "member_id":
                answer = answers[programme, pattern]
                meant[programme, answer, "all", "all"] += 1
                meant[programme, answer, "county", county[row["member_id"]]] += 1
    assert meant["pof_1a_homeless_adult", "yes", "county", "kern"] == 20
    assert {key for key in counted if key[2] == "all"} == {key for key in meant if key[2] == "all"}
    shown = {key: each for key, each in counted.items() if key[2] in ("all", "county") and each.members is not None}
    assert len(shown) > 30
    assert all(each.members == meant[key] for key, each in shown.items() if key[3] != "small_groups_together")


def test_the_ages_are_those_of_the_day(counted: dict[Key, Count]) -> None:
    """Born on 21 November 2000, somebody is 26 that day; born a day later, 25."""
    sizes = {key[3]: each.of for key, each in counted.items() if key[2] == "age_band"}
    assert sizes == {"21-25": 50, "26-44": 50}


def test_no_number_under_eleven_is_shown(many: Path) -> None:
    with Result(many) as result:
        write_summary(count_groups(result, ON), many.parent / "summary.csv")
    told = rows(many.parent / "summary.csv")
    assert list(told[0]) == ["programme", "answer", "by", "group", "members", "of"]
    assert all(int(row["members"]) >= 11 for row in told if row["members"])
    assert any(not row["members"] for row in told)


def test_two_numbers_at_least_are_hidden_in_every_sum(counted: dict[Key, Count]) -> None:
    """One alone would be found by subtraction: in the sum over the answers, and in the sum over the groups."""
    across: Counter[tuple[str, ...]] = Counter()
    for (programme, answer, by, group), each in counted.items():
        if each.members is None:
            across[programme, by, "group", group] += 1
            across[programme, by, "answer", answer] += by != "all"
    assert across
    assert all(count != 1 for count in across.values())


def test_a_county_of_few_is_told_with_others(counted: dict[Key, Count]) -> None:
    """Four live in Alpine: no row has its name, here or anywhere."""
    groups = {key[3] for key in counted if key[2] == "county"}
    assert groups == {"kern", "small_groups_together"}


def test_of_a_plan_of_few_no_answer_is_told_by_the_others(out: Path) -> None:
    """Seven members: an answer that nobody has would say that all of them have another."""
    told = rows(out / "summary.csv")
    programmes = list(parquet(out / "determinations.parquet")[0])[1:]
    expected = [(name, answer, "all", "all", "", "") for name in programmes for answer in ("yes", "no", "not_known")]
    assert sorted(tuple(row.values()) for row in told) == sorted(expected)
