"""What the bits of a state mean, as one hash: states of the same layout may stand beside each other."""

import hashlib

from wholeperson.sweep.leaves.plan import Plan

WRITTEN = 2  # how a run writes states down; from one that wrote them otherwise none begins


def layout_of(plan: Plan) -> str:
    """What every bit of a state means, whatever the day: states of the same layout may stand beside each other."""
    told = (
        WRITTEN,
        sorted(plan.layout.bits.items()), plan.words, list(plan.atoms.leaves), plan.store.words, plan.store.events,
        plan.store.sources, plan.store.sets, plan.store.policy_codes, plan.tolerated,
        [(name, list(each.numbers), each.comparisons if plan.policy.facts[name].type != "date" else None)
         for name, each in plan.classes.items()],
    )  # fmt: skip
    return hashlib.sha256(repr(told).encode()).hexdigest()
