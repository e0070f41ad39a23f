"""Claims of planted members: each written in a few words, billed as real ones are."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

Row = dict[str, Any]
FIRST_CLAIM = 990_000_000_000  # above all that are drawn
CLAIMS_OF_A_MEMBER = 1_000
PAID_AFTER = timedelta(days=14)


class Bill(NamedTuple):
    """How one word is billed."""

    claim_type: str
    bill_type: str | None
    place: str | None
    revenues: tuple[str, ...]  # a line each; of a professional claim one line without
    service: str | None
    inside: bool  # whether there is an admission


BILLS = {
    "er": Bill("institutional", "131", None, ("0450", "0300"), None, False),
    "er_doctor": Bill("professional", None, "23", ("",), "G0382", False),
    "stay": Bill("institutional", "111", None, ("0120", "0250"), None, True),
    "snf": Bill("institutional", "211", None, ("0191",), None, True),
    "ltc": Bill("institutional", "661", None, ("0191",), None, True),
    "visit": Bill("professional", None, "11", ("",), "T1015", False),
}
NO_LONGER, REPLACED = "8", "7"  # frequency codes


def billed(member: str, person: Row, place: int, on: date) -> Iterator[Row]:
    """The lines of a member's claims, each claim under a number of its own."""
    number = FIRST_CLAIM + place * CLAIMS_OF_A_MEMBER
    for each in person["claims"]:
        number += 2
        lines = list(_lines(member, each, number, on))
        yield from lines
        if each.get("twice"):
            yield from lines
        if each.get("negative"):
            yield from (_turned(line) for line in lines)
        if again := _again(each):
            yield from (
                {**line, **again, "claim_id": _id(number + 1), "original_claim_id": _id(number)} for line in lines
            )


def _again(said: Row) -> Row | None:
    if said.get("voided"):
        return {"claim_frequency_code": NO_LONGER}
    return {"claim_frequency_code": REPLACED, "charge_amount": 41.0} if said.get("replaced") else None


def _turned(line: Row) -> Row:
    return {**line, "charge_amount": -line["charge_amount"], "paid_amount": -line["paid_amount"]}


def _id(number: int) -> str:
    return f"C{number:012d}"


def _lines(member: str, said: Row, number: int, on: date) -> Iterator[Row]:
    word = next(name for name in BILLS if name in said)
    bill = BILLS[word]
    when = said[word]
    first, last = when if isinstance(when, list) else (when, when)
    paid = min(last + PAID_AFTER, on)
    common = {
        "claim_id": _id(number),
        "claim_type": bill.claim_type,
        "person_id": member,
        "claim_start_date": first,
        "claim_end_date": last,
        "claim_line_start_date": first,
        "claim_line_end_date": last,
        "place_of_service_code": bill.place,
        "bill_type_code": bill.bill_type,
        "hcpcs_code": said.get("service", bill.service),
        "service_unit_quantity": 1,
        "paid_date": paid,
        "paid_amount": 20.0,
        "charge_amount": 50.0,
        "diagnosis_code_type": "icd-10-cm",
        "data_source": "synthetic",
        "file_date": paid,
        "claim_frequency_code": "1",
        **{f"diagnosis_code_{place}": code for place, code in enumerate(said["dx"].split(), start=1)},
        **(_inside(said, first, last) if bill.inside else {}),
    }
    revenues = (*bill.revenues, "0450") if said.get("by_er") else bill.revenues
    for line, revenue in enumerate(revenues, start=1):
        yield {**common, "claim_line_number": line, "revenue_center_code": revenue or None}


def _inside(said: Row, first: date, last: date) -> Row:
    """An admission: an urgent one unless said otherwise; who is still a patient has no discharge."""
    still = said.get("still", False)
    return {
        "admission_date": said.get("admitted", first),
        "discharge_date": None if still else last,
        "admit_type_code": "3" if said.get("elective") else "1",
        "discharge_disposition_code": "30" if still else "01",
    }
