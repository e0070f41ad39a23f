"""Claims of one member into events, line by line, to be read and believed. The SQL beside it must always agree.

A day is a number of days since 1970-01-01, as in the store.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from wholeperson.rules.known import in_code_set
from wholeperson.rules.reading.library import Policy
from wholeperson.sweep.input.allowed import programmes
from wholeperson.sweep.input.claims.classify import Asked, ByClaim, Classified, Pregnancies

EPOCH = date(1970, 1, 1)
NEVER = -(10**9)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a claim as it was kept. ``codes``: the diagnosis in each position that stands in some code set."""

    row: int
    claim: str
    line: int
    day: int
    type: str | None = None
    claim_start: int | None = None
    claim_end: int | None = None
    admission: int | None = None
    discharge: int | None = None
    admit_type: str | None = None
    disposition: str | None = None
    place: str | None = None
    bill: str | None = None
    frequency: str = "1"
    original: str | None = None
    revenue: str | None = None
    units: int | None = None
    hcpcs: str | None = None
    modifiers: tuple[str, ...] = ()
    paid_date: int | None = None
    file_date: int | None = None
    paid: int | None = None
    charge: int | None = None
    source: str = ""
    codes: tuple[str | None, ...] = ()

    @property
    def loaded(self) -> tuple[int, int]:
        """When it was sent and paid: what came later counts."""
        return (_or_never(self.file_date), _or_never(self.paid_date))

    @property
    def cents(self) -> int | None:
        """What tells a line from the one that takes it back."""
        return self.paid or self.charge


class Event(NamedTuple):
    """What the lines made."""

    event: str
    begins: int
    ends: int | None
    id: str
    attributes: dict[str, Any]


class Diagnosis(NamedTuple):
    """One diagnosis on one day."""

    day: int
    code: str
    id: str


class Outcome(NamedTuple):
    """Of one member: how many lines were told twice, how many were taken back or replaced, and what the others made."""

    duplicates: int
    reversed: int
    events: list[Event]
    diagnoses: list[Diagnosis]


def outcome(lines: Iterable[Line], rules: Classified, policy: Policy) -> Outcome:
    """Everything that the claims of one member tell."""
    every = sorted(lines, key=lambda line: line.row)
    once = _once(every)
    standing = final_action(once)
    return Outcome(
        len(every) - len(once), len(once) - len(standing), _events(standing, rules, policy),
        sorted(_diagnoses(standing, rules, policy)),
    )  # fmt: skip


# ── which lines stand at last ────────────────────────────────────────────────────────────────────────────────────────


def _once(lines: list[Line]) -> list[Line]:
    """Of lines that are the same in everything, the first."""
    found: dict[Any, Line] = {}
    for line in lines:
        same = tuple(getattr(line, name) for name in Line.__slots__ if name != "row")
        found.setdefault(same, line)
    return list(found.values())


def final_action(lines: list[Line]) -> list[Line]:
    """The lines that nobody took back, replaced or sent anew."""
    left = [line for line in lines if line.frequency != "8" and not any(_undoes(by, line) for by in lines)]
    left = _without_reversals(left)
    latest: dict[Any, Line] = {}
    for line in sorted(left, key=lambda line: (line.loaded, line.row)):
        latest[(line.source, line.claim, line.line)] = line
    return sorted(latest.values(), key=lambda line: line.row)


def _undoes(by: Line, line: Line) -> bool:
    """Whether a void (8) or a replacement (7) names the line's claim, and the line came not after it."""
    if by.frequency not in ("7", "8") or by.source != line.source or (by.original or by.claim) != line.claim:
        return False
    if line.loaded != by.loaded:
        return line.loaded < by.loaded
    return not (by.frequency == line.frequency == "7" and by.claim == line.claim)


def _without_reversals(lines: list[Line]) -> list[Line]:
    """A negative line takes back the earliest line of the same claim, line, code and amount; it never counts itself."""
    negative: defaultdict[Any, int] = defaultdict(int)
    for line in lines:
        if line.cents is not None and line.cents < 0:
            negative[_reversal_key(line)] += 1
    left = []
    for line in sorted(lines, key=lambda line: (line.loaded, line.row)):
        if line.cents is not None and line.cents < 0:
            continue
        if negative[_reversal_key(line)]:
            negative[_reversal_key(line)] -= 1
        else:
            left.append(line)
    return left


def _reversal_key(line: Line) -> Any:
    code = line.hcpcs or line.revenue
    return (line.source, line.claim, line.line, code, None if line.cents is None else abs(line.cents))


def _or_never(day: int | None) -> int:
    return NEVER if day is None else day


# ── what they make ───────────────────────────────────────────────────────────────────────────────────────────────────


def _events(lines: list[Line], rules: Classified, policy: Policy) -> list[Event]:
    found = [event for rule in rules.by_claim for event in _by_claim(lines, rule, policy)]
    if rules.service:
        found += [each for line in lines if (each := _service(line, *rules.service, policy))]
    if rules.pregnancies:
        found += _pregnant(lines, rules.pregnancies, policy)
    return sorted(found, key=lambda event: (event.begins, event.event, event.id))


def _by_claim(lines: list[Line], rule: ByClaim, policy: Policy) -> list[Event]:
    claims: defaultdict[Any, list[Line]] = defaultdict(list)
    for line in lines:
        if any(_holds(asked, line, line, line.day, policy) for asked in rule.lines):
            claims[(line.source, line.claim)].append(line)
    found = [_spell(made, rule, policy) if rule.lasts else _visit(made, rule, policy) for made in claims.values()]
    days = {event.begins for event in found}
    return _ends_told_elsewhere(found) if rule.lasts else found + list(_one_for_day(lines, rule, days, policy))


def _visit(made: list[Line], rule: ByClaim, policy: Policy) -> Event:
    first = min(made, key=lambda line: (line.day, line.line, line.row))
    return Event(rule.event, first.day, first.day, first.claim, _attributes(made, first, first.day, rule, policy))


def _spell(made: list[Line], rule: ByClaim, policy: Policy) -> Event:
    first = min(made, key=lambda line: (line.line, line.row))
    begins = _least(made, lambda line: line.admission)
    if begins is None:
        begins = _least(made, lambda line: line.claim_start)
    if begins is None:
        begins = min(line.day for line in made)
    ends = _most(made, lambda line: line.discharge)
    if ends is None and not any(line.disposition in rule.still for line in made):
        ends = _most(made, lambda line: line.claim_end)
    if ends is not None and ends < begins:
        ends = None
    return Event(rule.event, begins, ends, first.claim, _attributes(made, first, begins, rule, policy))


def _ends_told_elsewhere(found: list[Event]) -> list[Event]:
    """A bill sent while somebody was still there takes the end from a later bill of the same first day."""
    told: dict[int, int] = {}
    for each in found:
        if each.ends is not None:
            told[each.begins] = max(each.ends, told.get(each.begins, each.ends))
    return [each._replace(ends=told.get(each.begins)) if each.ends is None else each for each in found]


def _one_for_day(lines: list[Line], rule: ByClaim, taken: set[int], policy: Policy) -> Iterator[Event]:
    days: dict[int, Line] = {}
    for line in sorted(lines, key=lambda line: (line.claim, line.line, line.row)):
        asked_of = (_holds(asked, line, line, line.day, policy) for asked in rule.else_one_for_day)
        if line.day not in taken and any(asked_of):
            days.setdefault(line.day, line)
    for day, line in days.items():
        told = f"{line.claim}:{(EPOCH + timedelta(day)).isoformat()}"
        yield Event(rule.event, day, day, told, _attributes([line], line, day, rule, policy))


def _attributes(made: list[Line], first: Line, day: int, rule: ByClaim, policy: Policy) -> dict[str, Any]:
    """Of each attribute the first rule that holds for a line; the diagnosis is that of the first line."""
    found: dict[str, Any] = {}
    for given in rule.gives:
        if given.attribute not in found and any(_holds(given.when, line, first, day, policy) for line in made):
            found[given.attribute] = given.value
    return found


def _holds(asked: Asked, line: Line, first: Line, day: int, policy: Policy) -> bool:
    return all(_HOLDS[key](line, wanted) for key, wanted in asked.items() if key != "primary") and (
        "primary" not in asked or _is_in(first.codes[0] if first.codes else None, asked["primary"], day, policy)
    )


def _in_ranges(code: str | None, ranges: Iterable[str]) -> bool:
    pairs = (each.partition("-") for each in ranges)
    return code is not None and any(low <= code <= (high or low) for low, _, high in pairs)


_HOLDS: dict[str, Callable[[Line, Any], bool]] = {
    "bill_type": lambda line, wanted: line.bill is not None and line.bill[:2] in wanted,
    "revenue_center": lambda line, wanted: _in_ranges(line.revenue, wanted),
    "place_of_service": lambda line, wanted: line.place in wanted,
    "admit_type": lambda line, wanted: line.admit_type in wanted,
    "claim_type": lambda line, wanted: line.type in wanted,
}


def _is_in(code: str | None, codes: str, day: int, policy: Policy) -> bool:
    return code is not None and in_code_set(code, policy.codes(codes, EPOCH + timedelta(day)))


def _service(line: Line, event: str, codes: str, policy: Policy) -> Event | None:
    """A line whose code stands in the list, with all modifiers of the row among its own."""
    day = (EPOCH + timedelta(line.day)).isoformat()
    rows = [
        row
        for row in policy.documents.codes[codes]
        if row["code"] == line.hcpcs
        and row["from"] <= day <= (row["to"] or "9999-12-31")
        and set(row["modifiers"].split()) <= set(line.modifiers)
    ]
    if not rows:
        return None
    services = {row["service"] for row in rows}
    told = {"code": line.hcpcs, "modifiers": " ".join(line.modifiers) or None, "units": line.units, "cents": line.paid}
    if len(services) == 1 and services <= {*programmes(policy)}:
        told["program"] = services.pop()
    kept = {key: value for key, value in told.items() if value is not None}
    return Event(event, line.day, line.day, f"{line.claim}:{line.line}", kept)


def _pregnant(lines: list[Line], rule: Pregnancies, policy: Policy) -> Iterator[Event]:
    """All codes within so many days of the first are one pregnancy; the first code of an end ends it."""
    coded = [(line.day, code) for line in lines for code in line.codes if code]
    days = sorted({day for day, code in coded if _is_in(code, rule.begins_by, day, policy)})
    ends = sorted({day for day, code in coded if _is_in(code, rule.ends_by, day, policy)})
    while days:
        first = days[0]
        ended = next((day for day in ends if first <= day <= first + rule.days), None)
        yield Event(rule.event, first, ended, f"pregnancy:{(EPOCH + timedelta(first)).isoformat()}", {})
        days = [day for day in days if day > first + rule.days]


def _diagnoses(lines: list[Line], rules: Classified, policy: Policy) -> set[Diagnosis]:
    if rules.diagnosis is None:
        return set()
    return {
        Diagnosis(line.day, code, line.claim)
        for line in lines
        for code in line.codes
        if code and any(_is_in(code, each, line.day, policy) for each in rules.evidence)
    }


def _least(lines: list[Line], of: Callable[[Line], int | None]) -> int | None:
    return min((value for line in lines if (value := of(line)) is not None), default=None)


def _most(lines: list[Line], of: Callable[[Line], int | None]) -> int | None:
    return max((value for line in lines if (value := of(line)) is not None), default=None)
