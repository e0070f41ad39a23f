"""Checks the codes that services are billed with: the key is code, modifiers and service, never one of them alone."""

import re
from typing import Final

from wholeperson.rules import language
from wholeperson.rules.reading.ladder import Ladder

NAME: Final = "hcpcs"
COLUMNS: Final = ("service", "modifiers", "unit", "unit_mark", "reports_amount", "kind", "note")
UNITS: Final = ("day", "15_minutes", "month", "service", "meal", "visit", "session", "encounter")
OUTREACH: Final = "outreach"  # of the housing Supports: one code for all of them
CODE = re.compile(r"^[A-Z][0-9]{4}$")
MODIFIERS = re.compile(r"^([A-Z][A-Z0-9]( [A-Z][A-Z0-9])*)?$")


def check_hcpcs(ladder: Ladder, rows: list[dict[str, str]]) -> None:
    """Every row, and that no claim line could mean two of them on one day."""
    absent = [column for column in COLUMNS if rows and column not in rows[0]]
    if absent:
        ladder.say((0,), "code_row", f"the head of this code set has no column {', '.join(absent)}", COLUMNS)
        return
    for at, row in enumerate(rows):
        ladder.one_of(row["service"], (at, "service"), (*ladder.known.authorizable, OUTREACH), "programme")
        ladder.one_of(row["unit"], (at, "unit"), UNITS, "unit")
        ladder.one_of(row["unit_mark"], (at, "unit_mark"), language.MARKS, "mark")
        if row["reports_amount"] not in ("true", "false"):
            problem = f"{row['reports_amount']:.60} is neither true nor false"
            ladder.say((at, "reports_amount"), "not_true_or_false", problem, ["true", "false"])
        if not (CODE.match(row["code"]) and MODIFIERS.match(row["modifiers"])):
            problem = f"{row['code']:.20} {row['modifiers']:.20} is not a HCPCS code with modifiers"
            ladder.say((at, "code"), "not_hcpcs", problem, ["H0044", "U8 GQ"])
    _once(ladder, rows)


def _once(ladder: Ladder, rows: list[dict[str, str]]) -> None:
    earlier: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for at, row in enumerate(rows):
        same = earlier.setdefault(key(row), [])
        for other in same:
            if _same_day(row, other):
                problem = f"{' '.join(key(row))} is {other['service']} above, and {row['service']} here"
                ladder.say((at, "code"), "code_twice", problem)
        same.append(row)


def key(row: dict[str, str]) -> tuple[str, ...]:
    """What a claim line is found by. Modifiers may stand in any place, so they are sorted."""
    return (row["code"], *sorted(row["modifiers"].split()))


def _same_day(first: dict[str, str], second: dict[str, str]) -> bool:
    return first["from"] <= (second["to"] or "9999") and second["from"] <= (first["to"] or "9999")
