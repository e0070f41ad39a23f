"""A plan's overlay that lies in no folder: read, laid over the documents, and hashed by what it says."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from wholeperson.rules.problems import Problem, Refused, Where
from wholeperson.rules.reading.files import Documents

LONGEST = 200_000  # characters: a plan's page is some tens of thousands


def read_overlay(plan: str, text: str) -> Documents:
    """The one document, with the line of each place in it. Refuses what is no YAML, or too much of it."""
    from wholeperson.rules.reading.yaml_lines import read_yaml

    name = f"plans/{plan}"
    if len(text) > LONGEST:
        raise Refused(_too_long(name))
    data, lines = read_yaml(text, f"{name}.yaml")
    return Documents({name: data}, {name: lines})


def lay_over(documents: Documents, overlays: Mapping[str, str]) -> Documents:
    """The documents with these plans in place of the files that bear their names."""
    by_name, lines = dict(documents.by_name), dict(documents.lines)
    for plan, text in overlays.items():
        read = read_overlay(plan, text)
        by_name |= read.by_name
        lines |= read.lines
    return Documents(by_name, lines, documents.codes, documents.root)


def canonical_overlay(data: Any) -> tuple[str, str]:
    """What an overlay says, in one text whatever its order and remarks; and the SHA-256 of that."""
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
    return text, hashlib.sha256(text.encode()).hexdigest()


def _too_long(name: str) -> Problem:
    return Problem(
        "overlay_too_long", "this is longer than a plan's overlay can be", "somebody must be able to read it whole",
        "send the overlay of one plan", Where(f"{name}.yaml"), (f"{LONGEST} characters",),
    )  # fmt: skip
