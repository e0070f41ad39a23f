"""A provider begins here: open cases, who leads them and units used so far come from its own spreadsheet."""

from collections.abc import Mapping
from datetime import date
from io import BytesIO

import pytest

from tests.exchange.town import plan
from tests.people import NOW, World
from wholeperson.access.models import Person
from wholeperson.casework.authorizations.models import Authorization, Draw
from wholeperson.casework.care.models import Case
from wholeperson.exchange.actions import Came, load, receive
from wholeperson.exchange.layouts import layouts
from wholeperson.formats.files.writing import write
from wholeperson.record import documents, wall
from wholeperson.record.refusals import NotAllowed

ROSA = {
    "cin": "01234567A", "last_name": "Delgado", "first_name": "Rosa", "birth_date": date(1980, 3, 9),
    "ecm_status": "enrolled", "assigned_on": date(2026, 3, 15), "enrollment_start": date(2026, 4, 2),
    "lcm_email": "Lena.Ortiz@tests.example", "authorization_number": "A-1", "authorization_start": date(2026, 3, 15),
}  # fmt: skip
MEALS = {
    "cin": "01234567A", "last_name": "Delgado", "first_name": "Rosa", "birth_date": date(1980, 3, 9),
    "service": "MTM", "authorization_number": "CS-1", "units_authorized": 84, "units_used": 30,
}  # fmt: skip


@pytest.fixture
def sam(world: World) -> Person:
    world.person("Lena Ortiz", "lead_care_manager", at="Bayside")
    return world.person("Sam Whitfield", "supervisor", at="Bayside")


@pytest.fixture(autouse=True)
def _looking(world: World) -> object:
    with wall.opened("tests"):
        yield


def came(world: World, *rows: Mapping[str, object]) -> Came:
    out = BytesIO()
    write(layouts()["opening"], rows, out, "csv")
    file = documents.Received("ours.csv", out.getvalue())
    return Came(file, world.organisation("Bayside"), plan(world), layouts()["opening"])


def test_open_cases_and_units_come_in_once(world: World, sam: Person) -> None:
    """One person with a case and a service; checked first, and the same list again changes nothing."""
    received, _is_new = receive(came(world, ROSA, MEALS), by=sam, at=NOW)
    assert (received.rows_kept, Case.objects.count()) == (2, 0)
    load(received, by=sam, at=NOW)
    case = Case.objects.get()
    assert (case.status, case.assigned_on, case.enrolled_on) == ("enrolled", date(2026, 3, 15), date(2026, 4, 2))
    assert str(case.lead) == "Lena Ortiz"
    again, _is_new = receive(came(world, MEALS, ROSA), by=sam, at=NOW)
    load(again, by=sam, at=NOW)
    assert (Case.objects.count(), Authorization.objects.count()) == (1, 2)
    assert [row.units for row in Draw.objects.all()] == [30]


def test_what_cannot_be_is_set_aside_and_who_is_not_known_is_told(world: World, sam: Person) -> None:
    rows = [
        {**ROSA, "enrollment_start": None}, {**ROSA, "cin": "01234568B", "assigned_on": date(2027, 1, 1)},
        {**ROSA, "cin": "01234569C", "lcm_email": "gone@tests.example"},
    ]  # fmt: skip
    received, _is_new = receive(came(world, *rows), by=sam, at=NOW)
    assert (received.outcome, received.rows_kept) == ("partly", 1)
    assert "nobody with this email leads care" in received.report


def test_only_who_does_the_work_says_where_it_stands(world: World, sam: Person) -> None:
    ines = world.person("Ines Tran", "provider_intake", at="Bayside")
    with pytest.raises(NotAllowed):
        receive(came(world, ROSA), by=ines, at=NOW)
