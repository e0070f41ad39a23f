"""The data dictionary: every table and column an import reads. The reader, the checks and the page are made from it."""

from typing import Final, NamedTuple

DIAGNOSES: Final = 25  # positions on a claim line
MODIFIERS: Final = 5

# what a cell may hold: kind → how the page says it
KINDS: Final = {
    "text": "text",
    "day": "a day, YYYY-MM-DD",
    "bool": "true or false",
    "int": "a whole number",
    "moment": "a day, YYYY-MM-DD; a time after it is not read",
    "money": "an amount in dollars",
    "amount": "a number",
    "code": "a code",
    "word": "one of a list",
    "words": "several of a list, with ; between",
    "texts": "several texts, with ; between",
    "value": "what suits the fact",
}


# a code of claims: name → (how it looks, how the page says it). Dots and zeros in front may be left out.
CODES: Final = {
    "icd10": ("[A-Za-z][0-9][0-9A-Za-z](\\.?[0-9A-Za-z]{1,4})?", "an ICD-10-CM code, with or without its dot"),
    "hcpcs": ("[0-9A-Za-z]{5}", "a HCPCS code of five signs"),
    "modifier": ("[0-9A-Za-z]{2}", "a modifier of two signs"),
    "revenue": ("[0-9]{3,4}", "a revenue code of four digits"),
    "bill_type": ("0?[1-9][0-9][0-9A-Za-z]", "a type of bill of three signs"),
    "place": ("[0-9]{1,2}", "a place of service of two digits"),
    "disposition": ("[0-9]{1,2}", "a discharge disposition of two digits"),
    "admit_type": ("0?[0-9]", "an admission type of one digit"),
    "frequency": ("[0-9A-Za-z]", "one sign: 1 original, 7 replaces, 8 voids"),
}


class Column(NamedTuple):
    """One column. ``needed``: no row without it. ``optional``: the file may lack it. ``of``: the list of its words."""

    name: str
    kind: str
    says: str
    needed: bool = False
    optional: bool = True
    of: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every name the column may have in a file."""
        return (self.name, *self.aliases)


class Table(NamedTuple):
    """One table of the input. ``may_lack``: an import goes without it, and says so."""

    name: str
    says: str
    columns: tuple[Column, ...]
    may_lack: bool = True


def _key(name: str, kind: str, says: str, of: str = "", aliases: tuple[str, ...] = ()) -> Column:
    return Column(name, kind, says, True, False, of, aliases)


MEMBER: Final = _key("member_id", "text", "the plan's own number of the member", aliases=("person_id",))
SOURCE: Final = Column("source", "word", "who told us", of="sources")
LEARNT: Final = Column("learnt", "day", "the day on which we were told")

TABLES: Final = (
    Table(
        "members",
        "One row for each member. Rows of other tables about anybody else are set aside.",
        (
            MEMBER,
            Column("birth_date", "day", "the day of birth"),
            Column("death_date", "day", "the day of death; empty: alive, as far as is known"),
            Column("county", "word", "where the member lives", of="counties"),
            Column("languages", "texts", "languages the member speaks, the preferred one first"),
            Column("race_ethnicity", "words", "race and ethnic groups the member gave", of="race_ethnicity"),
            Column("sex", "text", "as on the enrollment file"),
        ),
        may_lack=False,
    ),
    Table(
        "coverage",
        "One row for each period in a Medi-Cal plan.",
        (
            MEMBER,
            Column("plan", "word", "the plan", of="plans"),
            Column("county", "word", "the county of that coverage", of="counties"),
            Column("aid_code", "text", "the aid code"),
            Column("from", "day", "first day; empty: not known"),
            Column("until", "day", "last day; empty: still enrolled"),
            Column("share_of_cost", "word", "whether a share of cost is due", of="share_of_cost"),
        ),
    ),
    Table(
        "medical_claim",
        "One row for each line of a claim, in the names of the Tuva input layer. Diagnoses of ICD-9 are not read.",
        (
            _key("claim_id", "text", "the claim's number"),
            _key("claim_line_number", "int", "the line's number in the claim"),
            Column("claim_type", "word", "kind of bill", of="claim_types"),
            MEMBER,
            Column("claim_start_date", "day", "first day of the claim"),
            Column("claim_end_date", "day", "last day of the claim"),
            Column("claim_line_start_date", "day", "first day of the line; empty: that of the claim"),
            Column("claim_line_end_date", "day", "last day of the line"),
            Column("admission_date", "day", "day of admission"),
            Column("discharge_date", "day", "day of discharge"),
            Column("admit_type_code", "code", "type of admission", of="admit_type"),
            Column("discharge_disposition_code", "code", "where to", of="disposition"),
            Column("place_of_service_code", "code", "where, on professional bills", of="place"),
            Column("bill_type_code", "code", "type of bill, on institutional bills", of="bill_type"),
            Column("revenue_center_code", "code", "revenue code of the line", of="revenue"),
            Column("service_unit_quantity", "amount", "how many units"),
            Column("hcpcs_code", "code", "what was done", of="hcpcs"),
            *(
                Column(f"hcpcs_modifier_{at}", "code", "a modifier of it", of="modifier")
                for at in range(1, MODIFIERS + 1)
            ),
            Column("paid_date", "day", "day of payment"),
            Column("paid_amount", "money", "what was paid; below zero: taken back"),
            Column("charge_amount", "money", "what was charged; below zero: taken back"),
            Column("diagnosis_code_type", "word", "edition of the diagnosis codes", of="editions"),
            *(Column(f"diagnosis_code_{at}", "code", "a diagnosis", of="icd10") for at in range(1, DIAGNOSES + 1)),
            Column("data_source", "text", "whose claims these are; numbers are unique within one"),
            Column("file_date", "moment", "when the file was made; of one line the latest stands"),
            Column(
                "claim_frequency_code",
                "code",
                "whether it replaces or voids; else the bill type's last",
                of="frequency",
            ),
            Column("original_claim_id", "text", "the claim that it replaces or voids; empty: of its own number"),
        ),
    ),
    Table(
        "pharmacy_claim",
        "One row for each fill, in the names of the Tuva input layer. It is checked and counted; no rule rests on it.",
        (
            _key("claim_id", "text", "the claim's number"),
            _key("claim_line_number", "int", "the line's number in the claim"),
            MEMBER,
            Column("dispensing_date", "day", "day of the fill"),
            Column("ndc_code", "text", "the drug"),
            Column("quantity", "amount", "how much"),
            Column("days_supply", "amount", "for how many days"),
            Column("paid_date", "day", "day of payment"),
            Column("paid_amount", "money", "what was paid"),
        ),
    ),
    Table(
        "facts",
        "One row for each thing that somebody said of a member.",
        (
            MEMBER,
            _key("fact", "word", "the fact, by its name or another name of it", of="facts"),
            Column("value", "value", "true or false, a number, a day (empty: never), a word or words with ; between"),
            Column("from", "day", "first day on which it is so; empty: since whenever"),
            Column("until", "day", "last day on which it is so; empty: still"),
            LEARNT,
            SOURCE,
            Column("attested_by", "text", "the person or organization whose word it is"),
        ),
    ),
    Table(
        "spells",
        "One row for each event of a day or spell of days that is not in the claims.",
        (
            MEMBER,
            _key("event", "word", "what happened", of="events"),
            _key("from", "day", "the day, or the first of them", aliases=("on",)),
            Column("until", "day", "the last day; empty: still, and for what happens on one day that day"),
            Column("until_known", "bool", "false: nobody told us the last day"),
            Column("id", "text", "what tells it from others; told twice with one id, it counts once"),
            SOURCE,
            LEARNT,
            Column("avoidable", "bool", "whether better care could have avoided it"),
            Column("unplanned", "bool", "whether nobody had planned it"),
            Column("about", "word", "what it was about", of="about"),
            Column("term", "word", "short or long", of="term"),
            Column("facility_type", "word", "kind of facility", of="facility_type"),
            Column("adjudication", "word", "before or after the verdict", of="adjudication"),
            Column("expected_release", "day", "the day of release as far as is known"),
            Column("program", "word", "which program, or which service", of="program"),
            Column("code", "text", "the code of a diagnosis or service"),
            Column("modifiers", "texts", "modifiers of the code"),
            Column("units", "int", "how many units"),
            Column("cents", "int", "how much money, in cents"),
        ),
    ),
    Table(
        "complete",
        "From when through when a source has told us everything. Without a row nothing missing is a no. A row with a "
        "member replaces, for that member, the rows of that source without one; empty days there: nothing is complete.",
        (
            _key("source", "word", "the source", of="sources"),
            Column("from", "day", "first day on which nothing is missing", optional=False),
            Column("through", "day", "last day on which nothing is missing", optional=False),
            Column("event", "word", "only this event; empty: everything the source tells", of="all_events"),
            Column("member_id", "text", "only this member; empty: everybody", aliases=("person_id",)),
        ),
    ),
)

BY_NAME: Final = {table.name: table for table in TABLES}
