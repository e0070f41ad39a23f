"""What is known of each fact, as columns: who is believed, who says otherwise, and what codes say where nobody did."""

from functools import reduce
from typing import Any, Final

import ibis
from ibis.expr.types import Table, Value

from wholeperson.rules.calendar import back, span
from wholeperson.rules.reading.library import Fact
from wholeperson.sweep.leaves.atoms import fact_atom
from wholeperson.sweep.leaves.coding import encode
from wholeperson.sweep.leaves.expressions import table, whether
from wholeperson.sweep.leaves.plan import Plan
from wholeperson.sweep.leaves.smalls import SMALL, group_bit, plan_case
from wholeperson.sweep.store.schema import BEFORE, number

PRIORITY: Final = 1 << 40  # a state takes less; the first to speak is the smallest


def small(name: str, more: dict[str, str] | None = None) -> Table:
    """A table that the run itself writes down before it starts."""
    return ibis.table({**SMALL[name], **(more or {})}, name=name)


def spoken(plan: Plan) -> Table:
    """Of every member and fact that somebody spoke of: the state (no, fact, state)."""
    rows = _ranked(_last_words(_heard(plan)))
    first = rows.place_in_line == 0
    differs = rows.value != rows.believed
    new_class = ibis.row_number().over(
        ibis.window(group_by=[rows.no, rows.fact, rows.klass, differs], order_by=rows.place_in_line)
    )
    another = differs & (new_class == 0) & (rows.klass != rows.believed_class)
    rows = rows.mutate(other=ibis.cases((another, rows.power), else_=0).cast("int64"))
    found = rows.group_by("no", "fact").agg(
        first=(ibis.cases((first, rows.klass.cast("int64") + 1), else_=0)).max(),
        others=rows.other.sum().cast("int64"),
        **{f"g{group}": whether((rows.grp == group) & ~differs).max() for group in range(1, plan.groups.count + 1)},
    )
    codes = small("fact_codes")
    found = found.join(codes, "fact")
    groups: Value = reduce(lambda one, group: one + (1 << (group - 1)) * found[f"g{group}"],
                           range(1, plan.groups.count + 1), ibis.literal(0, "int64"))  # fmt: skip
    state = found["first"] + found.others * found.others_factor + groups * found.groups_factor
    return found.select("no", "fact", state=state.cast("int64"))


def _heard(plan: Plan) -> Table:
    """The statements that speak of the day; where the plan's own records govern, they alone."""
    today = plan.calendar.today
    rows = table("statements")
    rows = rows.filter((rows.begins.isnull() | (rows.begins <= today)) & (rows.ends.isnull() | (rows.ends >= today)))
    rows = rows.join(small("value_codes"), "value")
    rows = rows.mutate(source_no=ibis.coalesce(rows.source, -1).cast("int16"),
                       learnt_day=ibis.coalesce(rows.learnt, BEFORE),
                       begins_day=ibis.coalesce(rows.begins, BEFORE))  # fmt: skip
    ranks = small("said_by").rename(source_no="source", of_fact="fact")
    rows = rows.join(ranks, (rows.fact == ranks.of_fact, rows.source_no == ranks.source_no))
    rows = rows.select("no", "fact", "value", "klass", "power", "alphabet", "place", "governs", "grp", "source_no",
                       "learnt_day", "begins_day")  # fmt: skip
    if not any(plan.policy.facts[name].governed_by for name in plan.atoms.facts):
        return rows
    governed = rows.governs.max().over(ibis.window(group_by=[rows.no, rows.fact]))
    return rows.mutate(governed=governed).filter(lambda row: row.governs == row.governed)


def _last_words(rows: Table) -> Table:
    """Of one source the latest word counts."""
    late = ibis.window(
        group_by=[rows.no, rows.fact, rows.source_no],
        order_by=[rows.learnt_day.desc(), rows.begins_day.desc(), rows.alphabet.desc()],
    )
    return rows.mutate(older=ibis.row_number().over(late)).filter(lambda row: row.older == 0)


def _ranked(rows: Table) -> Table:
    """Of several sources the strongest is believed, then the latest learnt."""
    line = ibis.window(group_by=[rows.no, rows.fact], order_by=[rows.place, rows.learnt_day.desc(), rows.alphabet])
    return rows.mutate(
        place_in_line=ibis.row_number().over(line),
        believed=rows.value.first().over(line),
        believed_class=rows.klass.first().over(line),
    )


def unspoken(plan: Plan) -> list[Table]:
    """What records say of facts that nobody spoke of: tables (no, fact, state, priority)."""
    found = []
    for at, name in enumerate(plan.atoms.facts):
        if name == "race_ethnicity":
            found.append(_from_members(at))
        for priority, rule in enumerate(plan.policy.facts[name].evidence, 2):
            kind = next(key for key in _EVIDENCE if key in rule)
            rows = _EVIDENCE[kind](plan, rule)
            state = _state_of_evidence(plan, plan.policy.facts[name], rule, kind)
            found.append(_as_state(rows, at, state, priority))
    return found


def _as_state(rows: Table, fact: int, state: Value | int, priority: int) -> Table:
    return rows.select(
        "no",
        fact=ibis.literal(fact, "int16"),
        state=ibis.literal(state, "int64") if isinstance(state, int) else state,
        priority=ibis.literal(priority, "int64"),
    )


def _from_members(at: int) -> Table:
    members = table("members").select("no", "race_ethnicity")
    rows = members.join(small("races"), "race_ethnicity")
    return _as_state(rows, at, rows.state, 1)


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
    told = rule["within"]
    told = plan.policy.parameters[told["parameter"]]["default"] if isinstance(told, dict) else told
    length = span(str(told))
    first = number(back(plan.calendar.on, length)) if length else BEFORE
    rows = table("diagnoses")
    if rule["codes"] not in plan.store.sets:
        return rows.filter(ibis.literal(False))
    bit = 1 << plan.store.sets.index(rule["codes"])
    until = ibis.coalesce(rows.ends, rows.begins)
    return rows.filter(((rows.sets & bit) != 0) & (rows.begins <= plan.calendar.today) & (until >= first))


_EVIDENCE = {"aid_codes": _aid_code, "fact": _other_fact, "codes": _diagnosis}


def fact_words(plan: Plan) -> Table:
    """Of every member somebody or some record spoke of: the words of the state that hold facts."""
    rows = spoken(plan).mutate(priority=ibis.literal(0, "int64"))
    for each in unspoken(plan):
        rows = rows.union(each)
    rows = rows.group_by("no", "fact").agg(said=(rows.priority * PRIORITY + rows.state).min())
    rows = rows.mutate(state=rows.said % PRIORITY).join(small("fact_codes"), "fact")
    return rows.group_by("no").agg(**{f"f{word}": _in_word(rows, word) for word in words_of_facts(plan)})


def _in_word(rows: Table, word: int) -> Value:
    own = ibis.cases((rows.word == word, rows.state * rows.factor), else_=0).cast("int64")
    return own.sum().cast("int64")


def words_of_facts(plan: Plan) -> list[int]:
    """The words in which some fact lies."""
    found = {plan.layout.bits[fact_atom(name)].word for name in plan.atoms.facts}
    return sorted(word for word in found if word < plan.words)
