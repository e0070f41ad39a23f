"""A program that nobody knows: which one may have been meant, by its id, its name, a former name or an abbreviation."""

import difflib

from django.urls import reverse

from wholeperson.handbook.programs.cards import Choice
from wholeperson.handbook.programs.pen import Pen

MOST = 5  # are named


def meant(said: str, pen: Pen) -> list[Choice]:
    """The nearest first: address and name. Nothing where nothing is near."""
    names = _names(pen)
    text = said.lower().replace("-", " ").replace("_", " ").strip()[:80]
    near = [text] if text in names else difflib.get_close_matches(text, names, n=12, cutoff=0.6)
    near += [name for name in names if len(text) > 2 and text in name.split()]
    found = dict.fromkeys(names[each] for each in near)
    return [Choice(reverse("program", args=[each]) + pen.asked.query, pen.name(each)) for each in list(found)[:MOST]]


def _names(pen: Pen) -> dict[str, str]:
    """Whatever a program is or was called, in small letters, to its id."""
    found: dict[str, str] = {}
    for each in pen.policy.programmes.values():
        short = each.id.partition(".")[2] or each.id
        called = [each.id, short, each.name, pen.name(each.id), *each.data.get("former_names", ())]
        for name in (*called, *each.data.get("abbreviations", ())):
            found.setdefault(name.lower().replace("-", " ").replace("_", " "), each.id)
    return found
