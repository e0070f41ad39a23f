"""Finds programmes and shared blocks that would wait for each other's answer."""

from collections.abc import Iterator
from typing import Any

from wholeperson.rules.problems import Problem
from wholeperson.rules.reading.files import PROGRAMME_FOLDERS
from wholeperson.rules.reading.ladder import Ladder
from wholeperson.rules.reading.listed import Listed

Rests = dict[tuple[str, str], set[tuple[str, str]]]


def circles(known: Listed) -> list[Problem]:
    """Each document that rests on itself by `meets` or `use`, at whatever distance."""
    rests: Rests = {("use", name): set(_named(data.get("block"))) for name, data in known.blocks.items()}
    for name, data in known.programmes.items():
        rests["meets", name] = {*_named(data.get("criteria")), *_named(data.get("exclusions"))}
    found: list[Problem] = []
    for here in rests:
        reached = _reached(here, rests)
        if here in reached:
            ladder = Ladder(known, _document(here, known))
            names = sorted(name for _, name in reached if here in _reached((_, name), rests))
            ladder.say(("block" if here[0] == "use" else "criteria",), "circle", f"{here[1]} rests on itself", names)
            found += ladder.problems
    return found


def _reached(start: tuple[str, str], rests: Rests) -> set[tuple[str, str]]:
    reached: set[tuple[str, str]] = set()
    todo = [start]
    while todo:
        for other in rests.get(todo.pop(), ()):
            if other not in reached:
                reached.add(other)
                todo.append(other)
    return reached


def _named(node: Any) -> Iterator[tuple[str, str]]:
    """The programmes and blocks a node names, and those below it."""
    if isinstance(node, list):
        for each in node:
            yield from _named(each)
    elif isinstance(node, dict):
        yield from ((word, node[word]) for word in ("meets", "use") if isinstance(node.get(word), str))
        for each in node.values():
            yield from _named(each)


def _document(here: tuple[str, str], known: Listed) -> str:
    data = known.blocks[here[1]] if here[0] == "use" else known.programmes[here[1]]
    folders = ("shared",) if here[0] == "use" else PROGRAMME_FOLDERS
    return next(
        name for name, each in known.documents.by_name.items() if each is data and name.partition("/")[0] in folders
    )
