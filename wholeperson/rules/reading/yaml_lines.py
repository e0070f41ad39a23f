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

INT = "tag:yaml.org,2002:int"
STR, SEQ, MAP, MERGE = (f"tag:yaml.org,2002:{name}" for name in ("str", "seq", "map", "merge"))

# tag: (how it is written, first letters, what it becomes)
_PLAIN: dict[str, tuple[re.Pattern[str], list[str], Callable[[str], Any]]] = {
    "tag:yaml.org,2002:bool": (re.compile(r"^(?:true|false)$"), list("tf"), lambda text: text == "true"),
    "tag:yaml.org,2002:null": (re.compile(r"^(?:null|~|)$"), ["n", "~", ""], lambda text: None),
    INT: (re.compile(r"^-?(?:0|[1-9][0-9]*)$"), list("-0123456789"), int),
    "tag:yaml.org,2002:float": (re.compile(r"^-?[0-9]+\.[0-9]+$"), list("-0123456789"), float),
    MERGE: (re.compile(r"^<<$"), ["<"], str),
}
for _tag, (_written, _letters, _) in _PLAIN.items():
    _Loader.add_implicit_resolver(_tag, _written, _letters)

_STEPS: dict[type, int] = {
    yaml.SequenceStartEvent: 1,
    yaml.MappingStartEvent: 1,
    yaml.SequenceEndEvent: -1,
    yaml.MappingEndEvent: -1,
}

DEEPEST = 64
LONGEST_NUMBER = 300  # digits


def read_yaml(text: str, file: str, *, anchors: bool = False) -> tuple[Any, Lines]:
    """The document and the (line, column) of every path in it. Refuses with the line where the YAML itself is broken.

    ``anchors``: whether ``&name``, ``*name`` and ``<<`` are allowed (they are in test cases, never in policy or input).
    """
    try:
        if _depth(text) > DEEPEST:
            raise Refused(_too_deep(file))
        loader = _Loader(text)
        try:
            root = loader.get_single_node()
        finally:
            loader.dispose()
    except yaml.YAMLError as broken:
        raise Refused(_broken(broken, file)) from None
    lines: Lines = {}
    return (None if root is None else _Builder(file, lines, anchors).build(root, ())), lines


def _depth(text: str) -> int:
    """How deep lists and mappings are nested; looked at first, because composing follows them to any depth."""
    loader = _Loader(text)
    depth = deepest = 0
    try:
        while deepest <= DEEPEST and not isinstance(event := loader.get_event(), yaml.StreamEndEvent | None):
            depth += _STEPS.get(type(event), 0)
            deepest = max(deepest, depth)
    finally:
        loader.dispose()
    return deepest


def read_text(path: Path, name: str) -> str:
    """The text of a file; bytes that are not UTF-8 are refused."""
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(
            Problem("not_text", "the file is not UTF-8 text", "policy is read as text", "save it as UTF-8", Where(name))
        ) from None


def read_yaml_file(path: Path, name: str) -> tuple[Any, Lines]:
    """The same for a file."""
    return read_yaml(read_text(path, name), name)


class _Builder:
    """Turns composed nodes into plain values, noting where each stood."""

    def __init__(self, file: str, lines: Lines, anchors: bool) -> None:
        self.file, self.lines, self.anchors = file, lines, anchors
        self.open: set[int] = set()
        self.seen: set[int] = set()

    def build(self, node: Any, path: tuple[str | int, ...]) -> Any:
        self.lines[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
        if len(path) > DEEPEST:
            raise Refused(_too_deep(self.file))
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, path)
        self._refuse_reuse(node, path)
        if node.tag not in (SEQ, MAP):
            raise Refused(self._tagged(node, path))
        self.open.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            built: Any = [self.build(child, (*path, at)) for at, child in enumerate(node.value)]
        else:
            built = self._mapping(node, path)
        self.open.discard(id(node))
        return built

    def _scalar(self, node: Any, path: tuple[str | int, ...]) -> Any:
        """The plain value. A tag that somebody wrote may not change what the text says."""
        if node.tag == STR:
            return node.value
        written, _, convert = _PLAIN.get(node.tag, (None, None, str))
        if node.style or not (written and written.match(node.value)):
            raise Refused(self._tagged(node, path))
        if len(node.value) > LONGEST_NUMBER:
            raise Refused(
                self._mistake(
                    "number_too_long",
                    path,
                    f"a number of {len(node.value)} digits",
                    "no count has that many; it could exhaust the machine",
                    "write the number, or put text in quotes",
                )
            )
        return convert(node.value)

    def _tagged(self, node: Any, path: tuple[str | int, ...]) -> Problem:
        return self._mistake(
            "tag",
            path,
            f"the tag {node.tag:.60} is not read here",
            "a value must mean what it says",
            "remove the tag; put text in quotes",
        )

    def _refuse_reuse(self, node: Any, path: tuple[str | int, ...]) -> None:
        if id(node) in self.open or (id(node) in self.seen and not self.anchors):
            raise Refused(
                self._mistake(
                    "alias",
                    path,
                    f"an anchor is used again, at {dotted(path)}",
                    "a value must be readable where it stands",
                    "write the value out",
                )
            )
        self.seen.add(id(node))

    def _mapping(self, node: Any, path: tuple[str | int, ...]) -> dict[str, Any]:
        built: dict[str, Any] = {}
        for key_node, value_node in self._pairs(node, path):
            key = key_node.value
            if key_node.tag != STR or not isinstance(key, str):
                raise Refused(self._no_key(key_node, path))
            built[key] = self.build(value_node, (*path, key))
            self.lines[(*path, key)] = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
        return built

    def _no_key(self, key: Any, path: tuple[str | int, ...]) -> Problem:
        shown = f"{key.value:.60}" if isinstance(key.value, str) else "[ … ]"
        self.lines[(*path, shown)] = (key.start_mark.line + 1, key.start_mark.column + 1)
        return self._mistake(
            "key_not_text",
            (*path, shown),
            f"the key {shown} is not text",
            "only text can be a key",
            "put the key in quotes, or rename it",
        )

    def _pairs(self, node: Any, path: tuple[str | int, ...]) -> Iterator[tuple[Any, Any]]:
        own = [(key, value) for key, value in node.value if key.tag != MERGE]
        names: set[str] = set()
        for key, _ in own:
            if isinstance(key, yaml.ScalarNode):
                if key.value in names:
                    raise Refused(self._twice(key, path))
                names.add(key.value)
        for key, value in node.value:
            if key.tag == MERGE:
                yield from self._merged(value, path, names)
        yield from own

    def _twice(self, key: Any, path: tuple[str | int, ...]) -> Problem:
        self.lines[(*path, key.value)] = (key.start_mark.line + 1, key.start_mark.column + 1)
        return self._mistake(
            "key_twice",
            (*path, key.value),
            f"the key {key.value:.60} stands twice",
            "the second would hide the first",
            "remove one of the two",
        )

    def _merged(self, value: Any, path: tuple[str | int, ...], own: set[str]) -> Iterator[tuple[Any, Any]]:
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
        f"values are nested more than {DEEPEST} deep",
        "no real input is; it could exhaust the machine",
        "send the data flat, as the contract shows it",
        Where(file),
    )
