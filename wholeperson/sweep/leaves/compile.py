"""The statements of a run, in order: each makes one table from those before it, the last is every member's state."""

from collections.abc import Iterator
from functools import reduce
from itertools import groupby
from operator import or_

import ibis
from ibis.expr.types import Table, Value

from wholeperson.sweep.leaves import ages, count, days, facts, lasting, smalls
from wholeperson.sweep.leaves.asked import Asked, ByDay, ByRow, covered_name
from wholeperson.sweep.leaves.atoms import event_of
from wholeperson.sweep.leaves.believed import believed, spoken
from wholeperson.sweep.leaves.counters import (
    Counted,
    counting,
    day_by_day,
    flagged,
    in_numbers,
    numbers,
    one_of,
    sums,
    taken_apart,
    together_in_one,
)
from wholeperson.sweep.leaves.derive import Derivation, happened
from wholeperson.sweep.leaves.expressions import by_class, small, table
from wholeperson.sweep.leaves.plan import Plan
from wholeperson.sweep.leaves.stages import Stage
from wholeperson.sweep.leaves.words import Covered, is_longest, on_the_day, words_of_members

PARTS = {
    "count": count.count_parts, "days": days.days_parts, "during": lasting.lasting_parts,
    "ended": lasting.ended_parts, "enrolled_in": lasting.lasting_parts, "authorized_for": lasting.lasting_parts,
}  # fmt: skip


PREPARED = {"count": count.prepared, "days": days.prepared}


def compiled(plan: Plan) -> list[Stage]:
    """Every stage of the run; the last is ``state``: no, w0, w1, …"""
    asked = tuple(_asked(plan))
    people = Stage("people", _people(plan))
    rows = Stage("happened", happened(plan.calendar.today))
    parts = list(_parts(plan, asked, people, rows))
    stages = [people, rows, *parts] if parts else [people]
    windows = list(_covered_windows(asked))
    covered = _covered(plan, windows, people) if windows else None
    stages += [Stage(days.since_name(each), _covered_since(each, parts)) for each in asked if is_longest(each)]
    stages += list(_facts_stages(plan))
    return [*stages, *words_of_members(plan, asked, stages, windows, covered)]


def _asked(plan: Plan) -> Iterator[Asked]:
    store = plan.store
    for at, leaf in enumerate(plan.atoms.leaves.values()):
        if leaf.op != "age":
            event = plan.policy.events[event_of(leaf)]
            yield Asked(leaf, f"l{at}", event, plan.calendar, store.words, store.sources, plan.groups)


def _people(plan: Plan) -> Table:
    """Everybody: what of them is complete, the state of the record of race, and by the birth: whether it is known, the
    birthdays asked about, the words of the ages.
    """
    members = table("members").select("no", "birth", "race_ethnicity", klass="complete_class")
    races = small("races").rename(of_race="race_ethnicity", race="state")
    members = members.left_join(races, members.race_ethnicity == races.of_race)
    born = ages.ages(plan).rename(born="birth")
    members = members.left_join(born, members.birth == born.born)
    return members.select("no", "birth", "klass", "race", *(name for name in born.columns if name != "born"))


def _facts_stages(plan: Plan) -> Iterator[Stage]:
    if smalls.words_of_facts(plan):
        stages = believed(plan)
        yield from stages
        yield Stage("diagnosed", facts.diagnosed(plan))
        if facts.words_by_codes(plan):
            yield Stage("shown_by_codes", facts.by_lists(plan))
        words = {"fact_words": facts.fact_words(plan, spoken(stages)), "shown_words": facts.shown_words(plan)}
        yield from (Stage(name, made) for name, made in words.items() if made is not None)


# ── what each event adds up to ───────────────────────────────────────────────────────────────────────────────────────


def _parts(plan: Plan, leaves: tuple[Asked, ...], people: Stage, happenings: Stage) -> Iterator[Stage]:
    derivation = Derivation(plan.policy, happenings.made, plan.store.events, plan.store.words)
    by_event = sorted(leaves, key=lambda asked: asked.event.name)
    for name, listed in groupby(by_event, key=lambda asked: asked.event.name):
        asked = list(listed)
        before = len(derivation.merged)
        rows = derivation.of(name).join(people.made.drop("birth"), "no")
        yield from [*derivation.merged.values()][before:]
        for each in asked:
            rows = PREPARED.get(each.leaf.op, _as_they_are)(each, rows)
        found = reduce(or_, (PARTS[each.leaf.op](each, rows) for each in asked))
        counted = {part: value for part, value in found.items() if isinstance(value, ByDay | ByRow)}
        once = {part: value for part, value in found.items() if part not in counted}
        if any(isinstance(each, ByDay) for each in counted.values()):
            yield Stage(f"days_of_{name}", _days_counted(rows, counted))
            counted = {}
        if once or counted:
            yield Stage(f"parts_{name}", _added_up(rows, once, counted))


def _as_they_are(_: Asked, rows: Table) -> Table:
    return rows


def _added_up(rows: Table, once: dict[str, Value], counted: Counted) -> Table:
    """Of every member, what the rows add up to."""
    if not counted:
        return rows.group_by("no").agg(**once)
    rows = flagged(rows, counted) if once else counting(flagged(rows, counted), counted)
    return taken_apart(rows.group_by("no").agg(**once, **sums(rows, counted)), counted)


def _days_counted(rows: Table, counted: Counted) -> Table:
    """Of every member, on how many days something counts, and in how many rows: all of it in one go, day by day and
    then member by member.
    """
    rows = flagged(rows, counted).select("no", "begins", *(each.name for each in numbers(counted)))
    days = day_by_day(counting(rows, counted), counted)
    return taken_apart(days.group_by("no").agg(**sums(days, counted)), counted)


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
    if is_longest(asked):
        yield [on_the_day(asked)]


def _covered(plan: Plan, windows: list[Covered], people: Stage) -> Table:
    """Of every member with coverage: the days of each window it covers."""
    rows = table("spans").join(people.made.select("no", "klass"), "no")
    ends = {covered_name(each): _ends(rows, each) for each in windows}
    days = {name: _overlap(rows, *each) for name, each in ends.items()}
    numbers = list(in_numbers(days))
    rows = rows.select("no", **{name: together_in_one([days[each] for each in held]) for name, held in numbers})
    found = rows.group_by("no").agg(**{name: rows[name].sum().cast("int64") for name, _ in numbers})
    apart = {each: one_of(found[name], at) for name, held in numbers for at, each in enumerate(held)}
    return found.select("no", **apart)


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
    spells, spans = own.made, table("spans")
    today = ibis.literal(asked.calendar.today, "int32")
    rows = spans.join(spells.select("no", begins=f"{asked.name}_begins"), "no")
    overlap = _overlap(rows, rows.begins, today)
    return rows.group_by("no").agg(since=overlap.sum().cast("int64"))
