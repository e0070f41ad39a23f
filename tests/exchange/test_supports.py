"""Community Supports by file: a plan's decision as it was told, what we answer, and the file that tells it."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest

from tests.exchange.town import ROSA, File, made, plan
from tests.people import NOW, World
from wholeperson.access.models import Person
from wholeperson.casework.authorizations import actions as authorizations
from wholeperson.casework.authorizations import queries
from wholeperson.casework.authorizations.actions import Decision
from wholeperson.casework.authorizations.models import Authorization, Told
from wholeperson.casework.authorizations.queries import ecm_numbers
from wholeperson.casework.members import actions as members
from wholeperson.casework.members.models import Member, Relationship
from wholeperson.exchange.actions import Came, load, receive
from wholeperson.exchange.layouts import layout_of
from wholeperson.formats.files.writing import write
from wholeperson.record import documents, wall
from wholeperson.rules.problems import Refused

MEALS = {
    "cin": "01234567A", "last_name": "Delgado", "first_name": "Rosa", "birth_date": date(1980, 3, 9),
    "authorization_number": "CS-9", "service": "Medically-Tailored Meals", "authorization_start": date(2026, 10, 5),
    "authorization_end": date(2026, 12, 31), "units_authorized": 84, "decision_date": date(2026, 10, 2),
    "kind": "authorized",
}  # fmt: skip
OCTOBER = date(2026, 10, 1)


@pytest.fixture
def ines(world: World) -> Person:
    return world.person("Ines Tran", "provider_intake", at="Bayside")


@pytest.fixture(autouse=True)
def _looking(world: World) -> object:
    with wall.opened("tests"):
        yield


def came(world: World, *rows: Mapping[str, object]) -> Came:
    layout, out = layout_of("csasf", plan(world)), BytesIO()
    write(layout, rows, out, "csv")
    file = documents.Received("csasf.csv", out.getvalue())
    return Came(file, world.organisation("Bayside"), plan(world), layout)


def loaded(world: World, by: Person, *rows: Mapping[str, object]) -> Authorization:
    received, _is_new = receive(came(world, *rows), by=by, at=NOW)
    load(received, by=by, at=NOW)
    return Authorization.objects.get()


def told(world: World, known_at: datetime = NOW, month: date = OCTOBER) -> File:
    layout = layout_of("cs_rtf", plan(world))
    return made(layout, world.organisation("Bayside"), plan(world), month, known_at=known_at)


def test_a_row_becomes_a_decision_as_it_was_told(world: World, ines: Person) -> None:
    found = loaded(world, ines, MEALS)
    assert (found.programme, found.status, found.number, found.units) == ("cs.mtm_msf", "approved", "CS-9", 84)
    row = Told.objects.get()
    assert (row.how, row.on, row.decision) == ("file", date(2026, 10, 2), "approved")
    reason = Relationship.objects.get(member=found.member)
    assert (reason.reason, reason.scope, reason.organisation.name) == ("authorization", "care", "Bayside")
    again, _is_new = receive(came(world, {**MEALS, "phone": "9255550142"}), by=ines, at=NOW)
    load(again, by=ines, at=NOW)
    assert (Authorization.objects.count(), Told.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"kind": "potential", "authorization_number": None}, "undecided"),
        ({"authorization_status": "Denied"}, "denied"),
    ],
)
def test_what_is_not_authorized_is_not(world: World, ines: Person, said: dict[str, object], status: str) -> None:
    assert loaded(world, ines, {**MEALS, **said}).status == status
    assert told(world).rows == []


def test_one_person_with_two_services_is_one_person(world: World, ines: Person) -> None:
    """Also where the second row of the same CIN says another birth date: that one is set aside."""
    other = {**MEALS, "authorization_number": "CS-10", "service": "Respite Services"}
    wrong = {**other, "authorization_number": "CS-11", "birth_date": date(1990, 3, 9)}
    received, _is_new = receive(came(world, MEALS, other, wrong), by=ines, at=NOW)
    load(received, by=ines, at=NOW)
    assert (received.rows_kept, Member.objects.count(), Authorization.objects.count()) == (2, 1, 2)


def test_a_service_that_nobody_knows_is_set_aside(world: World, ines: Person) -> None:
    received, _is_new = receive(came(world, {**MEALS, "service": "Dog walking"}), by=ines, at=NOW)
    assert (received.outcome, received.rows_kept) == ("rejected", 0)
    assert "no Community Support is called this" in received.report
    assert Member.objects.count() == 0


def test_the_return_file_says_how_the_referral_stands_and_stays(world: World, ines: Person) -> None:
    """Pending, until somebody answered; an answer of today changes no file of yesterday."""
    found = loaded(world, ines, MEALS)
    before = told(world)
    assert [(row["service"], row["referral_status"], row["referral_status_date"]) for row in before.rows] == [
        ("Medically Tailored Meals and Medically Supportive Food", "pending", date(2026, 10, 2))
    ]
    later = NOW + timedelta(hours=1)
    authorizations.answer(found, "accepted", since=date(2026, 10, 4), by=ines, at=later)
    closed, why = "referral_loop_closed", "services_received"
    authorizations.answer(found, closed, since=date(2026, 10, 9), closure=why, by=ines, at=later)
    assert told(world).content == before.content
    row = told(world, later).rows[0]
    assert (row["referral_status"], row["closure_reason"]) == (closed, why)


def test_an_end_lets_the_provider_see_until_its_last_file_is_made(world: World, ines: Person) -> None:
    found = loaded(world, ines, MEALS)
    authorizations.end(found, on=date(2026, 11, 20), by=ines, at=NOW)
    assert [row.until for row in Relationship.objects.filter(member=found.member)] == [date(2026, 12, 31)]


def test_what_ended_stands_in_no_later_file_but_to_say_how_it_closed(world: World, ines: Person) -> None:
    """Nor may where the person moved since go to a provider that sees them no more. What was sent before stays."""
    found, december = loaded(world, ines, MEALS), date(2026, 12, 1)
    before, after = (datetime(2027, 1, day, 17, tzinfo=UTC) for day in (2, 4))
    sent = told(world, before, december)
    authorizations.end(found, on=date(2026, 11, 20), by=ines, at=datetime(2027, 1, 3, 17, tzinfo=UTC))
    assert told(world, before, december).content == sent.content
    assert (len(sent.rows), told(world, after, december).rows) == (1, [])
    moved, april = datetime(2027, 3, 5, 17, tzinfo=UTC), datetime(2027, 4, 2, 17, tzinfo=UTC)
    elsewhere = world.person("Lena Ortiz", "lead_care_manager", at="Somewhere Else")
    home = {"kind": "home", "street": "12 Elm St", "city": "Concord", "zip_code": "94520"}
    members.move(found.member, **home, since=moved.date(), by=elsewhere, at=moved)
    assert told(world, april, date(2027, 3, 1)).rows == []
    closed = {"since": date(2027, 3, 8), "closure": "services_received"}
    authorizations.answer(found, "referral_loop_closed", **closed, by=ines, at=april)
    (row,) = told(world, april, date(2027, 3, 1)).rows
    assert (row["closure_reason"], "new_address" in row) == ("services_received", False)


def test_who_declines_closes_nothing(world: World, ines: Person) -> None:
    found = loaded(world, ines, MEALS)
    authorizations.answer(found, "declined", since=date(2026, 10, 4), by=ines, at=NOW)
    with pytest.raises(Refused, match="stays open"):
        authorizations.answer(
            found, "referral_loop_closed", since=date(2026, 10, 5), closure="provider_declined", by=ines, at=NOW
        )  # fmt: skip


def test_the_number_of_a_month_is_the_one_that_was_known_then(world: World, ines: Person) -> None:
    """A renewal of December changes no file of November."""
    bayside = world.organisation("Bayside")
    rosa = world.member()
    ecm = Decision("ecm", "approved", "file", date(2026, 11, 1), str(ROSA["authorization_number"]), date(2026, 11, 3))
    authorizations.record(rosa, ecm, organisation=bayside, plan=plan(world), by=ines, at=NOW)
    renewed = Decision("ecm", "approved", "file", date(2026, 11, 20), "A-2", date(2026, 12, 1))
    authorizations.record(rosa, renewed, organisation=bayside, plan=plan(world), by=ines, at=NOW + timedelta(hours=1))
    later, november, december = NOW + timedelta(days=1), date(2026, 11, 30), date(2026, 12, 31)
    assert ecm_numbers([rosa.pk], bayside, plan(world), november, later) == {rosa.pk: "A-1"}
    assert ecm_numbers([rosa.pk], bayside, plan(world), december, later) == {rosa.pk: "A-2"}
    assert ecm_numbers([rosa.pk], bayside, plan(world), december, NOW) == {rosa.pk: "A-1"}


@pytest.mark.parametrize("at_once", [1, 2])
def test_the_file_is_the_same_however_many_are_looked_at_together(
    world: World, ines: Person, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    """By CIN and service, also where one part ends between two services of one person."""
    respite = {**MEALS, "service": "Respite Services", "authorization_number": "CS-10"}
    others = [{**MEALS, "cin": f"0123456{at}B", "authorization_number": f"CS-2{at}"} for at in range(3)]
    received, _is_new = receive(came(world, others[2], respite, others[0], MEALS, others[1]), by=ines, at=NOW)
    load(received, by=ines, at=NOW)
    whole, meals = told(world), "Medically Tailored Meals and Medically Supportive Food"
    assert [(row["cin"], row["service"]) for row in whole.rows] == [
        ("01234560B", meals), ("01234561B", meals), ("01234562B", meals), ("01234567A", meals),
        ("01234567A", "Respite Services"),
    ]  # fmt: skip
    monkeypatch.setattr(queries, "AT_ONCE", at_once)
    assert told(world).content == whole.content
