"""The policy as the pages read it: loaded once for each language and plan, and again when it changes."""

from functools import lru_cache

from django.utils.translation import get_language

from wholeperson.rules.reading.cache import load_policy
from wholeperson.rules.reading.library import Policy

SPOKEN = {"es": "es", "zh-hant": "zh-Hant"}  # what the site calls a language, and what the policy's words are called


def policy(*, plan: str | None = None) -> Policy:
    """The policy, speaking the language of the page."""
    return _loaded(SPOKEN.get(get_language() or "en"), plan)


@lru_cache(maxsize=32)
def _loaded(language: str | None, plan: str | None) -> Policy:
    return load_policy(language=language, plan=plan)
