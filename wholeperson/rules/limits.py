"""How much of a service is allowed, used and left: never part of eligibility, only an authorization looks at it."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from wholeperson.rules.calendar import ONE_DAY, Window, as_day, back, span
from wholeperson.rules.case import Case
from wholeperson.rules.happenings import days_in
from wholeperson.rules.known import Known
from wholeperson.rules.language import cite, confidence
from wholeperson.rules.person import Happening
from wholeperson.rules.reading.library import Programme

# Whose word on an amount is a ledger, and not only what somebody remembers.
LEDGERS = ("authorizations", "claims", "enrolment")
FOREVER = date(1900, 1, 1)


class Limit(NamedTuple):
    """One limit on one day. ``used`` is exact, or at least that much, or not known (``exact`` is None)."""

    id: str
    unit: str
    allowed: int | None
    used: int | None
    left: int | None
    exact: bool | None
    begins: date | None
    ends: date | None
    review: bool


class Used(NamedTuple):
    """What was seen of an amount, and whether nothing can be missing."""

    amount: int
    exact: bool | None


def limits(programme: Programme, case: Case) -> list[Limit]:
    """Every limit of the programme that is in force, in the order of its file."""
    return [
        _limit(written, programme, case) for written in programme.data.get("limits") or [] if _in_force(written, case)
    ]


def _in_force(written: dict[str, Any], case: Case) -> bool:
    first, last = as_day(written.get("from")) or date.min, as_day(written.get("to")) or date.max
    return first <= case.on <= last


def _limit(written: dict[str, Any], programme: Programme, case: Case) -> Limit:
    window = _window(written["per"], programme, case.on)
    used = _used(written.get("used") or {}, window, programme, case)
    readings = [each for each in _readings(written["allowed"], case) if isinstance(each, int)]
    allowed = readings[0] if readings else None
    known = used.exact is not None
    return Limit(
        id=written["id"],
        unit=written["unit"],
        allowed=allowed,
        used=used.amount if known else None,
        left=max(allowed - used.amount, 0) if known and allowed is not None else None,
        exact=used.exact,
        begins=None if window.first == FOREVER else window.first,
        ends=None if window.last == date.max else window.last,
        review=known and _for_a_person(used.amount, readings, written, programme, case),
    )


def _for_a_person(used: int, readings: list[int], written: dict[str, Any], programme: Programme, case: Case) -> bool:
    """A person decides between the readings, past the limit, and wherever an unconfirmed limit would stop somebody."""
    if not readings:
        return False
    reached = {used >= each for each in readings}
    if len(reached) > 1 or used > max(readings):
        return True
    return reached == {True} and not _is_confirmed(written, programme, case)


def _is_confirmed(written: dict[str, Any], programme: Programme, case: Case) -> bool:
    mark = written.get("mark", programme.data["mark"])
    cites = tuple(cite(text) for text in written.get("cites", programme.data["cites"]))
    return confidence(mark, cites, case.policy.grades) == "verified"


def _readings(allowed: Any, case: Case) -> list[Any]:
    """The amount by each reading, our default first; null where a reading knows no limit."""
    if not isinstance(allowed, dict):
        return [allowed]
    known = case.policy.parameters[allowed["parameter"]]
    return [known["default"], *(each for each in known["readings"] if each != known["default"])]


def _window(per: str, programme: Programme, on: date) -> Window:
    """The days that count together; of a rolling window the edge day counts out, in the member's favour."""
    if per == "calendar_year":
        return Window(date(on.year, 1, 1), date(on.year, 12, 31))
    if per.startswith("rolling "):
        length = span(per.removeprefix("rolling "))
        return Window(back(on, length) + ONE_DAY if length else on, on)
    if per == "demonstration":
        return Window(programme.begins, programme.authority_until or date.max)
    return Window(FOREVER, on)


def _used(spec: dict[str, Any], window: Window, programme: Programme, case: Case) -> Used:
    """The higher of what somebody attested and what the records show."""
    seen = _seen(spec, Window(window.first, min(window.last, case.on)), programme, case)
    known = case.known(spec["fact"]) if "fact" in spec else None
    if known is None:
        return seen
    said = Used(int(known.value) * int(spec.get("times", 1)), _is_ledger(known))
    return Used(max(said.amount, seen.amount), said.exact if said.amount >= seen.amount else seen.exact)


def _is_ledger(known: Known) -> bool:
    return any(kind in LEDGERS for kind, _, _ in known.sources)


def _seen(spec: dict[str, Any], window: Window, programme: Programme, case: Case) -> Used:
    if "days_of" in spec:
        stays = [each for name in spec["days_of"] for each in case.happenings(name)]
        sure, possible = days_in(stays, window)
        complete = all(_complete(name, window, programme, case) for name in spec["days_of"])
        return Used(sure, sure == possible if complete else (False if stays else None))
    if "codes" in spec:
        services = [each for each in case.happenings("service") if _is_of(each, spec["codes"], window, case)]
        amount = sum(int(each.attributes.get(spec.get("measure", "units")) or 0) for each in services)
        complete = _complete("service", window, programme, case)
        return Used(amount, True if complete else (False if services else None))
    return Used(0, None)


def _complete(name: str, window: Window, programme: Programme, case: Case) -> bool:
    """Whether a ledger covers the window from the service's first day on."""
    needed = Window(max(window.first, programme.begins), window.last)
    return any(
        each.source in LEDGERS[:2] and each.event in (None, name) and each.covers(needed)
        for each in case.person.complete
    )


def _is_of(service: Happening, programme: str, window: Window, case: Case) -> bool:
    """Whether a service was one of the programme's: named so, or by code and modifiers together, never by one alone."""
    if not window.holds(service.begins):
        return False
    if service.attributes.get("program"):
        return bool(service.attributes["program"] == programme)
    code = service.attributes.get("code")
    modifiers = set(_listed(service.attributes.get("modifiers")))
    return any(
        row["service"] == programme and row["code"] == code and set(row["modifiers"].split()) <= modifiers and modifiers
        for row in case.policy.documents.codes.get("hcpcs", ())
        if _row_in_force(row, service.begins)
    )


def _row_in_force(row: dict[str, str], day: date) -> bool:
    return (as_day(row["from"]) or date.min) <= day <= (as_day(row["to"]) or date.max)


def _listed(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        return value.split()
    return value or ()
