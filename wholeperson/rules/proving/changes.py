"""What the policy said on one day and says otherwise on another."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from wholeperson.rules.language import Node
from wholeperson.rules.reading.library import Policy


def changes(policy: Policy, first: date, second: date, other: Policy | None = None) -> list[dict[str, Any]]:
    """Criteria that came or went between two days, code sets that changed, programmes that began or ended.

    ``other``: the policy of the second day, where it is not the same.
    """
    found = []
    for programme in policy.programmes.values():
        later = (other or policy).programmes[programme.id]
        before, after = (_in_force(one.begins, one.ends, day) for one, day in ((programme, first), (later, second)))
        if before != after:
            found.append(
                {"programme": programme.id, "id": None, "says": programme.name, "change": "began" if after else "ended"}
            )
        old, new = (dict(_speaking(one.root, day)) for one, day in ((programme, first), (later, second)))
        found += [
            {"programme": programme.id, "id": name, "says": new[name], "change": "came"}
            for name in new.keys() - old.keys()
        ]
        found += [
            {"programme": programme.id, "id": name, "says": old[name], "change": "went"}
            for name in old.keys() - new.keys()
        ]
        found += _codes(programme.id, programme.root, policy, first, second)
    return sorted(found, key=lambda each: (each["programme"], each["id"] or "", each["change"]))


def _in_force(begins: date, ends: date | None, day: date) -> bool:
    return begins <= day and (ends is None or day <= ends)


def _speaking(node: Node, day: date) -> Iterator[tuple[str, str | None]]:
    """The nodes in force that have a name."""
    if node.in_force(day):
        if node.id:
            yield node.id, node.says
        for child in node.children:
            yield from _speaking(child, day)


def _codes(programme: str, node: Node, policy: Policy, first: date, second: date) -> Iterator[dict[str, Any]]:
    members = node.args.get("in")
    if isinstance(members, dict):
        before, after = (set(policy.codes(members["codes"], day)) for day in (first, second))
        if before != after:
            yield {
                "programme": programme,
                "id": node.id,
                "says": node.says,
                "change": "codes",
                "came": sorted(after - before),
                "went": sorted(before - after),
            }
    for child in node.children:
        yield from _codes(programme, child, policy, first, second)
