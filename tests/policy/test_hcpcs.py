"""The codes that services are billed with, against a table typed here from another sheet than the file was made from.

``hcpcs.csv`` follows the table of community_supports 7. The table below is data_exchange 4.3 and 4.4, read separately.
Where the two sheets differ, the difference stands here with its reason.
"""

import csv
from collections import Counter
from datetime import date

import pytest

from wholeperson.rules.language import cite, confidence
from wholeperson.rules.reading.cache import load_policy
from wholeperson.rules.reading.check_hcpcs import key
from wholeperson.rules.reading.files import PACKAGED
from wholeperson.rules.reading.yaml_lines import read_yaml_file

CODES = PACKAGED / "codes" / "hcpcs.csv"
Row = dict[str, str]

# data_exchange 4.3 and 4.4, in their order. One line: service, code with modifiers, unit, and `amount` where the amount
# is reported; `-` where the sheet prints no unit. The unit of Enhanced Care Management is said once, below its table.
PRINTED = """
ecm                    G9008 U1       15_minutes
ecm                    G9008 U1 GQ    15_minutes
ecm                    G9008 U8       15_minutes
ecm                    G9008 U8 GQ    15_minutes
ecm                    G9012 U2       15_minutes
ecm                    G9012 U2 GQ    15_minutes
ecm                    G9012 U8       15_minutes
ecm                    G9012 U8 GQ    15_minutes
ecm                    G9007          15_minutes
cs.htns                H0043 U6       day
cs.htns                H2016 U6       day
cs.housing_deposits    H0044 U2       -           amount
cs.htss                T2040 U6       15_minutes
cs.htss                T2041 U6       15_minutes
cs.htss                T2050 U6       day
cs.htss                T2051 U6       day
outreach               T1016 U8       -
outreach               T1016 U8 GQ    -
cs.stphh               H0043 U3       day
cs.stphh               H0044 U3       month
cs.recuperative_care   T2033 U6       day
cs.respite             H0045 U6       day
cs.respite             S5151 U6       day
cs.respite             S9125 U6       day
cs.day_habilitation    T2012 U6       -
cs.day_habilitation    T2014 U6       -
cs.day_habilitation    T2018 U6       -
cs.day_habilitation    T2020 U6       -
cs.day_habilitation    H2014 U6       -
cs.day_habilitation    H2024 U6       -
cs.day_habilitation    H2026 U6       -
cs.day_habilitation    H2038 U6       -
cs.alf_transitions     T2038 U4       -
cs.alf_transitions     H2022 U5       -
cs.chts                T2038 U5       -
cs.chts                H0044 U5       -
cs.pchs                S5130 U6       15_minutes
cs.pchs                T1019 U6       15_minutes
cs.eaa                 S5165 U6       -           amount
cs.mtm_msf             S5170 U6       meal
cs.mtm_msf             S9470 U6       -
cs.mtm_msf             S9977 U6       -
cs.mtm_msf             S9452 U5       -
cs.mtm_msf             S9452 U6       -
cs.mtm_msf             S9977 U4       -
cs.mtm_msf             S9977 U5       -
cs.mtm_msf             S9977 U7       -
cs.mtm_msf             S9977 U8       -
cs.mtm_msf             S9977 U9       -
cs.sobering_center     H0014 U6       -
cs.asthma_remediation  S5165 U5       -
cs.transitional_rent   H0044 U6       month
cs.transitional_rent   H0043 U2       day
cs.transitional_rent   H0040 U1       -
cs.transitional_rent   H0040 U2       -
"""

# What our file says and data_exchange does not, and why.
UNIT_OF_THE_OTHER_SHEET = "data_exchange prints no unit here; the unit is that of the table in community_supports 7"
AMOUNT_OF_THE_OTHER_SHEET = "data_exchange does not say that the amount is reported; community_supports 7 does"
FEE = "data_exchange prints how many units there are and not what one is; community_supports 4.1 reads it as a fee"
DIFFERENT_UNIT = {
    "cs.housing_deposits H0044 U2": UNIT_OF_THE_OTHER_SHEET,
    "outreach T1016 U8": UNIT_OF_THE_OTHER_SHEET,
    "outreach T1016 U8 GQ": UNIT_OF_THE_OTHER_SHEET,
    **{f"cs.day_habilitation {code} U6": UNIT_OF_THE_OTHER_SHEET
       for code in "T2012 T2014 T2018 T2020 H2014 H2024 H2026 H2038".split()},
    "cs.alf_transitions T2038 U4": UNIT_OF_THE_OTHER_SHEET,
    "cs.alf_transitions H2022 U5": UNIT_OF_THE_OTHER_SHEET,
    "cs.chts T2038 U5": UNIT_OF_THE_OTHER_SHEET,
    "cs.chts H0044 U5": UNIT_OF_THE_OTHER_SHEET,
    "cs.eaa S5165 U6": UNIT_OF_THE_OTHER_SHEET,
    "cs.asthma_remediation S5165 U5": UNIT_OF_THE_OTHER_SHEET,
    "cs.mtm_msf S9470 U6": UNIT_OF_THE_OTHER_SHEET,
    "cs.mtm_msf S9452 U5": UNIT_OF_THE_OTHER_SHEET,
    "cs.mtm_msf S9452 U6": UNIT_OF_THE_OTHER_SHEET,
    **{f"cs.mtm_msf S9977 {modifier}": UNIT_OF_THE_OTHER_SHEET for modifier in "U4 U5 U6 U7 U8 U9".split()},
    "cs.sobering_center H0014 U6": UNIT_OF_THE_OTHER_SHEET,
    "cs.transitional_rent H0040 U1": FEE,
    "cs.transitional_rent H0040 U2": FEE,
}  # fmt: skip
DIFFERENT_AMOUNT = {
    "cs.alf_transitions T2038 U4": AMOUNT_OF_THE_OTHER_SHEET,
    "cs.chts T2038 U5": AMOUNT_OF_THE_OTHER_SHEET,
    "cs.chts H0044 U5": AMOUNT_OF_THE_OTHER_SHEET,
    "cs.asthma_remediation S5165 U5": AMOUNT_OF_THE_OTHER_SHEET,
}

# Codes that somebody once listed for Community Supports and no source has: community_supports 7, data_exchange 4.4.
NOWHERE = ("T2038 U6", "H2021 U6", "H2021", "T1028 U5", "T1028", "T2035", "T2025")
NEW_IN_2026 = {
    "cs.chts H0044 U5", "cs.mtm_msf S9452 U5", "cs.mtm_msf S9452 U6",
    *(f"cs.mtm_msf S9977 {modifier}" for modifier in "U4 U5 U7 U8 U9".split()),
}  # fmt: skip
# How many services one code alone could mean (community_supports 7: the modifier is part of the key).
ONE_CODE_SEVERAL_MEANINGS = {"H0043": 3, "H0044": 4, "S5165": 2, "T2038": 2, "S9977": 6, "S9452": 2}


def rows() -> list[Row]:
    with CODES.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened, strict=True))


def line(row: Row) -> str:
    return " ".join([row["service"], row["code"], *row["modifiers"].split()])


def in_force(on: str) -> list[Row]:
    return [row for row in rows() if row["from"] <= on <= (row["to"] or "9999-12-31")]


def found(code: str, modifiers: str, on: str) -> list[str]:
    """The services that a claim line with this code and these modifiers, in whatever order, may mean on a day."""
    wanted = (code, *sorted(modifiers.split()))
    return [row["service"] for row in in_force(on) if key(row) == wanted]


def printed() -> dict[str, tuple[str, bool]]:
    table = {}
    for each in PRINTED.strip().splitlines():
        words = each.split()
        amount = words[-1] == "amount"
        unit = words[-2] if amount else words[-1]
        table[" ".join(words[: -2 if amount else -1])] = (unit, amount)
    return table


# ── the two tables ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_our_file_has_the_lines_of_the_other_sheet_and_no_more() -> None:
    assert sorted(map(line, rows())) == sorted(printed())


def test_units_are_those_of_the_other_sheet() -> None:
    ours = {line(row): row["unit"] for row in rows()}
    different = {name for name, (unit, _) in printed().items() if ours[name] != unit}
    assert different == set(DIFFERENT_UNIT), "explain each in DIFFERENT_UNIT, and drop what differs no more"
    assert {printed()[name][0] for name in DIFFERENT_UNIT} == {"-"}, "no unit contradicts the other sheet"


def test_amounts_are_reported_where_the_other_sheet_says_so() -> None:
    ours = {line(row): row["reports_amount"] == "true" for row in rows()}
    different = {name for name, (_, amount) in printed().items() if ours[name] != amount}
    assert different == set(DIFFERENT_AMOUNT)
    assert all(ours[name] for name in DIFFERENT_AMOUNT), "we ask for more amounts, never for fewer"


# ── what a claim line may mean ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("on", ["2022-01-01", "2025-06-30", "2025-07-01", "2025-12-31", "2026-01-01", "2026-11-21"])
def test_code_and_modifiers_mean_one_service_on_one_day(on: str) -> None:
    seen = Counter(key(row) for row in in_force(on))
    assert [each for each, times in seen.items() if times > 1] == []


@pytest.mark.parametrize("code", sorted(ONE_CODE_SEVERAL_MEANINGS))
def test_the_modifier_is_part_of_the_key(code: str) -> None:
    meanings = {(row["service"], row["modifiers"]) for row in in_force("2026-11-21") if row["code"] == code}
    assert len(meanings) == ONE_CODE_SEVERAL_MEANINGS[code]
    assert found(code, "", "2026-11-21") == [], f"{code} alone says nothing"


def test_h0044_alone_could_be_four_services() -> None:
    services = {row["service"] for row in in_force("2026-11-21") if row["code"] == "H0044"}
    assert services == {"cs.housing_deposits", "cs.stphh", "cs.chts", "cs.transitional_rent"}


def test_one_modifier_means_different_things_on_different_codes() -> None:
    assert found("H0043", "U2", "2026-11-21") == ["cs.transitional_rent"]
    assert found("H0044", "U2", "2026-11-21") == ["cs.housing_deposits"]
    assert found("T1016", "U8", "2026-11-21") == ["outreach"]
    assert found("S9977", "U8", "2026-11-21") == ["cs.mtm_msf"]
    assert found("S5165", "U6", "2026-11-21") == ["cs.eaa"]
    assert found("S5165", "U5", "2026-11-21") == ["cs.asthma_remediation"]


def test_modifiers_stand_in_any_order() -> None:
    assert found("T1016", "GQ U8", "2026-11-21") == found("T1016", "U8 GQ", "2026-11-21") == ["outreach"]


def test_modifiers_are_written_once_each() -> None:
    for row in rows():
        assert len(set(row["modifiers"].split())) == len(row["modifiers"].split()), line(row)


# ── days ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_new_in_2026_is_not_there_before() -> None:
    begins = {line(row): row["from"] for row in rows()}
    assert {name for name, day in begins.items() if day == "2026-01-01"} == NEW_IN_2026
    assert found("S9977", "U8", "2025-12-31") == []
    assert found("S9977", "U8", "2026-01-01") == ["cs.mtm_msf"]
    assert found("S9977", "U6", "2025-12-31") == ["cs.mtm_msf"], "the groceries were there before"


def test_transitional_rent_begins_with_the_service() -> None:
    assert {row["from"] for row in rows() if row["service"] == "cs.transitional_rent"} == {"2025-07-01"}
    assert found("H0044", "U6", "2025-06-30") == []
    assert found("H0044", "U6", "2025-07-01") == ["cs.transitional_rent"]


def test_every_other_code_begins_with_the_services_and_goes_on() -> None:
    others = [row for row in rows() if line(row) not in NEW_IN_2026 and row["service"] != "cs.transitional_rent"]
    assert {row["from"] for row in others} == {"2022-01-01"}
    assert {row["to"] for row in rows()} == {""}
    assert all(date.fromisoformat(row["from"]) for row in rows())


# ── which codes, and how sure ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("never", NOWHERE)
def test_what_no_source_has_is_not_there(never: str) -> None:
    code, *modifiers = never.split()
    assert not [row for row in rows() if row["code"] == code and modifiers in ([], row["modifiers"].split())]


def test_every_service_has_a_code() -> None:
    """Fifteen Community Supports, Enhanced Care Management, and the outreach of the housing three."""
    services = {row["service"] for row in rows()}
    assert len(services) == 17
    assert {"ecm", "outreach"} < services


def test_what_is_not_sure_is_recognised_and_never_sent() -> None:
    """U11: the State's guidance has no code of Transitional Rent, as far as anybody saw; one code of ECM is a guess."""
    unsure = {line(row) for row in rows() if row["mark"] == "uncertain"}
    assert unsure == {name for name in printed() if name.startswith("cs.transitional_rent")} | {"ecm G9007"}
    assert all("never price or send" in row["note"] for row in rows() if row["mark"] == "uncertain")


def test_no_code_is_surer_than_where_it_was_read() -> None:
    """The State's list of codes was not at hand: every line is read in somebody else's work, and none is verified."""
    sources = read_yaml_file(PACKAGED / "sources.yaml", "sources")[0]["sources"]
    grades = {name: source["grade"] for name, source in sources.items()}
    for row in rows():
        cites = (cite(row["cite"]),) if row["cite"] else ()
        expected = "reported" if row["mark"] == "source-verified" else "unconfirmed"
        assert confidence(row["mark"], cites, grades) == expected, line(row)


def test_units_are_from_memory_but_for_enhanced_care_management() -> None:
    """The 15 minutes were read (data_exchange 4.3); the other units are what the codes mean in the whole country."""
    marks = {line(row): row["unit_mark"] for row in rows()}
    read = {name for name, mark in marks.items() if mark == "source-verified"}
    assert read == {name for name in marks if name.startswith("ecm ")} - {"ecm G9007"}
    assert {name for name, mark in marks.items() if mark == "uncertain"} == {
        "ecm G9007",
        "cs.transitional_rent H0040 U1",
        "cs.transitional_rent H0040 U2",
    }


def test_the_loader_takes_them() -> None:
    policy = load_policy()
    assert len(policy.documents.codes["hcpcs"]) == len(rows())
    assert "S9977" in policy.codes("hcpcs", date(2025, 12, 31))
    assert "S9452" not in policy.codes("hcpcs", date(2025, 12, 31))
