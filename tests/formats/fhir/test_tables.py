"""The mapping tables: every code is a code, every row says why, and no row contradicts another."""

import re

import pytest

from wholeperson.formats.fhir.coverage import OTHER_PLAN
from wholeperson.formats.fhir.screening import VALUES
from wholeperson.formats.fhir.tables import rows

# Verhoeff's check digit, which ends every SNOMED CT identifier
TURNS = ("0123456789", "1576283094", "5803796142", "8916043527", "9453126870", "4286573901", "2793806415", "7046913258")
PRODUCTS = (
    "0123456789",
    "1234067895",
    "2340178956",
    "3401289567",
    "4012395678",
    "5987604321",
    "6598710432",
    "7659821043",
    "8765932104",
    "9876543210",
)


def is_snomed(code: str) -> bool:
    if not re.fullmatch(r"\d{6,18}", code):
        return False
    check = 0
    for place, digit in enumerate(reversed(code)):
        check = int(PRODUCTS[check][int(TURNS[place % 8][int(digit)])])
    return check == 0


def is_loinc(code: str) -> bool:
    """A question or an answer of LOINC, by its check digit. The letters of an answer weigh 8 or 5 in its sum."""
    shape = re.fullmatch(r"(LA)?(\d+)-(\d)", code)
    if shape is None:
        return False
    letters = (8 if len(shape[2]) % 2 else 5) if shape[1] else 0
    doubled = [int(digit) * 2 if place % 2 == 0 else int(digit) for place, digit in enumerate(reversed(shape[2]))]
    return -(letters + sum(sum(divmod(each, 10)) for each in doubled)) % 10 == int(shape[3])


def test_the_check_digits_find_a_slip() -> None:
    assert is_snomed("44054006")
    assert not is_snomed("44054060")
    assert is_loinc("71802-3")
    assert is_loinc("LA30190-5")
    assert not is_loinc("71820-3")


def test_every_condition_is_a_concept_with_one_translation() -> None:
    table = rows("conditions.csv")
    assert [row["code"] for row in table if not is_snomed(row["code"])] == []
    assert [row for row in table if not re.fullmatch(r"[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?", row["icd10"])] == []
    assert len({(row["system"], row["code"]) for row in table}) == len(table)


def test_every_screening_row_is_a_question_an_answer_and_perhaps_a_fact() -> None:
    table = rows("screenings.csv")
    assert [row["question"] for row in table if not is_loinc(row["question"])] == []
    assert [row["answer"] for row in table if not (is_loinc(row["answer"]) or is_snomed(row["answer"]))] == []
    for row in table:
        assert bool(row["fact"]) == (row["value"] in VALUES) == row["days"].isdigit()
    assert len({(row["question"], row["answer"], row["fact"]) for row in table}) == len(table)


def test_a_no_holds_a_month_and_a_yes_no_longer_than_a_year() -> None:
    """A stale no would shut somebody out; a stale yes asks them in."""
    for row in rows("screenings.csv"):
        if row["fact"]:
            assert int(row["days"]) <= (31 if row["value"] == "false" else 365)


def test_a_name_inside_another_is_looked_for_after_it() -> None:
    """The first row whose words are in the payor's name decides."""
    names = [row["contains"] for row in rows("payors.csv")]
    assert [(one, two) for place, one in enumerate(names) for two in names[place + 1 :] if one in two] == []
    assert all(name == name.lower() for name in names)
    assert OTHER_PLAN not in {row["plan"] for row in rows("payors.csv")}


@pytest.mark.parametrize("name", ["conditions.csv", "screenings.csv", "payors.csv"])
def test_every_row_says_why(name: str) -> None:
    """`None` is where the reader keeps what stands beyond the last column: a comma that should have been quoted."""
    assert rows(name)
    assert [row for row in rows(name) if not row["why"] or None in row or None in row.values()] == []
