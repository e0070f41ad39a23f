"""From who may fit and is not served to a referral; and who is served stands there no more."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.casework.eligibility.known import member, plan
from tests.people import MAKER, NOW, SINCE, TODAY, World
from wholeperson.access.models import Person
from wholeperson.casework.authorizations import actions as authorizations
from wholeperson.casework.authorizations.actions import Decision
from wholeperson.casework.eligibility import actions, findings
from wholeperson.casework.eligibility.models import Finding
from wholeperson.casework.members import actions as members
from wholeperson.casework.members.models import Likeness, Member, Relationship
from wholeperson.casework.referrals.models import Referral
from wholeperson.desk.found import served
from wholeperson.record import wall
from wholeperson.record.actors import System
from wholeperson.record.moments import now_is
from wholeperson.sweep.report.found import Found

pytestmark = pytest.mark.django_db
FIELDS = {
    "programmes": "cs.mtm_msf", "urgency": "standard", "standing": "plan", "safe_to_contact": "yes", "agrees": "on",
    "key": "k",
}  # fmt: skip
WORKERS = [("Ines Tran", "provider_intake"), ("Sam Whitfield", "supervisor")]


@pytest.fixture
def rosa(world: World) -> Member:
    made = member(world)
    members.add_identifier(made, system="cin", value="91234567A", by=MAKER, at=NOW)
    lines = [
        Found(1, "91234567A", "cs.mtm_msf", "offer", "yes", (), ""),
        Found(2, "91234567A", "ecm", "offer", "yes", (), ""),
    ]
    taker = System("tests", frozenset({"found.take"}))
    actions.take_in(
        lines, organisation=plan(world), on=TODAY, policy_version="v", digest="a", system="cin", by=taker, at=NOW
    )
    return made


@pytest.fixture
def anil(world: World) -> Person:
    return world.person("Anil Rao", "analyst", at="Contra Costa Health Plan")


def test_an_analyst_asks_and_the_line_becomes_asked_for(client: Client, rosa: Member, anil: Person) -> None:
    client.force_login(anil)
    page = client.get("/may-fit/").content.decode()
    form = f"/referrals/new/?member={rosa.public_id}&amp;program=cs.mtm_msf"
    assert form in page
    begun = client.get(form.replace("&amp;", "&")).content.decode()
    assert "Rosa Delgado" in begun
    assert re.search(r'value="cs.mtm_msf"[^>]*checked', begun)
    assert client.post(f"/referrals/new/?member={rosa.public_id}", FIELDS).status_code == 303
    page = client.get("/may-fit/").content.decode()
    assert form not in page
    assert "program=ecm" in page
    with wall.opened("tests"):
        asked = Referral.objects.get()
    assert f"/referrals/{asked.public_id}/" not in page
    assert f"/referrals/{asked.public_id}/" in client.get("/may-fit/?stands=asked").content.decode()


def test_the_numbers_above_the_list_are_those_of_its_lines(client: Client, rosa: Member, anil: Person) -> None:
    """By hand: two programs for Rosa; of a county of one person nobody is told a number."""
    client.force_login(anil)
    page = client.get("/may-fit/")
    assert sorted(page.context["counts"]) == [
        ("cs.mtm_msf", "Medically Tailored Meals and Medically Supportive Food", 1),
        ("ecm", "Enhanced Care Management", 1),
    ]
    assert page.context["page"].paginator.count == 2
    assert page.content.decode().count("10 or fewer</td>") == 2
    with wall.opened("tests"):
        assert Finding.objects.count() == 2


def test_as_many_questions_however_many_lines(client: Client, rosa: Member, anil: Person, world: World) -> None:
    client.force_login(anil)

    def asked() -> tuple[int, int]:
        client.get("/may-fit/")
        with CaptureQueriesContext(connection) as questions:
            page = client.get("/may-fit/")
        return page.context["page"].paginator.count, len(questions)

    lines, few = asked()
    with wall.opened("tests"):
        first = Finding.objects.get(programme="ecm")
        for name in ("Ada", "Bo", "Cy", "Di"):
            one = world.member(name)
            world.relate(one, "Contra Costa Health Plan", reason="coverage")
            Finding(
                sweep=first.sweep, member=one, programme="ecm", kind="offer", answer="yes", rank=9, scope="care"
            ).save()
    more, many = asked()
    assert (lines, more) == (2, 6)
    assert many == few <= 25


def test_who_has_it_stands_no_more_among_the_unserved(rosa: Member, anil: Person, world: World) -> None:
    ines = world.person("Ines Tran", "provider_intake", at="Bayside")
    world.relate(rosa, "Bayside", reason="referral")
    told = Decision("cs.mtm_msf", "approved", "phone", SINCE, number="A-1")
    authorizations.record(rosa, told, organisation=world.organisation("Bayside"), plan=plan(world), by=ines, at=NOW)

    def programmes(stands: str) -> list[str]:
        every = findings.found_for(anil, on=TODAY, asked={})
        return [row.programme for row in served.narrowed(every, anil, TODAY, stands)]

    assert (programmes(""), programmes("asked"), programmes("given")) == (["ecm"], [], ["cs.mtm_msf"])
    counted = {programme for programme, _, _ in findings.tallies(anil, without=served.settled(TODAY))}
    assert counted == {"ecm"}


@pytest.mark.parametrize("goes_on", ["Rosa", "Rosana", "Rosanna"])
def test_who_has_it_under_their_other_record_is_served(rosa: Member, anil: Person, world: World, goes_on: str) -> None:
    """Whichever of the two goes on, or both in a third of which nobody was allowed anything."""
    again, third = (world.member(name, rosa.family_name, rosa.birth_date) for name in ("Rosana", "Rosanna"))
    for one in (again, third):
        world.relate(one, "Contra Costa Health Plan", reason="coverage")
    for one in (rosa, again):
        world.relate(one, "Bayside", reason="assignment")
    world.relate(third, "Bayside")
    ines, sam = (world.person(name, role, at="Bayside") for name, role in WORKERS)
    told = Decision("cs.mtm_msf", "approved", "phone", SINCE, number="A-1")
    authorizations.record(again, told, organisation=world.organisation("Bayside"), plan=plan(world), by=ines, at=NOW)
    with wall.opened("tests"):
        Relationship.objects.filter(member=rosa, reason="assignment").update(reason="referral")

    def unserved() -> list[str]:
        found = served.narrowed(findings.found_for(anil, on=TODAY, asked={}), anil, TODAY, "")
        return sorted(row.programme for row in found)

    assert unserved() == ["cs.mtm_msf", "ecm"]
    now_is(NOW)
    members.find_alike.func()
    into = {"Rosa": rosa, "Rosana": again, "Rosanna": third}[goes_on]
    for gone in {rosa, again} - {into}:
        pair = Likeness.objects.get(first__in=(gone, into), second__in=(gone, into))
        members.join(pair, into, why="One card.", by=sam, at=NOW)
    assert unserved() == []
    assert findings.tallies(anil, without=served.settled(TODAY)) == [("ecm", "together", None)]


def test_what_was_received_lately_a_sweep_need_not_have_read(rosa: Member, anil: Person, world: World) -> None:
    """Claims come months late. What was received long before is asked about again."""

    def closed(on: date) -> list[str]:
        with wall.opened("tests"):
            Referral.objects.update_or_create(
                member=rosa, programme="cs.mtm_msf",
                defaults={"plan": plan(world), "handled_by": plan(world), "status": "closed",
                          "closure_reason": "services_received", "closed_on": on, "received_at": NOW},
            )  # fmt: skip
        every = findings.found_for(anil, on=TODAY, asked={})
        return [row.programme for row in served.narrowed(every, anil, TODAY, served.GIVEN)]

    assert closed(TODAY - timedelta(days=1)) == ["cs.mtm_msf"]
    assert closed(TODAY - timedelta(days=180)) == ["cs.mtm_msf"]
    assert closed(TODAY - timedelta(days=181)) == []


def test_what_was_received_since_an_old_sweep_it_has_not_read(rosa: Member, anil: Person, world: World) -> None:
    """200 days after a sweep, of which 180 count as lately: what closed on its day or since stands as had."""
    on = TODAY + timedelta(days=200)

    def closed(day: date) -> tuple[list[str], list[str]]:
        with wall.opened("tests"):
            Referral.objects.update_or_create(
                member=rosa, programme="cs.mtm_msf",
                defaults={"plan": plan(world), "handled_by": plan(world), "status": "closed",
                          "closure_reason": "services_received", "closed_on": day, "received_at": NOW},
            )  # fmt: skip
        every = findings.found_for(anil, on=on, asked={})
        had, unserved = (served.narrowed(every, anil, on, stands) for stands in (served.GIVEN, ""))
        return [row.programme for row in had], [row.programme for row in unserved]

    assert closed(TODAY) == (["cs.mtm_msf"], ["ecm"])
    assert closed(TODAY - timedelta(days=1)) == ([], ["cs.mtm_msf", "ecm"])


def test_the_person_s_own_page_says_what_the_sweep_found(client: Client, rosa: Member, anil: Person) -> None:
    client.force_login(anil)
    page = client.get(f"/members/{rosa.public_id}/programs/").content.decode()
    assert "What a sweep of the plan found" in page
    assert "Medically Tailored Meals" in page
    assert "The rules have not been asked yet" not in page
