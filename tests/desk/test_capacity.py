"""Where there is room: the map, the table and the file say what was counted by hand, and where nobody can come."""

import csv
import re
from datetime import timedelta
from io import StringIO

import pytest
from django.test import Client

from tests.casework.providers.conftest import Town, town
from tests.casework.providers.streets import KEEPER, LONG_AGO, service
from tests.people import NOW
from wholeperson.casework.providers import actions
from wholeperson.casework.providers.actions import Said

__all__ = ["town"]
pytestmark = pytest.mark.django_db
BEDS = "cs.recuperative_care"


@pytest.fixture
def nate(town: Town, client: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    """Contra Costa: five free, one of them held, three said long ago. Solano: full. Napa: old news. Kings: not said."""
    monkeypatch.setenv("WHOLEPERSON_NOW", NOW.isoformat())
    world, plan = town.world, town.plan
    harbor = service(world, "Harbor", plan=plan, free=2, languages=["en", "es"])
    actions.say_room(harbor, [Said("beds", 3, "women", accessible=True), Said("waiting", 9)], by=KEEPER, at=NOW)
    actions.hold(harbor, reference="ref-2222222222", by=KEEPER, at=NOW)
    service(world, "Mesa", free=0, counties=["contra_costa", "solano"])
    service(world, "Old Vine", free=3, said_at=NOW - timedelta(hours=25), counties=["contra_costa", "napa"])
    service(world, "Silent", counties=["kings"])
    service(world, "Kitchen", "cs.mtm_msf", free=50, counties=["alpine"])
    actions.move(service(world, "Asleep", free=7, counties=["marin"]), "pause", by=KEEPER, at=NOW)
    client.force_login(town.nate)
    return client


def told(client: Client, asked: str = "") -> dict[str, list[str]]:
    """The file: how each county stands, then providers, who takes new people, free said lately, and long ago."""
    answer = client.get(f"/capacity/counties.csv{asked}")
    assert answer["Content-Disposition"].startswith("attachment")
    _head, *rows = csv.reader(StringIO(answer.content.decode("utf-8-sig")))
    return {name: row for name, *row in rows}


def test_each_county_says_who_gives_it_who_has_room_and_since_when(nate: Client) -> None:
    found = told(nate)
    assert len(found) == 58
    assert {name: row for name, row in found.items() if row[1] != "0"} == {
        "Contra Costa": ["Takes new people", "3", "1", "4", "3"],
        "Solano": ["Full", "1", "0", "0", "0"],
        "Napa": ["Nobody has said lately", "1", "0", "0", "3"],
        "Kings": ["Nobody has said lately", "1", "0", "0", "0"],
    }
    assert found["Marin"] == found["Alpine"] == ["Nobody gives it", "0", "0", "0", "0"]


def test_the_map_and_the_table_say_what_the_file_says(nate: Client) -> None:
    page = nate.get("/capacity/").context
    as_filed = {name: row[0] for name, row in told(nate).items()}
    assert {row.county.name: str(row.says) for _tile, row in page["map"]} == as_filed
    assert {row.county.name: [str(row.says), *map(str, row.numbers)] for row in page["rows"]} == told(nate)
    assert [row.county.name for row in page["rows"]][:4] == ["Contra Costa", "Kings", "Napa", "Solano"]


def test_where_nobody_gives_it_a_sentence_says_so_instead_of_noughts(nate: Client) -> None:
    some, none = (nate.get(f"/capacity/?service={one}").content.decode() for one in (BEDS, "cs.asthma_remediation"))
    assert "</table>" in some
    assert "Nobody gives it yet" not in some
    assert "</table>" not in none
    assert "<h3>Nobody gives it yet</h3>" in none


def test_the_map_as_it_is_drawn_says_the_same_numbers(nate: Client) -> None:
    """By hand, as above: four free in Contra Costa, nobody in Solano, and of the two others nobody knows."""
    page = nate.get("/capacity/").content.decode()
    tiles = re.findall(r"<title>([^<]*): ([^<]*)</title><rect.*?</text>(?:<text[^>]*>([^<]*)</text>)?</a>", page)
    assert sorted(tiles) == [
        ("Contra Costa", "Takes new people", "4"), ("Kings", "Nobody has said lately", "?"),
        ("Napa", "Nobody has said lately", "?"), ("Solano", "Full", "0"),
    ]  # fmt: skip


def test_a_county_leads_to_the_directory_of_what_was_asked_for(nate: Client) -> None:
    page = nate.get(f"/capacity/?service={BEDS}&language=es").content.decode()
    assert 'href="/providers/?service=cs.recuperative_care&amp;language=es&amp;county=contra_costa"' in page
    assert "county=solano" not in page  # nobody there speaks Spanish
    assert 'href="/applications/?service=cs.recuperative_care"' in page


def test_of_a_plan_only_its_own_counties_and_contracts(nate: Client, town: Town) -> None:
    assert told(nate, f"?plan={town.plan.public_id}") == {"Contra Costa": ["Takes new people", "1", "1", "4", "0"]}


def test_what_makes_no_sense_asks_for_beds(nate: Client) -> None:
    assert told(nate, "?service=%00&plan=x&language=tlh") == told(nate)


def test_it_asks_no_more_for_many_than_for_few(nate: Client, town: Town) -> None:
    few = nate.get("/capacity/")["Server-Timing"]
    for at in range(12):
        service(town.world, f"More {at}", free=at, said_at=(NOW, LONG_AGO)[at % 2], counties=["solano", "yolo"])
    assert nate.get("/capacity/")["Server-Timing"] == few
