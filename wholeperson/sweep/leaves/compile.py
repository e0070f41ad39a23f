"""The statements of a run, in order: each makes one table from those before it, the last is every member's state."""

from collections.abc import Iterator
from functools import reduce
from itertools import groupby
from typing import NamedTuple

import ibis
from ibis.expr.types import Table, Value

from wholeperson.sweep.leaves import count, days, facts, lasting, smalls
from wholeperson.sweep.leaves.asked import Asked, covered_name
from wholeperson.sweep.leaves.atoms import Leaf, event_of, fact_atom
from wholeperson.sweep.leaves.coding import encode, encode_silence
from wholeperson.sweep.leaves.derive import Derivation
from wholeperson.sweep.leaves.expressions import NO, NOT_KNOWN, YES, by_class, table
from wholeperson.sweep.leaves.layout import Bits
from wholeperson.sweep.leaves.plan import Plan, birthday_columns, latest_birth
from wholeperson.sweep.leaves.windows import Days

PARTS = {
    "count": count.count_parts, "days": days.days_parts, "during": lasting.lasting_parts,
    "ended": lasting.ended_parts, "enrolled_in": lasting.lasting_parts, "authorized_for": lasting.lasting_parts,
}  # fmt: skip
ANSWERS = {
    "count": count.count_answer, "days": days.days_answer, "during": lasting.lasting_answer,
    "ended": lasting.ended_answer, "enrolled_in": lasting.lasting_answer, "authorized_for": lasting.lasting_answer,
}  # fmt: skip

Covered = list[Days | None]


class Stage(NamedTuple):
    """One table and the expression that makes it."""

    name: str
    expression: Table


def compiled(plan: Plan) -> list[Stage]:
    """Every stage of the run; the last is ``state``: no, w0, w1, …"""
    asked = tuple(_asked(plan))
    people = Stage("people", _people(birthday_columns(plan)))
    parts = list(_parts(plan, asked, people))
    stages = [people, *parts]
    windows = list(_covered_windows(asked))
    stages += [Stage("covered", _covered(plan, windows, people))] if windows else []
    stages += [Stage(days.since_name(each), _covered_since(each, parts)) for each in asked if _is_longest(each)]
    stages += [Stage("fact_words", facts.fact_words(plan))] if facts.words_of_facts(plan) else []
    return [*stages, Stage("state", _state(plan, asked, stages, windows))]


def _asked(plan: Plan) -> Iterator[Asked]:
    store = plan.store
    for at, leaf in enumerate(plan.atoms.leaves.values()):
        if leaf.op != "age":
            event = plan.policy.events[event_of(leaf)]
            yield Asked(leaf, f"l{at}", event, plan.calendar, store.words, store.sources, plan.groups)


def _people(births: list[str]) -> Table:
    members = table("members").select("no", "birth", klass="complete_class")
    if not births:
        return members
    known = facts.small("births", dict.fromkeys(births, "int32")).rename(born="birth")
    joined = members.left_join(known, members.birth == known.born)
    return joined.select("no", "birth", "klass", *births)


def made(stage: Stage) -> Table:
    """The table that a stage left."""
    return ibis.table(stage.expression.schema(), name=stage.name)


# ── what each event adds up to ───────────────────────────────────────────────────────────────────────────────────────


def _parts(plan: Plan, leaves: tuple[Asked, ...], people: Stage) -> Iterator[Stage]:
    derivation = Derivation(plan.policy, plan.calendar.today, plan.store.events, plan.store.words)
    by_event = sorted(leaves, key=lambda asked: asked.event.name)
    for name, listed in groupby(by_event, key=lambda asked: asked.event.name):
        asked = list(listed)
        rows = derivation.of(name).join(made(people).drop("birth"), "no")
        for each in asked:
            rows = days.prepared(each, rows)
        found: dict[str, Value] = {}
        for each in asked:
            found |= PARTS[each.leaf.op](each, rows)
        yield Stage(f"parts_{name}", rows.group_by("no").agg(**found))


# ── coverage ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _covered_windows(leaves: tuple[Asked, ...]) -> Iterator[Covered]:
    """The distinct windows, class by class, that coverage must last through."""
    seen = set()
    for asked in leaves:
        for windows in _windows_of(asked):
            if covered_name(windows) not in seen:
                seen.add(covered_name(windows))
                yield windows


def _windows_of(asked: Asked) -> Iterator[Covered]:
    if asked.leaf.op == "count":
        yield [each.days for each in asked.calendar.closed(asked.event, asked.args)]
    if asked.leaf.op == "days" and not asked.args.get("continuous"):
        yield [asked.calendar.newest(asked.args)]
    if _is_longest(asked):
        yield [Days(asked.calendar.today, asked.calendar.today)]


def _covered(plan: Plan, windows: list[Covered], people: Stage) -> Table:
    """Of every member with coverage: the days of each window it covers."""
    rows = table("spans").join(made(people).select("no", "klass"), "no")
    return rows.group_by("no").agg(
        **{covered_name(each): _overlap(rows, *_ends(rows, each)).sum().cast("int64") for each in windows}
    )


def _ends(rows: Table, windows: Covered) -> tuple[Value, Value]:
    spread = windows if len(windows) > 1 else [windows[0]]
    return (by_class(rows.klass, [each and each.first for each in spread]),
            by_class(rows.klass, [each and each.last for each in spread]))  # fmt: skip


def _overlap(rows: Table, first: Value, last: Value) -> Value:
    shared = ibis.least(rows["last"], last) - ibis.greatest(rows["first"], first) + 1
    return ibis.cases((first.notnull() & (shared > 0), shared), else_=0)


def _covered_since(asked: Asked, parts: list[Stage]) -> Table:
    """Of every member with such spells: the days covered since the first of them."""
    own = next(each for each in parts if each.name == f"parts_{asked.event.name}")
    spells, spans = made(own), table("spans")
    today = ibis.literal(asked.calendar.today, "int32")
    rows = spans.join(spells.select("no", begins=f"{asked.name}_begins"), "no")
    overlap = _overlap(rows, rows.begins, today)
    return rows.group_by("no").agg(since=overlap.sum().cast("int64"))


def _is_longest(asked: Asked) -> bool:
    return asked.leaf.op == "days" and bool(asked.args.get("continuous"))


# ── one row a member ─────────────────────────────────────────────────────────────────────────────────────────────────


def _state(plan: Plan, asked: tuple[Asked, ...], stages: list[Stage], windows: list[Covered]) -> Table:
    member = made(stages[0])
    for stage in stages[1:]:
        own = made(stage)
        renamed = own.rename({_since_column(stage): "since"}) if "since" in own.columns else own
        member = _beside(member, renamed)
    member = member.mutate(**{covered_name(each): _lasts(plan, member, each) for each in windows})
    member = member.mutate(
        **{days.since_name(each): _lasts_since(plan, member, each) for each in asked if _is_longest(each)}
    )
    words = {f"w{word}": _word(plan, asked, member, word) for word in range(plan.words)}
    return member.select("no", **words)


def _since_column(stage: Stage) -> str:
    return f"{stage.name}_days"


def _beside(member: Table, own: Table) -> Table:
    other = own.rename(own_no="no")
    return member.left_join(other, member.no == other.own_no).drop("own_no")


def _lasts(plan: Plan, member: Table, windows: Covered) -> Value:
    lengths = [each and each.last - each.first + 1 for each in windows]
    missing = by_class(member.klass, lengths) - ibis.coalesce(member[covered_name(windows)], 0)
    return ibis.coalesce(missing <= plan.tolerated, False)


def _lasts_since(plan: Plan, member: Table, asked: Asked) -> Value:
    """Coverage since the first spell; for somebody without spells, on the day asked about."""
    today = ibis.literal(asked.calendar.today, "int32")
    first = ibis.coalesce(member[f"{asked.name}_begins"], today)
    on_the_day = member[covered_name([Days(asked.calendar.today, asked.calendar.today)])]
    missing = today - first + 1 - ibis.coalesce(member[f"{days.since_name(asked)}_days"], 0)
    return ibis.cases((member[f"{asked.name}_begins"].isnull(), on_the_day), else_=missing <= plan.tolerated)


def _word(plan: Plan, leaves: tuple[Asked, ...], member: Table, word: int) -> Value:
    own = [(key, bits) for key, bits in plan.layout.bits.items() if bits.word == word]
    asked = {each.leaf.key: each for each in leaves}
    terms = [
        _leaf(plan, plan.atoms.leaves[key], asked.get(key), member).cast("int64") * bits.factor
        for key, bits in own
        if key in plan.atoms.leaves
    ]
    if word in facts.words_of_facts(plan):
        terms.append(_facts(plan, member, word))
    return reduce(lambda one, other: one + other, terms, ibis.literal(0, "int64")).cast("int64")


def _leaf(plan: Plan, leaf: Leaf, asked: Asked | None, member: Table) -> Value:
    return ANSWERS[leaf.op](asked, member) if asked else _age(plan, leaf, member)


def _age(plan: Plan, leaf: Leaf, member: Table) -> Value:
    limits, on = leaf.args["age"], plan.calendar.on
    young = [member.birth > latest_birth(limits["at_least"], on)] if "at_least" in limits else []
    old = [member.birth <= latest_birth(limits["under"], on)] if "under" in limits else []
    return ibis.cases((member.birth.isnull(), NOT_KNOWN), *((each, NO) for each in (*young, *old)), else_=YES)


def _facts(plan: Plan, member: Table, word: int) -> Value:
    """The word of facts, with what nobody need say: the birth date, and a no where a complete list would hold a yes."""
    said = ibis.coalesce(member[f"f{word}"], 0)
    total: Value = said
    for name in plan.atoms.facts:
        bits = plan.layout.bits[fact_atom(name)]
        if bits.word != word:
            continue
        if name == "birth_date":
            known = plan.classes[name].number(plan.calendar.on, smalls.plan_case(plan))
            state = encode(plan.bits[name], known) * bits.factor
            total = total + ibis.cases((member.birth.notnull(), state), else_=0)
        elif plan.policy.facts[name].no_when_complete:
            total = total + _silence(plan, member, name, bits, said)
    return total


def _silence(plan: Plan, member: Table, name: str, bits: Bits, said: Value) -> Value:
    """Silence means no only where the fact's own source says so and is complete through the day."""
    klass = plan.classes[name].number(False, smalls.plan_case(plan))
    states = []
    for source in plan.calendar.says_no(plan.policy.facts[name].no_when_complete):
        groups = smalls.group_bit(plan, source) if source and plan.atoms.facts[name] else 0
        states.append(encode_silence(plan.bits[name], klass, groups) * bits.factor if source else 0)
    return ibis.cases(((said & bits.mask) == 0, by_class(member.klass, states).cast("int64")), else_=0)
