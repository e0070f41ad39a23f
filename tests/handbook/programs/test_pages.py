"""The pages of the programs: every one answers, in every language, for any plan and day, and helps where it cannot."""

import pytest
from django.test import Client

from wholeperson.handbook import reading

PROGRAMMES = tuple(reading.policy().programmes)


@pytest.mark.parametrize("lang", ["en", "es", "zh-hant", "ar-xb"])
@pytest.mark.parametrize("name", PROGRAMMES)
def test_every_program_has_a_page_that_asks_the_database_nothing(client: Client, name: str, lang: str) -> None:
    for query in ("", "?plan=health_net&county=los_angeles", "?plan=contra_costa_health_plan&on=2024-06-30"):
        page = client.get(f"/programs/{name}/{query}", headers={"accept-language": lang})
        assert page.status_code == 200
        assert page["Server-Timing"] == 'db;desc="0"'


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("/programs/cs.housing_deposit/", "/programs/cs.housing_deposits/"),
        ("/programs/home modification/", "/programs/cs.eaa/"),
        ("/programs/HTNS/", "/programs/cs.htns/"),
        ("/programs/ECM/", "/programs/ecm/"),
        ("/programs/whole-person-care/", "/programs/ecm/"),
    ],
)
def test_a_program_under_another_name_is_found(client: Client, address: str, meant: str) -> None:
    page = client.get(address)
    assert page.status_code == 404
    assert f'href="{meant}"' in page.content.decode()


def test_what_is_near_to_nothing_leads_to_all_programs(client: Client) -> None:
    page = client.get("/programs/" + "<script>x" * 400 + "/")
    assert page.status_code == 404
    assert "<script>x" not in page.content.decode()
    assert 'href="/programs/"' in page.content.decode()


@pytest.mark.parametrize(
    "on", ["2026-13-01", "yesterday", "1899-12-31", "2201-01-01", "20261121", "2026-W47-6", "x" * 5000]
)
def test_a_day_that_is_none_gets_a_page_that_says_what_would_be(client: Client, on: str) -> None:
    page = client.get("/programs/ecm/", {"on": on})
    assert page.status_code == 400
    text = page.content.decode()
    assert "is not a day we can look up" in text
    assert "2026-11-21, 1900-01-01, 2200-12-31" in text
    assert 'href="/programs/ecm/"' in text


def test_everything_that_is_wrong_is_said_at_once(client: Client) -> None:
    page = client.get("/programs/ecm/?on=x&plan=helth_net&county=alamida").content.decode()
    assert "We know no health plan called “helth_net”." in page
    assert "health_net" in page
    assert "We know no county called “alamida”." in page
    assert "“x” is not a day we can look up." in page


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("", "Choose a health plan to see"),
        ("?plan=contra_costa_health_plan", "This plan offers it in this county."),
        ("?plan=contra_costa_health_plan&on=2025-12-31", "We do not know if this plan offers it here. Ask the plan."),
        ("?plan=health_net&county=los_angeles", "We do not know if this plan offers it here. Ask the plan."),
    ],
)
def test_what_a_page_prints_is_not_what_a_plan_offers(client: Client, query: str, says: str) -> None:
    """Only a dated county election says offered or not offered; everywhere else the plan is asked."""
    page = client.get(f"/programs/cs.mtm_msf/{query}").content.decode()
    assert says in page
    assert "does not offer" not in page


def test_past_the_federal_authority_a_person_decides(client: Client) -> None:
    assert "federal yes" not in client.get("/programs/cs.htns/?on=2026-12-31").content.decode()
    page = client.get("/programs/cs.htns/?on=2027-01-01").content.decode()
    assert "The federal yes to this program may be over by this day" in page
    assert "Nobody loses help by that alone" in page


def test_the_rules_of_another_day_are_those_of_that_day(client: Client) -> None:
    """Until June 2025 recuperative care had ninety days in a row; from July 2025 six months in twelve."""
    before = client.get("/programs/cs.recuperative_care/?on=2025-06-30").content.decode()
    after = client.get("/programs/cs.recuperative_care/?on=2025-07-01").content.decode()
    assert "at most 90 days in a row" in before
    assert "at most six months in any twelve" not in before
    assert "at most six months in any twelve" in after


def test_what_nobody_confirmed_is_said_to_be_so(client: Client) -> None:
    page = client.get("/programs/cs.transitional_rent/").content.decode()
    line = page[page.index('data-says="cs.transitional_rent.no_mortgage"') :][:300]
    assert "Not confirmed yet" in line
    sure = page[page.index('data-says="cs.transitional_rent.path_to_a_home"') :][:160]
    assert "Not confirmed" not in sure


def test_a_changed_policy_is_another_page(client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    """What is kept of a page is kept under the state of the policy's files: a changed sentence shows at once."""
    import shutil

    from wholeperson.rules.reading.files import PACKAGED

    folder = tmp_path / "policy"
    shutil.copytree(PACKAGED, folder)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("WHOLEPERSON_POLICY", str(folder))
    assert "A mortgage" in client.get("/programs/cs.transitional_rent/").content.decode()
    file = folder / "community_supports" / "cs_transitional_rent.yaml"
    file.write_text(file.read_text("utf-8").replace("says: A mortgage", "says: A loan on a house"), "utf-8")
    page = client.get("/programs/cs.transitional_rent/").content.decode()
    assert "A loan on a house" in page
    assert "A mortgage" not in page


def test_the_same_page_in_two_languages_is_two_pages(client: Client) -> None:
    english = client.get("/programs/ecm/").content.decode()
    spanish = client.get("/programs/ecm/", headers={"accept-language": "es"}).content.decode()
    assert "Who may get it" in english
    assert "Quién puede recibirlo" in spanish
    assert "Who may get it" not in spanish
