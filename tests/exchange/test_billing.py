"""What may be billed: units allowed, used and left, for whoever bills at that provider, and not what help it is."""

from datetime import date, timedelta

import pytest
from django.test import Client

from tests.desk.test_work import seeing
from tests.people import NOW, TODAY, World
from wholeperson.access.models import Person
from wholeperson.casework.authorizations import actions
from wholeperson.casework.authorizations.actions import Decision
from wholeperson.casework.authorizations.models import Authorization
from wholeperson.exchange import projections
from wholeperson.exchange.billing import counting, due
from wholeperson.exchange.layouts import layouts
from wholeperson.record import wall

pytestmark = pytest.mark.django_db


@pytest.fixture
def bill(world: World) -> Person:
    return world.person("Bill Castellano", "provider_biller", at="Bayside")


def allowed(world: World, given: str, units: int | None, *, ends: date | None = None, at: str = "Bayside",
            plan: str = "Golden Poppy", scope: str = "care") -> Authorization:  # fmt: skip
    member = world.member(given, "Billed")
    world.relate(member, at, scope=scope)
    intake = world.person(f"Intake of {given}", "provider_intake", at=at)
    told = Decision("cs.mtm_msf", "approved", how="portal", on=TODAY, begins=TODAY, ends=ends, units=units)
    return actions.record(
        member, told, organisation=world.organisation(at), plan=world.organisation(plan, "plan"), by=intake, at=NOW
    )


def use(world: World, row: Authorization, units: int, on: date = TODAY, *, ago: int = 0) -> None:
    """Written down so many days ago."""
    by, at = world.person(f"Uses {row.pk} {on}", "provider_intake", at="Bayside"), NOW - timedelta(days=ago)
    actions.draw(row, units, on=on, source="hand", key=f"{row.pk} {on}", by=by, at=at)


def shown(person: Person, show: str = "all") -> list[tuple[str, int | None, int, int | None]]:
    with seeing(person), wall.opened("tests"):
        rows = counting.NARROWED[show](counting.billed(person), TODAY)
        return [(row.member.given_name, row.units, row.used, row.left) for row in rows]


def test_units_allowed_used_and_left(world: World, bill: Person) -> None:
    some = allowed(world, "Some", 40, ends=TODAY + timedelta(days=30))
    over = allowed(world, "Over", 10, ends=TODAY + timedelta(days=31), plan="Redwood")
    allowed(world, "Unnumbered", None)
    use(world, some, 5, date(2026, 10, 31))
    use(world, some, 7)
    use(world, over, 12, date(2026, 10, 1))
    assert shown(bill) == [("Some", 40, 12, 28), ("Over", 10, 12, -2), ("Unnumbered", None, 0, None)]
    assert [one[0] for one in shown(bill, "ending")] == ["Some"]
    assert [one[0] for one in shown(bill, "over")] == ["Over"]
    with seeing(bill):
        assert sorted((one.about, one.what) for one in due.lines(bill)) == [
            ("Over Billed", "2 units more than allowed"),
            ("Some Billed", "It ends, with 28 units left"),
        ]


def test_what_ends_without_a_number_of_units_is_work_too(world: World, bill: Person) -> None:
    allowed(world, "Unnumbered", None, ends=TODAY + timedelta(days=3))
    allowed(world, "All used", 0, ends=TODAY + timedelta(days=4))
    with seeing(bill):
        assert [(one.about, one.what) for one in due.lines(bill)] == [
            ("Unnumbered Billed", "It ends; the plan named no number of units"),
            ("All used Billed", "It ends, with 0 units left"),
        ]


def test_what_was_overdrawn_lately_is_work_the_newest_first_and_the_old_makes_room(
    world: World, bill: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Units of long ago that are written down now are new; the page goes on showing them all."""
    for given, on, ago, ends in [
        ("Old", date(2026, 8, 1), 90, 1), ("Before", TODAY, 89, 2),
        ("Late", date(2026, 3, 1), 1, 4), ("Now", TODAY, 0, 3),
    ]:  # fmt: skip
        use(world, allowed(world, given, 1, ends=TODAY + timedelta(days=ends)), 2, on, ago=ago)
    with seeing(bill):
        assert [one.about for one in due.lines(bill)] == ["Now Billed", "Late Billed", "Before Billed"]
        monkeypatch.setattr(due, "MOST", 1)
        assert [one.about for one in due.lines(bill)] == ["Now Billed"]
    assert [one[0] for one in shown(bill, "over")] == ["Old", "Before", "Now", "Late"]


def test_nothing_is_said_of_what_was_billed_as_no_file_that_goes_out_tells_units(bill: Person, client: Client) -> None:
    """A plan is told how each service stands, not what was used of it: that a file went says nothing of a bill."""
    telling = [
        (layout.id, column.key)
        for layout in layouts().values()
        if layout.file in projections.MADE
        for column in layout.columns
        if "units" in column.key
    ]
    assert telling == []
    client.force_login(bill)
    page = client.get("/billing/").content.decode()
    assert "What was already billed is not written down here." in page
    assert "no file yet" not in page


def test_only_ones_own_and_no_word_of_what_it_is_for(world: World, bill: Person, client: Client) -> None:
    """A record that only referred people reach says who it is; another provider's lines are not there."""
    allowed(world, "Own", 4, scope="part2")
    allowed(world, "Other", 4, at="Open Door")
    client.force_login(bill)
    page = client.get("/billing/").content.decode()
    assert "Own Billed" in page
    assert "Other Billed" not in page
    assert "Medically" not in page


def test_as_many_questions_however_many_lines(world: World, bill: Person, client: Client) -> None:
    for number in range(30):
        allowed(world, f"N{number}", number)
    client.force_login(bill)
    answer = client.get("/billing/")
    assert answer.content.count(b'scope="row"') == 25
    assert int(answer["Server-Timing"].split('desc="')[1].split('"')[0]) <= 25
