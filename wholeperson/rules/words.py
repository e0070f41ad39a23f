"""The policy's words in the language asked for; English stands in where a sentence has no translation."""

import hashlib
from functools import lru_cache
from typing import Any

from wholeperson.rules.language import Node
from wholeperson.rules.reading.library import Policy

LANGUAGES = ("en", "es", "zh-Hant")


class Words:
    """Looks up sentences by key."""

    def __init__(self, policy: Policy, language: str = "en") -> None:
        self.language = language
        self.policy = policy
        self.english: dict[str, str] = _phrases(policy, "en")
        document = policy.documents.by_name.get(f"words/{language}") or {}
        self.own: dict[str, Any] = document.get("words", {})
        self.phrases: dict[str, str] = _phrases(policy, language)
        self.told: dict[Any, dict[str, Any]] = {}  # what explain has put into words already

    def says(self, node: Node) -> str:
        """The node's sentence; a group without one is described by how its members are joined."""
        if node.says is None:
            return self.phrase(node.op)
        return self._own(node.key, node.says)

    def ask(self, fact: str) -> str:
        """The question for a fact."""
        return self._own(f"fact.{fact}", self.policy.facts[fact].ask)

    def name(self, programme: str, english: str) -> str:
        """A programme's name."""
        return self._own(f"{programme}.name", english)

    def sentence(self, key: str, english: str) -> str:
        """What any other document of the policy says under that key."""
        return self._own(key, english)

    def phrase(self, key: str) -> str:
        """One of the few words no rule speaks itself."""
        return self.phrases.get(key) or self.english.get(key, key.replace("_", " "))

    def _own(self, key: str | None, english: str) -> str:
        entry = self.own.get(key or "")
        return entry["text"] if entry and entry["of"] == digest(english) else english


@lru_cache(maxsize=8192)
def digest(english: str) -> str:
    """What a translation carries of the English it was made from; another English makes it stale."""
    return hashlib.sha256(english.encode()).hexdigest()[:12]


def _phrases(policy: Policy, language: str) -> dict[str, str]:
    found: dict[str, str] = (policy.documents.by_name.get(f"words/{language}") or {}).get("phrases", {})
    return found
