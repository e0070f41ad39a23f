"""The policy as this installation reads it on a day: the files it came with, and the overlays that hold by then.

The command line reads the files alone: what it says of a policy needs no database.
"""

import os
import time
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.db.models import F, Q

from wholeperson.casework.eligibility.models import Overlay
from wholeperson.rules.problems import Problem, Refused
from wholeperson.rules.proving.lint import lint_documents
from wholeperson.rules.reading.cache import load_policy
from wholeperson.rules.reading.files import Documents, folder_in_use
from wholeperson.rules.reading.library import Policy, build
from wholeperson.rules.reading.overlays import lay_over, read_overlay
from wholeperson.rules.reading.versions import stamp_versions

Laid = tuple[tuple[str, str], ...]  # plan and the version of its overlay
REMEMBERED = 30.0  # seconds: a page that anyone may read asks the database for nothing else


Row = tuple[date, date | None, str, str]


@dataclass(frozen=True)
class Held:
    """Every overlay that holds or held, as (from, until before, plan, version), as they begin to hold."""

    rows: list[Row]
    asked: float  # when, on the machine's own clock
    _on: dict[date, Laid] = field(default_factory=dict)  # what of it holds on a day that somebody asked about

    def on(self, day: date) -> Laid:
        if day not in self._on:
            rows = [row for row in self.rows if row[0] <= day and (row[1] is None or day < row[1])]
            self._on[day] = tuple(sorted({plan: version for _, _, plan, version in rows}.items()))
        return self._on[day]


class _Approved:
    """What was read last. Threads share it: each goes on with what it has in its hand."""

    def __init__(self) -> None:
        self.texts: dict[tuple[str, str], str] = {}  # by plan and version; what was ever read stays
        self.held: Held | None = None
        self.changes = 0

    def all(self) -> Held:
        held, changes = self.held, self.changes
        if held and time.monotonic() - held.asked <= REMEMBERED:
            return held
        is_held = Q(status="approved") | Q(withdrawn_on__gt=F("effective_on"))
        found = Overlay.objects.filter(is_held).order_by("effective_on", "approved_at", "pk")
        held = Held(list(found.values_list("effective_on", "withdrawn_on", "plan", "version")), time.monotonic())
        if changes == self.changes:  # else it was read before something changed, and nobody goes on with it
            self.held = held
        return held

    def text(self, plan: str, version: str) -> str:
        """What it says; of the many that ever held only those that are laid over something are read."""
        if (plan, version) not in self.texts:
            rows = Overlay.objects.filter(plan=plan, version=version)
            self.texts[plan, version] = rows.values_list("text", flat=True)[:1].get()
        return self.texts[plan, version]


_approved = _Approved()


def forget() -> None:
    """Something was approved or withdrawn: ask again. Other processes do within half a minute."""
    _approved.changes += 1
    _approved.held = None


def in_force(on: date) -> Laid:
    """The overlay of each plan that holds on a day: the one whose day came last, and of two the later approved.

    One that was withdrawn still stands for the days before that.
    """
    return _approved.all().on(on)


def policy_on(on: date | None, *, language: str | None = None, plan: str | None = None, state: str = "") -> Policy:
    """Without a day, the files alone. `state` changes when one of them does, where somebody watches them."""
    return _laid(in_force(on) if on else (), language, plan, os.environ.get("WHOLEPERSON_POLICY") or "", state)


@lru_cache(maxsize=32)
def _laid(laid: Laid, language: str | None, plan: str | None, folder: str, state: str) -> Policy:
    if not laid:
        return load_policy(Path(folder) if folder else None, language=language, plan=plan)
    return _built(lay_over(files(language).documents, {one[0]: _approved.text(*one) for one in laid}), plan)


def files(language: str | None = None) -> Policy:
    """The policy the installation came with."""
    return load_policy(folder_in_use(), language=language)


def with_overlay(before: Policy, plan: str, text: str) -> Policy:
    """What the policy would be with this overlay."""
    return _built(lay_over(before.documents, {plan: text}), None)


def findings(before: Policy, plan: str, text: str) -> list[Problem]:
    """What `policy lint` finds wrong once the overlay is laid over; nothing where it may be laid."""
    try:
        read = read_overlay(plan, text)
        documents = lay_over(before.documents, {plan: text})
    except Refused as refused:
        return list(refused.problems)
    return lint_documents(Documents(documents.by_name, read.lines, documents.codes, documents.root))[0]


def _built(documents: Documents, plan: str | None) -> Policy:
    policy = build(documents, plan)
    stamp_versions(policy)
    return policy
