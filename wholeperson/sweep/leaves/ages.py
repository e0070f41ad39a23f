"""What the birth alone decides, worked out once for each birth date: the bits of ages, and birthdays asked about."""

from functools import reduce
from operator import add

import ibis
from ibis.expr.types import Table, Value

from wholeperson.sweep.leaves.atoms import Leaf
from wholeperson.sweep.leaves.expressions import NO, NOT_KNOWN, YES, small
from wholeperson.sweep.leaves.layout import Bits
from wholeperson.sweep.leaves.plan import Plan, birthday_columns, latest_birth


def ages(plan: Plan) -> Table:
    """The births that members have: birth, the birthdays, and a word of the state with the bits of ages (a0, …)."""
    births = small("births", dict.fromkeys(birthday_columns(plan), "int32"))
    return births.mutate(**{f"a{word}": _word(plan, births, word) for word in words_of_ages(plan)})


def words_of_ages(plan: Plan) -> list[int]:
    """The words of the state in which some age lies."""
    return sorted({bits.word for _, bits in _placed(plan)})


def unborn(plan: Plan, word: int) -> int:
    """The bits of ages in a word for somebody whose birth nobody knows."""
    return sum(NOT_KNOWN * bits.factor for _, bits in _placed(plan) if bits.word == word)


def _placed(plan: Plan) -> list[tuple[Leaf, Bits]]:
    return [(leaf, plan.layout.bits[key]) for key, leaf in plan.atoms.leaves.items() if leaf.op == "age"]


def _word(plan: Plan, births: Table, word: int) -> Value:
    terms = [_age(plan, leaf, births.birth).cast("int64") * bits.factor
             for leaf, bits in _placed(plan) if bits.word == word]  # fmt: skip
    return reduce(add, terms)


def _age(plan: Plan, leaf: Leaf, birth: Value) -> Value:
    limits, on = leaf.args["age"], plan.calendar.on
    young = [birth > latest_birth(limits["at_least"], on)] if "at_least" in limits else []
    old = [birth <= latest_birth(limits["under"], on)] if "under" in limits else []
    return ibis.cases(*((each, NO) for each in (*young, *old)), else_=YES)
