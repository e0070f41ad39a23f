"""What is free, as of when; and a place held for somebody."""

from datetime import timedelta
from typing import Any

import pytest

from tests.casework.providers.conftest import Town
from tests.casework.providers.streets import KEEPER, service
from tests.people import NOW, SINCE, TODAY, World
from wholeperson.casework.providers import actions
from wholeperson.casework.providers.actions import Said
from wholeperson.casework.providers.models import Capacity, Contract, Hold, Service
from wholeperson.casework.providers.roominess import room_of, whole
from wholeperson.rules.problems import Refused

pytestmark = pytest.mark.django_db


def room(one: Service, after: timedelta = timedelta(), **said: Any) -> tuple[str, int | None]:
    read = whole(Service.objects.filter(pk=one.pk), at=NOW + after).get()
    found = room_of(read, at=NOW + after, **said)
    return found.state, found.free


def hold(one: Service, reference: str, after: timedelta = timedelta(), **said: Any) -> Hold:
    return actions.hold(one, reference=reference, by=KEEPER, at=NOW + after, **said)


def test_beds_are_old_news_after_a_day_and_places_after_thirty(world: World) -> None:
    beds = service(world, "Shelter", free=2)
    places = service(world, "Kitchen", "cs.mtm_msf", free=2)
    day = timedelta(days=1)
    assert room(beds, day - timedelta(seconds=1)) == ("free", 2)
    assert room(beds, day) == ("stale", None)
    assert room(places, 29 * day) == ("free", 2)
    assert room(places, 30 * day) == ("stale", None)


def test_beds_by_who_may_have_them(world: World) -> None:
    one = service(world, "Shelter")
    said = [
        Said("beds", 1, "women"),
        Said("beds", 2, "men"),
        Said("beds", 1, "men", accessible=True),
        Said("waiting", 5),
    ]
    actions.say_room(one, said, by=KEEPER, at=NOW)
    assert room(one) == ("free", 4)
    assert room(one, who="women") == ("free", 1)
    assert room(one, who="men", accessible=True) == ("free", 1)
    assert room(one, who="women", accessible=True) == ("waiting", None)


def test_the_last_bed_is_held_once_for_two_hours(world: World) -> None:
    one = service(world, "Shelter", free=1)
    first = hold(one, "ref-a")
    assert first.due_at == NOW + timedelta(hours=2)
    assert hold(one, "ref-a").pk == first.pk
    assert room(one) == ("full", 0)
    with pytest.raises(Refused, match="nothing that fits is free"):
        hold(one, "ref-b")
    later = hold(one, "ref-b", timedelta(hours=2))
    assert later.pk != first.pk
    actions.let_go(later, by=KEEPER, at=NOW + timedelta(hours=3))
    assert room(one, timedelta(hours=3)) == ("free", 1)


def test_whoever_comes_takes_the_place_once(world: World) -> None:
    one = service(world, "Shelter", free=2)
    held = hold(one, "ref-a")
    for _again in range(2):
        actions.take_place(held, by=KEEPER, at=NOW + timedelta(minutes=5))
    assert Capacity.objects.get().number == 1
    other = hold(one, "ref-b", timedelta(minutes=6))
    actions.say_room(one, [Said("beds", 0)], by=KEEPER, at=NOW + timedelta(minutes=7))
    actions.take_place(other, by=KEEPER, at=NOW + timedelta(minutes=8))
    assert Capacity.objects.get().number == 0, "its keeper had counted since"


def test_no_more_than_the_license_allows(world: World) -> None:
    one = service(world, "Shelter", most=6)
    with pytest.raises(Refused, match="more than the license"):
        actions.say_room(one, [Said("beds", 7)], by=KEEPER, at=NOW)
    assert not Capacity.objects.exists()


def test_who_keeps_a_service(town: Town) -> None:
    """Its own people, and a plan for what it has under contract; nobody else."""
    one = service(town.world, "Shelter", plan=town.plan)
    ines = town.world.person("Ines Tran", "provider_intake", at="Shelter")
    other = town.world.person("Omar Diaz", "provider_intake", at="Elsewhere")
    lena = town.world.person("Lena Ortiz", "lead_care_manager", at="Shelter")
    for person, may in [(ines, True), (town.nate, True), (other, False), (lena, False)]:
        kept = Service.objects.for_user(person, on=TODAY).filter(pk=one.pk).exists()
        assert kept == may, person
        if may:
            actions.say_room(one, [Said("beds", 1)], by=person, at=NOW)
        else:
            with pytest.raises(Refused):
                actions.say_room(one, [Said("beds", 1)], by=person, at=NOW)
    with pytest.raises(Refused):
        actions.contract(one, town.plan, since=SINCE, by=ines, at=NOW)


def test_a_listed_application_is_what_the_directory_shows(town: Town) -> None:
    """Its services, counties and languages, under contract with that plan from the day that was signed."""
    listed = town.apply("listed")
    made = {one.programme: one for one in Service.objects.filter(organisation=listed.organisation)}
    assert sorted(made) == ["cs.htns", "cs.mtm_msf"]
    assert made["cs.mtm_msf"].said("county") == ["contra_costa"]
    assert made["cs.mtm_msf"].said("language") == ["es"]
    assert made["cs.mtm_msf"].keeper_email == "gia@soup.example"
    assert {(row.plan, str(row.since)) for row in Contract.objects.all()} == {(town.plan, "2026-12-01")}
