"""The code sets and the counties hold what the sheets print, on the days they hold: typed here from the sheets."""

import csv
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

POLICY = Path(__file__).resolve().parents[2] / "wholeperson" / "policy"
FILES = sorted((POLICY / "codes").glob("*.csv"))
ICD = [path.stem for path in FILES if path.stem.endswith("_icd10")]
COLUMNS = {"code", "from", "to", "label", "mark", "cite"}
MARKS = {"source-verified", "memory", "uncertain", "inference"}
ICD_CODE = re.compile(r"[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?\*?")
Row = dict[str, str]
Counties = dict[str, dict[str, Any]]

# data_exchange 6.6, in its order; the first ten were read at San Francisco Health Plan, the rest recalled
READ = "Z55.0 Z58.6 Z59.00 Z59.01 Z59.02 Z59.1 Z59.3 Z59.41 Z59.48 Z59.7".split()
RECALLED = "Z59.811 Z59.812 Z59.819 Z59.89 Z60.2 Z60.4 Z62.819 Z63.0 Z63.4 Z63.5 Z63.6 Z63.72 Z65.1 Z65.2 Z65.8".split()

# sets that no source prints
RECALLED_WHOLE = ("reentry_", "mental_", "substance_", "avoidable_", "pregnancy_")

# ecm 1.5, App. C list: one code (and day) that must lead to each entry; None where no code can show it
CHRONIC_OR_SIGNIFICANT = {
    "active_cancer": "C50.911", "active_hepatitis_a_to_e": "B18.2", "advanced_liver_disease": "K74.60",
    "advanced_renal_disease": "N18.6", "autoimmune_disease": "M06.9",
    "chronic_musculoskeletal_disorder_limiting_adls": "M17.11", "chronic_neurological_disorder": "G20.A1",
    "severe_chronic_pain": "G89.4", "congestive_heart_failure": "I50.22", "connective_tissue_disease": "M34.9",
    "coronary_artery_disease": "I25.10", "current_opioid_or_benzodiazepine_prescription": "Z79.891",
    "medication_management_after_reentry": None, "cystic_fibrosis_or_metabolic_developmental_disorder": "E84.0",
    "epilepsy_or_seizures": "G40.909", "limb_amputation": "Z89.511", "hip_or_pelvic_fracture": "S72.001A",
    "hiv_aids": "B20", "hyperlipidemia": "E78.5", "hypertension": "I10", "incontinence": "N39.41",
    "severe_migraine_or_chronic_headache": "G43.909", "long_covid": "U09.9",
    "moderate_or_severe_atrial_fibrillation_or_arrhythmia": "I48.91",
    "moderate_or_severe_mobility_or_neurosensory_impairment": "G82.20", "obesity": "E66.9",
    "peripheral_vascular_disease": "I73.9", "pressure_injury_or_chronic_ulcer": "L89.154",
    "prior_stroke_or_tia": "Z86.73", "gender_affirming_care": None, "active_respiratory_condition": "J44.9",
    "severe_infection": "A41.9", "sickle_cell_or_other_hematological_disorder": "D57.1",
    "significant_hearing_or_vision_impairment": "H54.8", "spina_bifida_or_congenital_nervous_system_anomaly": "Q05.9",
    "tuberculosis": "A15.0", "diabetes_type_1_or_2": "E11.9",
}  # fmt: skip

# ecm 1.9, App. D
AID_CODES = {
    "approved_relative_caregiver": "2P 2R 2S 2T 2U", "former_foster_youth": "4M",
    "adoption_assistance": "03 04 06 07 4A", "foster_care": "4E 4H 4K 4L 4N 40 42 43 45 46 49 5K 5L",
}  # fmt: skip

# ecm 1.0, App. A; ecm 1.4, App. E; ecm 1.8, App. F
FROM_JANUARY_2022 = """alameda contra_costa imperial kern kings los_angeles marin mendocino monterey napa orange
    placer riverside sacramento san_bernardino san_diego san_francisco san_joaquin san_mateo santa_clara santa_cruz
    shasta sonoma tulare ventura""".split()
FROM_JULY_2022 = """alpine amador butte calaveras colusa del_norte el_dorado fresno glenn humboldt inyo lake lassen
    madera mariposa merced modoc mono nevada plumas san_benito san_luis_obispo santa_barbara sierra siskiyou solano
    stanislaus sutter tehama trinity""".split()
NOT_IN_THE_APPENDIX = ["tuolumne", "yolo", "yuba"]
PLAIN_DRUG_MEDI_CAL = """alpine amador butte calaveras colusa del_norte glenn inyo kings madera mono plumas sierra
    sutter tehama trinity tuolumne yuba""".split()
WHOLE_CHILD = "orange monterey san_mateo merced marin sonoma placer butte yolo".split()
CLASSIC = "contra_costa los_angeles alameda sacramento san_diego".split()


def rows(name: str) -> list[Row]:
    with (POLICY / "codes" / f"{name}.csv").open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened, strict=True))


def holding(name: str, code: str, on: str = "2026-11-21") -> list[Row]:
    """The rows that a code falls under on a day."""
    return [
        row
        for row in rows(name)
        if (code.startswith(row["code"][:-1]) if row["code"].endswith("*") else code == row["code"])
        and row["from"] <= on <= (row["to"] or "9999-12-31")
    ]


@pytest.fixture(scope="module")
def counties() -> Counties:
    return yaml.load((POLICY / "counties.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)["counties"]


@pytest.fixture(scope="module")
def source_keys() -> set[str]:
    return set(yaml.load((POLICY / "sources.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)["sources"])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_row_is_whole(path: Path, source_keys: set[str]) -> None:
    for row in rows(path.stem):
        assert set(row) >= COLUMNS
        assert row["label"].strip()
        assert row["mark"] in MARKS
        assert date.fromisoformat(row["from"]) <= date.fromisoformat(row["to"] or "9999-12-31")
        assert (row["cite"] in source_keys) == (row["mark"] == "source-verified"), row


@pytest.mark.parametrize("name", ICD)
def test_codes_look_like_icd_10_cm_and_stand_once(name: str) -> None:
    seen = [(row["code"], row["from"], row.get("condition")) for row in rows(name)]
    assert len(seen) == len(set(seen))
    for row in rows(name):
        assert ICD_CODE.fullmatch(row["code"]), row["code"]


@pytest.mark.parametrize("name", ICD)
def test_no_code_is_held_by_a_wider_one_beside_it(name: str) -> None:
    for row in rows(name):
        same = [other for other in holding(name, row["code"].rstrip("*"), row["from"])
                if other.get("condition") == row.get("condition")]  # fmt: skip
        assert same == [row], f"{row['code']} is said twice"


@pytest.mark.parametrize("name", [name for name in ICD if name.startswith(RECALLED_WHOLE)])
def test_a_choice_of_codes_that_no_source_prints_is_marked_memory(name: str) -> None:
    assert {(row["mark"], row["cite"]) for row in rows(name)} == {("memory", "")}


def test_homelessness_has_one_code_until_september_2021_and_three_after() -> None:
    assert holding("homelessness_icd10", "Z59.0", "2021-09-30")
    assert not holding("homelessness_icd10", "Z59.0", "2021-10-01")
    for code in ("Z59.00", "Z59.01", "Z59.02"):
        assert not holding("homelessness_icd10", code, "2021-09-30")
        assert holding("homelessness_icd10", code, "2021-10-01")
    assert len(rows("homelessness_icd10")) == 4


def test_a_home_at_risk_is_not_homelessness() -> None:
    kinds = {row["code"]: row["kind"] for row in rows("housing_risk_icd10")}
    assert kinds == {"Z59.811": "imminent_risk", "Z59.812": "recently_homeless", "Z59.819": "unstable_not_specified"}
    assert not [code for code in kinds if holding("homelessness_icd10", code)]


def test_the_25_priority_codes() -> None:
    marks = {row["code"]: (row["mark"], row["cite"]) for row in rows("sdoh_priority_icd10")}
    later = {code for code, (mark, _) in marks.items() if mark == "inference"}
    assert len(READ + RECALLED) == 25
    assert later == {"Z59.10", "Z59.11", "Z59.12", "Z59.19", "Z59.71", "Z59.72"}
    assert {code: marks[code] for code in READ} == dict.fromkeys(READ, ("source-verified", "DX.SFHP"))
    assert {code: marks[code] for code in RECALLED} == dict.fromkeys(RECALLED, ("memory", ""))
    assert set(marks) - later == set(READ + RECALLED)


def test_a_split_code_ends_the_day_before_its_parts_begin() -> None:
    for whole, part, last, first in (
        ("Z59.1", "Z59.12", "2023-03-31", "2023-04-01"),
        ("Z59.7", "Z59.71", "2024-09-30", "2024-10-01"),
    ):
        assert holding("sdoh_priority_icd10", whole, last)
        assert not holding("sdoh_priority_icd10", part, last)
        assert holding("sdoh_priority_icd10", part, first)
        assert not holding("sdoh_priority_icd10", whole, first)


def test_the_social_factor_a_code_may_show() -> None:
    shown = {row["code"]: row["factor"] for row in rows("sdoh_priority_icd10")}
    expected = {
        "Z59.02": "housing",
        "Z59.41": "food",
        "Z62.819": "aces_or_trauma",
        "Z65.2": "law_enforcement",
        "Z55.0": "",
    }
    assert {code: shown[code] for code in expected} == expected


@pytest.mark.parametrize("name", ["substance_use_icd10", "reentry_sud_icd10"])
def test_substance_use_is_f10_to_f19_without_nicotine(name: str) -> None:
    for code in ("F10.20", "F11.23", "F12.10", "F13.20", "F14.10", "F15.20", "F16.10", "F18.10", "F19.20"):
        assert holding(name, code), code
    for code in ("F17.210", "F09", "F20.9"):
        assert not holding(name, code), code


def test_mental_health_is_f20_to_f99() -> None:
    for code in ("F20.9", "F25.0", "F31.9", "F32.A", "F33.1", "F41.1", "F43.10", "F50.01", "F53.0", "F60.3",
                 "F70", "F84.0", "F90.0", "F98.0", "F99"):  # fmt: skip
        assert holding("mental_health_icd10", code), code
    for code in ("F10.20", "F17.210", "F19.10", "F03.90", "G30.9"):
        assert not holding("mental_health_icd10", code), code


@pytest.mark.parametrize(
    ("condition", "inside", "outside"),
    [
        ("mental_illness", "F20.9 F33.2 F43.10 F99", "F17.210 F11.20 F70 F84.0"),
        ("intellectual_or_developmental_disability", "F70 F73 F79 F84.0 G80.9", "F20.9 F90.0"),
        ("traumatic_brain_injury", "S06.2X9A S06.5X0S Z87.820", "S01.01XA I63.9"),
        ("hiv_aids", "B20 Z21 O98.711", "Z20.6 R75"),
        ("pregnancy", "O00.101 O03.4 O09.91 O36.4XX0 O80 O90.6 Z33.1 Z34.02 Z3A.20 Z39.2", "O94 Z30.09 Z32.02 N92.0"),
    ],
)
def test_reentry_conditions(condition: str, inside: str, outside: str) -> None:
    name = f"reentry_{condition}_icd10"
    assert [code for code in inside.split() if not holding(name, code)] == []
    assert [code for code in outside.split() if holding(name, code)] == []


@pytest.mark.parametrize(
    ("name", "inside", "outside"),
    [
        ("avoidable_visit", "J06.9 H66.90 N39.0 M54.50 K08.89 J45.901", "S72.001A I21.9 O80 F20.9 J96.01"),
        ("avoidable_stay", "E11.65 I50.22 J44.1 J18.9 N10", "S72.001A I21.9 O80 F20.9 Z38.00"),
        ("pregnancy", "O00.101 O09.91 O80 O99.345 Z33.1 Z34.02 Z37.0 Z3A.20", "O94 O86.4 O90.6 Z39.2 Z32.02 Z30.09"),
        ("pregnancy_end", "O03.4 O80 O82 Z33.2 Z37.0", "O09.91 Z33.1 Z34.02 Z3A.20 O90.6"),
    ],
)
def test_codes_that_classify_claims(name: str, inside: str, outside: str) -> None:
    assert [code for code in inside.split() if not holding(f"{name}_icd10", code)] == []
    assert [code for code in outside.split() if holding(f"{name}_icd10", code)] == []


def test_a_code_that_ends_a_pregnancy_is_a_code_of_pregnancy() -> None:
    """Else a birth of which nothing was seen before would begin nothing."""
    assert [
        row["code"] for row in rows("pregnancy_end_icd10") if not holding("pregnancy_icd10", row["code"].rstrip("*"))
    ] == []


@pytest.mark.parametrize("entry", sorted(CHRONIC_OR_SIGNIFICANT))
def test_every_entry_of_the_chronic_list_has_a_code_or_a_reason(entry: str) -> None:
    code = CHRONIC_OR_SIGNIFICANT[entry]
    with_code = {row["condition"] for row in rows("reentry_chronic_or_significant_icd10")}
    reasons = {row["code"] for row in rows("reentry_chronic_or_significant_without_code")}
    if code is None:
        assert entry in reasons - with_code
    else:
        assert entry in {row["condition"] for row in holding("reentry_chronic_or_significant_icd10", code)}


def test_the_chronic_list_has_37_entries_and_no_other() -> None:
    with_code = {row["condition"] for row in rows("reentry_chronic_or_significant_icd10")}
    reasons = {row["code"] for row in rows("reentry_chronic_or_significant_without_code")}
    assert len(CHRONIC_OR_SIGNIFICANT) == 37
    assert with_code | reasons == set(CHRONIC_OR_SIGNIFICANT)


def test_overweight_alone_is_not_obesity() -> None:
    assert not holding("reentry_chronic_or_significant_icd10", "E66.3")


def test_aid_codes() -> None:
    ours = {(row["group"], row["code"]) for row in rows("aid_codes")}
    assert ours == {(group, code) for group, codes in AID_CODES.items() for code in codes.split()}
    assert {(row["mark"], row["cite"]) for row in rows("aid_codes")} == {("source-verified", "G26")}


def test_groups_with_a_maternal_disparity() -> None:
    ours = {(row["code"], row["from"], row["mark"], row["cite"]) for row in rows("race_ethnicity_maternal_disparity")}
    words = (
        "black_or_african_american",
        "american_indian_or_alaska_native",
        "native_hawaiian_or_other_pacific_islander",
    )
    assert ours == {(word, "2024-01-01", "source-verified", "G26") for word in words}


def test_there_are_58_counties(counties: Counties) -> None:
    expected = FROM_JANUARY_2022 + FROM_JULY_2022 + NOT_IN_THE_APPENDIX
    text = (POLICY / "counties.yaml").read_text("utf-8")
    keys = re.findall(r"^  ([a-z_]+):$", text, re.M)
    assert (len(FROM_JANUARY_2022), len(FROM_JULY_2022), len(expected)) == (25, 30, 58)
    assert sorted(keys) == sorted(expected)
    assert {key for key, county in counties.items() if county["name"] != key.replace("_", " ").title()} == set()


def test_when_ecm_began_for_adults(counties: Counties) -> None:
    lives = {key: county["ecm_adult_live"] for key, county in counties.items()}
    began = {key: (live["value"], live["mark"]) for key, live in lives.items()}
    assert began == (
        dict.fromkeys(FROM_JANUARY_2022, ("2022-01-01", "source-verified"))
        | dict.fromkeys(FROM_JULY_2022, ("2022-07-01", "source-verified"))
        | dict.fromkeys(NOT_IN_THE_APPENDIX, ("2022-07-01", "uncertain"))
    )


def test_which_counties_run_the_organized_delivery_system(counties: Counties) -> None:
    plain = {key for key, county in counties.items() if county["dmc_ods"]["value"] == "false"}
    assert len(PLAIN_DRUG_MEDI_CAL) == 18
    assert plain == set(PLAIN_DRUG_MEDI_CAL)
    assert {county["dmc_ods"]["value"] for county in counties.values()} == {"true", "false"}


def test_the_ccs_model_is_said_only_where_the_sheet_names_the_county(counties: Counties) -> None:
    models = {key: county["ccs_model"]["value"] for key, county in counties.items()}
    named = dict.fromkeys(WHOLE_CHILD, "whole_child") | dict.fromkeys(CLASSIC, "classic")
    assert models == dict.fromkeys(counties, "unknown") | named
    for key, county in counties.items():
        assert county["ccs_model"]["mark"] == ("source-verified" if key in named else "uncertain")
