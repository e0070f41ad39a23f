"""What is known of each fact, as columns: what was said, and what records say where nobody did."""

from collections.abc import Iterator
from functools import reduce
from operator import add, or_
from typing import Any, Final

import ibis
from ibis.expr.types import Table, Value

from wholeperson.rules.calendar import back, span
from wholeperson.rules.reading.library import Fact
from wholeperson.sweep.leaves import smalls
from wholeperson.sweep.leaves.atoms import fact_atom
from wholeperson.sweep.leaves.coding import encode
from wholeperson.sweep.leaves.expressions import small, table, together
from wholeperson.sweep.leaves.plan import Plan, said_otherwise
from wholeperson.sweep.leaves.smalls import group_bit, plan_case
from wholeperson.sweep.store.schema import BEFORE, number

PRIORITY: Final = 1 << 40  # a state takes less; the first to speak is the smallest
RACE: Final = "race_ethnicity"


def unspoken(plan: Plan) -> list[Table]:
    """What records say of facts that nobody spoke of: tables (no, fact, state, priority); but for what stands beside
    every member already: the one record of race, and facts that diagnoses alone can show.
    """
    found = []
    for name in _shown(plan):
        at = list(plan.atoms.facts).index(name)
        for priority, rule in enumerate(plan.policy.facts[name].evidence, 2):
            kind = next(key for key in _EVIDENCE if key in rule)
            rows = _EVIDENCE[kind](plan, rule)
            state = _state_of_evidence(plan, plan.policy.facts[name], rule, kind)
            found.append(_as_state(rows, at, state, priority))
    return found


def _shown(plan: Plan) -> list[str]:
    facts = plan.policy.facts
    return [name for name in plan.atoms.facts if facts[name].evidence and not _by_codes_alone(plan, name)]


def _as_state(rows: Table, fact: int, state: Value | int, priority: int) -> Table:
    return rows.select(
        "no",
        fact=ibis.literal(fact, "int16"),
        state=ibis.literal(state, "int64") if isinstance(state, int) else state,
        priority=ibis.literal(priority, "int64"),
    )


def _state_of_evidence(plan: Plan, fact: Fact, rule: dict[str, Any], kind: str) -> int:
    source = "enrolment" if kind == "aid_codes" else "claims"
    klass = plan.classes[fact.name].number(True, plan_case(plan))
    groups = group_bit(plan, source) if plan.atoms.facts[fact.name] else 0
    return encode(plan.bits[fact.name], klass, groups=groups, tentative=rule.get("mark") != "source-verified")


def _other_fact(plan: Plan, rule: dict[str, Any]) -> Table:
    today = plan.calendar.today
    true = [code for code, name, value in plan.values if name == rule["fact"] and value is True]
    rows = table("statements")
    return rows.filter(
        rows.value.isin(true or [-1])
        & (rows.begins.isnull() | (rows.begins <= today))
        & (rows.ends.isnull() | (rows.ends >= today))
    )


def _aid_code(plan: Plan, rule: dict[str, Any]) -> Table:
    today = plan.calendar.today
    listed = plan.policy.documents.codes.get("aid_codes", ())
    wanted = sorted({row["code"] for row in listed if row["group"] == rule["aid_codes"]})
    rows = table("coverage")
    return rows.filter(
        rows.aid_code.isin(wanted or [""]) & (ibis.coalesce(rows.begins, BEFORE) <= today) & (rows.ends >= today)
    )


def _diagnosis(plan: Plan, rule: dict[str, Any]) -> Table:
    rows = ibis.table({"no": "int32", "lists": "int64"}, name="diagnosed")
    if rule["codes"] not in plan.store.sets:
        return rows.filter(ibis.literal(False))
    return rows.filter((rows.lists & _bit(plan, rule)) != 0)


def _first_day(plan: Plan, rule: dict[str, Any]) -> int:
    """The first day on which a diagnosis still speaks."""
    told = rule["within"]
    told = plan.policy.parameters[told["parameter"]]["default"] if isinstance(told, dict) else told
    length = span(str(told))
    return number(back(plan.calendar.on, length)) if length else BEFORE


def _lists_by_day(plan: Plan) -> dict[int, int]:
    """The first days from which diagnoses speak, in order, and the lists of codes that each is asked of, as bits."""
    found: dict[int, int] = {}
    rules = [rule for name in plan.atoms.facts for rule in plan.policy.facts[name].evidence if "codes" in rule]
    for rule in rules:
        if rule["codes"] in plan.store.sets:
            day = _first_day(plan, rule)
            found[day] = found.get(day, 0) | 1 << plan.store.sets.index(rule["codes"])
    return dict(sorted(found.items()))


def _bit(plan: Plan, rule: dict[str, Any]) -> int:
    """Where ``diagnosed`` says that the rule's list of codes speaks."""
    at = list(_lists_by_day(plan)).index(_first_day(plan, rule))
    return 1 << (at * len(plan.store.sets) + plan.store.sets.index(rule["codes"]))


def diagnosed(plan: Plan) -> Table:
    """Of every member with such a diagnosis: the lists of codes that speak of the day, one bit each. Read once."""
    rows, lists = table("diagnoses"), _lists_by_day(plan)
    until = ibis.coalesce(rows.ends, rows.begins)
    every = reduce(or_, lists.values(), 0)
    rows = rows.filter(((rows.sets & every) != 0) & (rows.begins <= plan.calendar.today))
    found: Value = ibis.literal(0, "int64")
    for at, (first, bits) in enumerate(lists.items()):
        told = (rows.sets & bits) * (1 << at * len(plan.store.sets))
        found = found + (told if first == BEFORE else ibis.cases((until >= first, told), else_=0))
    return rows.group_by("no").agg(lists=together(found))


_EVIDENCE = {"aid_codes": _aid_code, "fact": _other_fact, "codes": _diagnosis}


def fact_words(plan: Plan, said: Table) -> Table | None:
    """Of every member somebody spoke of: the words of the state that hold facts (f…), and which bits of them belong to
    facts spoken of (k…), where others may speak of them too. None where nobody spoke of anything.
    """
    told = {name for _, name, _ in plan.values} & set(plan.atoms.facts)
    otherwise = smalls.words_of_facts(plan, (name for name in told if said_otherwise(plan.policy.facts[name])))
    return _in_words(said, {"f": smalls.words_of_facts(plan, told), "k": otherwise}) if told else None


def shown_words(plan: Plan) -> Table | None:
    """The same of what records show, whether or not somebody spoke of it (e…, m…); None where there are none."""
    found = unspoken(plan)
    if not found:
        return None
    rows = reduce(lambda one, other: one.union(other), found)
    rows = rows.group_by("no", "fact").agg(said=(rows.priority * PRIORITY + rows.state).min())
    words = smalls.words_of_facts(plan, _shown(plan))
    return _in_words(rows.mutate(state=rows.said % PRIORITY), {"e": words, "m": words})


def _in_words(rows: Table, words: dict[str, list[int]]) -> Table:
    """Of every member: the bits of those words, named by the first of the two letters, and their masks by the other."""
    rows = rows.join(small("fact_codes"), "fact")
    values = zip(words.items(), (rows.state * rows.factor, rows.mask), strict=True)
    found = {f"{name}{word}": _in_word(rows, word, value) for (name, listed), value in values for word in listed}
    return rows.group_by("no").agg(**found)


def _in_word(rows: Table, word: int, bits: Value) -> Value:
    """No two facts share a bit, so that putting their bits together adds them up."""
    return together(ibis.cases((rows.word == word, bits), else_=0).cast("int64"))


# ── what stands beside every member already ──────────────────────────────────────────────────────────────────────────


def _by_codes_alone(plan: Plan, name: str) -> bool:
    rules = plan.policy.facts[name].evidence
    return bool(rules) and name != RACE and all("codes" in rule for rule in rules)


def by_lists(plan: Plan) -> Table:
    """For every set of lists that some member has: the bits of words of the state that diagnoses show (c…), and the
    bits which those facts have (x…).
    """
    rows = ibis.table({"no": "int32", "lists": "int64"}, name="diagnosed").select("lists").distinct()
    told = {word: list(_by_codes(plan, rows.lists, word)) for word in words_by_codes(plan)}
    columns = {f"{name}{word}": reduce(add, (each[at] for each in found))
               for word, found in told.items() for at, name in enumerate("cx")}  # fmt: skip
    return rows.select(of_lists="lists", **columns)


def words_by_codes(plan: Plan) -> list[int]:
    """The words of the state that hold facts which diagnoses alone can show."""
    told = [rule["codes"] for name in _of_codes(plan) for rule in plan.policy.facts[name].evidence]
    return smalls.words_of_facts(plan, _of_codes(plan)) if set(told) & set(plan.store.sets) else []


def _of_codes(plan: Plan) -> list[str]:
    return [name for name in plan.atoms.facts if _by_codes_alone(plan, name)]


def _by_codes(plan: Plan, lists: Value, word: int) -> Iterator[tuple[Value, Value]]:
    yield ibis.literal(0, "int64"), ibis.literal(0, "int64")
    for name in _of_codes(plan):
        place = plan.layout.bits[fact_atom(name)]
        told = list(_diagnosed(plan, name, lists)) if place.word == word else []
        if told:
            bits = ibis.cases(*((holds, state * place.factor) for holds, state in told), else_=0)
            held = ibis.cases(*((holds, place.mask) for holds, _ in told), else_=0)
            yield bits.cast("int64"), held.cast("int64")


def of_race(plan: Plan, member: Table, word: int) -> tuple[Value, Value] | None:
    """What the record of race shows in a word of the state, and which bits it has."""
    place = plan.layout.bits[fact_atom(RACE)] if RACE in plan.atoms.facts else None
    if place is None or place.word != word:
        return None
    known = ibis.coalesce(member.race, 0)
    return known * place.factor, ibis.cases((known > 0, place.mask), else_=0).cast("int64")


def _diagnosed(plan: Plan, name: str, lists: Value) -> Iterator[tuple[Value, int]]:
    """When a diagnosis shows the fact, and the state that it then has; the first that holds counts."""
    fact = plan.policy.facts[name]
    for rule in fact.evidence:
        if rule["codes"] in plan.store.sets:
            yield (lists & _bit(plan, rule)) != 0, _state_of_evidence(plan, fact, rule, "codes")
