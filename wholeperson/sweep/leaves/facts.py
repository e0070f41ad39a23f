"""What is known of each fact, as columns: what was said, and what records say where nobody did."""

from collections.abc import Iterator
from functools import reduce
from operator import or_
from typing import Any, Final

import ibis
from ibis.expr.types import Table, Value

from wholeperson.rules.calendar import back, span
from wholeperson.rules.reading.library import Fact
from wholeperson.sweep.leaves import smalls
from wholeperson.sweep.leaves.atoms import fact_atom
from wholeperson.sweep.leaves.coding import encode
from wholeperson.sweep.leaves.expressions import small, table
from wholeperson.sweep.leaves.plan import Plan
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
    lists = _lists_of_codes(plan)
    rows = ibis.table({"no": "int32", "lists": "int64"}, name="diagnosed")
    if rule["codes"] not in plan.store.sets:
        return rows.filter(ibis.literal(False))
    return rows.filter((rows.lists & (1 << lists.index(_within(plan, rule)))) != 0)


def _within(plan: Plan, rule: dict[str, Any]) -> tuple[int, int]:
    """The bit of the rule's list of codes, and the first day on which a diagnosis still speaks."""
    told = rule["within"]
    told = plan.policy.parameters[told["parameter"]]["default"] if isinstance(told, dict) else told
    length = span(str(told))
    return 1 << plan.store.sets.index(rule["codes"]), number(back(plan.calendar.on, length)) if length else BEFORE


def _lists_of_codes(plan: Plan) -> list[tuple[int, int]]:
    rules = [rule for name in plan.atoms.facts for rule in plan.policy.facts[name].evidence if "codes" in rule]
    return sorted({_within(plan, rule) for rule in rules if rule["codes"] in plan.store.sets})


def diagnosed(plan: Plan) -> Table:
    """Of every member with such a diagnosis: the lists of codes that speak of the day, one bit each. Read once."""
    rows, lists = table("diagnoses"), _lists_of_codes(plan)
    until = ibis.coalesce(rows.ends, rows.begins)
    every = reduce(or_, (bit for bit, _ in lists), 0)
    rows = rows.filter(((rows.sets & every) != 0) & (rows.begins <= plan.calendar.today))
    found: Value = ibis.literal(0, "int64")
    for at, (bit, first) in enumerate(lists):
        found = found + ibis.cases((((rows.sets & bit) != 0) & (until >= first), 1 << at), else_=0).cast("int64")
    return rows.group_by("no").agg(lists=together(found))


_EVIDENCE = {"aid_codes": _aid_code, "fact": _other_fact, "codes": _diagnosis}


def fact_words(plan: Plan, said: Table) -> Table | None:
    """Of every member somebody spoke of: the words of the state that hold facts (f…), and which bits of them belong to
    facts spoken of (k…). None where nobody spoke of anything.
    """
    told = {name for _, name, _ in plan.values} & set(plan.atoms.facts)
    return _in_words(said, smalls.words_of_facts(plan, told), "f", "k") if told else None


def shown_words(plan: Plan) -> Table | None:
    """The same of what records show, whether or not somebody spoke of it (e…, m…); None where there are none."""
    found = unspoken(plan)
    if not found:
        return None
    rows = reduce(lambda one, other: one.union(other), found)
    rows = rows.group_by("no", "fact").agg(said=(rows.priority * PRIORITY + rows.state).min())
    return _in_words(rows.mutate(state=rows.said % PRIORITY), smalls.words_of_facts(plan, _shown(plan)), "e", "m")


def _in_words(rows: Table, words: list[int], bits: str, mask: str) -> Table:
    rows = rows.join(small("fact_codes"), "fact")
    found = {f"{bits}{word}": _in_word(rows, word, rows.state * rows.factor) for word in words}
    found |= {f"{mask}{word}": _in_word(rows, word, rows.mask) for word in words}
    return rows.group_by("no").agg(**found)


def _in_word(rows: Table, word: int, bits: Value) -> Value:
    """No two facts share a bit, so that putting their bits together adds them up."""
    return together(ibis.cases((rows.word == word, bits), else_=0).cast("int64"))


def _bits(of: int) -> int:
    return of


# Every engine has it, and not every compiler knows: bits of a group's rows put together.
together = ibis.udf.agg.builtin(_bits, name="bit_or")


# ── what stands beside every member already ──────────────────────────────────────────────────────────────────────────


def _by_codes_alone(plan: Plan, name: str) -> bool:
    rules = plan.policy.facts[name].evidence
    return bool(rules) and name != RACE and all("codes" in rule for rule in rules)


def records_beside(plan: Plan, member: Table, word: int) -> Iterator[tuple[Value, Value]]:
    """What the record of race and diagnoses show, as bits of a word of the state, and which bits those facts have."""
    for name in plan.atoms.facts:
        place = plan.layout.bits[fact_atom(name)]
        if place.word == word and name == RACE:
            known = ibis.coalesce(member.race, 0)
            yield known * place.factor, ibis.cases((known > 0, place.mask), else_=0).cast("int64")
        elif place.word == word and _by_codes_alone(plan, name):
            told = list(_diagnosed(plan, name, ibis.coalesce(member.lists, 0)))
            if told:
                bits = ibis.cases(*((holds, state * place.factor) for holds, state in told), else_=0)
                held = ibis.cases(*((holds, place.mask) for holds, _ in told), else_=0)
                yield bits.cast("int64"), held.cast("int64")


def _diagnosed(plan: Plan, name: str, lists: Value) -> Iterator[tuple[Value, int]]:
    """When a diagnosis shows the fact, and the state that it then has; the first that holds counts."""
    fact = plan.policy.facts[name]
    for rule in fact.evidence:
        if rule["codes"] in plan.store.sets:
            bit = 1 << _lists_of_codes(plan).index(_within(plan, rule))
            yield (lists & bit) != 0, _state_of_evidence(plan, fact, rule, "codes")
