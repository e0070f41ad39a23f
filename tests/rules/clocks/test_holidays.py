"""The federal holidays are those that others count too, each with its observed day, and the list knows its end."""

from datetime import date, timedelta

import holidays as library
import pytest

from tests.rules.clocks.table import document, holidays
from wholeperson.rules.problems import Refused

OURS = holidays()
YEARS = range(2022, 2029)


def theirs() -> dict[date, str]:
    return dict(library.country_holidays("US", years=YEARS, observed=True))


def test_every_day_is_theirs_and_every_day_of_theirs_is_ours() -> None:
    assert sorted(OURS.days) == sorted(theirs())


def test_a_day_is_observed_where_they_say_so() -> None:
    assert {each.day for each in OURS.days.values() if each.observed} == {
        day for day, name in theirs().items() if "(observed)" in name
    }


def test_names_are_theirs() -> None:
    """One name of ours for each of theirs, all through the years."""
    pairs = {(each.why, theirs()[each.day].removesuffix(" (observed)")) for each in OURS.days.values()}
    assert len(pairs) == len({ours for ours, _ in pairs}) == len({name for _, name in pairs}) == 11


def test_the_list_is_whole_years() -> None:
    assert (OURS.first, OURS.last) == (date(2022, 1, 1), date(2028, 12, 31))
    assert {each["id"] for each in document("holidays")["names"]} == {each.why for each in OURS.days.values()}


@pytest.mark.parametrize("day", [OURS.first - timedelta(days=1), OURS.last + timedelta(days=1)])
def test_nothing_is_known_outside_the_list(day: date) -> None:
    with pytest.raises(Refused) as caught:
        OURS.skipped(day)
    problem = caught.value.problems[0]
    assert problem.code == "holidays_not_listed"
    assert str(day) in problem.problem
    assert "2028-12-31" in problem.problem
