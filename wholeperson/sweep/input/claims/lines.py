"""Lines of claims, read as often as it takes and never written out whole: most of them make nothing, or a diagnosis.

What a code column holds is looked at once as distinct values, of which there are few; a check that no value fails costs
the rows nothing. Of 25 diagnosis columns those that hold no code of any set are not read again.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property

from wholeperson.sweep.input import cells
from wholeperson.sweep.input.allowed import Lists
from wholeperson.sweep.input.cells import Cell, Check
from wholeperson.sweep.input.claims.classify import Classified
from wholeperson.sweep.input.claims.conditions import telling
from wholeperson.sweep.input.columns import DIAGNOSES, MODIFIERS, Column
from wholeperson.sweep.input.database import Connection, name, one, parquet, text, words
from wholeperson.sweep.input.diagnoses import in_sets
from wholeperson.sweep.input.found import Found
from wholeperson.sweep.input.parts import Parts
from wholeperson.sweep.input.staging import shown_as, source

ORDERS = (("claim_start_date", "claim_end_date"), ("claim_line_start_date", "claim_line_end_date"),
          ("admission_date", "discharge_date"))  # fmt: skip
FROM = {"bill": "bill_type_code", "revenue": "revenue_center_code", "place": "place_of_service_code",
        "admit_type": "admit_type_code", "type": "claim_type", "hcpcs": "hcpcs_code"}  # fmt: skip
CENTS = "CAST(round({} * 100) AS BIGINT)"


class Lines:
    """The table of medical claims: its columns as SQL, and which of them hold what."""

    def __init__(self, found: Found, lists: Lists, parts: Parts, connection: Connection) -> None:
        self.found, self.lists, self.parts, self.connection = found, lists, parts, connection
        self.columns = {column.name: column for column in found.table.columns}
        self.rows, self.bare = source(found, parts, connection)
        self.at = {each: cells.inline(found, column) for each, column in self.columns.items()}
        self._look()

    # ── what the columns hold ────────────────────────────────────────────────────────────────────────────────────────

    def _look(self) -> None:
        """Which columns hold something wrong, and which hold empty texts."""
        queries = [self._distinct(each, self.columns[each]) for each in self.found.known]
        made = " UNION ALL ".join(query for query in queries if query)
        self.distinct = self.parts.query(self.connection, "claims-distinct.parquet", made)
        rows = f"SELECT DISTINCT held FROM {parquet(self.distinct)} WHERE raw = ''"
        empty = {held for (held,) in self.connection.execute(rows).fetchall()}
        for each in self.found.known.keys() - empty:
            self.at[each] = cells.inline(self.found, self.columns[each], empties=False)

    def _distinct(self, each: str, column: Column) -> str | None:
        """SQL of the distinct values of a column; of names, of which there are as many as rows, only the odd ones."""
        if self.at[each].sure:
            return None
        own, stored = name(self.found.known[each]), self.found.types[self.found.known[each]]
        raw, rows = cells.as_text(own, stored, column.kind, False), self.bare
        if column.kind in ("money", "amount") and stored in cells.NUMBERS:
            raw, rows = f"CAST({own} AS VARCHAR)", f"{self.bare} WHERE NOT abs({own}) < 1e12"
        elif column.kind == "text" and stored == "VARCHAR":
            rows = f"{self.bare} WHERE coalesce({own} = '', true)"
        # grouped by the one column: the engine then looks at a dictionary's words, and not at each row's
        return f"SELECT {text(each)} AS held, raw FROM (SELECT {raw} AS raw FROM {rows} GROUP BY raw)"

    @cached_property
    def doubtful(self) -> set[str]:
        """Columns of which some value is wrong."""
        queries = []
        for each, column in self.columns.items():
            if each in self.found.known and not self.at[each].sure:
                raw = Cell("nullif(raw, '')", cells.read(column, "nullif(raw, '')"))
                wrong = [check.wrong for check in cells.checks(column, "", self.lists, _lowered(column, raw))]
                if wrong:
                    some = " OR ".join(f"coalesce({every}, false)" for every in wrong)
                    queries.append(f"SELECT held FROM {parquet(self.distinct)} WHERE held = {text(each)} AND ({some})")
        found = self.connection.execute(f"SELECT DISTINCT held FROM ({' UNION ALL '.join(queries)})").fetchall()
        return {held for (held,) in found}

    def look_codes_up(self) -> list[str]:
        """Look the distinct diagnosis codes up in the sets; returns the places that hold any, as columns."""
        places = " OR ".join(f"held = {text(each)}" for each in numbered("diagnosis_code", DIAGNOSES))
        raw = f"SELECT DISTINCT raw FROM {parquet(self.distinct)} WHERE ({places}) AND raw <> ''"
        made = self.parts.query(self.connection, "claim-codes.parquet", in_sets(raw))
        self.connection.execute(f"CREATE OR REPLACE TEMP VIEW code_days AS FROM {parquet(made)}")
        found = self.connection.execute(
            f"SELECT DISTINCT held FROM {parquet(self.distinct)} "
            f"WHERE ({places}) AND raw IN (SELECT raw FROM code_days)"
        ).fetchall()
        held = {each for (each,) in found}
        return [each for each in numbered("diagnosis_code", DIAGNOSES) if each in held]

    # ── rows ─────────────────────────────────────────────────────────────────────────────────────────────────────────

    def some(self, marks: Mapping[str, str], joined: str, wanted: str) -> str:
        """SQL of the rows that are wanted by their marks, which are worked out once, before a member is looked for."""
        marked = ", ".join(f"{sql} AS {name(each)}" for each, sql in marks.items())
        return f"(SELECT * FROM (SELECT claims.*, {marked} FROM {self.rows} AS claims {joined}) WHERE {wanted})"

    def read(self, values: dict[str, str], rows: str, without: str | None = None) -> str:
        """SQL of rows of members with some values, of columns and marks. ``without``: SQL of rows to leave out."""
        listed = "".join(f", {sql} AS {name(each)}" for each, sql in values.items())
        member = self.at["member_id"].text
        out = f" AND NOT EXISTS (FROM ({without}) AS out WHERE out.row = claims.row)" if without else ""
        return (
            f"SELECT claims.row AS row, no{listed} FROM {rows} AS claims "
            f"JOIN known_members ON known_id = {member} WHERE true{out}"
        )

    def spoilt(self) -> str:
        """SQL of the rows that cannot be used, and what is wrong with each."""
        checks = [*self._own(), *self._between()]
        some = " OR ".join(f"({each.wrong})" for each in checks)  # looked at first: it is cheap, and hardly ever so
        rows = f"{self.rows} AS claims LEFT JOIN known_members ON known_id = {self.at['member_id'].text}"
        return f"SELECT row, {cells.spoilt(checks)} AS spoilt FROM (SELECT claims.*, no FROM {rows}) WHERE {some}"

    def _own(self) -> Iterator[Check]:
        for each, column in self.columns.items():
            if each in self.doubtful:
                yield from cells.checks(column, self.found.known[each], self.lists, _lowered(column, self.at[each]))

    def _between(self) -> Iterator[Check]:
        """What is wrong with cells beside each other, or with a row that lacks a day or a member."""
        at = self.at
        member = at["member_id"].text
        allowed = text("a member of the members table")
        wrong = f"{member} IS NOT NULL AND no IS NULL"
        yield Check(shown_as(self.found, "member_id"), wrong, member, "no such member", allowed)
        lacks = f"{at['claim_start_date'].empty} AND {at['claim_line_start_date'].empty}"
        shown = shown_as(self.found, "claim_start_date")
        problem = "neither the claim nor the line has a day"
        yield Check(shown, lacks, "CAST(NULL AS VARCHAR)", problem, text("YYYY-MM-DD"))
        for first, last in ORDERS:
            later = f"{at[last].value} < {at[first].value}"
            allowed = text(f"a day from {first} on")
            yield Check(shown_as(self.found, last), later, at[last].text, "it ends before it begins", allowed)

    # ── values ───────────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def day(self) -> str:
        """The line's day."""
        return f"coalesce({self.at['claim_line_start_date'].value}, {self.at['claim_start_date'].value})"

    @cached_property
    def values(self) -> dict[str, str]:
        """All that may be kept of a line; zeros in front are filled up or cut off as the lists of codes have them."""
        t = {each: cell.text for each, cell in self.at.items()}
        v = {each: cell.value for each, cell in self.at.items()}
        bill = self._form("bill_type_code", "ltrim({}, '0')")
        units = v["service_unit_quantity"]
        return {
            "source": f"coalesce({t['data_source']}, '')",
            "claim": t["claim_id"],
            "line": f"CAST({v['claim_line_number']} AS INTEGER)",
            "day": self.day,
            "type": self._form("claim_type", "lower({})"),
            "claim_start": v["claim_start_date"],
            "claim_end": v["claim_end_date"],
            "admission": v["admission_date"],
            "discharge": v["discharge_date"],
            "admit_type": self._form("admit_type_code", "right({}, 1)"),
            "disposition": self._form("discharge_disposition_code", "lpad({}, 2, '0')"),
            "place": self._form("place_of_service_code", "lpad({}, 2, '0')"),
            "bill": bill,
            "frequency": self._frequency(bill),
            "original": t["original_claim_id"],
            "revenue": self._form("revenue_center_code", "lpad({}, 4, '0')"),
            "units": f"CASE WHEN {units} = trunc({units}) AND abs({units}) < 2e9 THEN CAST({units} AS INTEGER) END",
            "hcpcs": self._form("hcpcs_code", "upper({})"),
            "modifiers": self._modifiers(),
            "paid_date": v["paid_date"],
            "file_date": v["file_date"],
            "paid": CENTS.format(v["paid_amount"]),
            "charge": CENTS.format(v["charge_amount"]),
        }

    def _form(self, column: str, form: str) -> str:
        """SQL of a code in the form of our lists: the cell as it is, where all that the column holds has it already."""
        raw, cell = form.format("raw"), self.at[column].text
        other = f"held = {text(column)} AND raw <> '' AND {raw} IS DISTINCT FROM raw"
        found = one(self.connection, f"SELECT any_value(raw) FROM {parquet(self.distinct)} WHERE {other}")
        return form.format(cell) if found else cell

    def _frequency(self, bill: str) -> str:
        """Told, else the last sign of a whole bill type, else original."""
        told = self._form("claim_frequency_code", "upper({})")
        return f"coalesce({told}, CASE WHEN length({bill}) = 3 THEN upper(right({bill}, 1)) END, '1')"

    @property
    def may_change(self) -> str:
        """SQL of whether a line may be a void, a replacement or a negative one; read off the cells as they stand."""
        last = "right(raw, 1) IN ('7', '8')"
        signs = [self._held(each, last) for each in ("claim_frequency_code", "bill_type_code")]
        below = [f"{self.at[each].value} < 0" for each in ("paid_amount", "charge_amount")]
        return " OR ".join([*(each for each in signs if each), *below])

    def may_make(self, rules: Classified, services: tuple[str, ...]) -> str:
        """SQL of whether a line may make an event by its own codes; read off the cells as they stand."""
        asked = {**telling(rules), "hcpcs": f"hcpcs IN {words(tuple(sorted({*services, ''})))}"}
        found = []
        for column, condition in asked.items():
            kept = self.values[column].replace(self.at[FROM[column]].text, "raw")
            found.append(self._held(FROM[column], f"(SELECT {condition} FROM (SELECT {kept} AS {column}))"))
        return " OR ".join(each for each in found if each) or "false"

    def _held(self, column: str, condition: str) -> str | None:
        """SQL of whether a cell is one of its column's few values that are so; None where none is."""
        raw = f"SELECT raw FROM {parquet(self.distinct)} WHERE held = {text(column)} AND ({condition})"
        found = [str(each) for (each,) in self.connection.execute(raw).fetchall()]
        # unlike IN it is asked of a dictionary's words, and not of each row
        return f"list_position([{', '.join(map(text, found))}], {self.at[column].text}) IS NOT NULL" if found else None

    def _modifiers(self) -> str:
        """All of them in one order, whatever place they stood in."""
        have = [self.at[each].text for each in numbered("hcpcs_modifier", MODIFIERS) if each in self.found.known]
        if not have:
            return "CAST(NULL AS VARCHAR)"
        some = " OR ".join(f"{each} IS NOT NULL" for each in have)
        listed = ", ".join(f"upper({each})" for each in have)
        kept = f"list_filter([{listed}], lambda each: each IS NOT NULL)"
        return f"CASE WHEN {some} THEN array_to_string(list_sort(list_distinct({kept})), ' ') END"

    def code(self, column: str) -> str:
        """A diagnosis of the edition we read."""
        cell = self.at[column].text
        if not self._held("diagnosis_code_type", "lower(raw) = 'icd-9-cm'"):
            return cell
        return f"CASE WHEN coalesce(lower({self.at['diagnosis_code_type'].text}), '') <> 'icd-9-cm' THEN {cell} END"

    def coded(self, places: list[str], wanted: int) -> str:
        """SQL of the rows with a code of these sets in some place; ``of_PLACE``: its number there, or 0."""
        known = f"(SELECT raw, number FROM code_numbers WHERE sets & {wanted} <> 0)"
        joined = " ".join(f"LEFT JOIN {known} AS at_{each} ON at_{each}.raw = {self.code(each)}" for each in places)
        found = ", ".join(f"coalesce(at_{each}.number, 0) AS of_{each}" for each in places)
        some = ", ".join(f"at_{each}.number" for each in places)
        return f"(SELECT claims.*, {found} FROM {self.rows} AS claims {joined} WHERE coalesce({some}) IS NOT NULL)"

    def known_codes(self, places: list[str]) -> str:
        """SQL of a list: the code of each place that stands in some set; null in a place whose code does not."""
        if not places:
            return "CAST(NULL AS VARCHAR[])"
        last = numbered("diagnosis_code", DIAGNOSES).index(places[-1]) + 1
        every = numbered("diagnosis_code", DIAGNOSES)[:last]
        known = "(SELECT raw FROM code_days)"
        told = {each: f"CASE WHEN {self.code(each)} IN {known} THEN {self.code(each)} END" for each in places}
        return f"[{', '.join(told.get(each, 'NULL') for each in every)}]"


def numbered(stem: str, most: int) -> list[str]:
    """``diagnosis_code_1`` and so on."""
    return [f"{stem}_{at}" for at in range(1, most + 1)]


def _lowered(column: Column, cell: Cell) -> Cell:
    """Words of claims are compared in small letters."""
    return cell if column.kind != "word" else Cell(f"lower({cell.text})", cell.value, cell.sure)
