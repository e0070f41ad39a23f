"""The words of every member's state, made of what the stages before found.

Most members have nothing on record of most events. What a leaf answers of nobody's rows depends on what is complete and
covered alone: it is worked out once for each such standing (``quiet``), and member by member only where there are rows
(``loud``: by how much their answers differ from those).
"""

from collections.abc import Iterator
from functools import reduce
from operator import add

import ibis
from ibis.expr.types import Table, Value

from wholeperson.sweep.leaves import count, days, facts, lasting, smalls
from wholeperson.sweep.leaves.asked import Asked, covered_name
from wholeperson.sweep.leaves.atoms import Leaf, fact_atom
from wholeperson.sweep.leaves.coding import encode
from wholeperson.sweep.leaves.expressions import NO, NOT_KNOWN, YES, by_class, small
from wholeperson.sweep.leaves.layout import Bits
from wholeperson.sweep.leaves.plan import Plan, latest_birth
from wholeperson.sweep.leaves.stages import Stage
from wholeperson.sweep.leaves.windows import Days

ANSWERS = {
    "count": count.count_answer, "days": days.days_answer, "during": lasting.lasting_answer,
    "ended": lasting.ended_answer, "enrolled_in": lasting.lasting_answer, "authorized_for": lasting.lasting_answer,
}  # fmt: skip

Covered = list[Days | None]


def words_of_members(
    plan: Plan, asked: tuple[Asked, ...], before: list[Stage], windows: list[Covered]
) -> Iterator[Stage]:
    """The last stages, made of those before; the last of all is ``state``: no, w0, w1, …"""
    tables = {each.name: each.made for each in before}
    told = [each for each in asked if not _personal(each)]
    parts = [
        (rows, [each for each in told if _has_parts(rows, each)]) for name, rows in tables.items() if _is_parts(name)
    ]
    standing = Stage("standing", _standing(plan, tables, windows))
    yield standing
    member = everybody = standing.made
    if told:
        quiet = Stage("quiet", _quiet(plan, everybody, [rows for rows, _ in parts], told, windows))
        loud = Stage(
            "loud", _added_up(plan, [_differs(plan, everybody, tables, rows, own) for rows, own in parts if own])
        )
        yield from (quiet, loud)
        member = _beside(_with_quiet(member, quiet.made), loud.made)
    alone = [each for each in asked if _personal(each)]
    for name, rows in tables.items():
        if name in ("fact_words", "shown_words", "diagnosed") or (
            _is_parts(name) and any(_has_parts(rows, each) for each in alone)
        ):
            member = _beside(member, rows)
    yield Stage("state", _state(plan, alone, member))


def _is_parts(name: str) -> bool:
    return name.startswith(("parts_", "days_of_"))


def _personal(asked: Asked) -> bool:
    """Whether silence about it says something else of each: it is asked of a birthday."""
    return bool(asked.args.get("on", "today") != "today")


def _has_parts(rows: Table, asked: Asked) -> bool:
    return any(column.startswith(f"{asked.name}_") for column in rows.columns)


# ── what silence says ────────────────────────────────────────────────────────────────────────────────────────────────


def _standing(plan: Plan, tables: dict[str, Table], windows: list[Covered]) -> Table:
    """Everybody, with whether the coverage lasts through each window."""
    member = tables["people"]
    if windows:
        member = _beside(member, tables["covered"])
    lasts = {covered_name(each): _lasts(plan, member, each) for each in windows}
    return member.mutate(**lasts).select(*tables["people"].columns, *lasts)


def _lasts(plan: Plan, member: Table, windows: Covered) -> Value:
    lengths = [each and each.last - each.first + 1 for each in windows]
    missing = by_class(member.klass, lengths) - ibis.coalesce(member[covered_name(windows)], 0)
    return ibis.coalesce(missing <= plan.tolerated, False)


def _quiet(plan: Plan, member: Table, rows: list[Table], told: list[Asked], windows: list[Covered]) -> Table:
    """For every standing that somebody has: the words of one who has no rows of any event."""
    kinds = member.select("klass", *map(covered_name, windows)).distinct()
    silent = reduce(lambda one, each: _silenced(one, each, told), rows, kinds)
    words = {f"q{word}": _leaves(plan, told, silent, word) for word in words_of_leaves(plan)}
    return silent.select(*kinds.columns, **words)


def _silenced(member: Table, rows: Table, told: list[Asked]) -> Table:
    """As if there were no such rows."""
    columns = {name: ibis.null(kind) for name, kind in rows.schema().items() if name != "no"}
    since = [each for each in told if is_longest(each) and _has_parts(rows, each)]
    today = {days.since_name(each): member[covered_name([on_the_day(each)])] for each in since}
    return member.mutate(**columns, **today)


def _with_quiet(member: Table, quiet: Table) -> Table:
    keys = [name for name in quiet.columns if name in member.columns]
    renamed = quiet.rename({f"quiet_{name}": name for name in keys})
    joined = member.join(renamed, [member[name] == renamed[f"quiet_{name}"] for name in keys])
    return joined.drop(*(f"quiet_{name}" for name in keys))


# ── where there are rows ─────────────────────────────────────────────────────────────────────────────────────────────


def _differs(plan: Plan, member: Table, tables: dict[str, Table], rows: Table, told: list[Asked]) -> Table:
    """Of every member with such rows: by how much what its leaves answer differs from silence."""
    own = rows.rename(own_no="no")
    found = own.join(member, own.own_no == member.no).drop("own_no")
    for each in filter(is_longest, told):
        since = tables[days.since_name(each)].rename({f"{days.since_name(each)}_days": "since"})
        found = _beside(found, since)
        found = found.mutate(**{days.since_name(each): _lasts_since(plan, found, each)})
    found = found.mutate(**{f"told{word}": _leaves(plan, told, found, word) for word in words_of_leaves(plan)})
    silent = _silenced(found, rows, told)
    differs = {f"d{word}": silent[f"told{word}"] - _leaves(plan, told, silent, word) for word in words_of_leaves(plan)}
    return silent.select("no", **differs)


def words_of_leaves(plan: Plan) -> list[int]:
    """The words of the state in which some leaf lies."""
    return sorted({plan.layout.bits[key].word for key in plan.atoms.leaves})


def is_longest(asked: Asked) -> bool:
    """Whether a leaf asks for the longest stretch of days."""
    return asked.leaf.op == "days" and bool(asked.args.get("continuous"))


def on_the_day(asked: Asked) -> Days:
    """The day asked about, as a window."""
    return Days(asked.calendar.today, asked.calendar.today)


def _lasts_since(plan: Plan, member: Table, asked: Asked) -> Value:
    """Coverage since the first spell; for somebody without spells, on the day asked about."""
    today = ibis.literal(asked.calendar.today, "int32")
    first = ibis.coalesce(member[f"{asked.name}_begins"], today)
    missing = today - first + 1 - ibis.coalesce(member[f"{days.since_name(asked)}_days"], 0)
    begun = member[f"{asked.name}_begins"].notnull()
    return ibis.cases((begun, missing <= plan.tolerated), else_=member[covered_name([on_the_day(asked)])])


def _added_up(plan: Plan, differences: list[Table]) -> Table:
    """Of every member with rows of some event: all differences together."""
    rows = reduce(lambda one, other: one.union(other), differences)
    words = words_of_leaves(plan)
    return rows.group_by("no").agg(**{f"d{word}": rows[f"d{word}"].sum().cast("int64") for word in words})


# ── one row a member ─────────────────────────────────────────────────────────────────────────────────────────────────


def _state(plan: Plan, asked: list[Asked], member: Table) -> Table:
    if smalls.words_of_facts(plan):
        silences = small("silences", smalls.silence_columns(plan))
        member = member.left_join(silences, member.klass == silences.of_class)
    return member.select("no", **{f"w{word}": _word(plan, asked, member, word) for word in range(plan.words)})


def _beside(member: Table, own: Table) -> Table:
    other = own.rename(own_no="no")
    return member.left_join(other, member.no == other.own_no).drop("own_no")


def _word(plan: Plan, asked: list[Asked], member: Table, word: int) -> Value:
    """What silence says, by how much the rows say otherwise, what is asked of each alone, and the facts."""
    terms = [ibis.coalesce(member[name], 0) for name in (f"q{word}", f"d{word}") if name in member.columns]
    terms.append(_leaves(plan, asked, member, word))
    ages = [(leaf, bits) for leaf, bits in _in_word(plan, word) if leaf.op == "age"]
    terms += [_age(plan, leaf, member).cast("int64") * bits.factor for leaf, bits in ages]
    if word in smalls.words_of_facts(plan):
        terms.append(_facts(plan, member, word))
    return reduce(lambda one, other: one + other, terms).cast("int64")


def _in_word(plan: Plan, word: int) -> Iterator[tuple[Leaf, Bits]]:
    for key, bits in plan.layout.bits.items():
        if bits.word == word and key in plan.atoms.leaves:
            yield plan.atoms.leaves[key], bits


def _leaves(plan: Plan, asked: list[Asked], member: Table, word: int) -> Value:
    """The bits of those leaves that lie in the word."""
    own = {each.leaf.key: each for each in asked}
    listed = [(own[leaf.key], bits) for leaf, bits in _in_word(plan, word) if leaf.key in own]
    terms = [ANSWERS[each.leaf.op](each, member).cast("int64") * bits.factor for each, bits in listed]
    return reduce(lambda one, other: one + other, terms, ibis.literal(0, "int64")).cast("int64")


def _age(plan: Plan, leaf: Leaf, member: Table) -> Value:
    limits, on = leaf.args["age"], plan.calendar.on
    young = [member.birth > latest_birth(limits["at_least"], on)] if "at_least" in limits else []
    old = [member.birth <= latest_birth(limits["under"], on)] if "under" in limits else []
    return ibis.cases((member.birth.isnull(), NOT_KNOWN), *((each, NO) for each in (*young, *old)), else_=YES)


def _facts(plan: Plan, member: Table, word: int) -> Value:
    """The word of facts: what was said, else what records show, else what nobody need say: the birth date, and a no
    where a complete list would hold a yes.
    """
    beside = list(facts.records_beside(plan, member, word))
    told = [_columns(member, f"f{word}", f"k{word}"), tuple(reduce(add, each) for each in zip(*beside, strict=True)),
            _columns(member, f"e{word}", f"m{word}"), _columns(member, f"s{word}", f"s{word}")]  # fmt: skip
    total = spoken = ibis.literal(0, "int64")
    for bits, own in filter(None, told):
        total, spoken = total + (bits - (bits & spoken)), spoken | own
    birth = plan.layout.bits.get(fact_atom("birth_date"))
    if birth and birth.word == word:
        known = plan.classes["birth_date"].number(plan.calendar.on, smalls.plan_case(plan))
        state = encode(plan.bits["birth_date"], known) * birth.factor
        total = total + ibis.cases((member.birth.notnull(), state), else_=0)
    return total


def _columns(member: Table, *names: str) -> tuple[Value, ...]:
    """Those columns, 0 where a member has no row; nothing where there are no such columns."""
    return tuple(ibis.coalesce(member[name], 0) for name in names if name in member.columns)
