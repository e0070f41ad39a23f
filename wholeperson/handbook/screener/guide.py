"""What the policy says of the screener: how it begins, its plainer wording, and what it leaves to others to answer."""

from functools import lru_cache
from typing import Any, NamedTuple

from wholeperson.rules.reading.library import Policy
from wholeperson.rules.words import Words

AGE = "birth_date"  # asked in years; the day itself is never asked here, and never made up
ASKED_TYPES = ("bool", "int", "word", "list")


class Situation(NamedTuple):
    """Something a person recognises, what it leads the questions to, and what is true of whoever ticks it."""

    id: str
    says: str
    looks_at: tuple[str, ...]
    tells: dict[str, bool]
    first: tuple[str, ...]
    urgent: bool


class Group(NamedTuple):
    """Situations under one heading."""

    id: str
    says: str
    situations: tuple[Situation, ...]


class Guide:
    """The screener's part of one policy, in one language."""

    def __init__(self, policy: Policy, language: str) -> None:
        self.policy = policy
        self.words = Words(policy, language)
        document: dict[str, Any] = policy.documents.by_name["screener"]
        self.groups = tuple(self._group(row, document["situations"]) for row in document["groups"])
        self.situations = {each.id: each for group in self.groups for each in group.situations}
        self.plain = {row["id"]: self._said(row) for row in document["questions"]}
        self.left_to: dict[str, str] = {fact: who for who, facts in document["left_to"].items() for fact in facts}
        self.urgent = frozenset(document["urgent"])
        self.unasked = frozenset(name for name in policy.facts if not self._askable(name))

    def question(self, fact: str) -> str:
        """How it is asked here."""
        return self.plain.get(fact) or self.words.ask(fact)

    def is_urgent(self, fact: str) -> bool:
        """Whether the question speaks of danger, drugs or self-harm, so that 911 and 988 stand beside it."""
        return fact in self.urgent or self.policy.facts[fact].privacy == "part2"

    def checked_by(self, fact: str) -> str:
        """Who finds out what the screener does not ask."""
        return self.left_to.get(fact, "plan")

    def _askable(self, name: str) -> bool:
        fact = self.policy.facts[name]
        if name == AGE:
            return True
        return "member" in fact.proof and name not in self.left_to and fact.type in ASKED_TYPES

    def _group(self, row: dict[str, Any], situations: list[dict[str, Any]]) -> Group:
        inside = tuple(self._situation(each) for each in situations if each["group"] == row["id"])
        return Group(row["id"], self._said(row), inside)

    def _situation(self, row: dict[str, Any]) -> Situation:
        return Situation(
            row["id"],
            self._said(row),
            tuple(row["looks_at"]),
            row.get("tells", {}),
            tuple(row.get("first", ())),
            row.get("urgent", False),
        )

    def _said(self, row: dict[str, Any]) -> str:
        return self.words.sentence(f"screener.{row['id']}", row["says"])


@lru_cache(maxsize=32)
def guide_of(policy: Policy, language: str) -> Guide:
    """Made once for each policy and language."""
    return Guide(policy, language)
