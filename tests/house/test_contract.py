"""What others may rely on: commands, names, exit codes and JSON of the contract, as far as they are built.

The expectations are written by hand from the contract, never from the code. It may gain keys, so the tests ask that the
promised ones are there; it may not lose or rename one.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.commands.door import GOOD, Ran, refused
from tests.commands.door import run as run_with

# ── names ──

POPULATIONS = """
    pof_1a_homeless_adult pof_1b_homeless_family_or_youth pof_2a_adult_avoidable_use pof_2b_child_avoidable_use
    pof_3a_adult_smh_sud pof_3b_child_smh_sud pof_4a_adult_ji pof_4b_youth_ji pof_5_adult_ltc_risk
    pof_6_adult_nf_transition pof_7_child_ccs_plus pof_8_child_welfare pof_9_birth_equity
    """.split()
SUPPORTS = """
    cs.htns cs.housing_deposits cs.htss cs.transitional_rent cs.recuperative_care cs.stphh cs.respite cs.pchs
    cs.day_habilitation cs.alf_transitions cs.chts cs.eaa cs.mtm_msf cs.sobering_center cs.asthma_remediation
    """.split()
JUSTICE = "ji.pre_release_adult ji.pre_release_youth ji.caa_5121".split()
PLANS = "contra_costa_health_plan health_net calviva_health community_health_plan_of_imperial_valley".split()
COUNTIES = """
    alameda alpine amador butte calaveras colusa contra_costa del_norte el_dorado fresno glenn humboldt imperial inyo
    kern kings lake lassen los_angeles madera marin mariposa mendocino merced modoc mono monterey napa nevada orange
    placer plumas riverside sacramento san_benito san_bernardino san_diego san_francisco san_joaquin san_luis_obispo
    san_mateo santa_barbara santa_clara santa_cruz shasta sierra siskiyou solano sonoma stanislaus sutter tehama trinity
    tulare tuolumne ventura yolo yuba
    """.split()
EVENTS = """
    emergency_visit hospital_stay nursing_facility_stay recuperative_care_stay post_hospitalization_stay
    transitional_rent_stay custody homelessness foster_care family_maintenance pregnancy diagnosis service
    trigger_assessment law_enforcement_contact enrolled_in authorized_for
    """.split()
ATTRIBUTES = """
    avoidable unplanned about term facility_type adjudication expected_release program code modifiers units cents
    """.split()
PROGRAMS = """
    hospice pace fide_snp eae_dsnp non_eae_dsnp medicare_advantage medicare_ffs family_mosaic mssp alw hcba mcwp hcbs_dd
    self_determination cct complex_care_management county_tcm smhs dmc dmc_ods fsp ccs ccs_wcm ihss cbas regional_center
    """.split()
SOURCES = """
    enrolment claims adt hmis ces corrections child_welfare authorizations screening assessment clinician referrer
    member ihss waiver
    """.split()
SHARE_OF_COST = ["none", "long_term_care", "other"]
VALUES = {
    "avoidable": [True, False],
    "unplanned": [True, False],
    "about": ["mental_health", "substance_use", "none"],
    "term": ["short", "long"],
    "facility_type": ["prison", "jail", "youth_facility"],
    "adjudication": ["pre", "post"],
    "program": PROGRAMS,
}
ANSWERS = {"yes", "no", "not_known"}


def run(*arguments: str, stdin: Any = b"") -> Ran:
    """A command over the packaged policy."""
    return run_with(*arguments, stdin=stdin if isinstance(stdin, str | bytes) else json.dumps(stdin), policy=None)


@pytest.fixture(autouse=True)
def packaged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WHOLEPERSON_POLICY", raising=False)


def asked(*arguments: str, stdin: Any = b"", code: int = 0) -> dict[str, Any]:
    """The JSON of a command that answers."""
    ran = run(*arguments, "--json", stdin=stdin)
    assert (ran.code, ran.err) == (code, ""), ran
    return ran.json


def listed(what: str, name: str) -> dict[str, dict[str, Any]]:
    return {row[name]: row for row in asked("policy", what)[f"{what}"]}


ROSA = {
    "schema": "wholeperson/person@1",
    "id": "rosa",
    "birth_date": "1990-02-28",
    "county": "contra_costa",
    "languages": ["es"],
    "race_ethnicity": ["black_or_african_american"],
    "coverage": [
        {
            "plan": "contra_costa_health_plan",
            "county": "contra_costa",
            "aid_code": "M1",
            "from": "2024-01-01",
            "until": None,
            "share_of_cost": "none",
        }
    ],
    "facts": [
        {
            "fact": "lacks_fixed_regular_adequate_night_residence",
            "value": True,
            "from": "2026-10-01",
            "until": None,
            "learnt": "2026-10-05",
            "source": "referrer",
            "attested_by": "a shelter's worker",
        },
        {"fact": "unable_to_self_manage", "value": True, "source": "referrer"},
        {"fact": "avoidable_ed_visits_6m", "value": 2, "source": "member", "learnt": "2026-11-01"},
        {"fact": "in_complex_care_management", "value": True, "source": "authorizations"},
        {"fact": "in_program_that_replaces_ecm", "value": False, "source": "enrolment"},
    ],
    "events": [
        {
            "event": "emergency_visit",
            "on": "2026-09-12",
            "avoidable": True,
            "about": None,
            "source": "claims",
            "id": "v1",
        },
        {"event": "hospital_stay", "from": "2026-08-01", "until": "2026-08-04", "unplanned": True, "source": "claims"},
        {"event": "enrolled_in", "from": "2026-01-01", "until": None, "program": "county_tcm", "source": "claims"},
        {"event": "enrolled_in", "from": "2026-01-01", "until": None, "program": "ihss", "source": "ihss"},
        {"event": "enrolled_in", "from": "2026-01-01", "until": None, "program": "mssp", "source": "waiver"},
        {"event": "pregnancy", "from": "2026-06-01", "until": None, "source": "clinician"},
    ],
    "complete": [
        {"source": "claims", "from": "2024-01-01", "through": "2026-10-31"},
        {"source": "enrolment", "event": "enrolled_in", "from": "2024-01-01", "through": "2026-11-21"},
    ],
}


# ── habits ──


def test_the_exit_codes() -> None:
    assert run("check", "-", stdin=ROSA).code == 0, "answered, whatever the answer"
    assert run("check", "gone.json").code == 2, "refused"
    assert run("policy", "lint").code == 0, "checked, and nothing is wrong"
    assert run("policy", "lint", str(GOOD / "plans")).code == 2, "a folder that is no policy is refused"


def test_lint_ends_with_one_for_findings_only(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "a_plan.yaml").write_text("id: a_plan\nname: A Plan\ncounties: [atlantis]\n")
    report = asked("policy", "lint", str(tmp_path), code=1)
    [finding] = report["findings"]
    assert set(finding) >= {"code", "where", "problem", "why", "do", "allowed"}
    whole = asked("policy", "lint")
    assert whole["findings"] == []
    assert whole["notes"], "unconfirmed leaves are notes"
    assert all(set(each) >= {"code", "where", "problem", "why", "do", "allowed"} for each in whole["notes"])


def test_a_refusal_is_one_document_of_the_contracts_form() -> None:
    error = refused("check", "-", stdin='{"birthdate": "1990-02-28"}', policy=None)
    assert set(error) == {"code", "where", "problem", "why", "do", "allowed"}
    assert set(error["where"]) == {"file", "line", "column", "path"}
    assert "birth_date" in error["allowed"]


def test_unknown_keys_of_our_own_documents_are_errors() -> None:
    for change in ({"colour": 1}, {"facts": [{"fact": "in_pace", "valeu": 1}]}, {"coverage": [{"plans": 1}]}):
        assert run("check", "-", "--json", stdin={**ROSA, **change}).error["code"] == "unknown_key"


@pytest.mark.parametrize("language", ["en", "es", "zh-Hant"])
def test_three_languages(language: str) -> None:
    report = asked("check", "-", "--lang", language, stdin=ROSA)
    english = asked("check", "-", stdin=ROSA)
    assert (report["next_questions"] == english["next_questions"]) is (language == "en")
    assert [each["answer"] for each in report["programmes"]] == [each["answer"] for each in english["programmes"]]


def test_help_on_everything() -> None:
    subs = "list show facts events diff lint coverage questions deviations mutate".split()
    for words in (["check"], ["ask"], ["policy"], *(["policy", sub] for sub in subs), []):
        assert run(*words, "--help").code == 0


def test_no_colour_where_nobody_looks() -> None:
    assert "\033" not in run("check", "-", stdin=ROSA).out


def test_the_policy_may_be_named_by_option_or_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    by_option = asked("policy", "list", "--policy", str(GOOD))
    monkeypatch.setenv("WHOLEPERSON_POLICY", str(GOOD))
    assert asked("policy", "list") == by_option
    assert {each["id"] for each in by_option["programmes"]} == {"care", "outdoors", "often", "cs.meals"}


# ── names ──


def test_every_programme_of_enhanced_care_management_is_there() -> None:
    names = set(listed_programmes())
    assert {"ecm", *POPULATIONS} <= names
    assert names <= {"ecm", *POPULATIONS, *SUPPORTS, *JUSTICE}, "no programme has a name the contract does not have"


def listed_programmes() -> list[str]:
    return [each["id"] for each in asked("policy", "list")["programmes"]]


def test_every_event_has_its_name_and_attributes() -> None:
    events = listed("events", "event")
    assert set(EVENTS) <= set(events)
    attributes = [(row["event"], each["name"], each["values"]) for row in events.values() for each in row["attributes"]]
    assert set(ATTRIBUTES) <= {name for _, name, _ in attributes}
    for event, name, values in attributes:
        if name == "program" and event != "enrolled_in":  # of an authorization, the programme itself
            assert set(values) >= {"ecm", *SUPPORTS, *JUSTICE}
        elif name in VALUES:
            assert values == VALUES[name], (event, name)


@pytest.mark.parametrize("source", SOURCES)
def test_every_source_may_speak(source: str) -> None:
    person = {"facts": [{"fact": "in_pace", "value": True, "source": source}]}
    assert run("check", "-", stdin=person).code == 0


def test_every_plan_county_and_share_of_cost_is_known() -> None:
    coverage = [
        *({"plan": plan} for plan in [*PLANS, "other_medi_cal_plan"]),
        *({"county": county} for county in COUNTIES),
        *({"share_of_cost": share} for share in SHARE_OF_COST),
    ]
    assert len(COUNTIES) == 58
    assert run("check", "-", stdin={"coverage": coverage}).code == 0
    for plan in PLANS:
        assert run("check", "-", "--plan", plan, stdin={}).code == 0
    for name in ("Contra Costa", "contra-costa", "contra_costa_county"):
        assert run("check", "-", "--json", "--county", name, stdin={}).error["code"] == "unknown_county"


@pytest.mark.parametrize("programme", [*SUPPORTS, *JUSTICE, "ecm"])
def test_every_programme_may_be_authorized(programme: str) -> None:
    person = {"events": [{"event": "authorized_for", "from": "2026-01-01", "program": programme}]}
    assert run("check", "-", stdin=person).code == 0


@pytest.mark.parametrize(
    ("alias", "fact"),
    [("homelessness", "homeless_hhs_definition"), ("pregnant_or_postpartum_12m", "is_pregnant_or_postpartum_12m")],
)
def test_the_other_name_of_a_fact_is_accepted(alias: str, fact: str) -> None:
    told = [asked("check", "-", stdin={"facts": [{"fact": name, "value": True}]}) for name in (alias, fact)]
    assert told[0] == told[1]
    assert alias in listed("facts", "fact")[fact]["aliases"]


# ── one person ──


def yaml_of(value: Any, depth: int = 0) -> str:
    """The same document as somebody would write it by hand."""
    pad, lines = "  " * depth, []
    for key, each in value.items() if isinstance(value, dict) else ((None, each) for each in value):
        head = f"{pad}{key}:" if key else f"{pad}-"
        lines.append(
            f"{head}\n{yaml_of(each, depth + 1)}" if isinstance(each, dict | list) else f"{head} {plain(each)}\n"
        )
    return "".join(lines)


def plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def test_yaml_says_the_same_as_json(tmp_path: Path) -> None:
    (tmp_path / "rosa.json").write_text(json.dumps(ROSA), "utf-8")
    (tmp_path / "rosa.yaml").write_text(yaml_of(ROSA), "utf-8")
    told = [asked("check", str(tmp_path / name)) for name in ("rosa.json", "rosa.yaml")]
    assert told[0] == told[1] == asked("check", "-", stdin=ROSA)


CHECK = {"schema", "on", "person", "plan", "county", "policy_version", "programmes", "next_questions", "not_mapped"}
PROGRAMME = (
    """id name answer available available_because conditions limits because missing settled_by version tree""".split()
)
LIMIT = ["id", "unit", "allowed", "used", "left", "exact", "from", "until", "review"]
NODE = ["id", "op", "says", "answer", "seen", "needed", "sources", "cites", "confidence", "children"]


def nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for child in node["children"]:
        yield from nodes(child)


@pytest.fixture(scope="module")
def report() -> dict[str, Any]:
    return asked("check", "-", stdin=ROSA)


def test_check_says_everything_it_promises(report: dict[str, Any]) -> None:
    assert set(report) >= CHECK
    assert report["schema"] == "wholeperson/check@1"
    assert (report["on"], report["person"]) == ("2026-11-21", "rosa")
    assert (report["plan"], report["county"]) == ("contra_costa_health_plan", "contra_costa")
    assert len(report["policy_version"]) == 64
    assert {each["id"] for each in report["programmes"]} == set(listed_programmes())
    assert report["not_mapped"] == []


def test_each_programme_says_everything_it_promises(report: dict[str, Any]) -> None:
    facts = listed("facts", "fact")
    for each in report["programmes"]:
        assert set(each) >= set(PROGRAMME), each["id"]
        assert {each["answer"], each["available"]} <= ANSWERS
        assert isinstance(each["available_because"], list)
        assert set(each["missing"]) <= set(facts)
        assert set(each["settled_by"]) <= set(each["missing"])
        assert all(isinstance(name, str) for name in each["because"])
        assert len(each["version"]) == 64
        assert each["tree"]["answer"] in ANSWERS
        if each["answer"] != "not_known":
            assert each["missing"] == each["settled_by"] == []


def test_the_conditions_are_of_the_four_kinds(report: dict[str, Any]) -> None:
    conditions = [each for programme in report["programmes"] for each in programme["conditions"]]
    assert all(set(each) >= {"kind", "with"} for each in conditions)
    assert {each["kind"] for each in conditions} <= {"choose", "ecm_first", "no_double_payment", "review"}
    assert {each["with"] for each in conditions if each["kind"] == "review"} <= {
        "rule_unconfirmed",
        "disagreement",
        "authority_ended",
    }
    ecm = next(each for each in report["programmes"] if each["id"] == "ecm")
    told = {(each["kind"], each["with"]) for each in ecm["conditions"]}
    assert {("choose", "mssp"), ("ecm_first", "county_tcm"), ("no_double_payment", "ihss")} <= told


def test_the_limits_are_whole(report: dict[str, Any]) -> None:
    for limit in (each for programme in report["programmes"] for each in programme["limits"]):
        assert set(limit) >= set(LIMIT)
        assert limit["exact"] in (True, False, None)
        assert limit["exact"] is not None or limit["used"] is None or limit["left"] is None


def test_each_node_says_everything_it_promises(report: dict[str, Any]) -> None:
    for node in (node for each in report["programmes"] for node in nodes(each["tree"])):
        assert set(node) >= set(NODE)
        assert ("fact" in node) != ("event" in node)
        assert node["answer"] in ANSWERS
        assert node["confidence"] in ("verified", "reported", "unconfirmed")
        assert node["says"].strip()
        assert all(set(each) >= {"kind", "id", "on"} for each in node["sources"])
        assert all(set(each) >= {"source", "where"} for each in node["cites"])
        assert (
            node["seen"] is None
            or "value" in node["seen"]
            or set(node["seen"]) >= {"lo", "hi", "window", "complete_through"}
        )


def test_a_count_shows_what_was_seen(report: dict[str, Any]) -> None:
    use = next(each for each in report["programmes"] if each["id"] == "pof_2a_adult_avoidable_use")
    visits = next(node for node in nodes(use["tree"]) if node["id"] == "visits")
    assert visits["event"] == "emergency_visit"
    assert visits["needed"] == {"at_least": 5}
    assert (visits["seen"]["lo"], visits["seen"]["window"][1]) == (1, "2026-10-31")
    assert visits["seen"]["complete_through"] == "2026-10-31"
    assert {"kind": "claims", "id": "v1", "on": "2026-09-12"} in visits["sources"]


def test_the_next_questions_are_asked_in_words(report: dict[str, Any]) -> None:
    assert report["next_questions"]
    for each in report["next_questions"]:
        assert set(each) >= {"fact", "ask", "settles"}
        assert each["ask"].endswith("?") or "?" in each["ask"]
        assert set(each["settles"]) <= set(listed_programmes())


def test_rosa_qualifies_twice(report: dict[str, Any]) -> None:
    answers = {each["id"]: each["answer"] for each in report["programmes"]}
    assert (answers["pof_1a_homeless_adult"], answers["pof_9_birth_equity"], answers["ecm"]) == ("yes", "yes", "yes")
    assert (answers["pof_2b_child_avoidable_use"], answers["pof_3b_child_smh_sud"]) == ("no", "no")


def test_until_null_is_still_and_left_out_is_not_known() -> None:
    def nursing(**ends: Any) -> str:
        person = {
            "birth_date": "1950-01-01",
            "events": [{"event": "nursing_facility_stay", "from": "2026-01-01", **ends}],
        }
        told = asked("check", "-", "--programme", "pof_6_adult_nf_transition", stdin=person)["programmes"][0]
        return str(next(node for node in nodes(told["tree"]) if node["id"] == "resident")["answer"])

    assert nursing(until=None) == "yes"
    assert nursing() == "not_known"
    assert nursing(until="2026-02-01") == "not_known"


def test_a_date_of_null_is_never() -> None:
    """Nobody knows it, it never was, it was long ago: three different things to say."""
    person = {"birth_date": "2003-01-01", "facts": [{"fact": "last_checkup", "value": None}]}
    told = run_with("check", "-", "--json", "--programme", "outdoors", stdin=json.dumps(person)).json["programmes"][0]
    never = next(node for node in nodes(told["tree"]) if node["id"] == "no_checkup")
    assert (never["answer"], never["seen"]) == ("no", {"value": None})


def test_what_was_learnt_later_is_not_known_yet() -> None:
    def homeless(*options: str) -> str:
        told = asked("check", "-", "--programme", "pof_1a_homeless_adult", *options, stdin=ROSA)["programmes"][0]
        return str(next(node for node in nodes(told["tree"]) if node["id"] == "no_fixed_place")["answer"])

    assert homeless() == "yes"
    assert homeless("--known-at", "2026-10-05") == "yes"
    assert homeless("--known-at", "2026-10-04") == "not_known"
    assert homeless("--on", "2026-09-30") == "not_known"


def test_a_plan_and_a_county_may_be_asked_about() -> None:
    told = asked("check", "-", "--plan", "health_net", "--county", "los_angeles", stdin={"birth_date": "1990-02-28"})
    assert (told["plan"], told["county"]) == ("health_net", "los_angeles")
    early = asked("check", "-", "--county", "alpine", "--on", "2022-03-01", stdin={"birth_date": "1990-02-28"})
    homeless = next(each for each in early["programmes"] if each["id"] == "pof_1a_homeless_adult")
    assert (homeless["available"], homeless["available_because"]) == ("no", ["not_begun"])


def test_programmes_may_be_chosen() -> None:
    told = asked("check", "-", "--programme", "ecm", "--programme", "pof_9_birth_equity", stdin=ROSA)
    assert [each["id"] for each in told["programmes"]] == ["ecm", "pof_9_birth_equity"]


BUNDLE = {
    "resourceType": "Bundle",
    "type": "collection",
    "entry": [
        {
            "resource": {
                "resourceType": "Patient",
                "id": "rosa",
                "birthDate": "1990-02-28",
                "address": [{"district": "Contra Costa", "state": "CA"}],
            }
        },
        {
            "resource": {
                "resourceType": "Encounter",
                "id": "v1",
                "status": "finished",
                "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "EMER"},
                "subject": {"reference": "Patient/rosa"},
                "period": {"start": "2026-09-12T22:15:00-07:00", "end": "2026-09-13T01:00:00-07:00"},
            }
        },
        {
            "resource": {
                "resourceType": "QuestionnaireResponse",
                "status": "completed",
                "authored": "2026-11-01",
                "source": {"reference": "Patient/rosa"},
                "item": [
                    {"linkId": "fleeing_violence", "answer": [{"valueBoolean": True}]},
                    {"linkId": "aces_score", "answer": [{"valueBoolean": True}]},
                ],
            }
        },
        {"resource": {"resourceType": "CarePlan"}},
    ],
}


def test_a_bundle_is_a_person_too() -> None:
    told = asked("check", "-", stdin=BUNDLE)
    assert (told["schema"], told["person"], told["county"]) == ("wholeperson/check@1", "rosa", "contra_costa")
    homeless = next(each for each in told["programmes"] if each["id"] == "pof_1a_homeless_adult")
    fleeing = next(node for node in nodes(homeless["tree"]) if node["id"] == "fleeing")
    assert (fleeing["answer"], fleeing["sources"][0]["kind"]) == ("yes", "member")
    assert all(set(each) >= {"path", "reason"} for each in told["not_mapped"])
    reasons = " ".join(each["reason"] for each in told["not_mapped"])
    assert "does not suit the fact aces_score" in reasons
    assert any("CarePlan" in each["path"] for each in told["not_mapped"])


# ── ask ──


def test_ask_goes_on_until_all_is_settled(tmp_path: Path) -> None:
    lines = [
        {"fact": "in_pace", "value": False},
        {"fact": "birth_date", "value": "1990-02-28"},
        {"fact": "homelessness", "value": None},
    ]
    (tmp_path / "answers.jsonl").write_text("".join(json.dumps(each) + "\n" for each in lines))
    told = asked("ask", "--answers", str(tmp_path / "answers.jsonl"))
    assert set(told) >= {"schema", "asked", "asked_count", "fact_count", "undecided"}
    assert told["schema"] == "wholeperson/ask@1"
    assert all(set(each) >= {"fact", "value"} for each in told["asked"])
    assert told["asked_count"] == len(told["asked"]) <= told["fact_count"]
    assert set(told["undecided"]) <= set(listed_programmes())
    again = asked("ask", "-", "--answers", str(tmp_path / "answers.jsonl"), stdin=ROSA)
    assert "ecm" not in again["undecided"]


# ── policy ──


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        (("list",), {"programmes"}),
        (("show", "ecm"), {"id", "version", "programme"}),
        (("facts",), {"facts"}),
        (("events",), {"events"}),
        (("diff", "2022-11-30", "2022-12-01"), {"from", "to", "changes"}),
        (("lint",), {"findings", "notes"}),
        (("coverage",), {"documents"}),
        (("questions",), {"questions"}),
        (("deviations",), {"deviations"}),
    ],
    ids=lambda each: " ".join(sorted(each)) if isinstance(each, set) else " ".join(each),
)
def test_what_policy_tells(words: tuple[str, ...], keys: set[str]) -> None:
    told = asked("policy", *words)
    assert set(told) >= {"schema", *keys}
    assert told["schema"].startswith("wholeperson/")
    assert told["schema"].endswith("@1")
    assert run("policy", *words).code == 0


def test_each_fact_is_told_whole() -> None:
    facts = listed("facts", "fact")
    assert {"birth_date", "homeless_hhs_definition", "in_pace", "avoidable_ed_visits_6m", "on_1915c_wait_list"} <= set(
        facts
    )
    for row in facts.values():
        assert set(row) >= {"fact", "type", "values", "ask", "proof", "absence", "privacy", "aliases", "programmes"}
        assert row["privacy"] in ("open", "identifies", "sensitive", "part2")
        assert set(row["proof"]) <= set(SOURCES)


def test_each_event_is_told_whole() -> None:
    for row in listed("events", "event").values():
        assert set(row) >= {"event", "kind", "attributes", "sources", "programmes"}
        assert row["kind"] in ("event", "spell")
        assert all(set(each) >= {"name", "type", "values"} for each in row["attributes"])
        assert set(row["sources"]) <= set(SOURCES)


def test_the_differences_of_two_days_are_told() -> None:
    """On 2022-12-01 *sole* source of care became *primary* source of care (the guide's own history)."""
    told = asked("policy", "diff", "2022-11-30", "2022-12-01")
    changes = {(each["programme"], each["id"], each["change"]) for each in told["changes"]}
    assert ("pof_3a_adult_smh_sud", "crisis_care", "came") in changes
    assert ("pof_3a_adult_smh_sud", "crisis_care_only", "went") in changes
    assert asked("policy", "diff", "2026-01-01", "2026-01-01")["changes"] == []


def test_mutate_fails_for_what_no_case_notices(tmp_path: Path) -> None:
    (tmp_path / "cases").mkdir()
    case = """
- name: somebody who sleeps at home and is not in the hospital
  sheet: guide 4
  on: 2026-11-21
  person: {birth_date: 1980-05-04, coverage: [], facts: {setting: home, stay_said: false}}
  expect: {cs.meals: yes}
"""
    (tmp_path / "cases" / "meals.yaml").write_text(case)
    ran = run_with(
        "policy", "mutate", "--cases", str(tmp_path / "cases"), "--survivors", str(tmp_path / "none"), "--json"
    )
    assert ran.code == 1
    assert ran.json["survivors"]
    assert ran.json["tried"] == ran.json["noticed"] + len(ran.json["survivors"]) + len(ran.json["excused"])


FILE_OUTCOMES = {"accepted", "accepted_with_warnings", "partly", "rejected"}


def test_files_are_sampled_checked_and_told_whole(tmp_path: Path) -> None:
    """`wp file layouts | sample LAYOUT --rows N --seed S --out F | check F [--layout L]`."""
    names = {each["id"] for each in asked("file", "layouts")["layouts"]}
    assert {"mif", "rtf", "otf", "csasf", "cs_rtf"} <= names
    out = tmp_path / "otf.csv"
    asked("file", "sample", "otf", "--rows", "3", "--seed", "1", "--out", str(out))
    told = asked("file", "check", str(out), "--layout", "otf")
    assert (told["layout"], told["outcome"], told["findings"]) == ("otf", "accepted", [])
    assert told["rows"] == {"read": 3, "kept": 3, "set_aside": 0}
    out.write_text(out.read_text("utf-8-sig").replace("10/", "13/").replace("0", "x", 40))
    told = asked("file", "check", str(out), "--layout", "otf", code=1)
    assert told["outcome"] in FILE_OUTCOMES
    assert told["rows"]["read"] == told["rows"]["kept"] + told["rows"]["set_aside"]
    for each in told["findings"]:
        assert set(each) >= {"row", "column", "value", "severity", "problem", "do", "allowed"}
