"""Beside the answer: whether the programme can be had that day, and on what conditions. Never part of eligibility."""

from datetime import date
from typing import Any, Final, NamedTuple

from wholeperson.rules.answers import NO, NOT_KNOWN, YES, Answer
from wholeperson.rules.calendar import as_day
from wholeperson.rules.case import Case
from wholeperson.rules.decide import Court, Decision
from wholeperson.rules.language import Node
from wholeperson.rules.reading.library import Policy, Programme

ELECTED: Final[dict[str, Answer]] = {"offered": YES, "not_offered": NO, "ask_the_plan": NOT_KNOWN}


class Available(NamedTuple):
    """Whether it can be had, and the words that say why."""

    answer: Answer
    because: tuple[str, ...]


class Condition(NamedTuple):
    """``choose`` between two, ``ecm_first``, ``no_double_payment``, or ``review`` by a person."""

    kind: str
    with_: str
    node: Node | None = None


def available(
    programme: Programme, case: Case, enrolled: Available | None = None, court: Court | None = None
) -> Available:
    """Enrolled that day, begun in that county, and elected by the plan where that is the plan's to say.

    ``enrolled``: what ``enrolment`` said, for whoever asks about many programmes. ``court``: decides whether the
    person belongs to those every plan must offer the service to.
    """
    found = [
        _in_time(programme, case.on),
        enrolled or enrolment(case),
        _begun(programme, case),
        _offered(programme, case, court),
    ]
    answer = min(each.answer for each in found)
    reasons = (reason for each in found if each.answer == answer for reason in each.because)
    return Available(answer, tuple(dict.fromkeys(reasons)))


def _in_time(programme: Programme, on: date) -> Available:
    if on < programme.begins:
        return Available(NO, ("not_begun",))
    if programme.ends and on > programme.ends:
        return Available(NO, ("ended",))
    return Available(YES, ())


def enrolment(case: Case) -> Available:
    """Whether the person is in a Medi-Cal plan that day."""
    if case.coverage:
        if case.coverage.share_of_cost == "other":
            return Available(NO, ("share_of_cost",))
        return Available(YES, ("enrolled",))
    for each in case.person.complete:
        if each.source == "enrolment" and each.event is None and each.begins <= case.on <= each.through:
            return Available(NO, ("not_enrolled",))
    if any(each.ends is None and (each.begins or date.min) <= case.on for each in case.person.coverage):
        return Available(NOT_KNOWN, ("enrolment_not_known",))
    return Available(
        NO if _ended_before(case) else NOT_KNOWN, ("not_enrolled",) if _ended_before(case) else ("enrolment_not_known",)
    )


def _ended_before(case: Case) -> bool:
    """Every period we know of is over, or of another plan than the one asked about, and none is open."""
    periods = case.person.coverage
    return bool(periods) and all(
        each.ends is not None and (each.ends < case.on or each.covers(case.on)) for each in periods
    )


def _begun(programme: Programme, case: Case) -> Available:
    live: dict[str, Any] = programme.data.get("live") or {}
    if "by_county" in live:
        return _begun_in_county(live["by_county"], case)
    if case.on >= (as_day(live.get("from")) or date.min):
        return Available(YES, ())
    if _may_be_among_the_first(live, case):
        return Available(NOT_KNOWN, ("begun_in_some_counties",))
    return Available(NO, ("not_begun",))


def _may_be_among_the_first(live: dict[str, Any], case: Case) -> bool:
    """Whether the county is one of those of which only some began earlier, and nobody wrote down which."""
    first = as_day(live.get("some_counties_from"))
    county = case.policy.counties.get(case.county or "")
    return first is not None and case.on >= first and (county is None or as_day(county[live["of"]]["value"]) == first)


def _begun_in_county(key: str, case: Case) -> Available:
    first, last = case.policy.first_days(key)
    if case.on >= last:
        return Available(YES, ())
    county = case.policy.counties.get(case.county or "")
    if county is None:
        return Available(
            NOT_KNOWN if case.on >= first else NO, ("county_not_known",) if case.on >= first else ("not_begun",)
        )
    begins = as_day(county[key]["value"]) or date.max
    if case.on >= begins:
        return Available(YES, ())
    sure = county[key]["mark"] == "source-verified" or case.on < first
    return Available(NO if sure else NOT_KNOWN, ("not_begun",))


def _offered(programme: Programme, case: Case, court: Court | None) -> Available:
    """Only a dated county election answers *not offered*; what a plan does not print is asked of the plan."""
    if programme.kind in ("benefit", "population_of_focus", "pre_release"):
        return Available(YES, ())
    if court and programme.mandatory and is_mandatory(programme, court):
        return Available(YES, ("mandatory",))
    answer = election(case.policy, programme.id, case.plan, case.county, case.on)
    return Available(ELECTED[answer], (answer,))


def election(policy: Policy, programme: str, plan: str | None, county: str | None, on: date) -> str:
    """``offered``, ``not_offered`` or ``ask_the_plan``: what the plan's dated elections say of that county and day."""
    for each in (policy.plans.get(plan or "") or {}).get("elections") or []:
        begins, ends = as_day(each["from"]) or date.min, as_day(each.get("to")) or date.max
        if each["programme"] == programme and county in each["counties"] and begins <= on <= ends:
            return "offered" if each["offered"] else "not_offered"
    return "ask_the_plan"


def is_mandatory(programme: Programme, court: Court) -> bool:
    """Whether every plan must offer it to this person by that day."""
    begins, node = programme.mandatory or (date.max, programme.root)
    return court.case.on >= begins and court.node(node).answer == YES


def conditions(decision: Decision, court: Court) -> tuple[Condition, ...]:
    """What must be chosen between, come first, not be paid twice, or be looked at by a person."""
    found = [
        Condition(kind, what, node)
        for kind, what, node in decision.programme.conditions
        if node.in_force(court.case.on) and court.node(node).answer == YES
    ]
    found += [Condition("review", reason) for reason in decision.reviews]
    return tuple({(each.kind, each.with_): each for each in reversed(found)}.values())[::-1]
