"""What the policy calls its programs and plans, in the language of the page."""

from functools import lru_cache

from django.utils.translation import get_language, override

from wholeperson.handbook import reading
from wholeperson.rules.words import Words


def words(language: str | None = None) -> Words:
    """The policy's sentences in a language of the site, or in that of the page."""
    return _words(reading.SPOKEN.get(language or get_language() or "en", "en"), reading.state())


@lru_cache(maxsize=8)
def _words(spoken: str, state: str) -> Words:
    """One set of sentences for each language, and another when the policy is another."""
    with override(spoken.lower()):
        return Words(reading.policy(), spoken)


def program(id: str) -> str:
    """A program's name."""
    known = reading.policy().programmes[id]
    return words().name(id, known.name)


def programs(ids: list[str]) -> list[tuple[str, str]]:
    """(id, name) of those that the policy knows."""
    return [(one, program(one)) for one in ids if one in reading.policy().programmes]


def plans(ids: list[str]) -> list[str]:
    """Their names, which are the same in every language."""
    known = reading.policy().plans
    return [known[one]["name"] for one in ids if one in known]
