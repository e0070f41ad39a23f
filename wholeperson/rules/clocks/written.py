"""A clock as the policy writes it: its rules, for whom they are, and what may be told of a case."""

from collections.abc import Mapping
from datetime import date
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

from wholeperson.rules.calendar import as_day
from wholeperson.rules.language import Cite, cite, confidence
from wholeperson.rules.problems import Problem, Refused, Where, nearest

# The words a rule may be written with; the check of the policy knows no others.
UNITS = ("business_day", "calendar_day", "month", "elapsed_hour")
STARTS = ("received", "complete", "due", "earliest")  # the last two only beside the limit
WHEN = ("extended", "expedited", "due_on_free_day")  # the last only beside the limit
WAYS = ("after", "before")
FALLS = ("end_of_day", "start_of_day")
TOLD = ("complete", "extended", "paused", "expedited")


class Rule(NamedTuple):
    """So many units after or before something. ``tentative``: by another reading of an open question than ours."""

    id: str
    says: str
    amount: int
    unit: str
    starts: str
    way: str
    falls: str
    counts_first_day: bool
    stops: bool
    when: str | None
    begins: date | None
    ends: date | None
    tentative: bool
    confidence: str
    cites: tuple[Cite, ...]

    def in_force(self, on: date) -> bool:
        """Whether it was the rule for what came on that day."""
        return (self.begins is None or self.begins <= on) and (self.ends is None or on <= self.ends)


class RuleSet(NamedTuple):
    """The rules for some programmes, and what is worth knowing beside the limit."""

    id: str
    programmes: tuple[str, ...]
    but_not: tuple[str, ...]
    unless_named: bool
    rules: tuple[Rule, ...]
    beside: tuple[Rule, ...]

    def is_for(self, programme: str) -> bool:
        """Whether the programme's requests are counted by these."""
        return programme not in self.but_not and any(fnmatchcase(programme, each) for each in self.programmes)


class Clock(NamedTuple):
    """One clock. ``told``: what beside the receipt may be told of a case, whether or not it changes anything."""

    id: str
    says: str
    received: str
    told: tuple[str, ...]
    cutoff: bool
    sets: tuple[RuleSet, ...]


def read_clock(name: str, document: dict[str, Any], parameters: Mapping[str, Any], grades: dict[str, str]) -> Clock:
    """The clock of that name, from the checked document, under the readings of a plan's open questions."""
    clocks = document["clocks"]
    if name not in clocks:
        problem, why = f"{name[:60]} is not a clock we know", "a limit for something else would mislead"
        raise Refused(
            Problem("unknown_clock", problem, why, "use a known clock", Where("CLOCK"), nearest(name, clocks))
        )
    data = clocks[name]
    sets = (_rule_set(each, {**document, **data, **each}, parameters, grades) for each in data["sets"])
    told = tuple(data.get("told", ()))
    return Clock(name, data["says"], data["received"], told, data.get("cutoff", False), tuple(sets))


def _rule_set(
    data: dict[str, Any], above: dict[str, Any], parameters: Mapping[str, Any], grades: dict[str, str]
) -> RuleSet:
    def rules(key: str) -> tuple[Rule, ...]:
        made = (_rule(each, {**above, **each}, parameters, grades) for each in data.get(key, ()))
        return tuple(each for each in made if each)

    return RuleSet(
        data["id"],
        tuple(data["programmes"]),
        tuple(data.get("but_not", ())),
        data.get("unless_named", False),
        rules("rules"),
        rules("beside"),
    )


def _rule(
    data: dict[str, Any], told: dict[str, Any], parameters: Mapping[str, Any], grades: dict[str, str]
) -> Rule | None:
    """None when the plan has settled the open question otherwise. ``told``: the same with what stands above it."""
    counts_first_day = data.get("counts_first_day", False)
    question = parameters[data["reading"]] if "reading" in data else {"readings": [counts_first_day]}
    if counts_first_day not in question["readings"]:
        return None
    cites = tuple(cite(each) for each in told.get("cites", ()))
    return Rule(
        id=data["id"],
        says=data["says"],
        amount=data["amount"],
        unit=data["unit"],
        starts=data.get("starts", "received"),
        way=data.get("way", "after"),
        falls=data.get("falls", "end_of_day"),
        counts_first_day=counts_first_day,
        stops=data.get("stops", False),
        when=data.get("when"),
        begins=as_day(told.get("from")),
        ends=as_day(told.get("to")),
        tentative=counts_first_day != question.get("default", counts_first_day),
        confidence=confidence(told["mark"], cites, grades),
        cites=cites,
    )


def set_for(clock: Clock, programme: str | None) -> RuleSet:
    """The rules for a programme; without one, those that the policy names for it."""
    for each in clock.sets:
        if each.unless_named if programme is None else each.is_for(programme):
            return each
    problem = f"{clock.id} does not run for {programme}"
    allowed = tuple(pattern for each in clock.sets for pattern in each.programmes)
    why, do = "another clock may, and its limit is another", "ask for the clock of that programme"
    raise Refused(Problem("not_this_programme", problem, why, do, Where("--programme"), allowed))
