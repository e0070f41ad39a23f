"""A new address in the return file: told in the month it is of, never where somebody hides or can only be found."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.exchange.test_month_end import OCTOBER, Month
from tests.people import NOW, World
from wholeperson.casework.members import actions as members
from wholeperson.casework.members.models import Likeness, Member, Relationship
from wholeperson.exchange.homes import new_homes
from wholeperson.record import wall
from wholeperson.record.moments import now_is

THEN = datetime(2026, 10, 12, 17, tzinfo=UTC)
NOVEMBER = date(2026, 11, 1)
HOME = {"kind": "home", "street": "12 Elm St", "city": "Concord", "zip_code": "94520"}
COLUMNS = {
    "new_address": True, "residential_address": "12 Elm St", "residential_city": "Concord", "residential_state": "CA",
    "residential_zip": "94520",
}  # fmt: skip


@pytest.fixture
def october(world: World) -> Month:
    return Month(world)


def rosa(october: Month) -> Member:
    return october.rosa.member


def moved(october: Month, since: date, at: datetime = THEN, **told: str) -> None:
    members.move(rosa(october), **{**HOME, **told}, since=since, by=october.lena, at=at)


def told(october: Month, month: date = OCTOBER, known_at: datetime = NOW) -> Any:
    return new_homes(october.bayside, [rosa(october).pk], month, known_at).get(rosa(october).pk)


def test_it_stands_in_the_row_of_the_month_and_in_no_other(october: Month) -> None:
    before = october.made("rtf", NOW).rows
    assert all("new_address" not in row for row in before)
    moved(october, date(2026, 10, 3))
    first, second = october.made("rtf", NOW).rows
    assert {key: first[key] for key in COLUMNS} == COLUMNS
    assert "new_address" not in second
    assert told(october, NOVEMBER) is None
    assert told(october, known_at=datetime(2026, 10, 2, tzinfo=UTC)) is None, "nobody knew of it yet"


def test_one_that_was_heard_of_late_is_told_in_the_month_it_was_heard(october: Month) -> None:
    moved(october, date(2026, 8, 1))
    assert told(october) == COLUMNS
    moved(october, date(2026, 10, 20), at=NOW, street="1 Oak Way", zip_code="89501")
    assert told(october)["residential_address"] == "1 Oak Way"
    assert told(october)["residential_state"] is None, "no ZIP code of California"


@pytest.mark.parametrize("rule", ["safe_contact_only", "do_not_contact"])
def test_who_may_hide_and_who_lives_nowhere_fixed_are_not_told_of(october: Month, rule: str) -> None:
    moved(october, date(2026, 10, 3))
    members.set_rule(rosa(october), rule, how="Never by mail.", since=date(2026, 10, 4), by=october.lena, at=THEN)
    assert told(october) is None
    members.lift_rule(rosa(october), by=october.lena, at=NOW)
    assert told(october) == COLUMNS
    where = {"street": "", "city": "", "zip_code": "", "where": "By the bridge."}
    moved(october, date(2026, 10, 9), kind="no_fixed", **where)
    assert told(october) is None


def test_a_rule_said_in_their_other_record_guards_this_one(october: Month, world: World) -> None:
    mine = rosa(october)
    other = world.member("Rosana", mine.family_name, mine.birth_date)
    for one in (mine, other):
        world.relate(one, "Hillside")
    hana = world.person("Hana Hill", "supervisor", at="Hillside")
    moved(october, date(2026, 10, 3))
    members.set_rule(other, "safe_contact_only", how="Mornings", since=date(2026, 10, 4), by=hana, at=THEN)
    assert told(october) == COLUMNS
    now_is(NOW)
    members.find_alike.func()
    members.join(Likeness.objects.get(), other, why="One card.", by=hana, at=NOW)
    assert told(october) is None
    assert told(october, known_at=THEN) == COLUMNS, "a file of before stays as it was"


@pytest.mark.parametrize(("until", "expected"), [(date(2026, 10, 1), COLUMNS), (date(2026, 9, 30), None)])
def test_no_home_is_told_to_whom_no_reason_was_left_in_that_month(october: Month, until: date, expected: Any) -> None:
    moved(october, date(2026, 10, 3))
    with wall.opened("tests"):
        Relationship.objects.filter(member=rosa(october).pk).update(since=date(2026, 9, 1), until=until)
    assert told(october) == expected
