"""Classes of a fact's values: two values that no criterion tells apart are one."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from wholeperson.rules import leaves
from wholeperson.rules.calendar import as_day
from wholeperson.rules.case import Case
from wholeperson.rules.decide import compared_with
from wholeperson.rules.language import Node
from wholeperson.rules.questions import possible_values
from wholeperson.rules.reading.library import Fact, Policy
from wholeperson.sweep.leaves.atoms import every_node

Signature = tuple[Any, ...]


@dataclass(slots=True)
class Classes:
    """The classes of one fact, numbered from 0, each with a value that stands for it."""

    comparisons: list[dict[str, Any]]
    stands_for: list[Any] = field(default_factory=list)
    numbers: dict[Signature, int] = field(default_factory=dict)

    def number(self, value: Any, case: Case) -> int:
        """The class of a value; a new one where nothing like it was met."""
        told = tuple(leaves.compare(value, args, case) for args in self.comparisons)
        signature = (isinstance(value, date), value is None, told)
        if signature not in self.numbers:
            self.numbers[signature] = len(self.stands_for)
            self.stands_for.append(value)
        return self.numbers[signature]


def classes_of(policy: Policy, facts: Iterable[str], case: Case, met: dict[str, list[Any]]) -> dict[str, Classes]:
    """The classes of every fact, from the values that would matter and then from those ``met`` in the store."""
    compared = comparisons(policy, case)
    made = {}
    for name in facts:
        classes = made[name] = Classes(compared.get(name, []))
        for value in _in_order(possible_values(name, policy, case)):
            classes.number(value, case)
        for value in met.get(name, ()):
            classes.number(value, case)
    return made


def comparisons(policy: Policy, case: Case) -> dict[str, list[dict[str, Any]]]:
    """What every fact is compared with, by any criterion under any reading."""
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for node in every_node(policy):
        for name, args in _compared(node, case):
            found.setdefault(name, {}).setdefault(repr(sorted(args.items(), key=str)), args)
    return {name: [each[key] for key in sorted(each)] for name, each in found.items()}


def _compared(node: Node, case: Case) -> Iterable[tuple[str, dict[str, Any]]]:
    readings = (node.args, *node.alternatives)
    if node.op == "fact":
        yield from ((node.args["fact"], args) for args in readings)
    if node.attested and node.is_group:
        yield node.attested, {}
    elif node.attested:
        yield from ((node.attested, compared_with(node, args, case)) for args in readings)


def _in_order(values: Iterable[Any]) -> list[Any]:
    return sorted(values, key=lambda value: (str(type(value)), str(value)))


def as_value(text: str, fact: Fact) -> Any:
    """A value of ``values.json`` as the rules hold it."""
    value = json.loads(text)
    if fact.type == "date":
        return as_day(value)
    return tuple(value) if isinstance(value, list) else value
