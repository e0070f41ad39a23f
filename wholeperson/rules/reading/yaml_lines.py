"""YAML with the line of every value remembered, and without YAML's surprises.

Only ``true`` and ``false`` are booleans: ``yes``, ``no``, ``on`` and ``off`` stay words, dates stay text until
somebody asks for a date. A key that is written twice is a mistake, not an overwrite.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml

from wholeperson.rules.problems import Problem, Refused, Where

Lines = dict[tuple[str | int, ...], tuple[int, int]]

# The C loader where there is one, with a table of implicit types of its own.
_Loader: Any = type("_Loader", (getattr(yaml, "CSafeLoader", yaml.SafeLoader),), {"yaml_implicit_resolvers": {}})

_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:null|~|)$"), ["n", "~", ""])
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^-?(?:0|[1-9][0-9]*)$"), list("-0123456789"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"^-?[0-9]+\.[0-9]+$"), list("-0123456789"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:merge", re.compile(r"^<<$"), ["<"])

_SCALARS: dict[str, Callable[[str], Any]] = {
    "tag:yaml.org,2002:bool": lambda text: text == "true",
    "tag:yaml.org,2002:null": lambda text: None,
    "tag:yaml.org,2002:int": int,
    "tag:yaml.org,2002:float": float,
}


def read_yaml(text: str, file: str, *, anchors: bool = False) -> tuple[Any, Lines]:
    """The document and the (line, column) of every path in it. Refuses with the line where the YAML itself is broken.

    ``anchors``: whether ``&name``, ``*name`` and ``<<`` are allowed (they are in test cases, never in policy or input).
    """
    try:
        loader = _Loader(text)
        try:
            root = loader.get_single_node()
        finally:
            loader.dispose()
    except yaml.YAMLError as broken:
        raise Refused(_broken(broken, file)) from None
    except RecursionError:
        raise Refused(_too_deep(file)) from None
    lines: Lines = {}
    return (None if root is None else _Builder(file, lines, anchors).build(root, ())), lines


def read_yaml_file(path: Path, name: str) -> tuple[Any, Lines]:
    """The same for a file; bytes that are not UTF-8 are refused."""
    try:
        return read_yaml(path.read_text("utf-8"), name)
    except UnicodeDecodeError:
        raise Refused(
            Problem("not_text", "the file is not UTF-8 text", "policy is read as text", "save it as UTF-8", Where(name))
        ) from None


class _Builder:
    """Turns composed nodes into plain values, noting where each stood."""

    def __init__(self, file: str, lines: Lines, anchors: bool) -> None:
        self.file, self.lines, self.anchors = file, lines, anchors
        self.open: set[int] = set()
        self.seen: set[int] = set()

    def build(self, node: Any, path: tuple[str | int, ...]) -> Any:
        self.lines[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
        if len(path) > 64:
            raise Refused(_too_deep(self.file))
        if isinstance(node, yaml.ScalarNode):
            return _scalar(node)
        self._refuse_reuse(node, path)
        self.open.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            built: Any = [self.build(child, (*path, at)) for at, child in enumerate(node.value)]
        else:
            built = self._mapping(node, path)
        self.open.discard(id(node))
        return built

    def _refuse_reuse(self, node: Any, path: tuple[str | int, ...]) -> None:
        if id(node) in self.open or (id(node) in self.seen and not self.anchors):
            raise Refused(
                self._mistake(
                    "alias",
                    path,
                    "an anchor is used again here",
                    "a value must be readable where it stands",
                    "write the value out",
                )
            )
        self.seen.add(id(node))

    def _mapping(self, node: Any, path: tuple[str | int, ...]) -> dict[str, Any]:
        built: dict[str, Any] = {}
        for key_node, value_node in self._pairs(node, path):
            key = key_node.value
            if key_node.tag != "tag:yaml.org,2002:str" or not isinstance(key, str):
                self.lines[(*path, str(key))] = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
                raise Refused(
                    self._mistake(
                        "key_not_text",
                        (*path, str(key)),
                        f"the key {key!s} is not text",
                        "only text can be a key",
                        "put the key in quotes, or rename it",
                    )
                )
            built[key] = self.build(value_node, (*path, key))
            self.lines[(*path, key)] = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
        return built

    def _pairs(self, node: Any, path: tuple[str | int, ...]) -> Iterator[tuple[Any, Any]]:
        own = [(key, value) for key, value in node.value if key.tag != "tag:yaml.org,2002:merge"]
        names = [key.value for key, _ in own if isinstance(key, yaml.ScalarNode)]
        for name in names:
            if names.count(name) > 1:
                raise Refused(
                    self._mistake(
                        "key_twice",
                        path,
                        f"the key {name} stands twice",
                        "the second would hide the first",
                        "remove one of the two",
                    )
                )
        for key, value in node.value:
            if key.tag == "tag:yaml.org,2002:merge":
                yield from self._merged(value, path, names)
        yield from own

    def _merged(self, value: Any, path: tuple[str | int, ...], own: list[str]) -> Iterator[tuple[Any, Any]]:
        if not self.anchors:
            self._refuse_reuse(value, path)
            raise Refused(
                self._mistake(
                    "alias",
                    path,
                    "<< merges another mapping in here",
                    "a value must be readable where it stands",
                    "write the values out",
                )
            )
        for source in value.value if isinstance(value, yaml.SequenceNode) else [value]:
            yield from ((key, child) for key, child in self._pairs(source, path) if key.value not in own)

    def _mistake(self, code: str, path: tuple[str | int, ...], problem: str, why: str, do: str) -> Problem:
        return Problem(code, problem, why, do, place(self.file, self.lines, path))


def _scalar(node: Any) -> Any:
    if node.style is not None and node.style != "":
        return node.value
    convert = _SCALARS.get(node.tag)
    return convert(node.value) if convert else node.value


def place(file: str, lines: Lines, path: tuple[str | int, ...]) -> Where:
    """Where a path stands; the nearest known ancestor when the path itself has no line."""
    known = path
    while known and known not in lines:
        known = known[:-1]
    line, column = lines.get(known, (None, None))
    return Where(file, line, column, dotted(path) or None)


def dotted(path: tuple[str | int, ...]) -> str:
    """``criteria.all_of[2].says``"""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def _broken(broken: yaml.YAMLError, file: str) -> Problem:
    mark = getattr(broken, "problem_mark", None)
    where = Where(file, mark.line + 1, mark.column + 1) if mark else Where(file)
    said = getattr(broken, "problem", None) or getattr(broken, "reason", None) or "it cannot be read"
    return Problem(
        "not_yaml",
        f"this is not YAML: {said}",
        "nothing in the file can be used until it reads",
        "look at this line and the one above: a missing colon, quote or indent",
        where,
    )


def _too_deep(file: str) -> Problem:
    return Problem(
        "too_deep",
        "values are nested more than 64 deep",
        "no real input is; it could exhaust the machine",
        "send the data flat, as the contract shows it",
        Where(file),
    )
