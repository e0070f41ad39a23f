"""What a cell may hold, as SQL: the value we keep, and when it is wrong. Made from the data dictionary's columns."""

from collections.abc import Iterable
from typing import NamedTuple

from wholeperson.sweep.input.allowed import Lists
from wholeperson.sweep.input.columns import CODES, KINDS, Column
from wholeperson.sweep.input.database import name, text, words
from wholeperson.sweep.input.found import Found

EPOCH = "DATE '1970-01-01'"
LARGEST = 2**31 - 1
NUMBERS = ("DOUBLE", "FLOAT", "TINYINT", "SMALLINT", "INTEGER", "BIGINT")
STORED = {
    "day": "INTEGER",
    "moment": "INTEGER",
    "int": "BIGINT",
    "money": "DOUBLE",
    "amount": "DOUBLE",
    "bool": "BOOLEAN",
}
SHOWN = 80  # characters of a wrong value


class Check(NamedTuple):
    """When a cell is wrong (SQL), and what is said then. ``shown``: SQL of the value; ``allowed``: SQL of a text."""

    column: str
    wrong: str
    shown: str
    problem: str
    allowed: str


def told(found: Found, column: Column) -> str:
    """The cell as text, null when it is empty or the file has no such column."""
    own = found.known.get(column.name)
    if own is None:
        return "CAST(NULL AS VARCHAR)"
    return as_text(name(own), found.types[own], column.kind)


def as_text(cell: str, stored: str, kind: str, empties: bool = True) -> str:
    """A stored value as the text that a CSV file would have. ``empties``: a text may be empty, which is null."""
    if stored == "VARCHAR":
        return f"nullif({cell}, '')" if empties else cell
    if stored.endswith("[]"):
        return f"nullif(array_to_string({cell}, ';'), '')"
    if stored.startswith("TIMESTAMP") and kind == "day":
        return f"CAST(CAST({cell} AS DATE) AS VARCHAR)"
    if stored in ("DOUBLE", "FLOAT") and kind == "int":
        whole = f"{cell} = trunc({cell}) AND abs({cell}) < 1e15"
        return f"CASE WHEN {whole} THEN CAST(CAST({cell} AS BIGINT) AS VARCHAR) ELSE CAST({cell} AS VARCHAR) END"
    return f"CAST({cell} AS VARCHAR)"


def read(column: Column, cell: str) -> str:
    """The value we keep of a cell's text, null when it does not fit."""
    if column.kind == "day":
        return day(cell)
    if column.kind == "bool":
        return f"CASE lower({cell}) WHEN 'true' THEN true WHEN 'false' THEN false END"
    if column.kind == "int":
        return number(cell)
    if column.kind in ("words", "texts"):
        return listed(cell)
    if column.kind == "moment":
        return moment(cell)
    if column.kind in ("money", "amount"):
        return amount(cell)
    return cell


def moment(cell: str) -> str:
    """The day of a day with or without a time."""
    return day(f"CASE WHEN length({cell}) = 10 OR {cell}[11] IN (' ', 'T') THEN left({cell}, 10) END")


def amount(cell: str) -> str:
    """A number that is one, and no larger than money can be."""
    read_ = f"try_cast({cell} AS DOUBLE)"
    return f"CASE WHEN abs({read_}) < 1e12 THEN {read_} END"


def day(cell: str) -> str:
    """Days since 1970-01-01 of YYYY-MM-DD. Only that: other spellings are somebody's mistake."""
    shaped = f"length({cell}) = 10 AND {cell}[5] = '-' AND {cell}[8] = '-'"
    return f"CAST(CASE WHEN {shaped} THEN try_cast({cell} AS DATE) - {EPOCH} END AS INTEGER)"


def number(cell: str, most: int = LARGEST) -> str:
    """A whole number no larger than we keep."""
    read_ = f"CASE WHEN regexp_full_match({cell}, '-?[0-9]{{1,15}}') THEN CAST({cell} AS BIGINT) END"
    return f"CASE WHEN {read_} BETWEEN {-most} AND {most} THEN {read_} END"


def listed(cell: str) -> str:
    """The members of a list of texts, without blanks."""
    return f"list_filter(list_transform(string_split({cell}, ';'), lambda each: trim(each)), lambda each: each <> '')"


class Cell(NamedTuple):
    """SQL of a cell: as text, as the value we keep; ``sure``: it is stored so that it cannot be wrong.

    ``stored``: the file has the column.
    """

    text: str
    value: str
    sure: bool = False
    stored: bool = True

    @property
    def empty(self) -> str:
        """SQL of whether nothing stands there."""
        return f"{self.value if self.sure else self.text} IS NULL"


def named(column: Column, *, sure: bool) -> Cell:
    """The cell where its text and value have names already."""
    return Cell(name(f"t_{column.name}"), name(f"v_{column.name}"), sure)


def inline(found: Found, column: Column, *, empties: bool = True) -> Cell:
    """The cell read where it is stored: a column that is stored as what it holds needs no text on the way."""
    own = found.known.get(column.name)
    if own is None:
        return Cell("CAST(NULL AS VARCHAR)", f"CAST(NULL AS {STORED.get(column.kind, 'VARCHAR')})", True, False)
    stored, cell = found.types[own], name(own)
    text_ = as_text(cell, stored, column.kind, empties)
    if column.kind in ("day", "moment") and stored.startswith(("DATE", "TIMESTAMP")):
        return Cell(text_, f"CAST(CAST({cell} AS DATE) - {EPOCH} AS INTEGER)", True)
    if column.kind == "int" and stored in ("TINYINT", "SMALLINT", "INTEGER"):
        return Cell(text_, cell, True)
    if column.kind in ("money", "amount") and stored in NUMBERS:
        return Cell(text_, f"CASE WHEN abs({cell}) < 1e12 THEN CAST({cell} AS DOUBLE) END")
    return Cell(text_, read(column, text_))


def checks(column: Column, shown: str, lists: Lists, at: Cell) -> Iterable[Check]:
    """When a cell of the column is wrong."""
    cell, value = at.text, at.value
    of = lists.get(column.of, ())
    spelled = text(", ".join(of) if of else KINDS[column.kind])
    if column.needed:
        yield Check(shown, at.empty, cell, "it is missing", spelled)
    if at.sure:
        return
    if column.kind == "code":
        form, says = CODES[column.of]
        wrong = f"NOT regexp_full_match({cell}, '{form}')"
        yield Check(shown, f"{cell} IS NOT NULL AND {wrong}", cell, f"it is not {says}", text(says))
    elif column.kind in ("day", "bool", "int", "moment", "money", "amount"):
        yield Check(shown, f"{cell} IS NOT NULL AND {value} IS NULL", cell, f"it is not {KINDS[column.kind]}", spelled)
    elif column.kind == "word" and of:
        known = f"{cell} NOT IN {words(of)}"
        yield Check(shown, f"{cell} IS NOT NULL AND {known}", cell, "it is not a word we know here", spelled)
    elif column.kind == "words" and of:
        wrong = f"NOT list_has_all([{', '.join(map(text, of))}], {value})"
        yield Check(shown, f"{cell} IS NOT NULL AND {wrong}", cell, "it has a word we do not know here", spelled)


def spoilt(all_checks: Iterable[Check]) -> str:
    """SQL of what is wrong with a row: a list of cells, null when nothing is. Only wrong rows pay for it."""
    listed_checks = list(all_checks)
    if not listed_checks:
        return "NULL"
    wrong = " OR ".join(f"coalesce({each.wrong}, false)" for each in listed_checks)
    cells = ", ".join(_cell(each) for each in listed_checks)
    return f"CASE WHEN {wrong} THEN list_filter([{cells}], lambda each: each IS NOT NULL) END"


def _cell(check: Check) -> str:
    parts = f"'column': {text(check.column)}, 'value': left({check.shown}, {SHOWN}), 'problem': {text(check.problem)}"
    return f"CASE WHEN {check.wrong} THEN {{{parts}, 'allowed': {check.allowed}}} END"
