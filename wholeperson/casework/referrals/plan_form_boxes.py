"""When a box of a plan's form is ticked: by what was chosen on the request. Kept as data, like `urgency=expedited`."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from wholeperson.casework.members import tongues
from wholeperson.casework.referrals import programmes, sayings


def choices() -> dict[str, Any]:
    """Each thing that may be so of a request, and how it is said: yes or no, or one of several."""
    of: dict[str, dict[str, Any]] = {
        "asker_standing": sayings.STANDINGS, "safe_to_contact": sayings.SAFETY, "urgency": sayings.URGENCIES,
        "service": dict(programmes.choices()), "language": {**dict(settings.LANGUAGES), **tongues.SPOKEN},
    }  # fmt: skip
    return {"agreed=yes": _("The person agrees to be referred")} | {
        f"{field}={word}": format_lazy("{} {}", sayings.FORM_FIELDS[field], says)
        for field, words in of.items()
        for word, says in words.items()
    }


def ticked(mapping: Mapping[str, str], said: Mapping[str, str]) -> set[str]:
    """The boxes of which it is so that they are ticked. Which of one-of-several comes first only the form tells."""
    so = {f"{field}={word}" for field, word in said.items()}
    return {box for box, when in mapping.items() if when in so}
