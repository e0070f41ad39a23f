"""The policy as this installation reads it on a day: the files it came with, and the overlays that hold by then.

The command line reads the files alone: what it says of a policy needs no database.
"""

import os
from datetime import date
from functools import lru_cache
from pathlib import Path

from wholeperson.casework.eligibility.models import Overlay
from wholeperson.rules.problems import Problem, Refused
from wholeperson.rules.proving.lint import lint_documents
from wholeperson.rules.reading.cache import load_policy
from wholeperson.rules.reading.files import Documents
from wholeperson.rules.reading.library import Policy, build
from wholeperson.rules.reading.overlays import lay_over, read_overlay
from wholeperson.rules.reading.versions import stamp_versions

Laid = tuple[tuple[str, str], ...]  # plan and the version of its overlay


def in_force(on: date) -> Laid:
    """The overlay of each plan that holds on a day: the one whose day came last, and of two the later approved."""
    rows = Overlay.objects.filter(status="approved", effective_on__lte=on).order_by("effective_on", "approved_at", "pk")
    return tuple(sorted(dict(rows.values_list("plan", "version")).items()))


def policy_on(on: date, *, language: str | None = None, plan: str | None = None, state: str = "") -> Policy:
    """`state` changes when a file of the policy does, where somebody watches them."""
    return _laid(in_force(on), language, plan, os.environ.get("WHOLEPERSON_POLICY") or "", state)


@lru_cache(maxsize=32)
def _laid(laid: Laid, language: str | None, plan: str | None, folder: str, state: str) -> Policy:
    if not laid:
        return load_policy(Path(folder) if folder else None, language=language, plan=plan)
    texts = {name: _text(name, version) for name, version in laid}
    return _built(lay_over(files(language).documents, texts), plan)


def files(language: str | None = None) -> Policy:
    """The policy the installation came with."""
    folder = os.environ.get("WHOLEPERSON_POLICY")
    return load_policy(Path(folder) if folder else None, language=language)


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


def _text(plan: str, version: str) -> str:
    return Overlay.objects.filter(plan=plan, version=version, status="approved").values_list("text", flat=True)[0]


def _built(documents: Documents, plan: str | None) -> Policy:
    policy = build(documents, plan)
    stamp_versions(policy)
    return policy
