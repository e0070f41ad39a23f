"""When somebody was reached last stands on their case, whoever wrote the contact down; who waits longest is first."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from tests.casework.members.test_reaching import led
from tests.people import NOW, World
from wholeperson.access import compiled, upto
from wholeperson.access.models import Person
from wholeperson.casework.care import actions as care
from wholeperson.casework.care import queries, views
from wholeperson.casework.care.models import Case
from wholeperson.casework.members import actions as members
from wholeperson.casework.members.actions import Said
from wholeperson.casework.members.models import Contact
from wholeperson.record import wall

NOT_YET = datetime(1900, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def lena(world: World) -> Person:
    return world.person("Lena Ortiz", "lead_care_manager", at="Bayside")


def told(case: Case, at: datetime, by: Person, *, reached: bool = True) -> Contact:
    said = Said(at, "phone", "care", 10, reached)
    kept, _ = members.record_contact(
        case.member, said, organisation=case.organisation, key=f"{at} {reached}", by=by, at=NOW
    )
    return kept


def reached(case: Case) -> datetime:
    with wall.opened("tests"):
        return Case.objects.get(pk=case.pk).reached_at


def test_the_last_time_counts_that_somebody_was_reached(world: World, lena: Person) -> None:
    case = led(world, lena)
    assert reached(case) == NOT_YET
    told(case, NOW - HOUR, lena, reached=False)
    assert reached(case) == NOT_YET, "a call that nobody answered"
    first, last = told(case, NOW - 3 * HOUR, lena), told(case, NOW - HOUR, lena)
    told(case, NOW - 2 * HOUR, lena)
    assert reached(case) == NOW - HOUR, "what is written down late was no later"
    members.strike_contact(last, by=lena, at=NOW)
    assert reached(case) == NOW - 2 * HOUR
    members.strike_contact(first, by=lena, at=NOW)
    assert reached(case) == NOW - 2 * HOUR


def test_another_organization_reached_somebody_else(world: World, lena: Person) -> None:
    case, theirs = led(world, lena), world.organisation("There")
    sam = world.person("Sam There", "supervisor", at="There")
    said = Said(NOW - HOUR, "phone", "care", 10, successful=True)
    members.record_contact(case.member, said, organisation=theirs, key="theirs", by=sam, at=NOW)
    assert reached(case) == NOT_YET


def test_a_case_that_begins_later_knows_whom_the_team_reached(world: World, lena: Person) -> None:
    case = led(world, lena)
    told(case, NOW - HOUR, lena)
    iris = world.person("Iris Tan", "provider_intake", at="Bayside")
    other = world.organisation("Other Plan", "plan")
    november = date(2026, 11, 1)
    begun = care.assign(
        case.member, organisation=case.organisation, plan=other, month=november, by=iris, at=NOW
    )  # fmt: skip
    assert reached(begun) == NOW - HOUR


@pytest.mark.parametrize(("day", "seen"), [("2026-10-31T23:59:59-07:00", False), ("2026-11-01T00:00:00-07:00", True)])
def test_a_month_begins_at_midnight_in_california(world: World, lena: Person, day: str, seen: bool) -> None:
    case, client = led(world, lena), Client()
    told(case, datetime.fromisoformat(day), lena)
    client.force_login(lena)
    assert ("Not reached this month" in client.get("/today/").content.decode()) is not seen
    with wall.opened("tests"):
        assert queries.was_seen(Case.objects.get(), date(2026, 11, 21)) is seen


def test_who_was_not_reached_for_the_longest_time_stands_first(world: World, lena: Person) -> None:
    rosa = led(world, lena)
    with wall.opened("tests"):
        iris = world.person("Iris Tan", "provider_intake", at="Bayside")
        for name, hours in (("Ada", 5), ("Bo", 2), ("Cy", 0)):
            member = members.register(
                given_name=name, family_name="Zed", birth_date=date(1970, 1, 1), by=iris, at=NOW
            )  # fmt: skip
            case = care.assign(
                member, organisation=rosa.organisation, plan=rosa.plan, month=date(2026, 11, 1), by=iris, at=NOW
            )  # fmt: skip
            care.name_lead(case, lena, since=date(2026, 11, 5), by=lena, at=NOW)
            if hours:
                told(case, NOW - hours * HOUR, lena)
    told(rosa, NOW - 3 * HOUR, lena)
    client = Client()
    client.force_login(lena)
    page = client.get("/today/").content.decode()
    places = [page.index(f"{name}</a>") for name in ("Cy Zed", "Ada Zed", "Rosa Delgado", "Bo Zed")]
    assert places == sorted(places)


def test_behind_the_limit_the_people_of_the_day_go_on(
    world: World, lena: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody of a long list is on no page."""
    monkeypatch.setattr(upto, "MOST", 4)
    monkeypatch.setattr(views, "ON_A_PAGE", 2)
    compiled.kept_for.cache_clear()
    rosa, iris = led(world, lena), world.person("Iris Tan", "provider_intake", at="Bayside")
    for number in range(6):
        member = members.register(
            given_name=f"Person{number}", family_name="Zed", birth_date=date(1970, 1, 1), by=iris, at=NOW
        )  # fmt: skip
        case = care.assign(
            member, organisation=rosa.organisation, plan=rosa.plan, month=date(2026, 11, 1), by=iris, at=NOW
        )  # fmt: skip
        care.name_lead(case, lena, since=date(2026, 11, 5), by=lena, at=NOW)
    client, address, seen = Client(), "/today/", []
    client.force_login(lena)
    for _ in range(4):
        page = client.get(address).content.decode()
        seen += re.findall(r"(Person\d Zed|Rosa Delgado)</a>", page)
        further = re.findall(r'href="([?][^"]*after=[^"]+)" rel="next"', page)
        address = f"/today/{further[0].replace('&amp;', '&')}" if further else ""
    compiled.kept_for.cache_clear()
    assert (len(seen), len(set(seen)), address) == (7, 7, "")
