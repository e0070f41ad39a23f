"""Tables with a share of their rows spoilt in every way a row can be, and what must be said of each."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from tests.sweep.input.tables import write_rows

MEMBERS = 2_000
HEAD = (
    "claim_id", "claim_line_number", "claim_type", "person_id", "claim_start_date", "claim_end_date",
    "admission_date", "discharge_date", "admit_type_code", "discharge_disposition_code", "place_of_service_code",
    "bill_type_code", "revenue_center_code", "service_unit_quantity", "hcpcs_code", "hcpcs_modifier_1", "paid_date",
    "paid_amount", "charge_amount", "diagnosis_code_type", "diagnosis_code_1", "diagnosis_code_2", "data_source",
    "file_date", "claim_frequency_code", "original_claim_id",
)  # fmt: skip
AT = {name: place for place, name in enumerate(HEAD)}


class Spoilt(NamedTuple):
    """What was spoilt: the row, the column that must be named, the value as it stands there."""

    row: int
    column: str
    value: str | None


def sound(number: int) -> list[Any]:
    """The cells of a row that nothing is wrong with."""
    day = f"2026-{number % 9 + 1:02}-{number % 28 + 1:02}"
    stay = number % 50 == 0
    return [
        f"C{number // 2}", number % 2 + 1, "institutional" if stay else "professional", f"M{number % MEMBERS:05}",
        day, day, day if stay else None, day if stay else None, "1" if stay else None, "01" if stay else None,
        None if stay else "11", "111" if stay else None, "0450" if stay else None, 1, "99213", None, day, "12.50",
        "20.00", "icd-10-cm", "E11.9", "I10" if number % 3 else None, "plan", "2026-10-31", "1", None,
    ]  # fmt: skip


def wrong(column: str, value: Any, *others: tuple[str, Any]) -> Callable[[list[Any]], tuple[str, Any]]:
    """Puts a wrong value into a column."""

    def spoil(cells: list[Any]) -> tuple[str, Any]:
        for name, more in others:
            cells[AT[name]] = more
        cells[AT[column]] = value
        return column, value

    return spoil


WAYS = (
    wrong("claim_id", None), wrong("claim_line_number", None), wrong("claim_line_number", "one"),
    wrong("claim_line_number", "1.5"), wrong("claim_line_number", "99999999999"), wrong("claim_type", "hospital"),
    wrong("person_id", None), wrong("person_id", "M99999"), wrong("person_id", " M00001"),
    wrong("claim_start_date", None), wrong("claim_start_date", "2026-02-30"), wrong("claim_start_date", "02/03/2026"),
    wrong("claim_start_date", "20260203"), wrong("claim_start_date", "2026-2-3"), wrong("claim_end_date", "2020-01-01"),
    wrong("discharge_date", "2026-01-01", ("admission_date", "2026-01-02")), wrong("admission_date", "soon"),
    wrong("admit_type_code", "AB"), wrong("discharge_disposition_code", "home"), wrong("place_of_service_code", "X1"),
    wrong("bill_type_code", "11"), wrong("bill_type_code", "hospital"), wrong("revenue_center_code", "45"),
    wrong("revenue_center_code", "O450"), wrong("service_unit_quantity", "many"), wrong("hcpcs_code", "9921"),
    wrong("hcpcs_code", "99213-25"), wrong("hcpcs_modifier_1", "U"), wrong("paid_date", "2026-13-01"),
    wrong("paid_amount", "12,50"), wrong("paid_amount", "nan"), wrong("charge_amount", "$20"),
    wrong("charge_amount", "1e300"), wrong("diagnosis_code_type", "snomed"), wrong("diagnosis_code_1", "195662009"),
    wrong("diagnosis_code_1", "Diabetes, type 2"), wrong("diagnosis_code_2", "E1"), wrong("file_date", "October"),
    wrong("claim_frequency_code", "77"),
)  # fmt: skip
TORN = ("C1,1,professional,M00001", ",".join(["C1", "1", "professional", "M00001", *["x"] * 30]))


def write_spoilt(folder: Path, rows: int, share: float) -> list[Spoilt]:
    """Write members and claims; returns what was spoilt, in the order of the rows. The last rows are sound."""
    folder.mkdir(parents=True)
    write_rows(folder / "members.csv", ["member_id"], [[f"M{number:05}"] for number in range(MEMBERS)])
    spoilt: list[Spoilt] = []
    chosen = set(random.Random(7).sample(range(rows - 10), int(rows * share)))
    with (folder / "medical_claim.csv").open("w", encoding="utf-8", newline="") as opened:
        opened.write(",".join(HEAD) + "\n")
        opened.writelines(_lines(rows, chosen, spoilt))
    return spoilt


def _lines(rows: int, chosen: set[int], spoilt: list[Spoilt]) -> Iterator[str]:
    for number in range(rows):
        way = len(spoilt) % (len(WAYS) + len(TORN))
        cells = sound(number)
        if number in chosen and way >= len(WAYS):
            spoilt.append(Spoilt(number + 1, "", TORN[way - len(WAYS)][:80]))
            yield TORN[way - len(WAYS)] + "\n"
            continue
        if number in chosen:
            column, value = WAYS[way](cells)
            spoilt.append(Spoilt(number + 1, column, value))
        yield ",".join("" if each is None else f'"{each}"' if "," in str(each) else str(each) for each in cells) + "\n"
