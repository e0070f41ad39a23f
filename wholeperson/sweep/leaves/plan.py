"""Everything a run settles before it looks at a member: the atoms, their places, the classes of values, the windows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from wholeperson.rules.calendar import Span, birthday, span
from wholeperson.rules.calendar import age as age_on
from wholeperson.rules.case import Case
from wholeperson.rules.reading.library import Fact, Policy
from wholeperson.sweep.leaves.atoms import Atoms, atoms_of, fact_atom, tried_atom
from wholeperson.sweep.leaves.coding import FactBits, Groups, fact_bits, groups_of, leaf_width
from wholeperson.sweep.leaves.layout import WORD_BITS, Layout
from wholeperson.sweep.leaves.values import Classes, as_value, classes_of
from wholeperson.sweep.leaves.windows import Calendar, nobody
from wholeperson.sweep.store.opening import Store
from wholeperson.sweep.store.schema import day, number

RECORDED = ("birth_date", "race_ethnicity")  # what the list of members tells of everybody


@dataclass(frozen=True, slots=True)
class Plan:
    """What one run knows before it starts."""

    policy: Policy
    store: Store
    calendar: Calendar
    atoms: Atoms
    groups: Groups
    classes: dict[str, Classes]
    bits: dict[str, FactBits]
    layout: Layout
    values: tuple[tuple[int, str, Any], ...]
    words: int  # those an engine fills; facts nobody could have said lie behind them, for values that are tried out

    @property
    def tolerated(self) -> int:
        """Days without coverage that a complete window may have."""
        gap = span(str(self.policy.parameters["tolerated_coverage_gap"]["default"])) or Span(0, 0)
        return gap.days


def make_plan(policy: Policy, store: Store, on: date, values: Iterable[tuple[int, str, str]]) -> Plan:
    """The plan of one run. ``values``: the rows of the store's table of values."""
    atoms, groups = atoms_of(policy), groups_of(policy)
    listed = tuple(_read(values, policy, atoms))
    met: dict[str, list[Any]] = {"birth_date": [on]}  # any day: only whether it is known tells members apart
    for _, name, value in listed:
        met.setdefault(name, []).append(value)
    classes = classes_of(policy, atoms.facts, Case(policy, nobody(()), on=on), met)
    bits = {name: _bits(policy.facts[name], classes[name], groups, shown=shown) for name, shown in atoms.facts.items()}
    calendar = Calendar(policy, on, store.complete)
    possible = {name for name in atoms.facts if name in met or not policy.facts[name].only_said}
    beside = {name for name in possible if said_otherwise(policy.facts[name])}
    layout, words = _layout(atoms, bits, groups, [*_among(bits, beside), *_among(bits, possible - beside)])
    return Plan(policy, store, calendar, atoms, groups, classes, bits, layout, listed, words)


def _read(values: Iterable[tuple[int, str, str]], policy: Policy, atoms: Atoms) -> Iterator[tuple[int, str, Any]]:
    facts = (policy.facts[name] for name in atoms.facts)
    wanted = set(atoms.facts) | {rule["fact"] for fact in facts for rule in fact.evidence if "fact" in rule}
    for code, name, text in values:
        if name in wanted:
            yield code, name, as_value(text, policy.facts[name])


def _bits(fact: Fact, classes: Classes, groups: Groups, *, shown: bool) -> FactBits:
    tentative = any(rule.get("mark") != "source-verified" for rule in fact.evidence)
    return fact_bits(
        classes, groups=groups.count if shown else 0, tentative=tentative, silent=bool(fact.no_when_complete)
    )


def said_otherwise(fact: Fact) -> bool:
    """Whether something beside people's own words can say it: records, or the silence of a complete list. Such facts
    lie together: where they do not, one source speaks.
    """
    return bool(fact.evidence or fact.no_when_complete) or fact.name in RECORDED


def _among(names: Iterable[str], some: set[str]) -> list[str]:
    return [name for name in names if name in some]


def _layout(atoms: Atoms, bits: dict[str, FactBits], groups: Groups, possible: list[str]) -> tuple[Layout, int]:
    layout = Layout()
    layout.place((key, leaf_width(groups, shown=leaf.shown)) for key, leaf in atoms.leaves.items())
    layout.place((fact_atom(name), bits[name].width) for name in possible)
    words, layout.used = max(layout.words, 1), WORD_BITS
    layout.place((fact_atom(name), bits[name].width) for name in bits if name not in possible)
    layout.place((tried_atom(name), 1) for name in bits)
    return layout, words


def latest_birth(years: int, on: date) -> int:
    """The last birth date of those who are at least that old on the day."""
    born = date(max(on.year - years, 1), 12, 31)
    while age_on(born, on) < years:
        born = date.fromordinal(born.toordinal() - 1)
    return number(born)


def birthday_ages(plan: Plan) -> list[int]:
    """The birthdays that some leaf asks about."""
    asked = (leaf.args["on"] for leaf in plan.atoms.leaves.values() if leaf.op == "during")
    return sorted({int(on.rpartition(" ")[2]) for on in asked if on != "today"})


def birthday_columns(plan: Plan) -> list[str]:
    """The columns of the table of births, beside the birth itself."""
    return [f"birthday_{years}" for years in birthday_ages(plan)]


def birthdays(plan: Plan, births: Iterable[int]) -> Iterator[tuple[int, ...]]:
    """The rows of the table of births: a birth, and those birthdays, as the store counts days."""
    ages = birthday_ages(plan)
    for each in births:
        yield each, *(number(birthday(day(each), years)) for years in ages)
