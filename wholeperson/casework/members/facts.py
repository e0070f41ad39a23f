"""What may be known of a member, by the policy: which fact it is, whether a value fits, and how deep it lies."""

from functools import cache
from typing import Any

from wholeperson.rules.problems import Problem, Refused, Where
from wholeperson.rules.reading.cache import load_policy
from wholeperson.rules.reading.files import folder_in_use
from wholeperson.rules.reading.library import Policy
from wholeperson.rules.reading.person_json import fact_value
from wholeperson.rules.words import Words

# a word of privacy in the policy: how deep one must see to read it here
SCOPES = {"open": "care", "identifies": "care", "sensitive": "sensitive", "part2": "part2"}
UNSAFE = ("fleeing_violence",)  # where one is so, somebody looks before anything is written to the person
SPOKEN = {"es": "es", "zh-hant": "zh-Hant"}  # our languages, as the policy calls them


@cache
def policy() -> Policy:
    return load_policy(folder_in_use(), decides=False)


@cache
def words(language: str) -> Words:
    """The policy's words in one of the languages of the pages."""
    return Words(policy(), SPOKEN.get(language, "en"))


def scope_of(fact: str, value: Any) -> str:
    """How deep one must see to read this fact. Refuses one that the policy does not know, or a value it cannot have."""
    known = policy().facts.get(fact)
    if known is None:
        raise Refused(_unknown(fact))
    fits, _, allowed = fact_value(known, value)
    if not fits:
        raise Refused(_unfit(fact, allowed))
    return SCOPES[known.privacy]


def is_as_strong(source: str, before: str, *, fact: str) -> bool:
    """Whether the policy believes a source of this fact no less than the one before."""
    proof = policy().facts[fact].proof
    place, place_before = (proof.index(one) if one in proof else len(proof) for one in (source, before))
    return place <= place_before


def _unknown(fact: str) -> Problem:
    return Problem(
        "unknown_fact",
        f"no rule asks for a fact called {fact:.60}",
        "it would never be read",
        "`wholeperson policy facts` lists all there are",
        Where(path=fact[:60]),
    )


def _unfit(fact: str, allowed: str) -> Problem:
    return Problem(
        "unfit_value",
        f"this is no value of {fact}",
        "a rule that reads it would decide on something that nobody said",
        "write one that fits",
        Where(path=fact),
        (allowed,),
    )
