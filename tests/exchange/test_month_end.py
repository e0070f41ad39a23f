"""The end of a month with several plans: what is missing is fixed where it shows; what went out stays as it was."""

import re
from contextlib import suppress
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.exchange.test_pages import first, signed_in
from tests.exchange.test_supports import MEALS
from tests.exchange.test_supports import came as supported
from tests.exchange.town import JAMES, ROSA, File, file, made, plan
from tests.people import NOW, World
from wholeperson.access import upto
from wholeperson.access.queries import stand
from wholeperson.casework.care import actions as care
from wholeperson.casework.care import queries
from wholeperson.casework.care.models import Case
from wholeperson.casework.care.queries import Gaps, Glance
from wholeperson.casework.members import actions as members
from wholeperson.casework.members.actions import Said
from wholeperson.casework.members.models import Contact, Identifier
from wholeperson.exchange import projections
from wholeperson.exchange.actions import accept_trial, correct, load, receive, send_month
from wholeperson.exchange.layouts import layout_of, layouts
from wholeperson.exchange.returning import missing
from wholeperson.record import wall
from wholeperson.record.refusals import NotAllowed
from wholeperson.rules.problems import Refused

OCTOBER = date(2026, 10, 1)
ROWS = [{**row, "period": "2026-10", "authorization_start": None} for row in (ROSA, JAMES)]
CALLED = datetime.fromisoformat("2026-10-20T10:00-07:00")


class Month:
    """October at Bayside: Rosa was called twice, James never; nobody leads anybody's care."""

    def __init__(self, world: World) -> None:
        self.bayside, self.plan = world.organisation("Bayside"), plan(world)
        self.ines = world.person("Ines Tran", "provider_intake", at="Bayside")
        self.lena = world.person("Lena Ortiz", "lead_care_manager", at="Bayside")
        self.sam = world.person("Sam Whitfield", "supervisor", at="Bayside")
        received, _is_new = receive(file(world, *ROWS), by=self.ines, at=NOW)
        load(received, by=self.ines, at=NOW)
        with wall.opened("tests"):
            self.rosa = Case.objects.get(member__given_name="Rosa")
        for name, reached in (("first", False), ("second", True)):
            said = Said(CALLED, "phone", "outreach", 10, reached)
            care.record_contact(self.rosa, said, on=CALLED.date(), key=name, by=self.lena, at=NOW)

    def accept(self) -> None:
        for layout in projections.files_of("contra_costa_health_plan"):
            accept_trial(layout, self.bayside, self.plan, accepted_on=date(2026, 11, 2), by=self.ines, at=NOW)

    def made(self, kind: str, known_at: datetime) -> File:
        layout = layout_of(kind, self.plan)
        return made(layout, self.bayside, self.plan, OCTOBER, known_at=known_at)


@pytest.fixture
def october(world: World) -> Month:
    return Month(world)


def test_an_attempt_is_a_row_of_the_outreach_file(october: Month) -> None:
    rows = october.made("otf", NOW).rows
    assert [(row["cin"], row["attempt_date"], row["successful"], row["provider_type"]) for row in rows] == [
        ("01234567A", date(2026, 10, 20), False, "non_clinical"),
        ("01234567A", date(2026, 10, 20), True, "non_clinical"),
    ]


def test_what_is_corrected_later_changes_no_file_of_before(october: Month) -> None:
    """Both files, byte for byte; and made anew they say what is known by now."""
    before = {kind: october.made(kind, NOW).content for kind in ("rtf", "otf")}
    later = NOW + timedelta(days=2)
    with wall.opened("tests"):
        wrong = Contact.objects.get(successful=True)
    members.strike_contact(wrong, by=october.lena, at=later)
    care.lead_all(
        october.sam, organisation=october.bayside, plan=october.plan, month=OCTOBER, by=october.ines, at=later
    )
    care.take_step(october.rosa, "enrol", on=date(2026, 10, 25), by=october.lena, at=later)
    for kind, content in before.items():
        assert october.made(kind, NOW).content == content, kind
    told = october.made("rtf", later)
    assert [row["lcm_name"] for row in told.rows] == ["Sam Whitfield", "Sam Whitfield"]
    assert (told.rows[0]["telephonic"], told.rows[0]["ecm_status"]) == (0, "enrolled")
    assert len(october.made("otf", later).rows) == 1


@pytest.mark.parametrize(
    ("role", "left"),
    [("provider_intake", 2), ("community_supports_worker", 2), ("lead_care_manager", 1), ("supervisor", 1)],
)
def test_who_takes_a_row_out_of_the_outreach_file(world: World, october: Month, role: str, left: int) -> None:
    """Many may write a contact down; what was kept is struck out by who manages care, or watches over it."""
    them = world.person("Tess Moy", role, at="Bayside")
    with wall.opened("tests"):
        wrong = Contact.objects.get(successful=True)
    with suppress(NotAllowed):
        members.strike_contact(wrong, by=them, at=NOW)
    assert len(october.made("otf", NOW).rows) == left


@pytest.mark.parametrize("at_once", [1, 2])
def test_a_file_is_the_same_however_many_are_looked_at_together(
    october: Month, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    whole = {kind: october.made(kind, NOW).content for kind in ("rtf", "otf")}
    monkeypatch.setattr(queries, "AT_ONCE", at_once)
    assert {kind: october.made(kind, NOW).content for kind in ("rtf", "otf")} == whole


def test_a_corrected_file_takes_the_place_of_the_one_before(october: Month) -> None:
    october.accept()
    gone = send_month(october.bayside, october.plan, OCTOBER, by=october.ines, at=NOW)
    assert [row.layout.split("_")[0] for row in gone] == ["rtf", "otf"]
    with pytest.raises(Refused, match="say the same"):
        correct(gone[0], why="A slip", by=october.ines, at=NOW + timedelta(hours=1))
    care.take_step(october.rosa, "enrol", on=date(2026, 10, 25), by=october.lena, at=NOW + timedelta(hours=1))
    again = correct(gone[0], why="Rosa had enrolled", by=october.ines, at=NOW + timedelta(hours=2))
    assert (again.number, again.rows, gone[0].digest != again.digest) == (2, 2, True)
    assert send_month(october.bayside, october.plan, OCTOBER, by=october.ines, at=NOW)[0] == again


def test_a_file_where_kaiser_wants_the_attempts_in_the_rows(world: World, october: Month) -> None:
    told = made(layouts()["rtf_kaiser_permanente"], october.bayside, october.plan, OCTOBER, known_at=NOW)
    assert [(row["cin"], row.get("outreach_date")) for row in told.rows] == [
        ("01234567A", date(2026, 10, 20)), ("01234567A", date(2026, 10, 20)), ("01234568B", None),
    ]  # fmt: skip


@pytest.mark.parametrize(("assigned", "attempts", "contact", "to_mend"), [(20, 2, 1, 1), (21, 0, 2, 2)])
def test_a_call_before_the_assignment_is_counted_nowhere(
    world: World, october: Month, assigned: int, attempts: int, contact: int, to_mend: int
) -> None:
    """Both calls were on October 20: on the first day of the assignment they count, the day before they do not.

    With another plan Rosa is since October 1.
    """
    other(world, october, 1)
    with wall.opened("tests"):
        Case.objects.filter(pk=october.rosa.pk).update(assigned_on=date(2026, 10, assigned))
        october.rosa.refresh_from_db()
    care.name_lead(october.rosa, october.lena, since=date(2026, 10, 25), by=october.lena, at=NOW)
    which = (october.bayside, october.plan, OCTOBER)
    glance = queries.at_a_glance(*which, on=NOW.date(), at=NOW)
    assert glance == Glance(Gaps(people=2, lead=1, contact=contact, cin=0), to_mend=to_mend, attempts=attempts)
    assert queries.gaps(october.ines, "exchange.send", OCTOBER)[october.bayside.pk, october.plan.pk] == glance.gaps
    assert len(october.made("otf", NOW).rows) == attempts
    keys = queries.to_mend_first(*which, 0, 10, on=NOW.date())
    rows = queries.months_of(keys, *which, known_at=NOW)
    assert sum(bool([*missing(one)]) for one in rows) == to_mend
    assert {one.case.member.given_name: [*missing(one)] for one in rows} == {
        "Rosa": ["contact"] if to_mend == 2 else [], "James": ["lead", "contact"],
    }  # fmt: skip


@pytest.mark.parametrize(("last_day", "lacks"), [(20, 1), (21, 0)])
def test_a_number_counts_as_long_as_it_is_held(october: Month, last_day: int, lacks: int) -> None:
    """Looked at on November 21, as the file is: a CIN that ended the day before is none."""
    with wall.opened("tests"):
        Identifier.objects.filter(member=october.rosa.member_id, system="cin").update(until=date(2026, 11, last_day))
    which = (october.bayside, october.plan, OCTOBER)
    assert queries.at_a_glance(*which, on=date(2026, 11, 21), at=NOW).gaps.cin == lacks
    assert queries.gaps(october.ines, "exchange.send", OCTOBER)[october.bayside.pk, october.plan.pk].cin == lacks
    told = [one for each in queries.months(*which, known_at=NOW) for one in each]
    assert sum("cin" in missing(one) for one in told) == lacks


SAID = "What more than a thousand people lack is counted once a minute."


def test_only_a_card_that_says_so_stands_still_and_the_page_behind_brings_it_up_to_date(
    world: World, october: Month, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if the limit were one: two people of one plan are many, one of another is counted each time."""
    other(world, october, 1)
    monkeypatch.setattr(upto, "MOST", 1)
    client = Client()
    client.force_login(october.ines)
    bay, one = cards(client, october)
    assert SAID in bay
    assert "No contact with 1 person" in bay
    assert SAID not in one
    assert "No contact" not in one
    for contact in october.rosa.member.contacts.all():
        members.strike_contact(contact, by=october.lena, at=NOW)
    bay, one = cards(client, october)
    assert "No contact with 1 person" in bay, "as it was counted in this minute"
    assert "No contact with 1 person" in one
    behind = client.get(f"/exchange/return/{october.plan.public_id}/2026-10/").content.decode()
    assert "0 outreach attempts" in behind
    assert "No contact with 2 people" in cards(client, october)[0]


def test_what_is_kept_is_counted_again_after_its_minute(
    world: World, october: Month, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the same provider's other plan was counted in between."""
    other(world, october, 1)
    monkeypatch.setattr(upto, "MOST", 0)
    pair = (october.bayside.pk, october.plan.pk)

    def contacts_at(second: float) -> int:
        ines = stand(october.ines, on=NOW.date(), at=NOW + timedelta(seconds=second))
        return queries.gaps(ines, "exchange.send", OCTOBER)[pair].contact

    assert contacts_at(0) == 1
    for contact in october.rosa.member.contacts.all():
        members.strike_contact(contact, by=october.lena, at=NOW)
    other_plan, then = world.organisation("Plan 1"), NOW + timedelta(seconds=30)
    queries.at_a_glance(october.bayside, other_plan, OCTOBER, on=NOW.date(), at=then)
    assert (contacts_at(59.9), contacts_at(60)) == (1, 2)


def cards(client: Client, october: Month) -> tuple[str, str]:
    """The card of Bay Plan, and that of Plan 1."""
    page = client.get("/exchange/month/?month=2026-10").content.decode()
    bay, one = page.index(f">{october.plan.name}</a>"), page.index(">Plan 1</a>")
    return (page[bay:one], page[one:]) if bay < one else (page[bay:], page[one:bay])


def test_the_page_says_what_is_missing_and_fixes_it(world: World, october: Month) -> None:
    """Three actions for a plan: name who led, look, make the files."""
    october.accept()
    ines, stranger = Client(), signed_in(world, "Sam There", "supervisor", at="There")
    ines.force_login(october.ines)
    page = ines.get("/exchange/month/?month=2026-10").content.decode()
    assert "Nobody leads the care of 2 people" in page
    assert "No contact with 1 person" in page
    assert "Bay Plan" not in stranger.get("/exchange/month/?month=2026-10").content.decode()
    month = f"/exchange/return/{october.plan.public_id}/2026-10/"
    assert ines.post(f"{month}leads/", {"lead": october.lena.public_id}).status_code == 303
    assert "Lena Ortiz" in ines.get(month).content.decode()
    assert ines.post(f"{month}send/").status_code == 303
    page = ines.get(month).content.decode()
    assert page.count("/exchange/sent/") == 2
    of = first(r"out-\w+", page)
    assert ines.post(f"{month}correct/", {"of": of}).status_code == 422
    assert ines.post(f"{month}correct/", {"of": of, "why": "A slip"}).status_code == 303
    assert ines.get(month).content.decode().count("/exchange/sent/") == 2


def test_the_month_end_asks_the_same_for_one_plan_and_for_four(world: World, october: Month) -> None:
    ines = Client()
    ines.force_login(october.ines)
    ines.get("/exchange/month/")
    with CaptureQueriesContext(connection) as few:
        ines.get("/exchange/month/?month=2026-10")
    for number in range(3):
        other(world, october, number)
    with CaptureQueriesContext(connection) as many:
        page = ines.get("/exchange/month/?month=2026-10").content.decode()
    assert all(f"Plan {number}" in page for number in range(3))
    assert len(many) == len(few) <= 25


def other(world: World, october: Month, number: int) -> None:
    made = world.organisation(f"Plan {number}", "plan")
    rosa = october.rosa.member
    care.assign(rosa, organisation=october.bayside, plan=made, month=OCTOBER, by=october.ines, at=NOW)


def test_where_nobody_was_tried_the_page_says_that_there_is_nothing_to_make(october: Month) -> None:
    october.accept()
    for contact in october.rosa.member.contacts.all():
        members.strike_contact(contact, by=october.lena, at=NOW)
    ines = Client()
    ines.force_login(october.ines)
    address = f"/exchange/return/{october.plan.public_id}/2026-10/send/"
    said = ines.post(address, follow=True).content.decode()
    assert "1 file is made." in said
    assert "is not made: nothing was done in this month" in said
    again = ines.post(address, follow=True).content.decode()
    assert "file is made." not in again
    assert "is not made: nothing was done in this month" in again


def test_a_months_page_with_everything_on_it_asks_little(world: World, october: Month) -> None:
    """Files that went out and were taken along, a support, another plan, somebody to name for: of many as of two."""
    october.accept()
    send_month(october.bayside, october.plan, OCTOBER, by=october.ines, at=NOW)
    received, _is_new = receive(supported(world, MEALS), by=october.ines, at=NOW)
    load(received, by=october.ines, at=NOW)
    other(world, october, 1)
    page, ines = reverse("return_file", args=[october.plan.public_id, "2026-10"]), Client()
    ines.force_login(october.ines)
    asked = []
    for many in (0, 30):
        rows = [{**ROWS[0], "cin": f"000000{at:02d}C", "authorization_number": f"B-{at}"} for at in range(many)]
        if rows:
            received, _is_new = receive(file(world, *rows), by=october.ines, at=NOW)
            load(received, by=october.ines, at=NOW)
        for link in re.findall(r'href="(/exchange/sent/[^"]+)"', ines.get(page).content.decode()):
            ines.get(link)
        with CaptureQueriesContext(connection) as told:
            answer = ines.get(page).content.decode()
        assert all(words in answer for words in ("It went out", "Fix it here", "Taken along by")), many
        asked.append([one["sql"] for one in told if "ROLE" not in one["sql"][:10]])  # of the tests' own wall
    assert len(asked[0]) == len(asked[1])
    assert len(asked[1]) <= 25, "\n".join(one[:180] for one in asked[1])
