"""What those see first who handle no case: who may fit, what is late, and of which places nobody has spoken lately."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.casework.providers.streets import service
from tests.casework.referrals.conftest import Town, town
from tests.desk.test_found import anil, rosa
from tests.desk.test_work import asked, counts, seeing
from tests.people import NOW
from wholeperson.access.models import Person
from wholeperson.casework.members.models import Member
from wholeperson.desk.loop import due
from wholeperson.desk.work import Wanted, Work

__all__ = ["anil", "rosa", "town"]
pytestmark = pytest.mark.django_db


def first(person: Person, kind: str) -> list[tuple[str, str, str]]:
    with seeing(person):
        return [(line.about, str(line.what), line.address) for line in Work(person, Wanted(kind=kind))[:9]]


def test_an_analyst_has_a_line_for_each_program_that_people_may_fit(rosa: Member, anil: Person) -> None:
    said = "1 person may fit and is not served"
    assert sorted(first(anil, "found")) == [
        ("Enhanced Care Management", said, "/may-fit/?programme=ecm"),
        ("Medically Tailored Meals and Medically Supportive Food", said, "/may-fit/?programme=cs.mtm_msf"),
    ]
    assert counts(anil) == {"later": 2}


def test_what_is_late_of_whole_organizations_is_no_small_number(town: Town) -> None:
    nate = town.world.person("Nate Kim", "network_manager", at=town.plan.name)
    asked(town, NOW + timedelta(days=1))
    assert first(nate, "loop") == []
    asked(town, NOW - timedelta(days=1), key="late")
    assert first(nate, "loop") == [
        ("Where the loop stands", "Requests of 10 or fewer people are late", "/loop/?of=whole")
    ]
    assert due._line(11, people=11).what == "11 requests are late"
    assert due._line(11, people=1).what == "Requests of 10 or fewer people are late"


def test_of_which_places_nobody_has_spoken_lately(town: Town, client: Client) -> None:
    """Old news is late since it became old; what was never said has no day; what was said lately is not there."""
    nate = town.world.person("Nate Kim", "network_manager", at=town.plan.name)
    old = service(town.world, "Old Vine", plan=town.plan, free=3, said_at=NOW - timedelta(hours=25))
    never = service(town.world, "Silent", plan=town.plan)
    service(town.world, "Harbor", plan=town.plan, free=2)
    service(town.world, "Of Another Plan", free=1, said_at=NOW - timedelta(hours=25))
    assert first(nate, "room") == [
        (one.organisation.name, "Recuperative Care", f"/directory/{one.public_id}/room/") for one in (old, never)
    ]
    assert counts(nate, kind="room") == {"late": 1, "later": 1}
    lead = town.world.person("Noor Haddad", "network_lead", at="Silent")
    assert [about for about, *_ in first(lead, "room")] == ["Silent"]
    client.force_login(lead)
    page = client.get("/desk/").content.decode()
    assert "Say what is free" in page
    assert "Nothing waits for you" not in page


def test_whoever_may_ask_can_begin_on_the_first_page_and_nobody_else(town: Town, client: Client) -> None:
    begins = reverse("referral_new")
    for role, may_ask in (("facility_health_staff", True), ("referrer", True), ("auditor", False)):
        person = town.world.person(f"One {role}", role, at=town.plan.name)
        client.force_login(person)
        assert (f'href="{begins}"' in client.get(reverse("desk")).content.decode()) is may_ask


@pytest.mark.parametrize("role", ["plan_reviewer", "medical_director", "appeals_coordinator"])
def test_what_intake_is_late_with_is_intakes_work_alone(town: Town, client: Client, role: str) -> None:
    """They see the referrals of their plan; on their desk stands only what they do themselves, and no row of zeros."""
    asked(town, NOW - timedelta(days=1), NOW + timedelta(hours=1))
    assert counts(town.paula) == {"late": 1, "today": 1}
    other = town.world.person(f"One {role}", role, at=town.plan.name)
    assert counts(other) == {}
    client.force_login(other)
    page = client.get(reverse("desk")).content.decode()
    assert "Nothing waits for you" in page
    assert "wp-tally" not in page
    assert "All is done" not in page, "their own work is done elsewhere, and was not looked at here"
    assert "in your plan&#x27;s own system" in page
    assert "Person000" in client.get(reverse("referrals")).content.decode(), "the list begins with all that are open"


def test_who_handles_a_referral_has_it_on_the_desk(town: Town) -> None:
    asked(town, NOW - timedelta(days=1))
    jada = town.world.person("Jada Lewis", "ji_liaison", at=town.plan.name)
    assert counts(jada) == {"late": 1}
