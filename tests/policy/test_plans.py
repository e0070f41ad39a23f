"""The plans: what their pages print, where that leads nobody astray, and that anybody's plan can be laid over ours.

Numbers, forms and lists are typed here from the two pages and the sheets, not read from our files.
"""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from wholeperson.commands.docs_pages.plan import plan_page
from wholeperson.commands.main import main
from wholeperson.rules.reading.cache import load_policy
from wholeperson.rules.reading.pages import deviations, page

CCHP, HN = "contra_costa_health_plan", "health_net"
CALVIVA, IMPERIAL = "calviva_health", "community_health_plan_of_imperial_valley"
OURS = {CCHP, HN, CALVIVA, IMPERIAL}

# workflow_and_reentry B1
TELEPHONES = {
    CCHP: "1-877-661-6230", HN: "1-800-675-6110", CALVIVA: "1-888-893-1569", IMPERIAL: "1-833-236-4141",
}  # fmt: skip
ALL_SUPPORTS = set(
    """cs.htns cs.housing_deposits cs.htss cs.transitional_rent cs.recuperative_care cs.stphh cs.respite cs.pchs
    cs.day_habilitation cs.alf_transitions cs.chts cs.eaa cs.mtm_msf cs.sobering_center cs.asthma_remediation""".split()
)
# community_supports 9: thirteen on one page, fourteen on the other
NOT_ON_CCHP = {"cs.transitional_rent", "cs.sobering_center"}
NOT_ON_HN = {"cs.chts"}
# workflow_and_reentry C0: the six that the supplement goes with, and the two that go by another program's form
WITH_SUPPLEMENT = {
    "cs.htns", "cs.housing_deposits", "cs.htss", "cs.day_habilitation", "cs.recuperative_care", "cs.stphh",
}  # fmt: skip
OTHER_FORMS = {"cs.alf_transitions": "Adult ECM Referral Form", "cs.asthma_remediation": "Asthma Preventive Services"}


@cache
def plans() -> dict[str, Any]:
    return load_policy().plans


@cache
def told(name: str) -> dict[str, Any]:
    return page(plans()[name], plans())


def named(name: str, part: str) -> dict[str, Any]:
    return {each["id"]: each for each in told(name)[part]}


# ── what the pages print ─────────────────────────────────────────────────────────────────────────────────────────────


def test_there_are_four_plans() -> None:
    assert set(plans()) == OURS


def test_the_two_pages_print_thirteen_and_fourteen_services() -> None:
    shown = {each["programme"] for each in plans()[CCHP]["printed"] if not each["narrower"]}
    assert shown == ALL_SUPPORTS - NOT_ON_CCHP
    grouped = [name for group in told(HN)["groups"] for name in group["programmes"]]
    assert (len(grouped), set(grouped)) == (14, ALL_SUPPORTS - NOT_ON_HN)
    assert [group["id"] for group in told(HN)["groups"]] == ["housing", "recuperative", "home_like"]


def test_every_service_of_a_page_says_what_it_prints() -> None:
    for name in (CCHP, HN):
        assert {each["programme"] for each in told(name)["printed"]} >= ALL_SUPPORTS


def test_the_page_of_health_net_has_four_provider_types_and_a_guide_of_five_parts() -> None:
    assert [each["id"] for each in told(HN)["provider_types"]] == [
        "physicians_and_practitioners",
        "participating_physician_groups",
        "hospitals",
        "ancillary",
    ]
    parts = [each["id"] for each in told(HN)["guide"]["parts"]]
    assert parts == ["overview", "eligibility", "authorization", "documents", "codes"]


# ── forms and ways in ────────────────────────────────────────────────────────────────────────────────────────────────


def test_each_service_of_contra_costa_has_a_form() -> None:
    forms = {
        programme: each["name"]
        for each in told(CCHP)["forms"]
        if each["kind"] == "referral"
        for programme in each["programmes"]
        if programme.startswith("cs.")
    }
    assert set(forms) == ALL_SUPPORTS - NOT_ON_CCHP
    for programme, name in OTHER_FORMS.items():
        assert name in forms[programme]
    own = {name for programme, name in forms.items() if programme not in OTHER_FORMS}
    assert len(own) == 11
    assert all(name.endswith("Community Support Referral form") for name in own)


def test_the_supplement_goes_with_six() -> None:
    supplements = [each for each in told(CCHP)["forms"] if each["kind"] == "supplement"]
    assert [set(each["programmes"]) for each in supplements] == [WITH_SUPPLEMENT]
    assert not [each for name in OURS - {CCHP} for each in told(name)["forms"] if each["kind"] == "supplement"]


def test_ways_in() -> None:
    kinds = {name: {each["kind"] for each in told(name)["channels"]} for name in OURS}
    assert kinds[CCHP] == {"record_system", "form", "telephone", "email"}
    assert kinds[HN] == kinds[CALVIVA] == kinds[IMPERIAL] == {"findhelp", "telephone", "directory"}
    assert named(CCHP, "channels")["cclink"]["name"] == "ccLink"


def test_findhelp_has_five_steps_and_two_sites() -> None:
    sites = {name: named(name, "channels")["findhelp"]["site"]["name"] for name in OURS - {CCHP}}
    assert sites[HN] == sites[IMPERIAL] != sites[CALVIVA]
    for name in sites:
        assert len(named(name, "channels")["findhelp"]["steps"]) == 5


@pytest.mark.parametrize("name", sorted(OURS))
def test_the_telephone_is_the_plans_own(name: str) -> None:
    contact = "member_line" if name == CCHP else "member_services"
    assert named(name, "contacts")[contact]["value"] == TELEPHONES[name]
    assert any(each.get("contact") == contact for each in told(name)["channels"])


def test_contra_costa_answers_on_weekdays_from_eight_to_five() -> None:
    line = named(CCHP, "contacts")["member_line"]
    assert line["option"] == 2
    assert line["hours"] == {
        "days": ["monday", "tuesday", "wednesday", "thursday", "friday"],
        "from": "08:00",
        "to": "17:00",
    }


def test_a_facility_finds_the_liaison_and_only_that_plans() -> None:
    """The liaison stands on another page of Health Net, which the two others do not share."""
    for name, expected in ((CCHP, 1), (HN, 1), (CALVIVA, 0), (IMPERIAL, 0)):
        ways = [each for each in told(name)["channels"] if each["for"] == ["correctional_facility"]]
        assert len(ways) == expected, name
        contacts = [each for each in told(name)["contacts"] if each["for"] == ["correctional_facility"]]
        assert bool(contacts) == bool(expected), name


def test_nobody_has_verified_a_contact_yet() -> None:
    """A number that somebody tried gets the day; until then it says that nobody did."""
    for name in OURS:
        for each in told(name)["contacts"]:
            assert each["last_verified"] is None, each["id"]


def test_a_shared_page_is_taken_over_and_not_copied() -> None:
    for name in (CALVIVA, IMPERIAL):
        assert plans()[name]["shares_page_with"] == HN
        assert told(name)["groups"] == told(HN)["groups"]
        assert told(name)["guide"] == told(HN)["guide"]
        assert told(name)["page"]["updated"] == "2025-12-31"
        assert "groups" not in plans()[name]


@pytest.mark.parametrize("name", sorted(OURS))
def test_the_page_in_the_docs_tells_all_of_it(name: str) -> None:
    text = plan_page(plans()[name], load_policy())
    assert TELEPHONES[name] in text
    for part in ("channels", "contacts", "forms", "printed"):
        assert all(each.get("says", "") in text for each in told(name)[part]), part
    assert "None" not in text


# ── printed is not offered ───────────────────────────────────────────────────────────────────────────────────────────


def test_only_what_a_source_dates_and_places_is_elected() -> None:
    elected = {each["programme"] for each in plans()[CCHP]["elections"]}
    assert elected == ALL_SUPPORTS - NOT_ON_CCHP
    for each in plans()[CCHP]["elections"]:
        assert (each["counties"], each["offered"], each["from"]) == (["contra_costa"], True, "2026-01-01")
    assert not any(plans()[name].get("elections") for name in OURS - {CCHP})


def test_no_plan_says_that_it_does_not_offer_something() -> None:
    """No page says so, and silence is no refusal."""
    assert all(each["offered"] for name in OURS for each in plans()[name].get("elections", ()))


def test_what_every_plan_must_offer_is_not_elected() -> None:
    for name in OURS:
        elected = {each["programme"] for each in plans()[name].get("elections", ())}
        assert not elected & {"cs.transitional_rent", "ecm"}


def test_no_plan_narrows_a_clock_or_a_criterion() -> None:
    for name in OURS:
        assert not plans()[name].keys() & {"criteria", "exclusions", "clocks", "lengths", "parameters"}


# ── deviations ───────────────────────────────────────────────────────────────────────────────────────────────────────

# from the comparisons of the sheets: what each page prints narrower than the State gives
NARROWER = {
    (HN, "cs.htns"): 1, (HN, "cs.htss"): 1,  # only experiencing homelessness
    (HN, "cs.housing_deposits"): 2,  # the same, and all county resources
    (HN, "cs.transitional_rent"): 2,  # an abridged list of exits, and optional though mandatory
    (HN, "cs.stphh"): 1, (HN, "cs.respite"): 1, (HN, "cs.eaa"): 1, (HN, "cs.asthma_remediation"): 1,
    (HN, "cs.mtm_msf"): 1, (HN, "cs.chts"): 1,
    (CCHP, "cs.transitional_rent"): 1, (CCHP, "cs.sobering_center"): 1, (CCHP, "cs.mtm_msf"): 4,
    (CCHP, "pof_1a_homeless_adult"): 2, (CCHP, "pof_1b_homeless_family_or_youth"): 1,
    (CCHP, "pof_2a_adult_avoidable_use"): 1, (CCHP, "pof_2b_child_avoidable_use"): 1, (CCHP, "pof_8_child_welfare"): 1,
}  # fmt: skip


def test_what_is_printed_narrower() -> None:
    found: dict[tuple[str, str], int] = {}
    for each in deviations(plans()):
        found[each["plan"], each["programme"]] = found.get((each["plan"], each["programme"]), 0) + 1
    shared = {
        (name, programme): n for name in (CALVIVA, IMPERIAL) for (plan, programme), n in NARROWER.items() if plan == HN
    }
    assert found == NARROWER | shared


def test_the_command_lists_and_counts_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["policy", "deviations", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["deviations"]
    assert len(rows) == len(list(deviations(plans())))
    assert all(row[key] for row in rows for key in ("plan", "programme", "says", "state", "where"))
    assert main(["policy", "deviations"]) == 0
    text = capsys.readouterr().out
    assert f"{len(rows)} printed narrower" in text
    assert "Only when everything the county has is used up" in text


def test_printed_wording_decides_nothing(tmp_path: Path) -> None:
    """The versions of all programmes are the same with and without it."""
    silent = load_policy()
    plan = _write(tmp_path, "sierra_example_plan", SIERRA)
    loud = load_policy(plan.parent.parent, cache=False)
    assert loud.versions == silent.versions


# ── anybody's plan, from a folder of its own ─────────────────────────────────────────────────────────────────────────

SIERRA = """
id: sierra_example_plan
name: Sierra Example Plan
counties: [alpine, mono]
cites: [CS.S13]
mark: design
shares_page_with: health_net
elections:
  - {programme: cs.respite, counties: [alpine], offered: false, from: 2026-01-01, mark: design}
  - {programme: cs.pchs, counties: [alpine], offered: true, from: 2026-01-01, to: null, mark: design}
contacts:
  - {id: member_services, for: [anyone], kind: telephone, value: 1-800-555-0123, last_verified: 2026-11-02}
printed:
  - {id: respite, programme: cs.respite, narrower: true, says: Only on weekends, state: On any day, cites: [CS.S13]}
"""
SOMEBODY = {
    "schema": "wholeperson/person@1",
    "id": "ana",
    "birth_date": "1950-05-04",
    "county": "alpine",
    "coverage": [
        {"plan": "sierra_example_plan", "county": "alpine", "aid_code": "M1", "from": "2024-01-01", "until": None}
    ],
}


def _write(folder: Path, name: str, text: str) -> Path:
    path = folder / "overlay" / "plans" / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


@pytest.fixture
def sierra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The overlay folder, named by the environment, and the person's file in it."""
    folder = _write(tmp_path, "sierra_example_plan", SIERRA).parent.parent
    monkeypatch.setenv("WHOLEPERSON_POLICY", str(folder))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    person = tmp_path / "ana.json"
    person.write_text(json.dumps(SOMEBODY), "utf-8")
    return person


def checked(capsys: pytest.CaptureFixture[str], person: Path, *options: str) -> dict[str, Any]:
    assert main(["check", str(person), "--json", *options]) == 0
    return {each["id"]: each for each in json.loads(capsys.readouterr().out)["programmes"]}


@pytest.mark.parametrize("options", [(), ("--plan", "sierra_example_plan")])
def test_offered_not_offered_ask_the_plan(
    sierra: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...]
) -> None:
    found = checked(capsys, sierra, *options)
    assert (found["cs.pchs"]["available"], found["cs.pchs"]["available_because"]) == ("yes", ["enrolled", "offered"])
    assert (found["cs.respite"]["available"], found["cs.respite"]["available_because"]) == ("no", ["not_offered"])
    assert (found["cs.eaa"]["available"], found["cs.eaa"]["available_because"]) == ("not_known", ["ask_the_plan"])


def test_an_election_holds_in_its_county_and_from_its_day(sierra: Path, capsys: pytest.CaptureFixture[str]) -> None:
    elsewhere = checked(capsys, sierra, "--county", "mono")
    assert elsewhere["cs.respite"]["available"] == "not_known"
    before = checked(capsys, sierra, "--on", "2025-12-31")
    assert before["cs.respite"]["available"] == "not_known"
    assert before["cs.pchs"]["available"] == "not_known"


def test_the_overlay_has_its_page_and_its_deviations(sierra: Path, capsys: pytest.CaptureFixture[str]) -> None:
    laid_over = load_policy(sierra.parent / "overlay", cache=False).plans
    shown = page(laid_over["sierra_example_plan"], laid_over)
    assert {each["id"]: each["value"] for each in shown["contacts"]}["member_services"] == "1-800-555-0123"
    assert len(shown["groups"]) == 3
    assert main(["policy", "deviations", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["deviations"]
    mine = [row["says"] for row in rows if row["plan"] == "sierra_example_plan" and row["programme"] == "cs.respite"]
    assert mine == ["Only on weekends"]


def test_an_overlay_cannot_narrow(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = _write(tmp_path, "sierra_example_plan", SIERRA + "eligibility: [only members with a car]\n")
    assert main(["policy", "lint", str(path.parent.parent), "--json"]) == 1
    findings = json.loads(capsys.readouterr().out)["findings"]
    assert [each["code"] for each in findings] == ["overlay_narrows"]


def test_the_packaged_files_are_as_they_were(sierra: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Laying a plan over ours changes nothing that is ours."""
    folder = Path(load_policy.__code__.co_filename).parents[2] / "policy" / "plans"
    before = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
    checked(capsys, sierra)
    assert {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()} == before
