"""The rows of `medical_claim` in the names of Tuva's input layer: lines, duplicates, what was taken back."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from wholeperson.sweep.synth.claims import CODES, STILL_THERE, Claims
from wholeperson.sweep.synth.columns import WORD, constant, days, digits_of, lettered, member_ids, of_members, words
from wholeperson.sweep.synth.draws import STEPS, Draws, Ints, Numbers, shares
from wholeperson.sweep.synth.people import NEVER, People
from wholeperson.sweep.synth.services import KINDS, MODIFIERS, NAMES

MEDICAL_CLAIM = pa.schema(
    [
        ("claim_id", pa.string()),
        ("claim_line_number", pa.int32()),
        ("claim_type", WORD),
        ("person_id", WORD),
        ("claim_start_date", pa.date32()),
        ("claim_end_date", pa.date32()),
        ("claim_line_start_date", pa.date32()),
        ("claim_line_end_date", pa.date32()),
        ("admission_date", pa.date32()),
        ("discharge_date", pa.date32()),
        ("admit_type_code", WORD),
        ("discharge_disposition_code", WORD),
        ("place_of_service_code", WORD),
        ("bill_type_code", WORD),
        ("revenue_center_code", WORD),
        ("service_unit_quantity", pa.int32()),
        ("hcpcs_code", WORD),
        ("hcpcs_modifier_1", WORD),
        ("paid_date", pa.date32()),
        ("paid_amount", pa.float64()),
        ("charge_amount", pa.float64()),
        ("diagnosis_code_type", WORD),
        *((f"diagnosis_code_{place}", WORD) for place in range(1, 5)),
        ("data_source", WORD),
        ("file_date", pa.date32()),
        ("claim_frequency_code", WORD),
        ("original_claim_id", WORD),
    ]
)
TWICE, VOIDED, REPLACED, NEGATIVE = 0.01, 0.008, 0.007, 0.005  # shares of claims; the last three make two in a hundred
PAID = 0.4  # of what was charged
REVENUES = tuple(sorted({"0450"} | {code for kind in KINDS.values() for code in kind.revenue.split()}))
SERVICES = tuple(sorted({code for kind in KINDS.values() for code in kind.services.split()}))
MARKS = tuple(sorted(set(MODIFIERS.values())))
_BILLS = tuple(sorted({kind.bill_type for kind in KINDS.values() if kind.bill_type}))
_POINTS = tuple(sorted({kind.place for kind in KINDS.values() if kind.place}))
_TYPES = ("institutional", "professional")
ORIGINAL, REPLACES, VOIDS = 0, 1, 2  # places in FREQUENCIES
FREQUENCIES = ("1", "7", "8")
_ER, _STAY, _DELIVERY = (NAMES.index(name) for name in ("emergency", "stay", "delivery"))


def _of_kind(listed: tuple[str, ...], said: list[str | None]) -> Numbers:
    return np.array([-1 if each is None else listed.index(each) for each in said], dtype=np.int32)


def _drawn(listed: tuple[str, ...], choices: list[str]) -> Numbers:
    """For each kind a table to draw a code from; -1 throughout where a kind has none."""
    tables = []
    for codes in choices:
        weights = [1.0 if each in codes.split() else 0.0 for each in listed]
        tables.append(shares(weights) if any(weights) else np.full(STEPS, -1, dtype=np.int16))
    return np.stack(tables)


_TYPE = _of_kind(_TYPES, [kind.claim_type for kind in KINDS.values()])
_BILL = _of_kind(_BILLS, [kind.bill_type for kind in KINDS.values()])
_POINT = _of_kind(_POINTS, [kind.place for kind in KINDS.values()])
_REVENUE = _drawn(REVENUES, [kind.revenue for kind in KINDS.values()])
_SERVICE = _drawn(SERVICES, [kind.services for kind in KINDS.values()])
_FEWEST = np.array([kind.lines[0] for kind in KINDS.values()])
_MOST = np.array([kind.lines[1] for kind in KINDS.values()])
_MARK = np.array([MARKS.index(MODIFIERS[code]) if code in MODIFIERS else -1 for code in SERVICES] + [-1])


@dataclass(slots=True)
class Lines:
    """One row a line. ``claim`` is its place among the claims; ``number`` the claim number it is billed under."""

    claim: Numbers
    number: Numbers
    line: Numbers
    revenue: Numbers
    service: Numbers
    units: Numbers
    cents: Numbers
    frequency: Numbers
    original: Numbers  # claim number; 0: none
    late: Numbers  # days after which the plan had it

    def taken(self, places: Numbers) -> "Lines":
        """Some of them, again."""
        return Lines(*(getattr(self, name)[places] for name in Lines.__slots__))


def claims_table(people: People, claims: Claims, codes: Numbers, numbers: int, draws: Draws) -> pa.Table:
    """The block's rows of ``medical_claim``; ``numbers`` is the first claim number that is free."""
    lines = _with_changes(_lines(claims, numbers, draws), len(claims), numbers, draws)
    return _table(lines, claims, codes, people)


def _lines(claims: Claims, numbers: int, draws: Draws) -> Lines:
    size = len(claims)
    many = draws.between(_FEWEST[claims.kind], _MOST[claims.kind], size)
    claim = np.repeat(np.arange(size, dtype=np.int32), many)
    line = np.arange(len(claim), dtype=np.int32) - np.repeat(np.cumsum(many) - many, many) + 1
    kind, total = claims.kind[claim], len(claim)
    drawn = draws.between(0, STEPS - 1, total)
    revenue = _REVENUE[kind, drawn].astype(np.int32)
    by_er = (kind == _ER) & (line == 1) | (kind == _STAY) & (line == 2) & claims.urgent[claim]
    revenue = np.where(by_er, REVENUES.index("0450"), revenue)
    service = _SERVICE[kind, drawn].astype(np.int32)
    units = np.where(service >= 0, draws.between(1, 3, total), 1).astype(np.int32)
    cents = (3_500 + 1_250 * (drawn % 31) + 80_000 * (line == 1) * (claims.admitted < NEVER)[claim]) * units
    late = np.repeat(draws.between(12, 55, size), many)
    nothing = np.zeros(total, dtype=np.int64)
    first = np.zeros(total, dtype=np.int32)
    return Lines(claim, claim.astype(np.int64) + numbers, line, revenue, service, units, cents, first, nothing, late)


def _with_changes(lines: Lines, size: int, numbers: int, draws: Draws) -> Lines:
    """Behind the lines: those sent twice, those taken back, those replaced, and negative ones."""
    kind = draws.stream.random(size, dtype=np.float32)
    later = numbers + size
    edges = np.cumsum([TWICE, VOIDED, REPLACED, NEGATIVE])
    parts = [lines]
    for place, frequency in enumerate((None, VOIDS, REPLACES, None)):
        chosen = (kind < edges[place]) & (kind >= (edges[place - 1] if place else 0.0))
        again = lines.taken(np.flatnonzero(chosen[lines.claim]))
        if frequency is not None:
            again.original, again.number = again.number, again.number + (later - numbers)
            again.frequency = np.full(len(again.claim), frequency, dtype=np.int32)
            again.late = again.late + 12
        if frequency == REPLACES:
            again.cents = again.cents * 9 // 10
        if place == 3:
            again.cents, again.late = -again.cents, again.late + 9
        parts.append(again)
    return Lines(*(np.concatenate([getattr(each, name) for each in parts]) for name in Lines.__slots__))


def _table(lines: Lines, claims: Claims, codes: Numbers, people: People) -> pa.Table:
    claim = lines.claim
    kind, begins, ends = claims.kind[claim], claims.begins[claim], claims.ends[claim]
    paid = np.minimum(ends + lines.late, people.times.on - 1).astype(np.int32)
    charge = lines.cents / 100.0
    inside = (claims.admitted < NEVER)[claim]
    there = (claims.discharged == STILL_THERE)[claim]
    admit = np.where(inside, np.where(claims.urgent[claim], 0, np.where(kind == _DELIVERY, 1, 2)), -1)
    columns = [
        lettered("C", digits_of(lines.number, 12)),
        pa.array(lines.line),
        words(_TYPE[kind], _TYPES),
        of_members(member_ids(people.first, len(people)), claims.member[claim]),
        *(days(each) for each in (begins, ends, begins, ends)),
        days(claims.admitted[claim]),
        days(np.where(there, NEVER, claims.discharged[claim]).astype(np.int32)),
        words(admit, ("1", "2", "3")),
        words(np.where(inside, there.astype(np.int32), -1), ("01", "30")),
        words(_POINT[kind], _POINTS),
        words(_BILL[kind], _BILLS),
        words(lines.revenue, REVENUES),
        pa.array(lines.units),
        words(lines.service, SERVICES),
        words(_MARK[lines.service], MARKS),
        days(paid),
        pa.array(np.round(charge * PAID, 2)),
        pa.array(charge),
        constant("icd-10-cm", len(claim)),
        *(words(codes[claim, place], CODES) for place in range(4)),
        constant("synthetic", len(claim)),
        days(_month_end(paid)),
        words(lines.frequency, FREQUENCIES),
        _originals(lines.original),
    ]
    return pa.table(columns, schema=MEDICAL_CLAIM)


def _month_end(numbers: Ints) -> Ints:
    months = numbers.astype("datetime64[D]").astype("datetime64[M]")
    return ((months + 1).astype("datetime64[D]").astype(np.int32) - 1).astype(np.int32)


def _originals(numbers: Numbers) -> pa.Array:
    """The claim that is taken back or replaced; null on every other line."""
    distinct, places = np.unique(numbers, return_inverse=True)
    none = int(distinct[0] == 0) if len(distinct) else 0
    listed = lettered("C", digits_of(distinct[none:], 12))
    return words(places - none, listed)
