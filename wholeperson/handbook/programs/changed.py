"""What the rules said on one day and say otherwise on another, in the words of the page."""

from datetime import date
from typing import Any, NamedTuple

from django.urls import reverse

from wholeperson.handbook.programs import labels
from wholeperson.handbook.programs.pen import Pen
from wholeperson.rules.calendar import Span, back
from wholeperson.rules.proving.changes import changes


class Change(NamedTuple):
    """``key``: where in the policy the sentence stands. ``codes``: those that came or went."""

    key: str
    what: str
    says: str
    codes: str


class Changed(NamedTuple):
    """One program with what changed of it."""

    name: str
    href: str
    changes: list[Change]


def a_year_before(day: date) -> date:
    return back(day, Span(12, 0))


def between(since: date, pen: Pen) -> list[Changed]:
    """Those programs of which anything changed, in the policy's order."""
    found: dict[str, list[Change]] = {}
    for row in changes(pen.policy, since, pen.asked.on):
        if row["says"]:  # a group without a sentence speaks through its members
            found.setdefault(row["programme"], []).append(_change(row, pen))
    return [
        Changed(pen.name(name), reverse("program", args=[name]) + pen.asked.query, found[name])
        for name in pen.policy.programmes
        if name in found
    ]


def _change(row: dict[str, Any], pen: Pen) -> Change:
    name, node, english = row["programme"], row["id"], row["says"]
    key = _key(name, node, pen) if node else f"{name}.name"
    codes = [f"+ {each}" for each in row.get("came", ())] + [f"− {each}" for each in row.get("went", ())]
    return Change(key, str(labels.CHANGES[row["change"]]), pen.words.sentence(key, english), ", ".join(codes))


def _key(programme: str, node: str, pen: Pen) -> str:
    """A criterion of a shared block has its sentence under the name of the block."""
    nodes = pen.policy.programmes[programme].nodes
    return next((each.key for each in nodes if each.id == node and each.key), f"{programme}.{node}")
