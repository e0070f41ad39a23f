"""The directory that anyone may read."""

import re
import time
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.casework.providers.conftest import Town
from tests.casework.providers.streets import KEEPER, service
from tests.people import NOW
from wholeperson.access import brimful, upto
from wholeperson.casework.providers import actions, listed, tiles
from wholeperson.casework.providers.asked import policy
from wholeperson.casework.providers.models import Service
from wholeperson.casework.providers.views import directory as shelf

pytestmark = pytest.mark.django_db


@pytest.fixture
def web(town: Town, client: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setenv("WHOLEPERSON_NOW", NOW.isoformat())
    world, plan = town.world, town.plan
    service(world, "Full House", plan=plan, free=0)
    harbor = service(world, "Harbor", plan=plan, free=2, languages=["en", "es"], zip="94553", who="women")
    ramp = {"accessibility": ["wheelchair", "sign_language"]}
    actions.keep_site(harbor.sites.get(), ramp, organisation=harbor.organisation, by=KEEPER, at=NOW)
    service(world, "Kitchen", "cs.mtm_msf", free=5, counties=["alameda"], zips=["94601"], youngest=60)
    service(world, "Team", "ecm", plan=plan, populations=["pof_1a_homeless_adult"])
    actions.move(service(world, "Asleep"), "pause", by=KEEPER, at=NOW)
    return client


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("", ["Harbor", "Kitchen", "Full House", "Team"]),
        ("?new=on", ["Harbor", "Kitchen"]),
        ("?county=alameda", ["Kitchen"]),
        ("?county=alameda&zip=94601", ["Kitchen"]),
        ("?county=alameda&zip=94602", []),
        ("?language=es", ["Harbor"]),
        ("?service=ecm", ["Team"]),
        ("?service=pof_1a_homeless_adult", ["Team"]),
        ("?service=pof_9_birth_equity", []),
        ("?text=arb", ["Harbor"]),
        ("?age=59", ["Harbor", "Full House", "Team"]),
        ("?who=men", ["Kitchen", "Full House", "Team"]),
        ("?who=women&new=on", ["Harbor", "Kitchen"]),
        ("?accessible=wheelchair&accessible=sign_language", ["Harbor"]),
        ("?accessible=sign_language&accessible=lift", []),
        ("?age=-1&who=nobody&accessible=nothing", ["Harbor", "Kitchen", "Full House", "Team"]),
        ("?zip=1&county=nowhere&service=%00", ["Harbor", "Kitchen", "Full House", "Team"]),
    ],
)
def test_what_is_asked_for_stands_in_the_address(web: Client, asked: str, names: list[str]) -> None:
    page = web.get(f"/providers/{asked}").context
    assert [one.organisation.name for one, _services in page["rows"]] == names


@pytest.mark.parametrize("many", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("asked", ["", "zip=94553&"])
def test_pages_of_every_size_show_the_same_list(
    web: Client, monkeypatch: pytest.MonkeyPatch, many: int, asked: str
) -> None:
    """Who takes new people, then the others; each once, wherever a page ends."""
    whole = [one.organisation.name for one, _services in web.get(f"/providers/?{asked}").context["rows"]]
    monkeypatch.setattr(shelf, "ON_A_PAGE", many)
    pages = [web.get(f"/providers/?{asked}page={at + 1}").context for at in range(-(-len(whole) // many))]
    assert [one.organisation.name for page in pages for one, _services in page["rows"]] == whole
    assert {page["page"].paginator.count for page in pages} == {len(whole)}
    if not asked:
        assert whole == ["Harbor", "Kitchen", "Full House", "Team"]


@pytest.mark.parametrize(
    ("within", "near"),
    [("", ["Harbor", "Oakland", "Napa"]), ("&within=10", ["Harbor"]), ("&within=25", ["Harbor", "Oakland", "Napa"])],
)
def test_the_nearest_first_and_none_dropped_who_names_no_place(
    web: Client, town: Town, within: str, near: list[str]
) -> None:
    for name, zip in (("Oakland", "94601"), ("Napa", "94559"), ("Refuge", "94553"), ("Nowhere", "00000")):
        service(town.world, name, "cs.mtm_msf", zip=zip)
    refuge = town.world.organisation("Refuge")
    actions.keep_site(refuge.sites.get(), {"is_hidden": True}, organisation=refuge, by=KEEPER, at=NOW)
    rows = web.get(f"/providers/?zip=94553{within}").context["rows"]
    said = {one.organisation.name: [shown.away for shown in shown_ones] for one, shown_ones in rows}
    assert [*said] == [*near, "Full House", "Nowhere", "Refuge", "Team"]
    # by hand, from the middles of 94553, 94601 and 94559
    away = {"Harbor": "Less than a mile away", "Oakland": "About 14 miles away", "Napa": "About 21 miles away"}
    assert said == {name: [away.get(name, "Distance not known")] for name in said}


@pytest.mark.parametrize(("zip", "hidden"), [("94553", True), ("00000", False)])
def test_a_far_place_drops_nobody_whose_other_place_is_not_told(
    web: Client, town: Town, zip: str, hidden: bool
) -> None:
    made = service(town.world, "Two Houses", "cs.mtm_msf", zip="94601")
    other = {"name": "Refuge", "city": "", "county": "contra_costa", "zip": zip, "is_hidden": hidden}
    site = actions.keep_site(None, other, organisation=made.organisation, by=KEEPER, at=NOW)
    actions.change(made, {"sites": [*made.sites.all(), site]}, by=KEEPER, at=NOW)
    rows = web.get("/providers/?zip=94553&within=5").context["rows"]
    said = {one.organisation.name: [shown.away for shown in shown_ones] for one, shown_ones in rows}
    assert said["Two Houses"] == ["About 14 miles away · another of its places may be nearer"]
    actions.keep_site(site, {"closed_on": NOW.date()}, organisation=made.organisation, by=KEEPER, at=NOW)
    rows = web.get("/providers/?zip=94553&within=5").context["rows"]
    assert "Two Houses" not in [one.organisation.name for one, _shown in rows]


def test_a_list_that_was_asked_before_is_as_it_is_now(web: Client, town: Town) -> None:
    """The question is kept, not its answer: who opens, closes or fills up is seen at once."""
    assert names_of(web, "") == ["Harbor", "Kitchen", "Full House", "Team"]
    lamp = service(town.world, "Lamp", "cs.mtm_msf", free=1)
    assert names_of(web, "") == ["Harbor", "Kitchen", "Lamp", "Full House", "Team"]
    actions.move(lamp, "pause", by=KEEPER, at=NOW)
    assert names_of(web, "") == ["Harbor", "Kitchen", "Full House", "Team"]


def test_who_closes_between_two_questions_of_a_page_is_left_out(web: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    kitchen, asked = Service.objects.get(organisation__name="Kitchen"), listed.Listings._services_of

    def paused(listings: listed.Listings, organisations: list[UUID]) -> list[Service]:
        actions.move(kitchen, "pause", by=KEEPER, at=NOW)
        return asked(listings, organisations)

    monkeypatch.setattr(listed.Listings, "_services_of", paused)
    assert names_of(web, "") == ["Harbor", "Full House", "Team"]


def test_one_county_does_not_answer_for_another(web: Client) -> None:
    for _ in range(2):
        assert names_of(web, "?county=alameda") == ["Kitchen"]
        assert names_of(web, "?county=contra_costa&language=es") == ["Harbor"]
        assert names_of(web, "?county=contra_costa") == ["Harbor", "Full House", "Team"]


def test_above_the_limit_the_numbers_are_a_minute_old(web: Client, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four organizations, two in each of two counties, where a list is counted to three; what is typed is counted."""
    monkeypatch.setattr(upto, "MOST", 3)
    monkeypatch.setattr(brimful, "_of_all", {})
    assert numbers_of(web, "") == (4, {"contra_costa": 3, "alameda": 1})
    service(town.world, "Lamp", "cs.mtm_msf", counties=["alameda"])
    assert numbers_of(web, "") == (4, {"contra_costa": 3, "alameda": 1})
    assert numbers_of(web, "?county=alameda")[0] == 2
    assert numbers_of(web, "?age=70")[0] == 5
    now = time.monotonic()
    monkeypatch.setattr(brimful.time, "monotonic", lambda: now + 61)
    assert numbers_of(web, "") == (5, {"contra_costa": 3, "alameda": 2})


def names_of(web: Client, asked: str) -> list[str]:
    return [one.organisation.name for one, _services in web.get(f"/providers/{asked}").context["rows"]]


def numbers_of(web: Client, asked: str) -> tuple[int, dict[str, int]]:
    """How many there are, and what stands in the table under the map."""
    page = web.get(f"/providers/{asked}")
    told = re.findall(r"county=([a-z_]+)[^>]*>[^<]*</a></th><td[^>]*>(\d+)", page.content.decode())
    return page.context["page"].paginator.count, {county: int(number) for county, number in told}


def test_each_word_that_narrows_is_said_and_can_be_left_out(web: Client) -> None:
    asked = "/providers/?zip=94553&within=10&accessible=lift&accessible=parking&age=0&new=on&page=2"
    found = {one.words: one.without for one in web.get(asked).context["narrowed"]}
    assert found["Around ZIP code 94553"] == "accessible=lift&accessible=parking&age=0&new=on"
    assert found["Within 10 miles"] == "zip=94553&accessible=lift&accessible=parking&age=0&new=on"
    assert found["Elevator"] == "zip=94553&within=10&accessible=parking&age=0&new=on"
    assert found["For somebody aged 0"] == "zip=94553&within=10&accessible=lift&accessible=parking&new=on"
    assert len(found) == 6


@pytest.mark.parametrize(("zip", "said"), [("", "Say from which ZIP code"), ("95214", "We do not know where")])
def test_miles_from_nowhere_narrow_nothing_and_say_why(web: Client, zip: str, said: str) -> None:
    answer = web.get(f"/providers/?zip={zip}&within=5")
    assert said in answer.content.decode()
    assert (len(answer.context["rows"]), answer.context["narrowed"]) == (4, [])


def test_by_plan(web: Client, town: Town) -> None:
    page = web.get(f"/providers/?plan={town.plan.public_id}").context
    assert [one.organisation.name for one, _services in page["rows"]] == ["Harbor", "Full House", "Team"]


def test_the_map_counts_what_the_table_counts(web: Client) -> None:
    page = web.get("/providers/?county=alameda&service=cs.recuperative_care").context
    assert page["table"] == [("Contra Costa", "contra_costa", 2)]
    assert {tile.county: tile.number for tile in page["tiles"] if tile.number} == {"contra_costa": 2}


def test_each_county_has_one_tile_and_no_two_lie_on_each_other() -> None:
    places = tiles.places()
    assert sorted(places) == sorted(policy().counties)
    assert len({(column, row) for _short, column, row in places.values()}) == 58


def test_a_page_of_a_provider_and_of_one_service(web: Client, town: Town) -> None:
    harbor = town.world.organisation("Harbor")
    one = harbor.services.get()
    for address in (harbor.public_id, one.public_id):
        page = web.get(f"/providers/{address}/").content.decode()
        assert "2 beds free tonight" in page
        assert "1 Main Street" in page
        assert "must be authorized" in page
    assert web.get("/providers/org-2222222222/").status_code == 404
    assert web.get(f"/providers/{town.world.organisation('Asleep').public_id}/").status_code == 404


def test_the_address_of_a_refuge_is_nowhere(web: Client, town: Town) -> None:
    harbor = town.world.organisation("Harbor")
    site = harbor.sites.get()
    actions.keep_site(site, {"is_hidden": True}, organisation=harbor, by=KEEPER, at=NOW)
    page = web.get(f"/providers/{harbor.public_id}/").content.decode()
    assert "kept secret" in page
    assert not [word for word in ("1 Main Street", "Martinez", "94553", "Harbor house") if word in page]


def test_no_more_queries_for_a_full_page_than_for_one(web: Client, town: Town) -> None:
    counts = []
    for more in (0, 25):
        for number in range(more):
            service(town.world, f"More {number}", plan=town.plan, free=1, zip="94553", said_at=NOW)
        with CaptureQueriesContext(connection) as asked:
            assert len(web.get("/providers/").context["rows"]) == min(4 + more, 20)
        counts.append(len(asked))
    assert counts == [9, 8]  # where those who take new people fill the page, nobody asks for the others


def test_refer_here_takes_along_what_and_to_whom(web: Client, town: Town) -> None:
    one = town.world.organisation("Harbor").services.get()
    assert f"/refer/?provider={one.public_id}" in web.get(f"/providers/{one.public_id}/").content.decode()
    before = web.get(f"/refer/?provider={one.public_id}").context["form"].initial
    assert (before["programmes"], before["comment"]) == (["cs.recuperative_care"], "Harbor")
