"""What waits for somebody: each line in its bucket, for the right people, in as many queries however many it is."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.casework.referrals.conftest import Town
from tests.people import NOW, SINCE, TODAY
from wholeperson.access import brimful, compiled, upto
from wholeperson.access.models import Person, SavedView
from wholeperson.access.queries import stand
from wholeperson.casework.authorizations.actions import Decision, record
from wholeperson.casework.care.models import Case
from wholeperson.casework.members.models import Contact
from wholeperson.casework.members.scoping import tell_the_wall
from wholeperson.casework.referrals import queries
from wholeperson.casework.referrals.due import asked as asked_by
from wholeperson.casework.referrals.models import Referral
from wholeperson.desk import words, worklists
from wholeperson.desk.work import BUCKETS, Wanted, Work
from wholeperson.record import wall
from wholeperson.record.models import AuditRow

PACIFIC_MIDNIGHT = 8  # o'clock in UTC, in winter


def utc(day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, second, tzinfo=UTC)


def asked(town: Town, *due: datetime | None, key: str = "") -> list[Referral]:
    """Requests that the plan looks at, due at these moments."""
    made = []
    for number, at in enumerate(due):
        member = town.world.member(given=f"Person{number:03}", family="Ofdesk")
        row = town.one(town.asked(member=member, key=f"desk {key}{number}"))
        with wall.opened("tests"):
            Referral.objects.filter(pk=row.pk).update(due_at=at)
        made.append(row)
    return made


def counts(person: Person, **wanted: Any) -> dict[str, int]:
    with seeing(person):
        return {bucket: number for bucket, number in Work(person, Wanted(**wanted)).counts.items() if number}


@contextmanager
def seeing(person: Person) -> Iterator[None]:
    """As the gate opens the door for somebody: they stand at the moment, and the wall knows it."""
    tell_the_wall(stand(person, on=TODAY, at=NOW))
    yield
    wall.forget()


@pytest.mark.parametrize(
    ("due", "bucket"),
    [
        (utc(21, 16, 59, 59), "late"),
        (utc(21, 17), "today"),
        (utc(22, 7, 59, 59), "today"),
        (utc(22, PACIFIC_MIDNIGHT), "soon"),
        (utc(29, 7, 59, 59), "soon"),
        (utc(29, PACIFIC_MIDNIGHT), "later"),
        (None, "later"),
    ],
)
def test_a_moment_lies_in_one_bucket(town: Town, due: datetime | None, bucket: str) -> None:
    """At nine in the morning of the 21st: late a second before, today until midnight, soon through the 28th."""
    asked(town, due)
    assert counts(town.paula) == {bucket: 1}


@pytest.mark.parametrize(
    ("ends", "bucket"),
    [(20, "late"), (21, "today"), (22, "soon"), (28, "soon"), (29, "later")],
)
def test_a_day_is_late_from_the_next_one_on(town: Town, ends: int, bucket: str) -> None:
    rosa = town.world.member()
    town.world.relate(rosa, "Bayside")
    told = Decision("cs.htns", "approved", "phone", TODAY, "H-1", SINCE, date(2026, 11, ends))
    record(rosa, told, organisation=town.bayside, plan=town.plan, by=town.ines, at=NOW)
    assert counts(town.ines, kind="authorization") == {bucket: 1}


def test_whose_turn_it_is(town: Town) -> None:
    """What was sent waits for others at the plan, and is to be done at the provider; nobody else has it."""
    town.sent()
    stranger = town.world.person("Sam There", "supervisor", at="There")
    assert (counts(town.paula), counts(town.ines), counts(stranger)) == ({"waiting": 1}, {"soon": 1}, {})
    with seeing(town.paula):
        line = Work(town.paula, Wanted(bucket="waiting"))[:50][0]
    assert (line.about, line.whose, line.why) == ("Rosa Delgado", "Bayside", "Sent, waiting for an answer")


def test_whoever_asked_waits_and_is_asked_back(town: Town) -> None:
    renee = town.world.person("Renee Brooks", "referrer", at="Hospital")
    row = town.one(town.asked(by=renee, person=renee))
    assert counts(renee) == {"waiting": 1}
    with wall.opened("tests"):
        asking = row.asked_by.get().asking
        Referral.objects.filter(pk=row.pk).update(status="asked", asked_of=asking, due_at=utc(23))
    assert counts(renee) == {"soon": 1}
    assert counts(town.paula) == {"waiting": 1}


@pytest.fixture
def led(town: Town) -> Person:
    """Three people of Bayside: one that Lena leads, one of a colleague, one of nobody; another was reached."""
    lena, omar = (town.world.person(name, "lead_care_manager", at="Bayside") for name in ("Lena Ortiz", "Omar Haddad"))
    for number, lead in enumerate((lena, omar, None, lena)):
        member = town.world.member(given=f"Case{number}", family="Ofdesk")
        town.world.relate(member, "Bayside")
        with wall.opened("tests"):
            Case(member=member, organisation=town.bayside, plan=town.plan, lead=lead, assigned_on=SINCE, kept_at=NOW,
                 status="enrolled").save()  # fmt: skip
            if number == 3:
                Contact(member=member, organisation=town.bayside, person=lena, happened_at=NOW, successful=True,
                        method="phone", purpose="care", minutes=5, kept_at=NOW, key="k").save()  # fmt: skip
    return lena


def test_the_people_not_reached_this_month(town: Town, led: Person) -> None:
    """Due by the last day of November: mine and nobody's; the whole team's where I ask for it."""
    assert counts(led) == {"later": 2}
    assert counts(led, team=True) == {"later": 3}


def test_one_queue_over_all_plans_and_one_plan_alone(town: Town) -> None:
    """A provider with four plans sees one list, what is due first on top, and may ask for one plan."""
    plans = [town.plan, *(town.world.organisation(name, "plan") for name in ("Second", "Third", "Fourth"))]
    rows = asked(town, *(utc(27 - number) for number in range(4)))
    for row, plan in zip(rows, plans, strict=True):
        with wall.opened("tests"):
            Referral.objects.filter(pk=row.pk).update(plan=plan, handled_by=town.bayside)
        town.world.relate(row.member, "Bayside")
    with seeing(town.ines):
        names = [line.about for line in Work(town.ines, Wanted())[:50]]
    assert names == ["Person003 Ofdesk", "Person002 Ofdesk", "Person001 Ofdesk", "Person000 Ofdesk"]
    assert counts(town.ines, plan=plans[2].pk) == {"soon": 1}
    page = town.browser(town.ines).get(f"/desk/work/?plan={plans[2].public_id}").content.decode()
    assert "Person002" in page
    assert "Person001" not in page


def test_filters_of_the_address(town: Town) -> None:
    """What nobody knows is as if it were not there; a kind of work that is another's finds nothing."""
    asked(town, utc(20), utc(24))
    paula = town.browser(town.paula)
    late = paula.get("/desk/work/?bucket=late").content.decode()
    assert ("Person000" in late, "Person001" in late) == (True, False)
    for address in ("?bucket=nothing", "?kind=' OR 1=1", "?plan=%00", "?page=999", "?whose=all&kind=referral"):
        assert "Person001" in paula.get(f"/desk/work/{address}").content.decode(), address
    assert "Person001" in paula.get("/desk/work/?step=referral-received").content.decode()
    assert "Nothing here" in paula.get("/desk/work/?step=referral-screened").content.decode()
    assert "Nothing here" in paula.get("/desk/work/?kind=application").content.decode()


def test_as_many_queries_for_forty_as_for_one(town: Town) -> None:
    paula, numbers = town.browser(town.paula), []
    for many in (1, 40):
        asked(town, *(utc(24) for _ in range(many)), key=f"{many}")
        for address in ("/desk/", "/desk/work/"):
            paula.get(address)  # what is asked once in a session has been asked
            numbers.append(paula.get(address)["Server-Timing"])
    assert numbers[:2] == numbers[2:]


def test_as_many_queries_for_whoever_asked_for_many_as_for_one(town: Town) -> None:
    """Also where they picked a record, whose name is then the member's own."""
    dan, numbers = town.world.person("Dan Ito", "referrer", at="Mercy"), []
    for many in (1, 3):
        for number in range(many):
            member = town.world.member(given=f"Picked{many}{number}", family="Ofdesk")
            town.asked(member=member, by=dan, person=dan, given_name="", family_name="", key=f"dan {many}{number}")
        with seeing(dan), CaptureQueriesContext(connection) as asked_for:
            about = {line.about for line in asked_by(dan)}
        numbers.append(len(asked_for))
    assert about == {f"{name} Ofdesk" for name in ("Picked10", "Picked30", "Picked31", "Picked32")}
    assert numbers[0] == numbers[1]


def test_the_list_stands_in_the_trail(town: Town) -> None:
    (row,) = asked(town, utc(20))
    town.browser(town.paula).get("/desk/work/")
    kept = AuditRow.objects.get(verb="desk.work")
    assert list(kept.details["because"]) == [str(row.member_id)]


def test_empty_for_whoever_has_nothing(town: Town) -> None:
    for person in (town.paula, town.world.person("Ada Wu", "auditor", at="House")):
        page = town.browser(person).get("/desk/work/").content.decode()
        assert "Nothing here" in page


def test_a_view_is_kept_found_again_and_removed_by_its_owner_alone(town: Town) -> None:
    asked(town, utc(20))
    paula, ines = town.browser(town.paula), town.browser(town.ines)
    said = {"name": "  My   mornings ", "bucket": "late", "kind": "referral", "whose": "everybody", "note": "Rosa"}
    assert paula.post("/desk/work/views/", said).status_code == 303
    view = SavedView.objects.get()
    assert (view.name, view.filters) == ("My mornings", {"bucket": "late", "kind": "referral"})
    assert AuditRow.objects.filter(verb="view.keep", thing_id=view.pk).count() == 1
    assert "?bucket=late&amp;kind=referral" in paula.get("/desk/work/").content.decode()
    assert "My mornings" not in ines.get("/desk/work/").content.decode()
    drop = f"/desk/work/views/{view.public_id}/drop/"
    assert (ines.post(drop).status_code, paula.post(drop).status_code) == (404, 303)
    assert AuditRow.objects.filter(verb="view.drop", thing_id=view.pk).count() == 1
    assert not SavedView.objects.exists()


def test_no_more_than_twenty_views(town: Town) -> None:
    paula: Client = town.browser(town.paula)
    for number in range(21):
        paula.post("/desk/work/views/", {"name": f"View {number}", "bucket": "late"})
    assert SavedView.objects.count() == 20


@pytest.fixture
def limit(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Three lines are as many as are counted."""
    monkeypatch.setattr(upto, "MOST", 3)
    compiled.kept_for.cache_clear()
    yield
    compiled.kept_for.cache_clear()


@pytest.mark.parametrize(("many", "said", "lines"), [(2, "2", 2), (3, "3", 3), (4, "1,000+", 3), (9, "1,000+", 3)])
@pytest.mark.usefixtures("limit")
def test_lines_are_counted_up_to_a_limit(town: Town, many: int, said: str, lines: int) -> None:
    """Below it and at it how many there are, above it that there are more; a page ends at it and says how to go on."""
    asked(town, *(utc(20) for _ in range(many)))
    work = town.browser(town.paula).get("/desk/work/").content.decode()
    first = town.browser(town.paula).get("/desk/").content.decode()
    assert f'<span class="wp-tally__number">{said}</span> <span class="wp-tally__name">Late</span>' in first
    assert f'Late <span class="wp-note">{said}</span>' in work
    assert (work.count('name="shown"'), "after=" in work) == (lines, many > 3)


@pytest.mark.usefixtures("limit")
def test_behind_the_limit_it_goes_on_where_it_ended(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every line once, by when it is due, then those of no day; nothing of it changes the counts."""
    monkeypatch.setattr(worklists, "ON_A_PAGE", 3)
    asked(town, utc(24), utc(20), None, utc(24), utc(30), None, utc(21, 18))
    paula, address, seen, said = town.browser(town.paula), "/desk/work/", [], []
    for _ in range(3):
        page = paula.get(address).content.decode()
        said += re.findall(r"([\d,+]+ lines?|Page \d)<", page)
        seen += re.findall(r"(Person\d+) Ofdesk</a>", page)
        assert 'Later <span class="wp-note">3</span>' in page
        address = "/desk/work/" + next(iter(re.findall(r'href="([?][^"]*after=[^"]+)" rel="next"', page)), "")
        address = address.replace("&amp;", "&")
    assert (len(seen), address) == (7, "/desk/work/")
    assert said == [word for page in (1, 2, 3) for word in ("1,000+ lines", f"Page {page}")]
    assert "From the top" in page
    assert seen[:2] == ["Person001", "Person006"]
    assert (set(seen[2:4]), seen[4], set(seen[5:])) == (
        {"Person000", "Person003"}, "Person004", {"Person002", "Person005"}
    )  # fmt: skip


@pytest.mark.usefixtures("limit")
def test_a_list_above_the_limit_is_counted_again_after_a_minute(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Below it the number is right at once; one reader's memory is not another's."""
    asked(town, *(utc(20) for _ in range(4)))
    dora = town.world.person("Dora", "plan_intake", at=town.plan.name)
    late = [Referral.objects.order_by("pk")[at] for at in range(2)]

    def said(who: Person) -> str:
        page = town.browser(who).get("/desk/work/").content.decode()
        return re.findall(r'Late <span class="wp-note">([^<]+)</span>', page)[0]

    assert said(town.paula) == "1,000+"
    with wall.opened("tests"):
        Referral.objects.filter(pk=late[0].pk).update(due_at=utc(30))
    assert (said(town.paula), said(dora)) == ("1,000+", "3")
    now = time.monotonic()
    monkeypatch.setattr(brimful.time, "monotonic", lambda: now + 61)
    assert said(town.paula) == "3"
    with wall.opened("tests"):
        Referral.objects.filter(pk=late[1].pk).update(due_at=utc(30))
    assert said(town.paula) == "2"


@pytest.mark.parametrize("place", ["", "x", "20261121T", "20261399T000000000000-referral-" + 32 * "0", "\0"])
def test_what_names_no_place_is_the_top(place: str) -> None:
    assert upto.place(place) is None


def test_the_parts_are_the_whole(town: Town) -> None:
    """At the plan and at the provider: each open referral in one part, on the right side, whatever its state."""
    town.taken(town.asked(key="taken"))
    town.sent(town.asked("cs.htns", key="sent"))
    rows = {status: town.taken(town.asked(programme, key=status)) for programme, status in HELD.items()}
    for status, row in rows.items():
        with wall.opened("tests"):
            Referral.objects.filter(pk=row.pk).update(status=status)
    for programme, status in NOT_HELD.items():
        row = town.one(town.asked(programme, key=status))
        with wall.opened("tests"):
            Referral.objects.filter(pk=row.pk).update(status=status)
    for person in (town.paula, town.ines, town.world.person("Sam There", "supervisor", at="There")):
        with seeing(person):
            parts = [(row.pk, part.ours) for part in queries.due_parts(person) for row in part.rows]
            assert sorted(parts) == sorted((row.pk, row.ours) for row in queries.due(person))
    assert counts(town.ines) == {"soon": 4, "waiting": 1}


HELD = {"cs.day_habilitation": "reaching", "cs.asthma_remediation": "started", "cs.recuperative_care": "on_hold"}
NOT_HELD = {"cs.respite": "asked", "cs.eaa": "elsewhere", "cs.pchs": "screened", "ecm": "received"}


def test_every_bucket_has_its_words() -> None:
    assert list(words.BUCKETS) == list(BUCKETS)
