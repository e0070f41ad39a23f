"""The policy as the pages read it: loaded once for each language and plan, and again when it changes."""

import os
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.utils.translation import get_language

from wholeperson.casework.eligibility.policies import Laid, in_force, policy_on
from wholeperson.rules.reading.files import FOLDERS, policy_folders, policy_paths, stamp
from wholeperson.rules.reading.library import Policy
from wholeperson.rules.words import Words

SPOKEN = {"es": "es", "zh-hant": "zh-Hant"}  # what the site calls a language, and what the policy's words are called


def policy(*, plan: str | None = None, on: date | None = None) -> Policy:
    """The policy in the language of the page, with the overlays that hold on a day; without one, the files alone."""
    return policy_on(on, language=SPOKEN.get(get_language() or "en"), plan=plan, state=state())


def words(known: Policy) -> Words:
    """What the policy says, in the language of the page; English stands in where nobody has translated."""
    return Words(known, SPOKEN.get(get_language() or "en", "en"))


def state() -> str:
    """Another text whenever a file of the policy is another: whatever is kept of the policy is kept under it."""
    folder = _folder()
    inside = tuple(
        each.stat().st_mtime_ns
        for root in _roots(folder)
        for each in (root, *map(root.joinpath, FOLDERS))
        if each.is_dir()
    )
    return stamp(_paths(folder, inside))


@lru_cache(maxsize=8)
def _roots(said: str | None) -> list[Path]:
    return policy_folders(Path(said) if said else None)


@lru_cache(maxsize=8)
def _paths(said: str | None, inside: tuple[int, ...]) -> dict[str, Path]:
    """Looked for again when a folder is another: a file came or went."""
    return policy_paths(_roots(said))


def laid(on: date) -> Laid:
    """The overlays that hold on a day: another whenever one is approved, withdrawn or begins."""
    return in_force(on)


def _folder() -> str | None:
    return os.environ.get("WHOLEPERSON_POLICY") or None
