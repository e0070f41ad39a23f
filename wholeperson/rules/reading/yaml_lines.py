"""YAML with the line of every value remembered, and without YAML's surprises.

Only ``true`` and ``false`` are booleans: ``yes``, ``no``, ``on`` and ``off`` stay words, dates stay text until
somebody asks for a date. A key that is written twice is a mistake, not an overwrite. The document is built from the
parser's events and never deeper than 64: a library that composes it whole would follow any depth until it falls.
"""

import copy
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from wholeperson.rules.problems import Problem, Refused, Where

Place = tuple[str | int, ...]
Lines = dict[Place, tuple[int, int]]

# The C parser where there is one; only its events are used.
_Parser: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

STR, SEQ, MAP, INT, MERGE = (f"tag:yaml.org,2002:{name}" for name in ("str", "seq", "map", "int", "merge"))

# tag: (how it is written, first letters, what it becomes)
_PLAIN: dict[str, tuple[re.Pattern[str], list[str], Callable[[str], Any]]] = {
    "tag:yaml.org,2002:bool": (re.compile(r"(?:true|false)\Z"), list("tf"), lambda text: text == "true"),
    "tag:yaml.org,2002:null": (re.compile(r"(?:null|~|)\Z"), ["n", "~", ""], lambda text: None),
    INT: (re.compile(r"-?(?:0|[1-9][0-9]*)\Z"), list("-0123456789"), int),
    "tag:yaml.org,2002:float": (re.compile(r"-?[0-9]+\.[0-9]+\Z"), list("-0123456789"), float),
    MERGE: (re.compile(r"<<\Z"), ["<"], str),
}
_BY_LETTER = {
    letter: [tag for tag, (_, letters, _) in _PLAIN.items() if letter in letters]
    for letter in ("", *"tfn~<-0123456789")
}

DEEPEST = 64
LONGEST_NUMBER = 300  # digits


def read_yaml(text: str, file: str, *, anchors: bool = False) -> tuple[Any, Lines]:
    """The document and the (line, column) of every path in it. Refuses with the line where the YAML itself is broken.

    ``anchors``: whether ``&name``, ``*name`` and ``<<`` are allowed (they are in test cases, never in policy or input).
    """
    try:
        parser = _Parser(text)
        try:
            builder = _Builder(parser, file, anchors)
            return builder.document(), builder.lines
        finally:
            parser.dispose()
    except yaml.YAMLError as broken:
        raise Refused(_broken(broken, file)) from None


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
    """Turns events into plain values, noting where each stood."""

    def __init__(self, parser: Any, file: str, anchors: bool) -> None:
        self.next, self.file, self.anchors = parser.get_event, file, anchors
        self.lines: Lines = {}
        self.named: dict[str, Any] = {}

    def document(self) -> Any:
        """The one document; nothing when the text holds none."""
        self.next()  # the stream begins
        if isinstance(self.next(), yaml.StreamEndEvent):
            return None
        built = self.value(self.next(), ())
        self.next()  # the document ends
        after = self.next()
        if not isinstance(after, yaml.StreamEndEvent):
            where = Where(self.file, *_position(after))
            raise Refused(Problem("not_yaml", "this is not YAML: a second document begins", *NOT_YAML, where))
        return built

    def value(self, event: Any, path: Place) -> Any:
        self.lines[path] = _position(event)
        kind = type(event)
        if kind is yaml.ScalarEvent:
            built = self.scalar(event, path)
        elif kind is yaml.AliasEvent:
            return self.again(event, path)
        elif event.tag not in (None, "!", SEQ, MAP):
            raise Refused(self.tagged(event, path))
        elif len(path) >= DEEPEST:
            raise Refused(_too_deep(self.file))
        else:
            built = self.sequence(path) if kind is yaml.SequenceStartEvent else self.mapping(path)
        if event.anchor:
            self.named[event.anchor] = built
        return built

    def sequence(self, path: Place) -> list[Any]:
        built: list[Any] = []
        while type(event := self.next()) is not yaml.SequenceEndEvent:
            built.append(self.value(event, (*path, len(built))))
        return built

    def mapping(self, path: Place) -> dict[str, Any]:
        built: dict[str, Any] = {}
        merged: dict[str, Any] = {}
        while type(event := self.next()) is not yaml.MappingEndEvent:
            if _tag(event) == MERGE:
                self.merge(merged, event, path)
                continue
            key = self.key(event, path)
            at = (*path, key)
            if key in built:
                self.lines[at] = _position(event)
                raise Refused(self.mistake("key_twice", at, f"the key {key:.60} stands twice"))
            built[key] = self.value(self.next(), at)
            self.lines[at] = _position(event)
        return {**merged, **built} if merged else built

    def key(self, event: Any, path: Place) -> str:
        if type(event) is yaml.AliasEvent:
            self.again(event, path)
        if _tag(event) != STR:
            shown = f"{event.value:.60}" if type(event) is yaml.ScalarEvent else "[ … ]"
            self.lines[(*path, shown)] = _position(event)
            raise Refused(self.mistake("key_not_text", (*path, shown), f"the key {shown} is not text"))
        return str(event.value)

    def merge(self, merged: dict[str, Any], event: Any, path: Place) -> None:
        if not self.anchors:
            self.lines[(*path, "<<")] = _position(event)
            raise Refused(self.mistake("alias", (*path, "<<"), "<< merges another mapping in here"))
        value = self.value(self.next(), (*path, "<<"))
        for each in value if isinstance(value, list) else [value]:
            merged.update(each if isinstance(each, dict) else {})

    def again(self, event: Any, path: Place) -> Any:
        """What stood under the anchor; a copy, so that changing one does not change the other."""
        if self.anchors and event.anchor in self.named:
            return copy.deepcopy(self.named[event.anchor])
        self.lines[path] = _position(event)
        raise Refused(self.mistake("alias", path, "an anchor is used again here"))

    def scalar(self, event: Any, path: Place) -> Any:
        """The plain value. A tag that somebody wrote may not change what the text says."""
        tag, text = str(_tag(event)), event.value
        if tag == STR:
            return text
        if event.style in ("'", '"', "|", ">") or tag not in _PLAIN or not _PLAIN[tag][0].match(text):
            raise Refused(self.tagged(event, path))
        if len(text) > LONGEST_NUMBER:
            raise Refused(self.mistake("number_too_long", path, f"a number of {len(text)} digits"))
        return _PLAIN[tag][2](text)

    def tagged(self, event: Any, path: Place) -> Problem:
        return self.mistake("tag", path, f"the tag {event.tag:.60} is not read here")

    def mistake(self, code: str, path: Place, problem: str) -> Problem:
        return Problem(code, problem, *_MISTAKES[code], place(self.file, self.lines, path))


NOT_YAML = (
    "nothing in the file can be used until it reads",
    "look at this line and the one above: a missing colon, quote or indent",
)
# code: why it matters, and what to do
_MISTAKES = {
    "alias": ("a value must be readable where it stands", "write the value out"),
    "key_not_text": ("only text can be a key", "put the key in quotes, or rename it"),
    "key_twice": ("the second would hide the first", "remove one of the two"),
    "number_too_long": (
        "no count has that many; it could exhaust the machine",
        "write the number, or put text in quotes",
    ),
    "tag": ("a value must mean what it says", "remove the tag; put text in quotes"),
}


def _tag(event: Any) -> str | None:
    """What a scalar is: what its tag says, else what it looks like; quoted text is text. Nothing for the rest."""
    if type(event) is not yaml.ScalarEvent:
        return None
    if event.tag not in (None, "!"):
        return str(event.tag)
    if event.tag is None and event.implicit[0]:
        for tag in _BY_LETTER.get(event.value[:1], ()):
            if _PLAIN[tag][0].match(event.value):
                return tag
    return STR


def _position(event: Any) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1


def place(file: str, lines: Lines, path: Place) -> Where:
    """Where a path stands; the nearest known ancestor when the path itself has no line."""
    known = path
    while known and known not in lines:
        known = known[:-1]
    line, column = lines.get(known, (None, None))
    return Where(file, line, column, dotted(path) or None)


def dotted(path: Place) -> str:
    """``criteria.all_of[2].says``"""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def _broken(broken: yaml.YAMLError, file: str) -> Problem:
    mark = getattr(broken, "problem_mark", None)
    where = Where(file, mark.line + 1, mark.column + 1) if mark else Where(file)
    said = getattr(broken, "problem", None) or getattr(broken, "reason", None) or "it cannot be read"
    return Problem("not_yaml", f"this is not YAML: {said}", *NOT_YAML, where)


def _too_deep(file: str) -> Problem:
    return Problem(
        "too_deep",
        f"values are nested more than {DEEPEST} deep",
        "no real input is; it could exhaust the machine",
        "send the data flat, as the contract shows it",
        Where(file),
    )
