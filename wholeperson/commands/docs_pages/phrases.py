"""The policy's short lists (privacy, types, grades, overlaps) in words for a reader who is no programmer."""

from typing import Final

PRIVACY: Final = {
    "open": "anybody may read it",
    "identifies": "it helps to tell who the member is; whoever works with the member may read it",
    "sensitive": "health, housing, custody or violence; to others than care and the plan it reads *a health reason*",
    "part2": "it may tell of treatment for substance use, which federal rules (42 CFR Part 2) guard more closely; to "
    "others than care and the plan it reads *a health reason*",
}

TYPES: Final = {
    "bool": "yes or no",
    "int": "a whole number",
    "date": "a day",
    "text": "words",
    "word": "one word of a list",
    "list": "words of a list, several if need be",
}

CONFIDENCE: Final = {
    "verified": "read in the State's own text or law, or on a plan's page",
    "reported": "read in a weaker source only",
    "unconfirmed": "not read in a source",
}

GRADES: Final = {
    "A": "the issuing body's own text, or the law",
    "B": "a plan's page or policy",
    "C": "an implementer's code or file",
    "D": "somebody else's account",
}

# How the overlap table answers "both at once?".
OVERLAPS: Final = {
    "no": "no: it takes the place of this one",
    "either": "the member chooses one",
    "ecm_first": "ECM comes first",
    "both": "both, but the same help is not paid twice",
}

KINDS: Final = {
    "benefit": "benefit",
    "population_of_focus": "population of focus",
    "community_support": "Community Support",
    "pre_release": "services before release",
}

JOINED: Final = {"all_of": "all of", "any_of": "at least one of", "none_of": "none of"}

ABBREVIATIONS: Final = frozenset(
    "adt calworks ccs cct cpsp dmc dsnp ecm ghpp gyn hcpcfc icc ihss ob pof smhs wic".split()
)


def spaced(name: object) -> str:
    """A name of the policy as words."""
    return " ".join(each.upper() if each in ABBREVIATIONS else each for each in str(name).split("_"))


def spelled(value: object) -> str:
    """A value as words."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else spaced(value)


def titled(name: object) -> str:
    """A name of the policy as a heading."""
    words = spaced(name)
    return words[:1].upper() + words[1:]
