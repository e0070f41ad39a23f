"""Services as one JSON document: a list of them, one alone, or a page of somebody's API."""

import json
from typing import Any

Service = dict[str, Any]


class NotJson(ValueError):
    """What was given is no JSON, or holds no services; the words say where."""


def read(content: bytes) -> list[Any]:
    """Whatever stands where services should; `checking` says what is wrong with each."""
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as wrong:
        raise NotJson(f"this is no JSON: {wrong}") from wrong
    if isinstance(found, dict):
        found = found.get("contents", found.get("services", [found] if "id" in found else None))
    if not isinstance(found, list):
        raise NotJson("there is no list of services: give a list, or an object with contents")
    return found


def write(services: list[Service]) -> bytes:
    """The same services give the same bytes."""
    return json.dumps(services, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"
