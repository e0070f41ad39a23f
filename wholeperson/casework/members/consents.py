"""What the forms of consent are called, and how far each category opens a record."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from wholeperson.access.roles import SCOPES
from wholeperson.rules.problems import Problem, Refused, Where

FORMS = {
    "ascmi_ab133": _("ASCMI form for people with Medi-Cal (AB 133)"),
    "ascmi": _("ASCMI form for everybody else"),
    "part2": _("Consent to share drug and alcohol treatment (42 CFR Part 2)"),
}
CATEGORIES = {
    "physical_health": _("Physical health"),
    "mental_health": _("Mental health"),
    "social_needs": _("Housing, food and other social needs"),
    "justice": _("Time in jail or prison"),
    "substance_use": _("Drug and alcohol treatment"),
}
METHODS = {"paper": _("Signed on paper"), "screen": _("Signed on a screen"), "spoken": _("Said, with a witness")}

DEPTHS = {
    "physical_health": "care",
    "mental_health": "sensitive",
    "social_needs": "sensitive",
    "justice": "sensitive",
    "substance_use": "part2",
}


def scope_of(form: str, categories: Collection[str]) -> str:
    """How deep a consent opens the record. Treatment for substance use has a form of its own, and nothing beside it."""
    apart = "substance_use" in categories
    if apart != (form == "part2") or (apart and len(set(categories)) > 1):
        raise Refused(_mixed(form))
    return max((DEPTHS[category] for category in categories), key=SCOPES.index, default=SCOPES[0])


def _mixed(form: str) -> Problem:
    return Problem(
        "mixed_consent",
        "drug and alcohol treatment has a consent of its own",
        "federal law (42 CFR Part 2) asks for one that says so, apart from the rest",
        "keep one consent for it, and another for everything else",
        Where(path=form),
        ("part2 with substance_use alone", "ascmi_ab133 or ascmi with the others"),
    )
