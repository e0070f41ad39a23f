"""The policy as this installation reads it on a day: the files it came with, and the overlays that hold by then.

The command line reads the files alone: what it says of a policy needs no database.
"""

import os
import time
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


class _Approved:
    """Every overlay that holds or held, as (from, until before, plan, version), as they begin to hold."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.texts: dict[tuple[str, str], str] = {}  # by plan and version; what was ever read stays
        self.on: dict[date, Laid] = {}  # what of it holds on a day that somebody asked about
        self.asked: float | None = None

    def all(self) -> list[Row]:
        now = time.monotonic()
        if self.asked is None or now - self.asked > REMEMBERED:
            held = Q(status="approved") | Q(withdrawn_on__gt=F("effective_on"))
            found = Overlay.objects.filter(held).order_by("effective_on", "approved_at", "pk")
            self.rows = list(found.values_list("effective_on", "withdrawn_on", "plan", "version"))
            self.on = {}
            self.asked = now
        return self.rows

    def text(self, plan: str, version: str) -> str:
        """What it says; of the many that ever held only those that are laid over something are read."""
        if (plan, version) not in self.texts:
            rows = Overlay.objects.filter(plan=plan, version=version)
            self.texts[plan, version] = rows.values_list("text", flat=True)[:1].get()
        return self.texts[plan, version]


_approved = _Approved()


def forget() -> None:
    """Something was approved or withdrawn: ask again. Other processes do within half a minute."""
    _approved.asked = None


def in_force(on: date) -> Laid:
    """The overlay of each plan that holds on a day: the one whose day came last, and of two the later approved.

    One that was withdrawn still stands for the days before that.
    """
    every = _approved.all()
    if on not in _approved.on:
        rows = [row for row in every if row[0] <= on and (row[1] is None or on < row[1])]
        _approved.on[on] = tuple(sorted({plan: version for _, _, plan, version in rows}.items()))
    return _approved.on[on]


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
