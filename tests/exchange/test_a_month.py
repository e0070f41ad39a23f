"""A provider's month, from the file that comes in to the file that goes out."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests.exchange.town import DECEMBER, JAMES, ROSA, File, file, made, plan
from tests.people import NOW, World
from wholeperson.access.models import Person
from wholeperson.access.queries import stand
from wholeperson.casework.care import actions as care
from wholeperson.casework.care.models import Case, Lead
from wholeperson.casework.members import queries as members
from wholeperson.casework.members.actions import NewName, Said, rename
from wholeperson.casework.members.models import Contact, Coverage, Identifier, Member
from wholeperson.exchange.actions import accept_trial, load, receive, send
from wholeperson.exchange.layouts import layout_of
from wholeperson.record import wall
from wholeperson.record.models import AuditRow
from wholeperson.rules.problems import Refused

NOVEMBER = date(2026, 11, 1)
CALL = Said(NOW - timedelta(hours=1), "phone", "outreach", 12, True)


@pytest.fixture
def ines(world: World) -> Person:
    return world.person("Ines Tran", "provider_intake", at="Bayside")


@pytest.fixture
def lena(world: World) -> Person:
    return world.person("Lena Ortiz", "lead_care_manager", at="Bayside")


@pytest.fixture(autouse=True)
def _looking(world: World) -> object:
    """The tests look at rows of members themselves."""
    with wall.opened("tests"):
        yield


def loaded(world: World, by: Person, *rows: dict[str, object]) -> object:
    received, _is_new = receive(file(world, *rows), by=by, at=NOW)
    return load(received, by=by, at=NOW)


def told(world: World, known_at: datetime) -> File:
    layout = layout_of("rtf", plan(world))
    return made(layout, world.organisation("Bayside"), plan(world), NOVEMBER, known_at=known_at)


def test_a_row_becomes_a_member_a_month_and_a_case(world: World, ines: Person, lena: Person) -> None:
    received = loaded(world, ines, ROSA, JAMES)
    assert (received.status, received.outcome, received.rows_kept) == ("loaded", "accepted_with_warnings", 2)
    rosa = members.known_by("cin", "01234567A")
    assert (rosa.given_name, rosa.family_name, rosa.language, rosa.county) == ("Rosa", "Delgado", "es", "contra_costa")
    assert [(row.plan.name, row.month) for row in rosa.coverage.all()] == [("Bay Plan", NOVEMBER)]
    case = rosa.cases.get()
    assert (case.status, case.assigned_on, case.authorization_number) == ("assigned", date(2026, 11, 3), "A-1")
    assert members.sight(lena, rosa).scope == "care"
    assert [row.number for row in rosa.phones.all()] == ["9255550142"]


def test_the_same_file_twice_has_no_effect(world: World, ines: Person) -> None:
    loaded(world, ines, ROSA)
    before = [model.objects.count() for model in (Member, Identifier, Coverage, Case)]
    again, is_new = receive(file(world, ROSA), by=ines, at=NOW)
    assert (again.status, is_new) == ("loaded", False)
    load(again, by=ines, at=NOW)
    assert [model.objects.count() for model in (Member, Identifier, Coverage, Case)] == before


def test_the_next_month_goes_on_with_the_same_case(world: World, ines: Person) -> None:
    loaded(world, ines, ROSA)
    loaded(world, ines, {**ROSA, "period": "2026-12", "authorization_number": "A-2"})
    case = Case.objects.get()
    assert case.authorization_number == "A-2"
    assert sorted(row.month for row in case.assignments.all()) == [NOVEMBER, date(2026, 12, 1)]


def test_a_number_of_somebody_else_is_set_aside(world: World, ines: Person) -> None:
    """The CIN is known with another birth date: two people are never made one, and the other rows are loaded."""
    loaded(world, ines, ROSA)
    received = loaded(world, ines, {**ROSA, "birth_date": date(1981, 3, 9), "period": "2026-12"}, JAMES)
    assert (received.outcome, received.rows_read, received.rows_kept) == ("partly", 2, 1)
    assert "another birth date" in received.report
    assert Coverage.objects.filter(member__family_name="Delgado").count() == 1


def test_somebody_without_a_birth_date_is_set_aside(world: World, ines: Person) -> None:
    received = loaded(world, ines, {**ROSA, "birth_date": None}, JAMES)
    assert (received.outcome, Member.objects.get().family_name) == ("partly", "Calloway")


def test_a_file_that_is_rejected_does_nothing(world: World, ines: Person) -> None:
    received = loaded(world, ines, {**ROSA, "birth_date": None})
    assert (received.status, received.outcome) == ("checked", "rejected")
    assert not Member.objects.exists()


def test_nobody_else_loads_it(world: World, ines: Person, lena: Person) -> None:
    stranger = world.person("Sam There", "provider_intake", at="There")
    for who in (lena, stranger):
        with pytest.raises(Refused):
            receive(file(world, ROSA), by=who, at=NOW)
    received, _ = receive(file(world, ROSA), by=ines, at=NOW)
    with pytest.raises(Refused):
        load(received, by=stranger, at=NOW)


def test_the_file_of_the_month_says_what_was_recorded(world: World, ines: Person, lena: Person) -> None:
    """Rosa was reached, enrolled and has a manager; nobody called James."""
    loaded(world, ines, ROSA, JAMES)
    case = Case.objects.get(member__family_name="Delgado")
    care.name_lead(case, lena, since=date(2026, 11, 10), by=lena, at=NOW)
    care.record_contact(case, CALL, on=date(2026, 11, 21), key="one", by=lena, at=NOW)
    care.take_step(case, "enrol", on=date(2026, 11, 21), by=lena, at=NOW)
    rosa, james = told(world, DECEMBER).rows
    wanted = {
        "cin": "01234567A", "ecm_status": "enrolled", "enrollment_start": date(2026, 11, 21), "lcm_name": "Lena Ortiz",
        "telephonic": 1, "in_person": 0, "last_encounter": date(2026, 11, 21), "period": "2026-11",
        "production_date": date(2026, 12, 2), "referral_status": "referral_loop_closed",
        "referral_status_date": date(2026, 11, 21), "closure_reason": "services_received",
    }  # fmt: skip
    assert {key: rosa[key] for key in wanted} == wanted
    assert (james["ecm_status"], james["referral_status"], james["lcm_name"]) == ("outreach", "pending", None)


def test_a_past_month_is_the_same_after_later_corrections(world: World, ines: Person, lena: Person) -> None:
    loaded(world, ines, ROSA, JAMES)
    first = told(world, DECEMBER).content
    late = DECEMBER + timedelta(days=5)
    lena = stand(lena, on=date(2026, 12, 7))
    case = Case.objects.get(member__family_name="Delgado")
    care.record_contact(case, CALL, on=date(2026, 11, 21), key="late", by=lena, at=late)
    care.name_lead(case, lena, since=date(2026, 11, 5), by=lena, at=late)
    assert told(world, DECEMBER).content == first
    assert told(world, late).rows[0]["telephonic"] == 1


def test_it_goes_out_once_and_not_before_the_plan_has_read_a_test(world: World, ines: Person) -> None:
    loaded(world, ines, ROSA)
    layout, bayside, at = layout_of("rtf", plan(world)), world.organisation("Bayside"), DECEMBER
    ines = stand(ines, on=date(2026, 12, 2))
    with pytest.raises(Refused, match="test file"):
        send(layout, bayside, plan(world), NOVEMBER, by=ines, at=at)
    accept_trial(layout, bayside, plan(world), accepted_on=date(2026, 12, 1), by=ines, at=at)
    with pytest.raises(Refused, match="not over"):
        send(layout, bayside, plan(world), NOVEMBER, by=ines, at=NOW)
    one = send(layout, bayside, plan(world), NOVEMBER, by=ines, at=at)
    assert send(layout, bayside, plan(world), NOVEMBER, by=ines, at=at + timedelta(days=3)) == one


def test_one_tap_is_one_contact(world: World, ines: Person, lena: Person) -> None:
    loaded(world, ines, ROSA)
    case = Case.objects.get()
    for _ in range(2):
        care.record_contact(case, replace(CALL, successful=False), on=date(2026, 11, 21), key="k", by=lena, at=NOW)
    assert (Contact.objects.count(), case.status) == (1, "outreach")


def test_an_end_lets_the_provider_see_until_its_last_file_is_made(world: World, ines: Person, lena: Person) -> None:
    loaded(world, ines, ROSA)
    case = Case.objects.get()
    care.take_step(case, "discontinue", on=date(2026, 11, 20), reason="moved_out_of_county", by=lena, at=NOW)
    assert [row.until for row in case.member.relationships.all()] == [date(2026, 12, 31)]
    row = told(world, DECEMBER).rows[0]
    assert (row["ecm_status"], row["discontinuation_code"]) == ("discontinued", "moved_out_of_county")


def test_a_caseload_is_handed_over_in_one_action(world: World, ines: Person, lena: Person) -> None:
    sam = world.person("Sam Whitfield", "supervisor", at="Bayside")
    loaded(world, ines, ROSA, JAMES)
    for case in Case.objects.all():
        care.name_lead(case, lena, since=date(2026, 11, 5), by=sam, at=NOW)
    bayside = world.organisation("Bayside")
    assert care.hand_over(lena, sam, organisation=bayside, since=date(2026, 11, 20), by=sam, at=NOW) == 2
    assert {case.lead_id for case in Case.objects.all()} == {sam.pk}


def test_two_hundred_people_are_handed_over_at_one_go(
    world: World, ines: Person, lena: Person, django_assert_max_num_queries: Any
) -> None:
    """As many questions as for a few; each of them then is led by the other, with a row that says since when."""
    sam, bayside = world.person("Sam Whitfield", "supervisor", at="Bayside"), world.organisation("Bayside")
    loaded(world, ines, *({**ROSA, "cin": f"{at:08d}A", "authorization_number": f"A-{at}"} for at in range(200)))
    month = {"organisation": bayside, "plan": plan(world), "month": date(2026, 11, 1)}
    with django_assert_max_num_queries(25):
        assert care.lead_all(lena, **month, by=sam, at=NOW) == 200
    with django_assert_max_num_queries(25):
        assert care.hand_over(lena, sam, organisation=bayside, since=date(2026, 11, 20), by=sam, at=NOW) == 200
    assert set(Case.objects.values_list("lead", flat=True)) == {sam.pk}
    assert Counter(Lead.objects.values_list("person", "since")) == {
        (lena.pk, date(2026, 11, 3)): 200, (sam.pk, date(2026, 11, 20)): 200
    }  # fmt: skip
    assert AuditRow.objects.filter(verb="care.lead", actor_id=str(sam.pk)).count() == 400


def test_a_name_that_changed_is_in_no_file_that_was_made_before(world: World, ines: Person, lena: Person) -> None:
    """She is Vega since November 5, told in December: made again as it was known, November is the same bytes."""
    loaded(world, ines, ROSA)
    rosa, late = Member.objects.get(), DECEMBER + timedelta(days=2)
    before = told(world, DECEMBER)
    rename(rosa, NewName("Rosa", "Vega"), kind="legal", since=date(2026, 11, 5), why="Her card.", by=lena, at=late)
    assert told(world, DECEMBER).content == before.content
    assert [row["last_name"] for row in told(world, DECEMBER).rows] == ["Delgado"]
    assert [row["last_name"] for row in told(world, late).rows] == ["Vega"]
    received, _is_new = receive(file(world, {**ROSA, "period": "2026-12"}), by=ines, at=late)
    assert "another last name" not in received.report, "the plan may still know her by the name before"
