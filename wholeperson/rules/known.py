"""What is known of one fact on one day: who said it, who is believed, and whether somebody says otherwise."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from wholeperson.rules.calendar import back, span
from wholeperson.rules.person import Happening, Person, Statement
from wholeperson.rules.reading.library import Fact, Policy

# Who showed something: the kind of source, its id or the person who attested, and the day.
Source = tuple[str | None, str | None, date | None]


@dataclass(frozen=True, slots=True)
class Known:
    """A value and who gave it. ``others``: other values. ``tentative``: it rests on a code choice nobody confirmed.

    ``silent``: nobody said it; a complete source that would hold it does not.
    """

    value: Any
    sources: tuple[Source, ...] = ()
    others: tuple[Any, ...] = ()
    tentative: bool = False
    silent: bool = False


def find_known(
    fact: Fact, said: Iterable[Statement], person: Person, policy: Policy, on: date, known_at: date
) -> Known | None:
    """The fact's value, or None when it is not known.

    Of one source the latest word counts. Of several the strongest by the fact's ``proof`` order wins, then the latest
    learnt. Where the plan's own records govern, they alone are heard.
    """
    said = [each for each in said if each.holds(on, known_at)]
    if fact.governed_by and any(each.source in fact.governed_by for each in said):
        said = [each for each in said if each.source in fact.governed_by]
    if said:
        return _believed(fact, list(_latest_of_each(said)))
    return _from_the_person(fact, person) or _evidence(fact, person, policy, on) or _absence(fact, person, on)


def _latest_of_each(said: list[Statement]) -> Iterator[Statement]:
    by_source: dict[str | None, Statement] = {}
    for each in said:
        best = by_source.get(each.source)
        if best is None or _lateness(each) > _lateness(best):
            by_source[each.source] = each
    yield from by_source.values()


def _lateness(said: Statement) -> tuple[date, date, str]:
    # The value comes last so that the order of equal statements never matters.
    return (said.learnt or date.min, said.begins or date.min, str(said.value))


def _believed(fact: Fact, said: list[Statement]) -> Known:
    def rank(each: Statement) -> tuple[int, int, str]:
        place = fact.proof.index(each.source) if each.source in fact.proof else len(fact.proof)
        return (place, -(each.learnt or date.min).toordinal(), str(each.value))

    said.sort(key=rank)
    first = said[0]
    others = tuple(each.value for each in said[1:] if each.value != first.value)
    return Known(first.value, tuple((each.source, each.attested_by, each.learnt or each.begins) for each in said
                                    if each.value == first.value), others)  # fmt: skip


def _from_the_person(fact: Fact, person: Person) -> Known | None:
    if fact.name == "birth_date" and person.birth_date:
        return Known(person.birth_date, (("enrolment", None, None),))
    if fact.name == "race_ethnicity" and person.race_ethnicity:
        return Known(person.race_ethnicity, (("enrolment", None, None),))
    return None


def _absence(fact: Fact, person: Person, on: date) -> Known | None:
    """Silence means *no* only where the fact's own source says so and is complete through the day."""
    for each in person.complete:
        if each.event is None and each.source in fact.no_when_complete and each.begins <= on <= each.through:
            return Known(False, ((each.source, None, each.through),), silent=True)
    return None


def _evidence(fact: Fact, person: Person, policy: Policy, on: date) -> Known | None:
    """Codes speak only where nobody has, and only for yes."""
    for rule in fact.evidence:
        found = _EVIDENCE[next(key for key in _EVIDENCE if key in rule)](rule, person, policy, on)
        if found:
            return Known(True, (found,), (), rule.get("mark") != "source-verified")
    return None


def _other_fact(rule: dict[str, Any], person: Person, policy: Policy, on: date) -> Source | None:
    """Another fact that, when true, carries this one."""
    for each in person.statements:
        if each.fact == rule["fact"] and each.value is True and each.holds(on, date.max):
            return (each.source, each.attested_by, each.learnt or each.begins)
    return None


def _aid_code(rule: dict[str, Any], person: Person, policy: Policy, on: date) -> Source | None:
    rows = policy.documents.codes.get("aid_codes", ())
    wanted = {row["code"] for row in rows if row["group"] == rule["aid_codes"]}
    for each in person.coverage:
        if each.aid_code in wanted and each.covers(on):
            return ("enrolment", each.aid_code, each.begins)
    return None


def _diagnosis(rule: dict[str, Any], person: Person, policy: Policy, on: date) -> Source | None:
    length = span(str(_settled(rule["within"], policy)))
    first = back(on, length) if length else date.min
    for each in person.happenings:
        last = each.ends if each.ends is not None else each.begins
        if each.event == "diagnosis" and each.begins <= on and last >= first and _codes_match(each, rule, policy):
            return (each.source, each.id, each.begins)
    return None


_EVIDENCE = {"aid_codes": _aid_code, "fact": _other_fact, "codes": _diagnosis}


def _codes_match(happening: Happening, rule: dict[str, Any], policy: Policy) -> bool:
    code = happening.attributes.get("code")
    return isinstance(code, str) and in_code_set(code, policy.codes(rule["codes"], happening.begins))


def in_code_set(code: str, codes: Iterable[str]) -> bool:
    """Whether a code is in the set; a trailing * stands for the code and all below it. Dots do not matter."""
    plain = code.replace(".", "").upper()
    for each in codes:
        wanted = each.replace(".", "").upper()
        if plain.startswith(wanted[:-1]) if wanted.endswith("*") else plain == wanted:
            return True
    return False


def _settled(value: Any, policy: Policy) -> Any:
    return policy.parameters[value["parameter"]]["default"] if isinstance(value, dict) else value
