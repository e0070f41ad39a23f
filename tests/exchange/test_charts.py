"""The charts of the months: what the page shows is what its files say and what was counted by hand."""

import csv
import re
from datetime import date, datetime
from io import StringIO

import pytest
from django.test import Client

from tests.exchange.test_month_end import Month, other
from tests.people import NOW, World
from wholeperson.casework.care import actions as care
from wholeperson.casework.members import actions as members
from wholeperson.casework.members.actions import Said
from wholeperson.casework.members.models import Contact
from wholeperson.record import wall


@pytest.fixture
def months(world: World) -> Month:
    """October: two calls, one reached. November: Rosa enrolled, one call struck out, James could not be reached."""
    made = Month(world)
    said = Said(datetime.fromisoformat("2026-11-05T10:00-08:00"), "phone", "care", 5, True)
    care.record_contact(made.rosa, said, on=date(2026, 11, 5), key="slip", by=made.lena, at=NOW)
    with wall.opened("tests"):
        slip = Contact.objects.get(purpose="care")
    members.strike_contact(slip, by=made.lena, at=NOW)
    care.take_step(made.rosa, "enrol", on=date(2026, 11, 6), by=made.lena, at=NOW)
    return made


def numbers(client: Client, key: str, plan: str = "") -> dict[str, list[str]]:
    answer = client.get(f"/exchange/month/charts/{key}.csv?plan={plan}")
    assert answer.status_code == 200
    _head, *rows = csv.reader(StringIO(answer.content.decode("utf-8-sig")))
    return {name: told for name, *told in rows if set(told) != {"0"}}


def shown(page: str, key: str) -> dict[str, list[str]]:
    """The same as it stands in the page's table."""
    if "</table>" not in (part := page.split(f'id="chart-{key}"')[1].split("</section>")[0]):
        return {}
    rows = re.findall(r'<tr><th scope="row">(.*?)(?:<svg.*?</svg>)?</th>(.*?)</tr>', part, re.S)
    told = {name: re.findall(r"<td>(.*?)</td>", cells) for name, cells in rows}
    return {name: each for name, each in told.items() if set(each) != {"0"}}


def test_what_was_done_is_counted_by_month(world: World, months: Month) -> None:
    client = Client()
    client.force_login(months.ines)
    assert numbers(client, "contacts") == {"October 2026": ["2", "1"]}
    assert numbers(client, "enrolled") == {"October 2026": ["2", "0"], "November 2026": ["2", "1"]}
    assert numbers(client, "ageing") == {"31 to 60 days": ["1", "0"]}
    assert numbers(client, "unreachable") == {}
    james = months.rosa.__class__.objects
    with wall.opened("tests"):
        him = james.get(member__given_name="James")
    care.take_step(him, "reach_out", on=date(2026, 11, 7), by=months.lena, at=NOW)
    care.take_step(him, "lose_touch", on=date(2026, 11, 9), by=months.lena, at=NOW)
    assert numbers(client, "unreachable") == {"November 2026": ["1"]}
    assert numbers(client, "ageing") == {}
    page = client.get("/exchange/month/charts/").content.decode()
    assert page.count('<svg class="wp-bar"') == 6 + 6 + 6
    assert "/exchange/month/charts/contacts.csv" in page
    for key in ("contacts", "enrolled", "unreachable", "ageing"):
        assert shown(page, key) == numbers(client, key), key
    assert client.get("/exchange/month/charts/nothing.csv").status_code == 404


def test_of_one_plan_its_own_people_are_counted_and_of_a_stranger_nobodys(world: World, months: Month) -> None:
    client, stranger = Client(), Client()
    client.force_login(months.ines)
    other(world, months, 1)
    new = world.organisation("Plan 1", "plan").public_id
    assert numbers(client, "enrolled") == {"October 2026": ["3", "0"], "November 2026": ["3", "1"]}
    assert numbers(client, "enrolled", new) == {"October 2026": ["1", "0"], "November 2026": ["1", "0"]}
    assert numbers(client, "contacts", new) == {"October 2026": ["2", "1"]}, "one person, of two plans"
    stranger.force_login(world.person("Sam There", "supervisor", at="There"))
    assert numbers(stranger, "contacts") == {}
    assert "Plan 1" not in stranger.get("/exchange/month/charts/").content.decode()
