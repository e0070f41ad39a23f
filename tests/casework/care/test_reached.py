"""When somebody was reached last stands on their case, whoever wrote the contact down; who waits longest is first."""

import re
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import connection, migrations
from django.db.migrations.executor import MigrationExecutor
from django.test import Client

from tests.casework.members.test_reaching import led
from tests.people import NOW, World
from tests.walls import served
from wholeperson.access import compiled, upto
from wholeperson.access.models import Person
from wholeperson.casework.care import actions as care
from wholeperson.casework.care import queries, views
from wholeperson.casework.care.models import Case
from wholeperson.casework.members import actions as members
from wholeperson.casework.members.actions import Said
from wholeperson.casework.members.models import Contact, Likeness
from wholeperson.casework.members.scoping import tell_the_wall
from wholeperson.record import wall
from wholeperson.record.moments import now_is
from wholeperson.record.triggers import WithTriggersAway

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


def test_what_whoever_writes_does_not_see_is_reckoned_with(world: World, lena: Person) -> None:
    """As the role that answers requests, behind the walls of PostgreSQL."""
    case = led(world, lena)
    last = told(case, NOW - HOUR, lena)
    sam, iris = (
        world.person("Sam There", "supervisor", at="There"),
        world.person("Iris Tan", "provider_intake", at="There"),
    )
    with served():
        tell_the_wall(sam)
        assert not Contact.objects.for_user(sam).exists()
        assert not queries.cases_for(sam).exists()
        assert not (wall.stands() and (Contact.objects.exists() or Case.objects.exists()))
        told(case, NOW - 2 * HOUR, sam)
    assert reached(case) == NOW - HOUR, "an earlier contact that Sam does not see"
    with served():
        late = told(case, NOW - HOUR / 2, sam)
    assert reached(case) == NOW - HOUR / 2, "a case that Sam does not see"
    with served():
        members.strike_contact(late, by=lena, at=NOW)
        members.strike_contact(last, by=lena, at=NOW)
    assert reached(case) == NOW - 2 * HOUR
    with served():
        other, november = world.organisation("Other Plan", "plan"), date(2026, 11, 1)
        begun = care.assign(case.member, organisation=case.organisation, plan=other, month=november, by=iris, at=NOW)
    assert reached(begun) == NOW - 2 * HOUR


def test_two_records_of_one_person_were_reached_each_for_itself(world: World, lena: Person) -> None:
    """To join them moves no row, and to part them gives none back: each case goes on with its own contacts."""
    case = led(world, lena)
    twin = world.member(case.member.given_name, case.member.family_name, case.member.birth_date)
    world.relate(twin, "Bayside", scope="care")
    iris, november = world.person("Iris Tan", "provider_intake", at="Bayside"), date(2026, 11, 1)
    other = care.assign(twin, organisation=case.organisation, plan=case.plan, month=november, by=iris, at=NOW)
    told(case, NOW - 2 * HOUR, lena)
    now_is(NOW)
    members.find_alike.func()
    with wall.opened("tests"):
        pair = Likeness.objects.get()
    members.join(pair, twin, why="Same phone", by=iris, at=NOW)
    told(other, NOW - HOUR, lena)
    assert (reached(case), reached(other)) == (NOW - 2 * HOUR, NOW - HOUR)
    members.part(pair, why="Two people", by=iris, at=NOW)
    assert (reached(case), reached(other)) == (NOW - 2 * HOUR, NOW - HOUR)


@pytest.mark.parametrize(("app", "model", "field"), [("members", "contact", "minutes"), ("care", "case", "reason")])
def test_a_table_may_be_built_anew(transactional_db: None, app: str, model: str, field: str) -> None:
    """As a later migration does it; before it was said so, SQLite stopped at the first trigger that named the table."""
    world = World()
    lena = world.person("Lena Ortiz", "lead_care_manager", at="Bayside")
    case = led(world, lena)
    told(case, NOW - 3 * HOUR, lena)
    before = MigrationExecutor(connection).loader.project_state()
    changed = before.apps.get_model(app, model)._meta.get_field(field).clone()
    changed.default = 7 if field == "minutes" else "moved"
    changed.db_default = changed.default  # the database itself knows it: another table
    operation = WithTriggersAway([migrations.AlterField(model, field, changed)])
    after = before.clone()
    operation.state_forwards(app, after)
    had = triggers()
    with connection.schema_editor() as editor:
        operation.database_forwards(app, editor, before, after)
    assert triggers() == had
    last = told(case, NOW - 2 * HOUR, lena)
    assert reached(case) == NOW - 2 * HOUR
    with connection.schema_editor() as editor:
        operation.database_backwards(app, editor, after, before)
    assert triggers() == had
    members.strike_contact(last, by=lena, at=NOW)
    assert reached(case) == NOW - 3 * HOUR


def triggers() -> set[tuple[str, ...]]:
    with connection.cursor() as cursor:
        if wall.stands():
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        else:
            cursor.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
        return set(cursor.fetchall())


def test_the_triggers_may_be_made_twice(world: World, lena: Person) -> None:
    case = led(world, lena)
    told(case, NOW - HOUR, lena)
    had = triggers()
    migration = import_module("wholeperson.casework.care.migrations.0006_when_they_were_reached")
    with wall.opened("tests"):
        Case.objects.update(reached_at=NOT_YET)
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER care_reached_in" + (" ON members_contact" if wall.stands() else ""))
    migration.keep(None, SimpleNamespace(connection=connection, execute=connection.cursor().execute))
    assert triggers() == had
    assert reached(case) == NOW - HOUR


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
