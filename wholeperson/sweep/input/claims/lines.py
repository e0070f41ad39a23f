"""Lines of claims, checked and narrowed: one read of the file, every code looked up once in a small dictionary."""

from collections.abc import Iterator
from pathlib import Path

from wholeperson.sweep.input import cells
from wholeperson.sweep.input.allowed import Lists
from wholeperson.sweep.input.cells import Cell, Check
from wholeperson.sweep.input.claims.classify import Classified
from wholeperson.sweep.input.claims.conditions import interesting
from wholeperson.sweep.input.columns import DIAGNOSES, MODIFIERS, Column
from wholeperson.sweep.input.database import Connection, name, one, parquet, text
from wholeperson.sweep.input.diagnoses import in_sets
from wholeperson.sweep.input.found import Found
from wholeperson.sweep.input.parts import Parts
from wholeperson.sweep.input.staging import shown_as, source

ORDERS = (("claim_start_date", "claim_end_date"), ("claim_line_start_date", "claim_line_end_date"),
          ("admission_date", "discharge_date"))  # fmt: skip
CENTS = "CAST(round({} * 100) AS BIGINT)"


class Lines:
    """The table of medical claims on its way to staged lines."""

    def __init__(self, found: Found, lists: Lists, parts: Parts, connection: Connection) -> None:
        self.found, self.lists, self.parts, self.connection = found, lists, parts, connection
        self.columns = {column.name: column for column in found.table.columns}
        self.rows = source(found, parts, connection).rows
        self.at = {each: cells.inline(found, column) for each, column in self.columns.items()}

    def stage(self, rules: Classified, service_codes: tuple[str, ...]) -> Path:
        """The part with every line: narrow, with what is wrong; what it can make nothing of is left out."""
        codes = self.codes()
        places = [each for each in codes if self._has_codes(each)]
        return self.parts.query(
            self.connection, "medical_claim-staged.parquet", self._query(places, rules, service_codes)
        )

    def codes(self) -> list[str]:
        """Look the distinct diagnosis codes up; returns the columns that the file has."""
        have = [each for each in _numbered("diagnosis_code", DIAGNOSES) if each in self.found.known]
        every = " UNION ".join(f"SELECT {self.at[each].text} AS raw FROM {self.rows}" for each in have)
        asked = (
            f"SELECT raw FROM ({every}) WHERE raw IS NOT NULL" if every else "SELECT NULL::VARCHAR AS raw WHERE false"
        )
        made = self.parts.query(self.connection, "claim-codes.parquet", in_sets(asked))
        self.connection.execute(
            "CREATE OR REPLACE TEMP TABLE known_codes AS SELECT raw, "
            f"CAST(bit_or(mask) AS BIGINT) AS ever FROM {parquet(made)} GROUP BY raw"
        )
        return have

    def _has_codes(self, column: str) -> bool:
        """Whether any row has a code there that is in some set; most of 25 places are empty."""
        query = f"SELECT count(*) FROM {self.rows} WHERE {self.at[column].text} IN (SELECT raw FROM known_codes)"
        return bool(one(self.connection, query))

    def _query(self, places: list[str], rules: Classified, service_codes: tuple[str, ...]) -> str:
        known = ", ".join(f"{each}.ever AS {each}_ever" for each in places)
        joins = " ".join(f"LEFT JOIN known_codes AS {each} ON {each}.raw = {self.at[each].text}" for each in places)
        member = self.at["member_id"].text
        read = f"""
            SELECT claims.row AS row, no, {self._values()}, {self._codes(places)} AS codes, {self._spoilt()} AS spoilt
            FROM {self.rows} AS claims LEFT JOIN known_members ON known_members.member_id = {member} {joins}
        """
        made = f"{interesting(rules, service_codes)} OR codes IS NOT NULL"
        return f"SELECT *, {made} AS makes FROM ({read})" if known or read else read

    def _codes(self, places: list[str]) -> str:
        """The codes in the positions of the claim that stand in some set, null where none does."""
        if not places:
            return "CAST(NULL AS VARCHAR[])"
        wanted = f"({' OR '.join(f'{each}.ever IS NOT NULL' for each in places)})"
        if "diagnosis_code_type" in self.found.known:
            wanted += f" AND coalesce(lower({self.at['diagnosis_code_type'].text}), '') <> 'icd-9-cm'"
        last = places[-1]
        ordered = list(_numbered("diagnosis_code", DIAGNOSES))
        listed = [
            f"CASE WHEN {each}.ever IS NOT NULL THEN {self.at[each].text} END" if each in places else "NULL"
            for each in ordered[: ordered.index(last) + 1]
        ]
        return f"CASE WHEN {wanted} THEN [{', '.join(listed)}] END"

    def _values(self) -> str:
        """What is kept of a line, zeros in front filled up or cut off as the lists of codes have them."""
        t = {each: cell.text for each, cell in self.at.items()}
        v = {each: cell.value for each, cell in self.at.items()}
        bill = f"ltrim({t['bill_type_code']}, '0')"
        frequency = f"upper({t['claim_frequency_code']})"
        units = v["service_unit_quantity"]
        given = {
            "source": f"coalesce({t['data_source']}, '')",
            "claim": t["claim_id"],
            "line": f"CAST({v['claim_line_number']} AS INTEGER)",
            "day": f"coalesce({v['claim_line_start_date']}, {v['claim_start_date']})",
            "type": f"lower({t['claim_type']})",
            "claim_start": v["claim_start_date"],
            "claim_end": v["claim_end_date"],
            "admission": v["admission_date"],
            "discharge": v["discharge_date"],
            "admit_type": f"right({t['admit_type_code']}, 1)",
            "disposition": f"lpad({t['discharge_disposition_code']}, 2, '0')",
            "place": f"lpad({t['place_of_service_code']}, 2, '0')",
            "bill": bill,
            "frequency": f"coalesce({frequency}, CASE WHEN length({bill}) = 3 THEN right({bill}, 1) END, '1')",
            "original": t["original_claim_id"],
            "revenue": f"lpad({t['revenue_center_code']}, 4, '0')",
            "units": f"CASE WHEN {units} = trunc({units}) AND abs({units}) < 2e9 THEN CAST({units} AS INTEGER) END",
            "hcpcs": f"upper({t['hcpcs_code']})",
            "modifiers": self._modifiers(),
            "paid_date": v["paid_date"],
            "file_date": v["file_date"],
            "paid": CENTS.format(v["paid_amount"]),
            "charge": CENTS.format(v["charge_amount"]),
        }
        return ", ".join(f"{sql} AS {name(each)}" for each, sql in given.items())

    def _modifiers(self) -> str:
        """All of them in one order, whatever place they stood in."""
        have = [self.at[each].text for each in _numbered("hcpcs_modifier", MODIFIERS) if each in self.found.known]
        if not have:
            return "CAST(NULL AS VARCHAR)"
        some = " OR ".join(f"{each} IS NOT NULL" for each in have)
        listed = ", ".join(f"upper({each})" for each in have)
        kept = f"list_filter([{listed}], lambda each: each IS NOT NULL)"
        return f"CASE WHEN {some} THEN array_to_string(list_sort(list_distinct({kept})), ' ') END"

    def _spoilt(self) -> str:
        return cells.spoilt([*self._own(), *self._between()])

    def _own(self) -> Iterator[Check]:
        for each, column in self.columns.items():
            if each in self.found.known:
                yield from cells.checks(column, self.found.known[each], self.lists, self._lowered(each, column))

    def _lowered(self, each: str, column: Column) -> Cell:
        """Words of claims are compared in small letters."""
        cell = self.at[each]
        return cell if column.kind != "word" else Cell(f"lower({cell.text})", cell.value, cell.sure)

    def _between(self) -> Iterator[Check]:
        """What is wrong with cells beside each other, or with a row that lacks a day or a member."""
        member = self.at["member_id"].text
        wrong = f"{member} IS NOT NULL AND no IS NULL"
        allowed = text("a member of the members table")
        yield Check(shown_as(self.found, "member_id"), wrong, member, "no such member", allowed)
        day = f"coalesce({self.at['claim_line_start_date'].value}, {self.at['claim_start_date'].value})"
        shown = self.at["claim_start_date"].text
        lacks = f"{day} IS NULL AND {shown} IS NULL AND {self.at['claim_line_start_date'].text} IS NULL"
        at = shown_as(self.found, "claim_start_date")
        yield Check(at, lacks, shown, "neither the claim nor the line has a day", text("YYYY-MM-DD"))
        for first, last in ORDERS:
            later = f"{self.at[last].value} < {self.at[first].value}"
            allowed = text(f"a day from {first} on")
            yield Check(shown_as(self.found, last), later, self.at[last].text, "it ends before it begins", allowed)


def _numbered(stem: str, most: int) -> list[str]:
    return [f"{stem}_{at}" for at in range(1, most + 1)]
