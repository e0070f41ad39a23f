"""What is wrong with a service as somebody sent it: each place with what to do and what would be allowed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from wholeperson.formats.hsds.shape import ALLOWED, BRANCHES, NUMBERS, columns, required


@dataclass(frozen=True)
class Mistake:
    """`path` leads to the place, like service/phones/0/number. A note is no mistake: what is not known is left out."""

    path: str
    problem: str
    do: str
    allowed: tuple[str, ...] = ()
    is_note: bool = False


def mistakes(service: Any, path: str = "service") -> list[Mistake]:
    return list(_thing("service", service, path))


def _thing(kind: str, thing: Any, path: str) -> Iterator[Mistake]:
    if not isinstance(thing, dict):
        yield Mistake(path, f"this is no {kind}", "give an object with its fields")
        return
    for name in required(kind):
        if thing.get(name) in (None, ""):
            yield Mistake(f"{path}/{name}", "this is missing", f"every {kind} needs it")
    for name, value in thing.items():
        yield from _field(kind, name, value, f"{path}/{name}")


def _field(kind: str, name: str, value: Any, path: str) -> Iterator[Mistake]:
    branch = BRANCHES.get(kind, {}).get(name)
    if branch and value is not None:
        if branch.many and not isinstance(value, list):
            yield Mistake(path, "this is no list", "put what hangs here into a list")
            return
        for place, one in enumerate(value if branch.many else [value]):
            yield from _thing(branch.kind, one, f"{path}/{place}" if branch.many else path)
    elif name not in columns(kind) and name != "metadata":
        yield Mistake(path, "this field is not known", "it is left out", is_note=True)
    elif value not in (None, ""):
        yield from _value(kind, name, value, path)


def _value(kind: str, name: str, value: Any, path: str) -> Iterator[Mistake]:
    allowed = ALLOWED.get((kind, name), ())
    if allowed and value not in allowed:
        yield Mistake(path, f"{str(value)[:40]!r} is none of the words for this", "take one of those", allowed)
    if (name == "id" or name.endswith("_id")) and name != "tax_id" and not _is_uuid(value):
        yield Mistake(path, f"{str(value)[:40]!r} is no UUID", "give one, like 0b7f2c9e-7f0a-4e1b-9f57-2c1f0a6d9e11")
    if name in NUMBERS and (isinstance(value, bool) or not isinstance(value, int | float)):
        yield Mistake(path, f"{str(value)[:40]!r} is no number", "give a number without quotes")
    elif name not in NUMBERS and not isinstance(value, str):
        yield Mistake(path, "this is no text", "give it in quotes")


def _is_uuid(value: Any) -> bool:
    try:
        UUID(value)
    except (ValueError, AttributeError, TypeError):
        return False
    return True
