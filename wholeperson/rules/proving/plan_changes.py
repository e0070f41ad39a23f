"""What a plan's overlay says otherwise than the one before, item by item."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

SILENT = ("id", "sheet", "cites", "mark")  # where it is from; what it says is the same


@dataclass(frozen=True)
class PlanChange:
    """`change`: came, went or changed; `part`: the list it stands in; `item`: what it is now, or was."""

    change: str
    part: str
    item: Any
    before: Any = None


def plan_changes(before: dict[str, Any] | None, after: dict[str, Any]) -> list[PlanChange]:
    """Every difference that somebody would want to read before saying yes."""
    old = before or {}
    return [
        change
        for part in sorted((old.keys() | after.keys()) - set(SILENT))
        for change in _part(part, old.get(part), after.get(part))
    ]


def _part(part: str, old: Any, new: Any) -> Iterator[PlanChange]:
    if isinstance(old or [], list) and isinstance(new or [], list):
        yield from _listed(part, _by_key(old or []), _by_key(new or []))
    elif isinstance(old or {}, dict) and isinstance(new or {}, dict):
        items = ({name: {"id": name, "value": value} for name, value in (one or {}).items()} for one in (old, new))
        yield from _listed(part, *items)
    elif old != new:
        yield PlanChange("changed" if old is not None else "came", part, new, old)


def _listed(part: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[PlanChange]:
    yield from (PlanChange("went", part, old[key]) for key in old if key not in new)
    yield from (PlanChange("came", part, new[key]) for key in new if key not in old)
    for key in old:
        if key in new and _said(old[key]) != _said(new[key]):
            yield PlanChange("changed", part, new[key], old[key])


def _by_key(items: list[Any]) -> dict[str, Any]:
    """Items by what tells one from another: an id, or of an election what is offered where from when."""
    return {_key(item): item for item in items}


def _key(item: Any) -> str:
    if not isinstance(item, dict):
        return str(item)
    if "id" in item:
        return str(item["id"])
    return " ".join(str(item.get(name, "")) for name in ("programme", "counties", "from"))


def _said(item: Any) -> Any:
    return {key: value for key, value in item.items() if key not in SILENT} if isinstance(item, dict) else item


def shown(value: Any) -> str:
    """A value of an overlay as a person reads it."""
    if isinstance(value, dict):
        return "; ".join(f"{key.replace('_', ' ')}: {shown(each)}" for key, each in value.items() if key not in SILENT)
    if isinstance(value, list):
        return ", ".join(shown(each) for each in value)
    return value.isoformat() if isinstance(value, date) else str(value)
