"""What a cell of a column means, and how a value of it is written. Blank is None; what cannot be meant is a Fault."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from wholeperson.formats.files import days, numbers
from wholeperson.formats.files.guard import COMPUTING, computes, unguarded
from wholeperson.formats.files.layout import ALWAYS, EXPECTED, Column, squeezed

ERROR, WARNING, NOTE = "error", "warning", "note"
Value = str | int | bool | date | None


@dataclass(frozen=True, slots=True, repr=False)
class Fault:
    """Why a cell cannot stand as it does. With a warning its ``value`` is used all the same."""

    problem: str
    do: str
    allowed: tuple[str, ...] = ()
    severity: str = ERROR
    value: Value = None


Meant = Callable[[str], Value | Fault]
# type: (reads it, what is wrong with what it cannot read, what would be allowed)
PLAIN: Final[dict[str, tuple[Callable[[str], Value], str, tuple[str, ...]]]] = {
    "cin": (numbers.cin, "this is no CIN", ("eight digits and a letter, like 91234567A",)),
    "npi": (numbers.npi, "this is no NPI: its last digit checks the others", ("ten digits, like 1234567893",)),
    "tin": (numbers.tin, "this is no tax number", ("nine digits, like 12-3456789",)),
    "phone": (numbers.phone, "this is no phone number", ("ten digits, like (925) 555-0142",)),
    "zip": (numbers.zip_code, "this is no ZIP code", ("five digits, like 94553", "94553-1234")),
    "hcpcs": (numbers.hcpcs, "this is no HCPCS code", ("a letter and four digits, like G9012",)),
    "state": (numbers.state, "this is no State", ("two letters, like CA",)),
    "email": (numbers.email, "this is no email address", ("name@clinic.example",)),
    "count": (numbers.count, "this is no number that counts something", ("a whole number, like 0 or 12",)),
    "date": (days.day, "this is no day", ("MM/DD/YYYY", "YYYY-MM-DD")),
    "month": (days.month, "this is no month", ("YYYYMM", "YYYY-MM", "MM/YYYY")),
}
FORMATS: Final = {"date": tuple(days.DAY_FORMATS), "month": tuple(days.MONTH_FORMATS)}
TYPES: Final = (*PLAIN, "text", "code", "word", "yes_no")
ODD: Final = "'=#"  # what a guard, dressed digits or an error of a spreadsheet begins with
EXCEL_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|#+)", re.IGNORECASE)
BY_FLOAT = re.compile(r"[0-9]\.[0-9]+E\+[0-9]+", re.IGNORECASE)
NOT_SEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]+")
LONGEST = 4_000  # signs of a text that gives no width
CODE_WIDTH = 60


def reader(column: Column) -> Meant:
    """Reads a cell of the column: its value, None when blank and nothing is missed, or a Fault."""
    if column.type in PLAIN:
        meant = _plain(column)
    else:
        meant = _word(column) if column.type in ("word", "yes_no") else _text(column)
    missing = _missing(column)

    def read(cell: str) -> Value | Fault:
        text = cell.strip()
        if not text:
            return missing
        if text[0] not in ODD and text.isprintable():  # nearly every cell
            return meant(text)
        text = tidied(text)
        if not text:
            return missing
        if EXCEL_ERROR.fullmatch(text):
            return Fault(f"the spreadsheet shows an error here: {text[:10]}", "correct the formula, or type the value")
        return meant(text)

    return read


def visible(text: str) -> str:
    """One line of what can be seen, without spaces around it."""
    return (text if text.isprintable() else NOT_SEEN.sub(" ", text)).strip()


def tidied(text: str) -> str:
    """The same of a cell of a file, without its guard against formulas."""
    return unguarded(visible(text)).strip()


def _missing(column: Column) -> Fault | None:
    if column.when is not None:
        return None  # another cell decides whether it is missed
    if column.required == ALWAYS:
        return Fault("this must be filled: without it the row says nothing that can be used", "fill it in")
    if column.required == EXPECTED:
        return Fault("this is blank", "fill it in if you know it", (), WARNING)
    return None


def _plain(column: Column) -> Meant:
    read, problem, allowed = PLAIN[column.type]
    if column.format:
        allowed = (column.format, *(each for each in allowed if each != column.format))

    def meant(text: str) -> Value | Fault:
        value = read(text)
        if value is not None:
            return value
        if BY_FLOAT.fullmatch(text):
            do = "make the column text in the spreadsheet and type it again: digits were lost"
            return Fault("a spreadsheet made a rounded number of it", do, allowed)
        return Fault(problem, "copy it again from where it came from", allowed)

    return meant


def _word(column: Column) -> Meant:
    known = {squeezed(word): meaning for meaning, words in column.values.items() for word in words}
    allowed = tuple(words[0] for words in column.values.values())

    def meant(text: str) -> Value | Fault:
        found = known.get(squeezed(text))
        if found is not None:
            return found
        if column.closed:
            return Fault("this is not one of the words that may stand here", "use one of the words", allowed)
        problem = "this is not one of the words we know; it is kept as it is"
        return Fault(problem, "use one of the words, or ask the plan what it means", allowed, WARNING, text)

    return meant


def _text(column: Column) -> Meant:
    longest = column.width or (CODE_WIDTH if column.type == "code" else LONGEST)

    def meant(text: str) -> Value | Fault:
        if len(text) > longest:
            return Fault(f"this has {len(text)} signs, more than fit", "shorten it", (f"up to {longest} signs",))
        if column.type == "code" and BY_FLOAT.fullmatch(text):
            do = "make the column text in the spreadsheet and type it again: digits were lost"
            return Fault("a spreadsheet made a rounded number of it", do)
        if text[0] in COMPUTING and computes(text):
            do = "look whether it is meant: a spreadsheet would compute it. It is kept as text"
            return Fault("this begins like a formula", do, (), WARNING, text)
        return text

    return meant


def written(column: Column, value: Value) -> str:
    """The value as the file has it. What the column cannot hold is refused with ValueError."""
    if value is None:
        return ""
    if column.type in ("word", "yes_no"):
        spelled = column.values.get(value) if isinstance(value, str | bool) else None
        if spelled is None and (column.closed or not isinstance(value, str)):
            raise ValueError(f"{column.key} cannot hold this value")
        return spelled[0] if spelled else str(value)
    if isinstance(value, date):
        return days.write_day(value, column.format)
    text = visible(str(value))
    if column.type == "month":
        return days.write_month(text, column.format)
    return _dressed(column.type, text)


def _dressed(kind: str, text: str) -> str:
    """A number as people write it."""
    if kind == "phone" and len(text) >= 10:
        return f"({text[:3]}) {text[3:6]}-{text[6:10]}" + (f" x{text[11:]}" if len(text) > 10 else "")
    if kind == "tin" and len(text) == 9:
        return f"{text[:2]}-{text[2:]}"
    return text
