"""What is chosen from where somebody asks: a language, a county, a plan."""

from typing import Any

from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from wholeperson.casework.members import tongues
from wholeperson.casework.referrals import placing, programmes

LANGUAGES = ("en", "es", "zh-hant")


def languages() -> list[tuple[str, str]]:
    return [(code, get_language_info(code)["name_local"]) for code in LANGUAGES]


def spoken() -> list[tuple[str, Any]]:
    """What somebody may speak: the languages of these pages first, then every other that people here speak or sign."""
    others = ((code, name) for code, name in tongues.SPOKEN.items() if code not in LANGUAGES)
    return [*languages(), *sorted(others, key=lambda one: str(one[1]))]


def counties() -> list[tuple[str, str]]:
    known = programmes.policy().counties
    return sorted(((word, one["name"]) for word, one in known.items()), key=lambda one: one[1])


def plans() -> list[tuple[str, Any]]:
    """Those with a place here by their name here, and every other of the policy; no real plan in an invented county."""
    here = placing.names_here()
    known = {word: str(plan["name"]) for word, plan in programmes.policy().plans.items()}
    named = here if settings.DEMO and here else known | here
    found = sorted(named.items(), key=lambda one: one[1])
    return [*found, ("other", _("Another plan")), ("", _("I do not know"))]
