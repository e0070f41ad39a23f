"""What is written in a layout is read as what it was, in every layout and every kind of file."""

import io
import zipfile
from datetime import date

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.formats.files.layouts import checked, file_of, layout, layouts
from tests.formats.files.made_up import records
from wholeperson.formats.files.layout import KINDS
from wholeperson.formats.files.sample import records as sample


@pytest.mark.parametrize("name", layouts())
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_every_layout_round_trips(name: str, data: st.DataObject) -> None:
    """No finding is an error but one about a blank that another cell asks for; every value comes back as it went."""
    told = data.draw(records(layout(name)))
    kind = data.draw(st.sampled_from(KINDS))
    report, kept = checked(file_of(name, told, kind), name)
    wrong = {each.row for each in report.findings if each.severity == "error"}
    assert wrong <= {at for at, each in enumerate(told, 2) if each.get("closure_reason", "") is None}
    assert [each.values for each in kept] == [each for at, each in enumerate(told, 2) if at not in wrong]


@pytest.mark.parametrize("name", layouts())
@pytest.mark.parametrize("kind", KINDS)
def test_a_sample_is_accepted_by_its_own_layout_and_found_without_naming_it(name: str, kind: str) -> None:
    rows = list(sample(layout(name), 30, 7))
    raw = file_of(name, rows, kind)
    assert raw == file_of(name, list(sample(layout(name), 30, 7)), kind), "the same seed, the same bytes"
    assert raw != file_of(name, list(sample(layout(name), 30, 8)), kind)
    report, kept = checked(raw, name)
    assert (report.outcome, report.findings) == ("accepted", [])
    assert [{key: value for key, value in each.values.items() if value is not None} for each in kept] == [
        {key: value for key, value in each.items() if value is not None} for each in rows
    ]
    found = checked(raw)[0].layout
    assert layout(found).file == layout(name).file
    assert found == name or layout(name).plan is None


ATTEMPT = {
    "plan_name": "Health Net",
    "provider_npi": "1234567893",
    "provider_tin": "941234567",
    "member_name": 'Ana "Nita" Ortiz, Jr.',
    "cin": "01234567A",
    "provider_type": "non_clinical",
    "attempt_date": date(2026, 10, 5),
    "method": "in_person",
    "successful": False,
    "minutes": 15,
}


CELLS = (
    """|Health Net||1234567893|94-1234567|"Ana ""Nita"" Ortiz, Jr."|01234567A|Non-Clinical|10/05/2026|In Person|N|15"""
)


@pytest.mark.parametrize(("kind", "row"), [("csv", CELLS.replace("|", ",")), ("pipe", CELLS)])
def test_text_is_written_to_the_letter(kind: str, row: str) -> None:
    lines = file_of("otf", [ATTEMPT], kind).split(b"\r\n")
    assert lines[1:] == [row.encode(), b""]


@pytest.mark.parametrize("kind", KINDS)
def test_a_month_that_was_sent_is_made_again_years_later_byte_for_byte(kind: str) -> None:
    with time_machine.travel("2026-11-03T09:00:00-08:00"):
        first = file_of("otf", [ATTEMPT], kind)
    with time_machine.travel("2031-02-01T23:00:00-08:00"):
        assert file_of("otf", [ATTEMPT], kind) == first


def test_a_workbook_says_no_time_of_its_making() -> None:
    with zipfile.ZipFile(io.BytesIO(file_of("otf", [ATTEMPT], "xlsx"))) as parts:
        assert {each.date_time for each in parts.infolist()} == {(1980, 1, 31, 0, 0, 0)}
        assert b"2000-01-01T00:00:00Z" in parts.read("docProps/core.xml")


def test_what_a_layout_cannot_hold_is_refused_before_anything_is_sent() -> None:
    with pytest.raises(ValueError, match="shoe_size"):
        file_of("otf", [ATTEMPT | {"shoe_size": 42}])
    with pytest.raises(ValueError, match="referral_status"):
        file_of("rtf", [{"cin": "91234567A", "referral_status": "maybe"}])
    with pytest.raises(ValueError, match="successful"):
        file_of("otf", [ATTEMPT | {"successful": 3}])
