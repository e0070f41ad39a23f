"""A sentence in the other languages, and whether anybody has reviewed it there."""

from wholeperson.rules.reading.library import Policy
from wholeperson.rules.words import LANGUAGES, Words

NAMES = {"en": "English", "es": "Spanish", "zh-Hant": "Chinese (traditional)"}


def translated(key: str, policy: Policy) -> list[tuple[str, str, str]]:
    """(language, text, note) for every language but English."""
    return [(NAMES[language], *_entry(key, language, policy)) for language in LANGUAGES if language != "en"]


def _entry(key: str, language: str, policy: Policy) -> tuple[str, str]:
    entry = Words(policy, language).own.get(key)
    if entry is None:
        return "", "no translation yet"
    reviewed = entry.get("reviewed")
    return str(entry["text"]), f"reviewed by {reviewed['by']} on {reviewed['on']}" if reviewed else "not reviewed"
