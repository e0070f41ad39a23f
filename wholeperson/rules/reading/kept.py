"""The policy as one kept version of a programme says it: enough to decide that programme again, years later.

What is kept has no words, so nothing here can be asked or read aloud; see `versions.canonical` for what it holds.
"""

import json
from typing import Any

from wholeperson.rules.reading.files import Documents
from wholeperson.rules.reading.library import Policy, build

UNNAMED = {"name": "", "ask": ""}
BIRTH_DATE = {"type": "date", "proof": ["enrolment"], "absence": "not_known", "privacy": "identifies"}


def policy_of(canonical: str, *, plan: str | None = None, elections: list[dict[str, Any]] | None = None) -> Policy:
    """The programme of a canonical JSON, with those it rests on. ``elections``: those of the plan, kept elsewhere."""
    said = json.loads(canonical)
    programmes = {data["id"]: data for data in (*said["programmes"].values(), said["programme"])}
    by_name: dict[str, Any] = {
        "facts": {
            "facts": {name: UNNAMED | data for name, data in ({"birth_date": BIRTH_DATE} | said["facts"]).items()}
        },
        "events": {"events": said["events"], "attribute_types": {}},
        "parameters": {"parameters": said["parameters"]},
        "overlaps": said["overlaps"] or {"id": "overlaps", "rows": []},
        "sources": {"sources": {key: {"grade": grade} for key, grade in said["grades"].items()}},
        "counties": {"counties": said["counties"]},
        **said["shared"],
    }
    by_name |= {f"community_supports/{name}": UNNAMED | data for name, data in programmes.items()}
    if plan:
        by_name[f"plans/{plan}"] = {"id": plan, "name": "", "elections": elections or []}
    return build(Documents(by_name, {}, said["codes"]))
