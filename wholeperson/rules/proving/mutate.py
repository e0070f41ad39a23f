"""Changes every leaf of the policy, one at a time; a change that no case notices is a line nobody guards."""

import copy
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from wholeperson.rules.calendar import Span
from wholeperson.rules.language import Node
from wholeperson.rules.problems import Problem, Refused, Where
from wholeperson.rules.proving.cases import Example, disappointed, read_cases
from wholeperson.rules.reading.library import Policy, Programme
from wholeperson.rules.reading.yaml_lines import read_yaml


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: ``programme/node: what``."""

    programme: str
    node: str
    what: str

    def __str__(self) -> str:
        return f"{self.programme}/{self.node}: {self.what}"


def survivors(policy: Policy, cases: Path) -> tuple[int, list[Mutant]]:
    """How many changes were tried, and those that no case noticed."""
    watching: dict[str, list[Example]] = defaultdict(list)
    for example in read_cases(cases, policy):
        for name in _touched(example.expect, policy):
            watching[name].append(example)
    failing = next((each for all_ in watching.values() for each in all_ if disappointed(each, policy)), None)
    if failing:
        raise Refused(_not_green(failing))
    tried, left = 0, []
    for programme in policy.programmes.values():
        for mutant, mend in _mutants(programme):
            tried += 1
            try:
                if not any(disappointed(example, policy) for example in watching[programme.id]):
                    left.append(mutant)
            finally:
                mend()
    return tried, left


def _not_green(example: Example) -> Problem:
    return Problem(
        "case_fails",
        f"the case {example.name} fails as the policy stands",
        "a case that fails anyway would seem to notice every change",
        "mend the rule or the case first",
        Where(example.file),
    )


def excused(path: Path) -> dict[str, str]:
    """Survivors that are known, each with its reason."""
    if not path.is_file():
        return {}
    data, _ = read_yaml(path.read_text("utf-8"), path.name)
    return {each["mutant"]: each["reason"] for each in data or []}


def _touched(names: Iterable[str], policy: Policy) -> set[str]:
    """The programmes a case speaks of, and those they rest on."""
    found: set[str] = set()
    todo = list(names)
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo += [node.args["meets"] for node in policy.programmes[name].nodes if node.op == "meets"]
    return found


def _mutants(programme: Programme) -> Iterator[tuple[Mutant, Any]]:
    for path, node in _named(programme.root, "criteria"):
        for what, change in _changes(node):
            mend = change()
            yield Mutant(programme.id, path, what), mend


def _named(node: Node, path: str) -> Iterator[tuple[str, Node]]:
    yield node.id or path, node
    for at, child in enumerate(node.children):
        yield from _named(child, f"{node.id or path}.{node.op}[{at}]")


def _changes(node: Node) -> Iterator[tuple[str, Any]]:
    """The changes of one node, each a function that makes it and returns the one that mends it."""
    for key in ("at_least", "at_most"):
        for step in (-1, 1):
            if isinstance(node.args.get(key), int):
                yield (
                    f"{key} {step:+d}",
                    lambda key=key, step=step: _set_args(node, lambda args: {**args, key: args[key] + step}),
                )
    for key in node.args.get("age", {}):
        for step in (-1, 1):
            yield (
                f"age {key} {step:+d}",
                lambda key=key, step=step: _set_args(
                    node, lambda args: {**args, "age": {**args["age"], key: args["age"][key] + step}}
                ),
            )
    for step in (-1, 1):
        if isinstance(node.args.get("within"), Span):
            yield (
                f"within {step:+d} day",
                lambda step=step: _set_args(
                    node, lambda args: {**args, "within": Span(args["within"].months, args["within"].days + step)}
                ),
            )
    yield from _shapes(node)


def _shapes(node: Node) -> Iterator[tuple[str, Any]]:
    """Any becomes all, a member is dropped, a date moves, an attribute is no longer asked for."""
    if node.op in ("all_of", "any_of") and len(node.children) > 1:
        other = "any_of" if node.op == "all_of" else "all_of"
        yield f"{node.op} becomes {other}", lambda: _set(node, "op", other)
    for at, child in enumerate(node.children):
        rest = node.children[:at] + node.children[at + 1 :]
        yield f"without {child.id or at}", lambda rest=rest: _set(node, "children", rest)
    for key in node.args.get("where") or {}:
        yield (
            f"any {key}",
            lambda key=key: _set_args(
                node,
                lambda args: {**args, "where": {name: each for name, each in args["where"].items() if name != key}},
            ),
        )
    for key in ("begins", "ends"):
        if getattr(node, key):
            for step in (-1, 1):
                yield (
                    f"{key} {step:+d} day",
                    lambda key=key, step=step: _set(node, key, getattr(node, key) + timedelta(days=step)),
                )


def _set(node: Node, key: str, value: Any) -> Any:
    before = getattr(node, key)
    setattr(node, key, value)
    return lambda: setattr(node, key, before)


def _set_args(node: Node, change: Any) -> Any:
    """Change what the word needs, under every reading."""
    before, others = node.args, node.alternatives
    node.args, node.alternatives = change(copy.copy(before)), tuple(change(copy.copy(each)) for each in others)

    def mend() -> None:
        node.args, node.alternatives = before, others

    return mend
