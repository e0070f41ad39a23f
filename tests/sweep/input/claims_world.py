"""A tiny world of claims: few codes, few days, few claims, so that everything that can meet does meet."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from wholeperson.sweep.input.claims.reference import EPOCH, Line

FIRST = (date(2026, 1, 1) - EPOCH).days
FILES = (date(2026, 6, 30), date(2026, 7, 31))

# in no set; homeless; avoidable; serious mental illness; alcohol; pregnant; birth; heart failure
CODES = ("S61.001A", "Z5901", "J06.9", "F20.9", "F10.20", "Z34.01", "O80", "I50.9", None)
days = st.sampled_from([0, 1, 2, 3, 40, 299, 300, 301, 640]).map(lambda day: FIRST + day)
BILLS = (
    {"type": "institutional", "bill": "131", "revenue": "0450"},
    {"type": "institutional", "bill": "131", "revenue": "0300"},
    {"type": "institutional", "bill": "851", "revenue": "0981"},
    {"type": "institutional", "bill": "111", "revenue": "0120"},
    {"type": "institutional", "bill": "111", "revenue": "0450"},
    {"type": "institutional", "bill": "211", "revenue": "0120"},
    {"type": "institutional", "bill": "661", "revenue": "0120"},
    {"type": "professional", "place": "23"},
    {"type": "professional", "place": "11"},
    {"type": "professional", "place": "12", "hcpcs": "G9008", "modifiers": ("U1",)},
    {"type": "professional", "place": "12", "hcpcs": "G9008", "modifiers": ("GQ", "U1")},
    {"type": "professional", "place": "12", "hcpcs": "G9008", "modifiers": ("U9",)},
    {"type": "professional", "place": "12", "hcpcs": "H0044", "modifiers": ("U2", "U6")},
    {"type": "professional", "place": "12", "hcpcs": "T1016", "modifiers": ("U8",)},
)


@st.composite
def lines(draw: st.DrawFn) -> Line:
    """One line of one of three claims."""
    bill = dict(draw(st.sampled_from(BILLS)))
    source = draw(st.sampled_from(["", "", "other"]))
    day = draw(days)
    institutional = bill["type"] == "institutional"
    optional = {
        "claim_start": day,
        "claim_end": draw(st.sampled_from([day, day + 2, None])),
        "admission": draw(st.sampled_from([day - 1, day, None])) if institutional else None,
        "discharge": draw(st.sampled_from([day + 3, None])) if institutional else None,
        "admit_type": draw(st.sampled_from(["1", "3", "9", None])) if institutional else None,
        "disposition": draw(st.sampled_from(["01", "30", None])) if institutional else None,
    }
    paid = draw(st.sampled_from([None, 0, 10_000, -10_000, 20_000]))
    return Line(
        0,
        draw(st.sampled_from("ABC" if source == "" else "ab")),
        draw(st.sampled_from([1, 2])),
        day,
        **bill,
        **optional,
        frequency=draw(st.sampled_from("111178")),
        original=draw(st.sampled_from(["A", "B", None, None])),
        units=draw(st.sampled_from([1, None])),
        paid_date=draw(st.sampled_from([FIRST + 700, FIRST + 701, None])),
        file_date=draw(st.sampled_from([FIRST + 710, FIRST + 740])),
        paid=paid,
        charge=draw(st.sampled_from([None, 10_000, -10_000])),
        source=source,
        codes=tuple(draw(st.lists(st.sampled_from(CODES), max_size=3))),
    )


@st.composite
def members(draw: st.DrawFn) -> list[list[Line]]:
    """The lines of a few members; some lines are sent again as they were, or with one thing changed."""
    found = []
    for _ in range(draw(st.integers(1, 12))):
        own = draw(st.lists(lines(), min_size=1, max_size=6))
        for each in draw(st.lists(st.sampled_from(own), max_size=2)):
            own.append(replace(each, **draw(st.sampled_from(CHANGES))))
        found.append(own)
    return found


CHANGES: tuple[dict[str, Any], ...] = (
    {},
    {"paid": -10_000},
    {"frequency": "8"},
    {"frequency": "7", "file_date": FIRST + 740},
    {"file_date": FIRST + 740, "codes": ("J06.9",)},
    {"claim": "C", "frequency": "7", "original": "A"},
)

HEAD = (
    "claim_id", "claim_line_number", "claim_type", "person_id", "claim_start_date", "claim_end_date",
    "claim_line_start_date", "admission_date", "discharge_date", "admit_type_code", "discharge_disposition_code",
    "place_of_service_code", "bill_type_code", "revenue_center_code", "service_unit_quantity", "hcpcs_code",
    "hcpcs_modifier_1", "hcpcs_modifier_2", "paid_date", "paid_amount", "charge_amount", "diagnosis_code_type",
    "diagnosis_code_1", "diagnosis_code_2", "diagnosis_code_3", "data_source", "file_date", "claim_frequency_code",
    "original_claim_id",
)  # fmt: skip


def table(people: list[list[Line]]) -> Iterator[tuple[int, Line, list[Any]]]:
    """The member, the line with its row, and the cells of the row, members mixed as files mix them."""
    mixed = sorted(
        ((at, place, line) for at, own in enumerate(people) for place, line in enumerate(own)), key=lambda it: it[1]
    )
    for row, (at, _, line) in enumerate(mixed, start=1):
        yield at, replace(line, row=row), _cells(f"m{at:03}", line)


def _cells(member: str, line: Line) -> list[Any]:
    modifiers = [*line.modifiers, None, None][:2][::-1]
    codes = [*line.codes, None, None, None][:3]
    bill = None if line.bill is None else f"0{line.bill}" if line.line == 2 else line.bill
    return [
        line.claim, line.line, line.type, member, _iso(line.claim_start), _iso(line.claim_end), _iso(line.day),
        _iso(line.admission), _iso(line.discharge), line.admit_type, line.disposition, line.place, bill,
        line.revenue and line.revenue.lstrip("0"), line.units, line.hcpcs, *modifiers, _iso(line.paid_date),
        _dollars(line.paid), _dollars(line.charge), "icd-10-cm", *codes, line.source, _iso(line.file_date),
        line.frequency, line.original,
    ]  # fmt: skip


def _iso(day: int | None) -> str | None:
    return None if day is None else (EPOCH + timedelta(day)).isoformat()


def _dollars(cents: int | None) -> str | None:
    return None if cents is None else f"{cents / 100:.2f}"
