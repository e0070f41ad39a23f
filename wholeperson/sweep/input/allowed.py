"""The lists of words that cells are chosen from: the loaded policy's own."""

from wholeperson.rules.language import SOURCES
from wholeperson.rules.reading.check_classify import CLAIM_TYPES
from wholeperson.rules.reading.library import Policy
from wholeperson.rules.reading.listed import FORTHCOMING
from wholeperson.rules.reading.person_json import OTHER_PLAN, SHARE_OF_COST

EDITIONS = ("icd-10-cm", "icd-9-cm")
Lists = dict[str, tuple[str, ...]]
WORDS = ("about", "term", "facility_type", "adjudication")


def lists_of(policy: Policy) -> Lists:
    """Name of a list → its words, in a fixed order."""
    told = tuple(name for name, event in policy.events.items() if event.kind != "derived")
    facts = {name for name in policy.facts if name != "birth_date"}  # that stands in members
    return {
        "counties": tuple(sorted(policy.counties)),
        "plans": (*sorted(policy.plans), OTHER_PLAN),
        "share_of_cost": SHARE_OF_COST,
        "claim_types": CLAIM_TYPES,
        "editions": EDITIONS,
        "sources": SOURCES,
        "race_ethnicity": tuple(map(str, policy.facts["race_ethnicity"].values)),
        "facts": tuple(sorted(facts | {each for each, name in policy.aliases.items() if name != "birth_date"})),
        "events": told,
        "all_events": tuple(policy.events),
        "program": tuple(dict.fromkeys((*programs(policy), *programmes(policy)))),
        **{name: tuple(map(str, policy.attribute_types.get(name, ()))) for name in WORDS},
    }


def programs(policy: Policy) -> tuple[str, ...]:
    """What somebody may be enrolled in."""
    return tuple(map(str, policy.attribute_types.get("program", ())))


def programmes(policy: Policy) -> tuple[str, ...]:
    """What may be authorized or served."""
    return tuple(dict.fromkeys((*sorted(policy.programmes), *FORTHCOMING)))


def words_of(policy: Policy) -> tuple[str, ...]:
    """Every word an attribute may have; the store keeps the place in this list."""
    lists = lists_of(policy)
    return tuple(dict.fromkeys(word for name in (*WORDS, "program") for word in lists[name]))
