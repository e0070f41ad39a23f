"""The reference engine: the rules decide member by member, in Python. Slow, and what every other must equal."""

from collections.abc import Callable, Iterator

import numpy as np
import pyarrow as pa

from wholeperson.rules.answers import WORDS
from wholeperson.rules.case import Case
from wholeperson.rules.decide import Court
from wholeperson.rules.parts import is_mandatory
from wholeperson.rules.person import Person
from wholeperson.rules.questions import settled_by
from wholeperson.sweep.leaves.plan import Plan
from wholeperson.sweep.run.deciding import Decided, Pattern, numbered
from wholeperson.sweep.run.duck import Duck
from wholeperson.sweep.store.people import read_people

AT_ONCE = 2_000
Told = Callable[[str], None]


def judged(desk: Duck, plan: Plan, told: Told) -> tuple[np.ndarray, list[Decided]]:
    """Every member a state of its own (its number), and each programme's pattern for it. Leaves the table ``state``."""
    members = plan.store.members
    states = np.arange(members, dtype=np.int64).reshape(-1, 1)
    desk.kind_of = states[:, 0].astype(np.int32)
    desk.small("state", pa.table({"no": desk.kind_of, "w0": states[:, 0]}))
    found: dict[str, list[Pattern]] = {name: [] for name in plan.policy.programmes}
    for first in range(0, members, AT_ONCE):
        told(f"{first:,} of {members:,} members")
        for _, person in read_people(desk, plan.store, plan.policy, first, first + AT_ONCE - 1):
            for name, pattern in _patterns(plan, person):
                found[name].append(pattern)
    own, one = states[:, 0], np.ones(members, dtype=np.int64)
    return states, [numbered(name, patterns, own, one) for name, patterns in found.items()]


def _patterns(plan: Plan, person: Person) -> Iterator[tuple[str, Pattern]]:
    court = Court(Case(plan.policy, person, on=plan.calendar.on))
    for name, programme in plan.policy.programmes.items():
        decision = court.decide(name)
        mandatory = is_mandatory(programme, court)
        yield name, Pattern(WORDS[decision.answer], decision.because, decision.missing, settled_by(decision, court),
                            decision.reviews, mandatory)  # fmt: skip
