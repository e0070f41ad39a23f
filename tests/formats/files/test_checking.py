"""What a check says of a file: one rung after the other, each finding with its row and column and the way out."""

from datetime import date

import pytest

from tests.formats.files.layouts import checked, file_of, text
from wholeperson.formats.files.checking import Asked
from wholeperson.formats.files.findings import Objection

OTF = (
    "Primary Payer (MCP) Identifier,MCP Name,ECM Provider Name,ECM Provider NPI,ECM Provider TIN,Client (Member) Name,"
    "Member CIN,Provider Type,Date of Outreach Attempt,Outreach Attempt Method,Outreach Attempt Successful,"
    "Time Spent Performing Outreach"
)
ROW = "HN,Health Net,Bayside,1234567893,94-1234567,Ana Ortiz,91234567A,Clinical,10/05/2026,Phone,Y,15"


def test_a_clean_row_is_read_as_what_it_means() -> None:
    report, kept = checked(text(OTF, ROW), "otf")
    assert (report.outcome, report.findings) == ("accepted", [])
    assert kept[0].row == 2
    assert kept[0].values == {
        "plan_id": "HN",
        "plan_name": "Health Net",
        "provider_name": "Bayside",
        "provider_npi": "1234567893",
        "provider_tin": "941234567",
        "member_name": "Ana Ortiz",
        "cin": "91234567A",
        "provider_type": "clinical",
        "attempt_date": date(2026, 10, 5),
        "method": "phone",
        "successful": True,
        "minutes": 15,
    }


def test_a_row_is_set_aside_whole_and_the_others_are_kept() -> None:
    report, kept = checked(text(OTF, ROW, ROW.replace("10/05/2026", "13/45/2026"), ROW), "otf")
    assert (report.outcome, report.read, report.kept, report.set_aside) == ("partly", 3, 2, 1)
    assert [each.row for each in kept] == [2, 4]
    (finding,) = report.findings
    assert (finding.row, finding.column, finding.value) == (3, "Date of Outreach Attempt", "13/45/2026")
    assert (finding.severity, finding.rung) == ("error", "values")
    assert "MM/DD/YYYY" in finding.allowed


def test_a_word_of_an_unconfirmed_list_is_kept_as_it_was_told() -> None:
    report, kept = checked(text(OTF, ROW.replace(",Phone,", ",Carrier pigeon,")), "otf")
    assert report.outcome == "accepted_with_warnings"
    assert kept[0].values["method"] == "Carrier pigeon"
    assert kept[0].as_told == {"method"}
    assert report.findings[0].allowed == ("In Person", "Phone", "Text", "Email", "Mail", "Video")


def test_no_row_that_can_be_kept_is_a_file_that_is_rejected() -> None:
    report, kept = checked(text(OTF, ROW.replace("91234567A", "")), "otf")
    assert (report.outcome, kept) == ("rejected", [])
    assert report.findings[0].column == "Member CIN"


# ── headings ──


@pytest.mark.parametrize("heading", ["date of outreach attempt", "Date  of_Outreach-Attempt", "Outreach Date"])
def test_headings_drift(heading: str) -> None:
    report, kept = checked(text(OTF.replace("Date of Outreach Attempt", heading), ROW), "otf")
    assert report.outcome == "accepted"
    assert kept[0].values["attempt_date"] == date(2026, 10, 5)


def test_a_heading_with_a_letter_wrong_is_read_and_told() -> None:
    report, kept = checked(text(OTF.replace("Date of Outreach Attempt", "Date of Outraech Attempt"), ROW), "otf")
    assert report.outcome == "accepted_with_warnings"
    assert kept[0].values["attempt_date"] == date(2026, 10, 5)
    (finding,) = report.findings
    assert (finding.row, finding.column, finding.allowed) == (
        1,
        "Date of Outraech Attempt",
        ("Date of Outreach Attempt",),
    )


@pytest.mark.parametrize("heading", ["Membr CIN", "Member CINN", "CIN of Member", "Member Clent Index Number"])
def test_the_heading_of_an_identifier_is_never_guessed(heading: str) -> None:
    """One wrong letter could make another number of it: the file waits until somebody has said which column it is."""
    report, kept = checked(text(OTF.replace("Member CIN", heading), ROW), "otf")
    assert (report.outcome, kept) == ("rejected", [])
    finding = report.findings[0]
    assert (finding.row, finding.column) == (1, heading)
    assert finding.allowed[0] == "Member CIN"
    assert finding.rung == "columns"


def test_two_columns_that_could_both_be_it_are_refused() -> None:
    report, kept = checked(text(OTF + ",CIN", ROW + ",91234567A"), "otf")
    assert (report.outcome, kept) == ("rejected", [])
    assert "2 columns" in report.findings[0].problem


def test_a_column_nobody_knows_is_named_and_ignored() -> None:
    report, _ = checked(text(OTF + ",Shoe Size", ROW + ",42"), "otf")
    assert (report.outcome, report.ignored) == ("accepted", ["Shoe Size"])
    assert [(each.column, each.severity) for each in report.findings] == [("Shoe Size", "note")]


def test_titles_above_blank_lines_between_and_a_total_below_are_no_rows() -> None:
    raw = text("Outreach for October,,,", "", "prepared by Bayside", OTF, "", ROW, ",,,,", ROW, "Total,,,2")
    report, kept = checked(raw, "otf")
    assert (report.header_row, report.read, [each.row for each in kept]) == (4, 2, [6, 8])
    assert report.outcome == "accepted"
    assert [(each.row, each.severity) for each in report.findings] == [(9, "note")]


def test_a_total_in_the_middle_is_a_row_without_a_member() -> None:
    report, _ = checked(text(OTF, ROW, "Total,,,1", ROW), "otf")
    assert (report.outcome, report.set_aside) == ("partly", 1)


# ── the right file ──


def test_another_file_is_known_for_what_it_is() -> None:
    report, _ = checked(text(OTF, ROW), "rtf")
    assert (report.outcome, report.findings[0].rung) == ("rejected", "right_file")
    assert report.findings[0].allowed == ("otf_health_net",)


def test_another_plans_file_is_known_by_the_name_in_it() -> None:
    report, kept = checked(text(OTF, ROW), "otf_contra_costa_health_plan")
    assert (report.outcome, kept) == ("rejected", [])
    finding = report.findings[0]
    assert (finding.row, finding.column, finding.value) == (2, "MCP Name", "Health Net")
    assert "Contra Costa Health Plan" in finding.problem
    assert finding.allowed == ("otf_health_net",)


def test_without_a_layout_the_one_that_fits_is_found_and_the_plan_in_it() -> None:
    assert checked(text(OTF, ROW))[0].layout == "otf_health_net"
    assert checked(text(OTF, ROW.replace("HN,Health Net", "X,Another Plan")))[0].layout == "otf"


def test_what_is_no_table_of_ours_is_said_to_be_none() -> None:
    report, _ = checked(b"a,b\r\n1,2\r\n")
    assert (report.outcome, report.layout) == ("rejected", None)
    assert "otf" in report.findings[0].allowed


# ── rows that depend on others, and on what is known ──

RTF = {"cin": "91234567A", "last_name": "Ortiz", "first_name": "Ana", "plan_name": "Health Net"}


def test_a_second_row_about_the_same_member_is_set_aside() -> None:
    report, kept = checked(file_of("rtf", [RTF, RTF], "csv"), "rtf")
    assert [each.row for each in kept] == [2]
    assert "row 2 already" in next(each.problem for each in report.findings if each.severity == "error")


def test_a_loop_that_is_closed_needs_its_reason() -> None:
    closed = RTF | {"referral_status": "referral_loop_closed", "referral_status_date": date(2026, 10, 9)}
    report, kept = checked(file_of("rtf", [closed], "csv"), "rtf")
    assert kept == []
    error = next(each for each in report.findings if each.severity == "error")
    assert (error.row, error.column) == (2, "Reason for Referral Loop Closure")


def test_a_status_of_no_known_word_is_an_error_with_the_five() -> None:
    raw = file_of("rtf", [RTF | {"referral_status": "accepted"}], "csv").replace(b"Accepted", b"Maybe")
    report, _ = checked(raw, "rtf")
    error = next(each for each in report.findings if each.severity == "error")
    five = ("Accepted", "Declined", "Pending", "Outreach Initiated", "Referral Loop Closed")
    assert (error.column, error.value, error.allowed) == ("Referral Status", "Maybe", five)


def test_an_end_before_its_beginning_is_told() -> None:
    days = {"enrollment_start": date(2026, 5, 2), "enrollment_end": date(2026, 5, 1)}
    report, kept = checked(file_of("rtf", [RTF | days], "csv"), "rtf")
    assert len(kept) == 1
    assert ("ECM Enrollment End Date", "05/01/2026") in {(each.column, each.value) for each in report.findings}


def test_who_knows_the_records_is_asked_in_turn_and_sets_rows_aside() -> None:
    seen: list[list[int]] = []

    def known(batch):
        seen.append([each.row for each in batch])
        return [Objection(3, "cin", "we know nobody of this number", "look it up, or add the person first")]

    def sense(batch):
        seen.append([each.row for each in batch])
        return [Objection(2, None, "it was closed last month", "look whether it is meant", severity="warning")]

    report, kept = checked(text(OTF, ROW, ROW), "otf", asked=Asked(known, sense))
    assert seen == [[2, 3], [2]]
    assert [each.row for each in kept] == [2]
    assert [(each.row, each.column, each.rung) for each in report.findings] == [
        (3, "Member CIN", "members"),
        (2, None, "sense"),
    ]


def test_what_is_printed_for_a_log_names_nobody() -> None:
    report, kept = checked(text(OTF, ROW, ROW.replace("91234567A", "1234")), "otf")
    assert "1234" not in repr(report.findings)
    assert "Ana" not in repr(kept)
    assert "91234567A" not in repr(kept)
