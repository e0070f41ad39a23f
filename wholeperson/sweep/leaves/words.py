"""The words of every member's state, made of what the stages before found.

Most members have nothing on record of most events. What a leaf answers of nobody's rows depends on what is complete and
covered alone: it is worked out once for each such standing (``quiet``), and member by member only where there are rows
(``loud``: in which bits their answers differ from those).
"""

from collections.abc import Iterator
from functools import reduce

import ibis
from ibis.expr.types import Table, Value

from wholeperson.sweep.leaves import ages, count, days, facts, lasting, smalls
from wholeperson.sweep.leaves.asked import Asked, covered_name
from wholeperson.sweep.leaves.atoms import Leaf, fact_atom
from wholeperson.sweep.leaves.coding import encode
from wholeperson.sweep.leaves.expressions import by_class, small, together, whether
from wholeperson.sweep.leaves.layout import Bits
from wholeperson.sweep.leaves.plan import Plan
from wholeperson.sweep.leaves.stages import Stage
from wholeperson.sweep.leaves.windows import Days

ANSWERS = {
    "count": count.count_answer, "days": days.days_answer, "during": lasting.lasting_answer,
    "ended": lasting.ended_answer, "enrolled_in": lasting.lasting_answer, "authorized_for": lasting.lasting_answer,
}  # fmt: skip

Covered = list[Days | None]
Parts = list[tuple[Table, list[Asked]]]


def words_of_members(
    plan: Plan, asked: tuple[Asked, ...], before: list[Stage], windows: list[Covered], covered: Table | None
) -> Iterator[Stage]:
    """The last stages, made of those before; the last of all is ``state``: no, w0, w1, … ``covered``: of every member
    with coverage, the days of each window.
    """
    tables = {each.name: each.made for each in before}
    told = [each for each in asked if not _personal(each)]
    parts = [
        (rows, [each for each in told if _has_parts(rows, each)]) for name, rows in tables.items() if _is_parts(name)
    ]
    standing = Stage("standing", _standing(plan, tables["people"], windows, covered))
    yield standing
    member = everybody = standing.made
    if told:
        parts = [(rows, own) for rows, own in parts if own]
        quiet = Stage("quiet", _quiet(plan, everybody, parts, told, windows))
        standings = _with_quiet(everybody, quiet.made)
        differs = [_differs(plan, standings, tables, at, *each) for at, each in enumerate(parts)]
        loud = Stage("loud", _put_together(plan, differs))
        yield from (quiet, loud)
        member = _beside(_with_quiet(member, quiet.made), loud.made)
    alone = [each for each in asked if _personal(each)]
    for name, rows in tables.items():
        if name in ("fact_words", "shown_words", "diagnosed") or (
            _is_parts(name) and any(_has_parts(rows, each) for each in alone)
        ):
            member = _beside(member, rows)
    if facts.words_by_codes(plan):
        shown = tables["shown_by_codes"]
        member = member.left_join(shown, member.lists == shown.of_lists)
    yield Stage("state", _state(plan, alone, member))


def _is_parts(name: str) -> bool:
    return name.startswith(("parts_", "days_of_"))


def _personal(asked: Asked) -> bool:
    """Whether silence about it says something else of each: it is asked of a birthday."""
    return bool(asked.args.get("on", "today") != "today")


def _has_parts(rows: Table, asked: Asked) -> bool:
    return any(column.startswith(f"{asked.name}_") for column in rows.columns)


# ── what silence says ────────────────────────────────────────────────────────────────────────────────────────────────


def _standing(plan: Plan, people: Table, windows: list[Covered], covered: Table | None) -> Table:
    """Everybody, with whether the coverage lasts through each window; and all that silence rests on as one number."""
    member = people if covered is None else _beside(people, covered)
    member = member.mutate(**{covered_name(each): _lasts(plan, member, each) for each in windows})
    stands = member.klass.cast("int64")
    for each in windows:
        stands = stands * 2 + whether(member[covered_name(each)])
    return member.select(*people.columns, *map(covered_name, windows), stands=stands)


def _lasts(plan: Plan, member: Table, windows: Covered) -> Value:
    lengths = [each and each.last - each.first + 1 for each in windows]
    missing = by_class(member.klass, lengths) - ibis.coalesce(member[covered_name(windows)], 0)
    return ibis.coalesce(missing <= plan.tolerated, False)


def _quiet(plan: Plan, member: Table, parts: Parts, told: list[Asked], windows: list[Covered]) -> Table:
    """For every standing that somebody has: the words of one who has no rows of any event (q…), and what the leaves of
    each event say of it (n…).
    """
    kinds = member.select("stands", "klass", *map(covered_name, windows)).distinct()
    silent = reduce(lambda one, each: _silenced(one, each[0], told), parts, kinds)
    words = {f"q{word}": _leaves(plan, told, silent, word) for word in words_of_leaves(plan)}
    own = {_nothing(at, word): _leaves(plan, leaves, silent, word)
           for at, (_, leaves) in enumerate(parts) for word in words_of_leaves(plan)}  # fmt: skip
    return silent.select(stood="stands", **words, **own)


def _nothing(at: int, word: int) -> str:
    return f"n{at}_{word}"


def _silenced(member: Table, rows: Table, told: list[Asked]) -> Table:
    """As if there were no such rows."""
    columns = {name: ibis.null(kind) for name, kind in rows.schema().items() if name != "no"}
    since = [each for each in told if is_longest(each) and _has_parts(rows, each)]
    today = {days.since_name(each): member[covered_name([on_the_day(each)])] for each in since}
    return member.mutate(**columns, **today)


def _with_quiet(member: Table, quiet: Table) -> Table:
    return member.join(quiet, member.stands == quiet.stood).drop("stood")


# ── where there are rows ─────────────────────────────────────────────────────────────────────────────────────────────


def _differs(plan: Plan, member: Table, tables: dict[str, Table], at: int, rows: Table, told: list[Asked]) -> Table:
    """Of every member with such rows: the bits in which what its leaves answer differs from silence."""
    own = rows.rename(own_no="no")
    found = own.join(member, own.own_no == member.no).drop("own_no")
    for each in filter(is_longest, told):
        since = tables[days.since_name(each)].rename({f"{days.since_name(each)}_days": "since"})
        found = _beside(found, since)
        found = found.mutate(**{days.since_name(each): _lasts_since(plan, found, each)})
    words = words_of_leaves(plan)
    return found.select(
        "no", **{f"d{word}": _leaves(plan, told, found, word) ^ found[_nothing(at, word)] for word in words}
    )


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


def _put_together(plan: Plan, differences: list[Table]) -> Table:
    """Of every member with rows of some event: all differences together; no two leaves share a bit."""
    rows = reduce(lambda one, other: one.union(other), differences)
    return rows.group_by("no").agg(**{f"d{word}": together(rows[f"d{word}"]) for word in words_of_leaves(plan)})


# ── one row a member ─────────────────────────────────────────────────────────────────────────────────────────────────


def _state(plan: Plan, asked: list[Asked], member: Table) -> Table:
    columns = smalls.silence_columns(plan)
    if len(columns) > len(smalls.SMALL["silences"]):
        silences = small("silences", columns)
        member = member.left_join(silences, member.klass == silences.of_class)
    return member.select("no", **{f"w{word}": _word(plan, asked, member, word) for word in range(plan.words)})


def _beside(member: Table, own: Table) -> Table:
    other = own.rename(own_no="no")
    return member.left_join(other, member.no == other.own_no).drop("own_no")


def _word(plan: Plan, asked: list[Asked], member: Table, word: int) -> Value:
    """What silence says but where the rows say otherwise, what is asked of each alone, and the facts."""
    terms = [member[f"q{word}"] ^ ibis.coalesce(member[f"d{word}"], 0)] if f"q{word}" in member.columns else []
    terms.append(_leaves(plan, asked, member, word))
    if word in ages.words_of_ages(plan):
        terms.append(ibis.coalesce(member[f"a{word}"], ages.unborn(plan, word)))
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


def _facts(plan: Plan, member: Table, word: int) -> Value:
    """The word of facts: what was said, else what records show, else what nobody need say: the birth date, and a no
    where a complete list would hold a yes.
    """
    told = [_columns(member, f"f{word}", f"k{word}"), facts.of_race(plan, member, word),
            _columns(member, f"c{word}", f"x{word}"), _columns(member, f"e{word}", f"m{word}"),
            _columns(member, f"s{word}", f"s{word}")]  # fmt: skip
    total = spoken = None
    for bits, own in filter(None, told):
        total = bits if total is None else total + (bits if spoken is None else bits - (bits & spoken))
        spoken = own if spoken is None or own is None else spoken | own
    total = ibis.literal(0, "int64") if total is None else total
    birth = plan.layout.bits.get(fact_atom("birth_date"))
    if birth and birth.word == word:
        known = plan.classes["birth_date"].number(plan.calendar.on, smalls.plan_case(plan))
        state = encode(plan.bits["birth_date"], known) * birth.factor
        total = total + ibis.cases((member.birth.notnull(), state), else_=0)
    return total


def _columns(member: Table, bits: str, own: str) -> tuple[Value, Value | None] | None:
    """Those columns, 0 where a member has no row; nothing where there are no such bits."""
    if bits not in member.columns:
        return None
    return ibis.coalesce(member[bits], 0), ibis.coalesce(member[own], 0) if own in member.columns else None
