"""The loop in numbers: what a chart shows is what its file says and what was counted by hand; few are not told."""

import csv
import re
from datetime import date, timedelta
from io import StringIO
from itertools import count
from typing import Any

import pytest
from django.test import Client

from tests.casework.referrals.conftest import Town, town
from tests.people import MAKER, NOW, SINCE
from wholeperson.access import actions as access
from wholeperson.desk.loop import few
from wholeperson.desk.loop.period import quarter

__all__ = ["town"]
pytestmark = pytest.mark.django_db
GET = "/loop/?from=2026-11-01&to=2026-11-21"
PEOPLE = count()


def of(*many: int) -> list[list[int]]:
    """So many referrals in each cell, every one of another person."""
    return [[next(PEOPLE) for _ in range(each)] for each in many]


def numbers(client: Client, key: str) -> dict[str, list[str]]:
    """The rows of a chart's file, by their names."""
    answer = client.get(f"/loop/{key}.csv?from=2026-11-01&to=2026-11-21")
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    _head, *rows = csv.reader(StringIO(answer.content.decode("utf-8-sig")))
    return {name: told for name, *told in rows}


def shown(page: str, key: str) -> dict[str, list[str]]:
    """The same as it stands in the page's table."""
    part = page.split(f'id="chart-{key}"')[1].split("</table>")[0]
    rows = re.findall(r'<tr><th scope="row">(.*?)(?:<svg.*?</svg>)?</th>(.*?)</tr>', part, re.S)
    return {name: re.findall(r"<td>(?:<span[^>]*>)?(.*?)(?:</span>)?</td>", cells) for name, cells in rows}


def drawn(page: str, key: str) -> list[str]:
    """How long the dark bars are, in percent."""
    part = page.split(f'id="chart-{key}"')[1].split("</table>")[0]
    return re.findall(r'height="100%"/><rect width="([0-9.]+)%"', part)


def a_town(town: Town, programme: str = "cs.mtm_msf") -> None:
    """Five: one asked, one looked at, one sent, one taken, one begun and closed."""
    from wholeperson.casework.referrals import actions

    made = [town.one(town.asked(programme, key=str(at), member=town.world.member(f"Person{at}"))) for at in range(5)]
    for one in made[1:]:
        actions.screen(one, by=town.paula, at=NOW)
    sendings = [actions.send(one, town.bayside, by=town.paula, at=NOW, address=str) for one in made[2:]]
    for sending in sendings[1:]:
        actions.accept(sending, by=town.ines, name="Ines Tran", at=NOW)
    begun = town.again(made[4])
    actions.start(begun, on=NOW.date(), by=town.ines, at=NOW)
    actions.close(begun, reason="services_received", on=NOW.date(), by=town.ines, at=NOW)


def test_a_chart_its_file_and_the_database_say_the_same(town: Town) -> None:
    a_town(town)
    client = town.browser(town.paula)
    by_hand: dict[str, dict[str, Any]] = {
        "funnel": {"Asked for": ["5"], "Looked at": ["4"], "Sent": ["3"], "Taken": ["2"], "First contact": ["1"],
                   "Service began": ["1"]},
        "outcomes": {"Still open": ["4"], "Closed: the service was received": ["1"],
                     "Closed: no provider could take it": ["0"], "Closed: the person could not be reached": ["0"],
                     "Closed: the person can no longer have it": ["0"],
                     "Closed: the person no longer needs or wants it": ["0"], "Closed: another reason": ["0"],
                     "Taken back by whoever asked": ["0"]},
        "provider": {"Nobody has it yet": ["3", "2", "1", "0", "0", "0"], "Bayside": ["2", "2", "2", "2", "1", "1"]},
        "programme": {"Medically Tailored Meals and Medically Supportive Food": ["5", "4", "3", "2", "1", "1"]},
        "asker": {"Family": ["5", "4", "3", "2", "1", "1"]},
        "language": {"English": ["5", "4", "3", "2", "1", "1"]},
        "ages": {"Received": ["1", "0", "0", "0", "0"], "Looked at, to be sent": ["1", "0", "0", "0", "0"],
                 "Sent, waiting for an answer": ["1", "0", "0", "0", "0"], "Taken": ["1", "0", "0", "0", "0"]},
    }  # fmt: skip
    page = client.get(GET).content.decode()
    for key, rows in by_hand.items():
        assert numbers(client, key) == rows, key
        assert shown(page, key) == rows, key
    assert drawn(page, "funnel") == ["100.0", "80.0", "60.0", "40.0", "20.0", "20.0"]
    assert set(by_hand) == {chart.key for chart in client.get(GET).context["charts"]}


def test_other_days_count_other_requests(town: Town) -> None:
    a_town(town)
    client = town.browser(town.paula)
    assert "Nothing was asked for in this time." in client.get("/loop/?from=2026-01-01&to=2026-01-31").content.decode()
    assert client.get("/loop/?from=2026-11-21&to=2026-11-01").status_code == 422
    assert client.get("/loop/?from=yesterday").status_code == 422
    assert client.get("/loop/none.csv").status_code == 404


def test_each_counts_their_own(town: Town) -> None:
    """Bayside had three; what was never sent there it does not count, and another house counts nothing."""
    a_town(town)
    ines = town.browser(town.ines)
    assert numbers(ines, "funnel")["Asked for"] == ["3"]
    elsewhere = town.world.person("Other Intake", "provider_intake", at="Elsewhere House")
    assert numbers(town.browser(elsewhere), "funnel") == {}


def test_somebody_is_asked_for_before_they_are_born(town: Town) -> None:
    """As a mother does, or as a slip of the hand has it: the page counts them."""
    town.asked(member=town.world.member(born=NOW.date() + timedelta(days=8)))
    assert shown(town.browser(town.paula).get(GET).content.decode(), "funnel")["Asked for"] == ["1"]


def test_numbers_of_whole_organizations_tell_of_no_few(town: Town) -> None:
    a_town(town)
    anil = town.browser(town.world.person("Nate Kim", "network_manager", at=town.plan.name))
    page = anil.get(GET).content.decode()
    assert set(shown(page, "funnel")["Asked for"]) == {"not told"}
    assert "Bayside" not in page
    assert "Asked for from Oct. 1, 2026 to Nov. 21, 2026." in page  # a quarter, whatever was asked


def test_it_asks_no_more_for_many_than_for_few(town: Town) -> None:
    client = town.browser(town.paula)
    town.asked(key="first")
    client.get(GET)
    one = client.get(GET)["Server-Timing"]
    a_town(town, "cs.recuperative_care")
    assert client.get(GET)["Server-Timing"] == one


def test_stages_of_few_are_told_as_one() -> None:
    """Of forty, three were looked at and no further: the next number is not told, or it would tell of the three."""
    assert few.funnel(of(12, 3, 0, 0, 10, 15)) == [40, 28, None, None, None, 15]
    assert few.funnel(of(3, 0, 0, 0, 0, 0)) == [None] * 6
    assert few.funnel(of(0, 0, 0, 0, 0, 20)) == [20] * 6
    assert few.parts(of(30, 4, 0, 25)) == [30, None, 0, None]
    assert few.parts(of(4, 3, 0)) == [None] * 3


def test_a_group_gives_no_other_away() -> None:
    """The five are told with the next smallest. Of b seven were taken and no further: only its sum is told, and of the
    smallest other as well, for else the seven would be what is left of the total."""
    groups = {
        "a": of(40, 0, 0, 20, 0, 30),
        "b": of(30, 0, 0, 7, 0, 20),
        "c": of(20, 0, 0, 15, 0, 15),
        "d": of(5, 0, 0, 0, 0, 0),
    }
    assert few.by_group(groups, (0, 3, 5)) == {"a": [90, 50, 30], "b": [57, None, None], "together": [55, None, None]}
    assert few.by_group({"a": of(3, 0, 0, 0, 0, 0), "b": of(2, 0, 0, 0, 0, 0)}, (0, 3, 5)) == {}


def test_of_parts_that_are_hidden_no_few_are_left() -> None:
    """Three and four alone would be known to be seven."""
    assert few.parts(of(100, 3, 4, 20)) == [100, None, None, None]


def test_one_person_with_many_requests_is_a_group_of_one() -> None:
    """Seven asked for eleven Supports between them: as parts, as stages, and as groups that are few even together."""
    seven = [1, 1, 1, 1, 1, 2, 3, 4, 5, 6, 7]
    assert few.parts([of(30)[0], seven, of(25)[0]]) == [30, None, None]
    assert few.parts([seven, seven]) == [None, None]
    assert few.funnel([of(20)[0], seven, *of(0, 0, 0, 14)]) == [45, 25, None, None, None, None]
    told = few.by_group({"a": [of(40)[0], of(20)[0]], "b": [seven, []], "c": [seven, []], "d": of(12, 11)}, (0, 1))
    assert told == {"a": [60, 20], "together": [45, 11]}


def test_who_handles_and_looks_across_chooses_in_the_address(town: Town) -> None:
    a_town(town)
    pia = town.world.person("Pia Holm", "plan_intake", at=town.plan.name)
    access.give_role(person=pia, organisation=town.plan, role="analyst", since=SINCE, by=MAKER, at=NOW)
    both = town.browser(pia)
    assert numbers(both, "funnel")["Asked for"] == ["5"]
    page = both.get(f"{GET}&of=whole").content.decode()
    assert set(shown(page, "funnel")["Asked for"]) == {"not told"}
    assert 'href="?from=2026-11-01&amp;to=2026-11-21&amp;of=own"' in page
    assert "/loop/funnel.csv?from=2026-10-01&amp;to=2026-11-21&amp;of=whole" in page
    alone = town.browser(town.paula).get(f"{GET}&of=whole").content.decode()
    assert shown(alone, "funnel")["Asked for"] == ["5"]  # who handles alone is shown their own, whatever they ask


def test_a_quarter_ends_today_at_the_latest() -> None:
    assert quarter(date(2026, 2, 14), date(2026, 11, 21)) == (date(2026, 1, 1), date(2026, 3, 31))
    assert quarter(date(2026, 11, 2), date(2026, 11, 21)) == (date(2026, 10, 1), date(2026, 11, 21))
    assert quarter(date(2025, 12, 31), NOW.date() + timedelta(days=1)) == (date(2025, 10, 1), date(2025, 12, 31))
