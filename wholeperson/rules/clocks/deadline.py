"""When something must be done by: every rule that could say so, and which of them does."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from wholeperson.rules.clocks.counted_case import Candidate, CountedCase
from wholeperson.rules.clocks.given import Given, check_given
from wholeperson.rules.clocks.holidays import Holidays, Skipped
from wholeperson.rules.clocks.notes import notes
from wholeperson.rules.clocks.written import Clock, RuleSet
from wholeperson.rules.problems import Problem, Refused, Where


class Due(NamedTuple):
    """The answer. ``beside``: dates worth knowing that limit nothing. ``notes``: what else the explanation says."""

    governing: Candidate
    candidates: tuple[Candidate, ...]
    skipped: tuple[Skipped, ...]
    beside: tuple[Candidate, ...]
    notes: tuple[str, ...]

    @property
    def due_at(self) -> datetime:
        """The moment, in UTC."""
        return self.governing.due_at


def due(clock: Clock, rules: RuleSet, given: Given, *, holidays: Holidays, cutoff_hour: int | None = None) -> Due:
    """The moment by which it must be done (or from which it may be), for one case under one set of rules."""
    check_given(clock, given)
    case = CountedCase(clock, rules, given, holidays, cutoff_hour if clock.cutoff else None)
    plain = case.say(None)
    if not plain:
        raise Refused(_not_running(case))
    first = min(plain, key=_due_at)
    turned = _turned(case, first)
    governing = min(turned, key=_due_at) if turned else first
    candidates = (*plain, *case.say_otherwise(), *turned)
    return Due(
        governing,
        candidates,
        tuple(sorted({each for candidate in candidates for each in candidate.skipped})),
        tuple(_beside(case, governing, candidates)),
        tuple(notes(case, first, governing, candidates)),
    )


def _turned(case: CountedCase, first: Candidate) -> list[Candidate]:
    """What governs instead: the longer limit after a notice in time, the shorter one of what is urgent."""
    if case.given.expedited:
        return case.say("expedited")
    notice = case.given.extended
    return case.say("extended") if notice and case.in_time(notice, first.due_at) else []


def _beside(case: CountedCase, governing: Candidate, candidates: tuple[Candidate, ...]) -> Iterator[Candidate]:
    """Dates that limit nothing: a target inside the limit, a day by which something is wise."""
    starts = {"due": governing.day, "earliest": min(candidates, key=_due_at).day}
    for rule in case.rules.beside:
        if rule.in_force(case.given.received.day) and (rule.when is None or case.free(governing.day)):
            yield case.candidate(rule, starts.get(rule.starts))


def _due_at(candidate: Candidate) -> datetime:
    return candidate.due_at


def _not_running(case: CountedCase) -> Problem:
    begins = min((each.begins for each in case.rules.rules if each.begins), default=None)
    problem = f"{case.clock.id} did not run on {case.given.received.day}"
    why = f"its first rule began on {begins}" if begins else "no rule was in force then"
    return Problem("not_running", problem, why, "ask about a later day", Where("--received"))
