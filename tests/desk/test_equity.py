"""Whether the loop is as fair for everybody: tables counted by hand, and an attack by arithmetic that finds nobody."""

import csv
import re
from collections.abc import Hashable
from io import StringIO
from itertools import combinations
from typing import Any
from uuid import uuid4

import numpy as np
import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.casework.referrals.conftest import Town, town
from tests.desk.test_loop import a_town
from wholeperson.casework.eligibility.findings import TOGETHER, _by_county
from wholeperson.desk.equity.tables import EVERYBODY, Line, lines
from wholeperson.desk.loop import counting, few
from wholeperson.desk.loop.charts import language_name, outcomes
from wholeperson.desk.loop.counting import Counted

__all__ = ["town"]
LEAST = 11  # by hand: the smallest group whose number may be read
STAGES = (0, 3, 5)  # asked for, taken, begun


def one(
    language: str, furthest: int, outcome: str = "open", days: int | None = None, person: Hashable = None
) -> Counted:
    """One request, of somebody else each time where no person is named."""
    return Counted(
        person or uuid4(), "cs.mtm_msf", "Bayside", "family", language, outcome, furthest, "contra_costa", "26-44", days
    )


def many(number: int, *told: Any, **named: Any) -> list[Counted]:
    return [one(*told, **named) for _ in range(number)]


def asked_for() -> list[Counted]:
    """Spanish: 40 asked, 12 not taken, 28 taken after 2 days, of them 14 begun. English: 60, 45, 30, after 1 day.

    Vietnamese: 15 asked, and 4 not taken. Farsi: 6, not taken.
    """
    spanish = many(12, "es", 0) + many(14, "es", 3, days=2) + many(14, "es", 5, "services_received", 2)
    english = many(15, "en", 2) + many(15, "en", 4, days=1) + many(30, "en", 5, "services_received", 1)
    return [*spanish, *english, *many(4, "vi", 0), *many(11, "vi", 3, days=9), *many(6, "fa", 1)]


def test_each_group_says_how_far_it_came_and_how_fast() -> None:
    """Farsi is told with Vietnamese: 21, of whom 10 were not taken: only their sum, and then Spanish's alone too."""
    assert lines(asked_for(), "language") == [
        Line(EVERYBODY, 121, 84, 44, 44, 1),
        Line("en", 60, 45, 30, 30, 1),
        Line("es", 40, None, None, 14, None),
        Line(few.TOGETHER, 21, None, None, 0, None),
    ]
    assert lines(asked_for()[:10], "language") == []


def test_one_person_with_eleven_requests_is_told_with_others() -> None:
    """The only one who speaks Hmong has Enhanced Care Management and ten Supports, all begun after 3 days."""
    hmong = many(11, "hmn", 5, "services_received", 3, "Mai")
    assert lines([*many(40, "en", 0), *many(30, "es", 0), *hmong], "language") == [
        Line(EVERYBODY, 81, None, None, None, None),
        Line("en", 40, None, None, None, None),
        Line(few.TOGETHER, 41, None, None, None, None),
    ]
    assert lines(hmong, "language") == []


def test_half_of_few_people_were_taken_within_so_many_days_is_not_told() -> None:
    """Twenty were taken long ago, with no day kept; of the eleven whose days are known all are one person's."""
    mai = many(11, "en", 3, days=3, person="Mai")
    assert lines([*mai, *many(20, "en", 3)], "language")[0] == Line(EVERYBODY, 31, 31, 0, 0, None)


def test_shares_are_of_those_who_asked() -> None:
    english = lines(asked_for(), "language")[1]
    assert (english.share(english.taken), english.share(english.begun), english.share(None)) == (75, 50, None)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("ase", "American Sign Language"), ("hmn", "Hmong"), ("ium", "Mien"), ("lo", "Lao"), ("tl", "Tagalog"),
        ("yue", "Cantonese"), ("cmn", "Mandarin"), ("zh-hant", "Chinese"), ("und", "Not known"), ("", "Not known"),
    ],
)  # fmt: skip
def test_every_language_has_a_name_on_charts_and_in_files(code: str, name: str) -> None:
    assert str(language_name(code)) == name


@pytest.mark.django_db
def test_the_page_and_the_file_tell_the_same_and_the_loop_no_more(
    town: Town, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "asked_between", lambda *_: asked_for())
    client.force_login(town.world.person("Nate Kim", "network_manager", at=town.plan.name))
    page = client.get("/equity/").context["tables"][0]
    hidden = "10 or fewer people, or it would tell of them"
    _head, *rows = csv.reader(StringIO(client.get("/equity/language.csv").content.decode("utf-8-sig")))
    assert rows == [
        ["Everybody", "121", "84", "69", "44", "36", "44", "36", "1"],
        ["English", "60", "45", "75", "30", "50", "30", "50", "1"],
        ["Spanish", "40", hidden, hidden, hidden, hidden, "14", "35", hidden],
        ["Groups of 10 or fewer people, together", "21", hidden, hidden, hidden, hidden, "0", "0", hidden],
    ]
    assert [[name, str(line.asked)] for name, line, _ in page[3]] == [row[:2] for row in rows]
    _head, *loop = csv.reader(StringIO(client.get("/loop/language.csv").content.decode("utf-8-sig")))
    assert loop == [[row[0], row[1], row[2], row[4]] for row in rows[1:]]


@pytest.mark.django_db
@pytest.mark.parametrize(("key", "name"), [("age", "26-44"), ("county", "Contra Costa")])
def test_ages_and_counties_are_told_in_numbers_as_in_the_table(
    town: Town, client: Client, monkeypatch: pytest.MonkeyPatch, key: str, name: str
) -> None:
    """By hand: all 121 are of one age and county; 84 were taken, 44 begun and closed, half within a day."""
    monkeypatch.setattr(counting, "asked_between", lambda *_: asked_for())
    client.force_login(town.world.person("Nate Kim", "network_manager", at=town.plan.name))
    numbers = ["121", "84", "69", "44", "36", "44", "36", "1"]
    _head, *rows = csv.reader(StringIO(client.get(f"/equity/{key}.csv").content.decode("utf-8-sig")))
    assert rows == [["Everybody", *numbers], [name, *numbers]]
    part = client.get("/equity/").content.decode().split(f'id="table-{key}"')[1].split("</table>")[0]
    cells = re.findall(r"<td>(.*?)</td>", part)
    assert [re.findall(r"\d+", cell) for cell in cells] == 2 * [
        ["121"], ["84", "69"], ["44", "36"], ["44", "36"], ["1"],
    ]  # fmt: skip


@pytest.mark.django_db
def test_it_counts_what_was_asked_of_ones_own_plan_and_no_few(town: Town) -> None:
    a_town(town)
    nate = town.browser(town.world.person("Nate Kim", "network_manager", at=town.plan.name))
    assert [rows for *_, rows in nate.get("/equity/").context["tables"]] == [[], [], []]
    counted = counting.asked_between(counting.sights(town.paula)["own"].found, *[town.paula.standing.on] * 2)
    assert {(each.age, each.county, each.furthest, each.days) for each in counted} == {
        ("45-64", "", furthest, 0 if furthest >= 3 else None) for furthest in (0, 1, 2, 3, 5)
    }


cells = st.tuples(*[st.integers(0, 30)] * 3)


@settings(max_examples=150, deadline=None)
@given(st.lists(cells, min_size=1, max_size=5), st.data())
def test_an_attack_by_arithmetic_finds_no_few(groups: list[tuple[int, int, int]], data: st.DataObject) -> None:
    """All that is told as equations: no group's part of few, nor two of its parts taken as one, follows from them.

    At times one person has many requests, in several groups and stages.
    """
    people = data.draw(st.sampled_from([15, 25, 500]))
    asked = [(f"l{at}", stage) for at, parts in enumerate(groups)
             for stage, part in zip(STAGES, parts, strict=True) for _ in range(part)]  # fmt: skip
    ended = st.sampled_from(["open", "other"])
    counted = [one(language, stage, data.draw(ended) if at % 30 < 12 else "open", person=f"person {at % people}")
               for at, (language, stage) in enumerate(asked)]  # fmt: skip
    told = {line.group: line for line in lines(counted, "language")}
    known, unknown = [], {(name, stage): at for at, (name, stage) in enumerate(
        (name, stage) for name in told if name != EVERYBODY for stage in STAGES)}  # fmt: skip

    def people_of(name: str, stages: tuple[int, ...]) -> int:
        return len({each.person for each in counted if each.furthest in stages
                    and (each.language == name or (name == few.TOGETHER and each.language not in told))})  # fmt: skip

    def equation(names: list[str], stages: tuple[int, ...]) -> np.ndarray:
        return np.array([name in names and stage in stages for name, stage in unknown], dtype=float)

    for group, line in told.items():
        names = [name for name in told if name != EVERYBODY] if group == EVERYBODY else [group]
        reached = zip((line.asked, line.taken, line.begun), (STAGES, STAGES[1:], STAGES[2:]), strict=True)
        known += [(equation(names, stages), number) for number, stages in reached if number is not None]
    nobody = np.sum([each for each, number in known if number == 0], axis=0) > 0 if known else np.zeros(len(unknown))
    rows = np.array([np.where(nobody, 0, each) for each, _ in known])
    for name in told.keys() - {EVERYBODY}:
        for some in (part for size in (1, 2, 3) for part in combinations(STAGES, size)):
            if 0 < people_of(name, some) < LEAST:
                wanted = np.where(nobody, 0, equation([name], some))
                assert np.linalg.matrix_rank(np.vstack([rows, wanted])) > np.linalg.matrix_rank(rows), (name, some)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=6))
def test_of_open_and_closed_no_few_is_what_is_left(groups: list[tuple[int, int]]) -> None:
    """Where the sums of both are told, at least two groups are hidden, and those taken as one are no few."""
    counted = [one(f"l{at}", 0, outcome) for at, parts in enumerate(groups)
               for outcome, part in zip(("open", "other"), parts, strict=True) for _ in range(part)]  # fmt: skip
    rows = lines(counted, "language")[1:]
    hidden = [row for row in rows if row.closed is None]
    assert not [row for row in rows if row.closed is not None and 0 < row.closed < LEAST]
    assert not [row for row in rows if row.closed is not None and 0 < row.asked - row.closed < LEAST]
    if rows and outcomes(counted, across=True)["open"] is not None:
        total = sum(part for _, part in groups) - sum(row.closed for row in rows if row.closed is not None)
        left = sum(row.asked for row in hidden) - total
        assert len(hidden) != 1
        assert all(part == 0 or part >= LEAST for part in (total, left))


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 60), min_size=1))
def test_who_may_fit_leaves_no_county_of_few_to_whoever_knows_the_total(counties: dict[str, int]) -> None:
    told = dict(_by_county(counties))
    left = sum(counties.values()) - sum(many for many in told.values() if many is not None)
    assert all(many is None or many >= LEAST for many in told.values())
    assert left == 0 or told == {TOGETHER: None}
    assert len(counties) - len(told) != 0 or TOGETHER not in told or len(counties) == 1


def test_counties_of_few_stand_together() -> None:
    assert _by_county({"alameda": 40, "napa": 3, "solano": 12}) == [("alameda", 40), (TOGETHER, 15)]
    assert _by_county({"napa": 3, "solano": 4}) == [(TOGETHER, None)]
