"""The main part of a page, made once for each policy, overlays, language and question, and kept in the process."""

from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from wholeperson.casework.eligibility.policies import Laid
from wholeperson.handbook import reading
from wholeperson.handbook.programs import cards, parts, pictures
from wholeperson.handbook.programs.asked import Asked
from wholeperson.handbook.programs.pen import Pen

MOST = 256  # some 60 KB each


def part(template: str, name: str, asked: Asked, path: str) -> SafeString:
    """What stands between head and foot of a program's page; nobody's name is in it."""
    return _made(template, name, asked, path, reading.state(), reading.laid(asked.on), get_language() or "en")


@lru_cache(maxsize=MOST)
def _made(template: str, name: str, asked: Asked, path: str, state: str, laid: Laid, language: str) -> SafeString:
    return render_to_string(template, {"path": path, **told(name, asked)})


def told(name: str, asked: Asked) -> dict[str, Any]:
    """What the templates of one program are given."""
    known = reading.policy(plan=asked.plan, on=asked.on)
    pen = Pen(known, reading.words(known), asked)
    return {
        "asked": asked,
        "plans": cards.plans(known),
        "counties": cards.counties(known),
        "told": parts.told(known.programmes[name], pen),
        "picture": pictures.of(name),
        "populations": cards.populations(pen) if name == "ecm" else [],
        "county": known.counties[asked.county]["name"] if asked.county else "",
        "version": known.versions[name][:16],
    }
