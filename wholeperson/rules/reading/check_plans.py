"""Checks one plan's overlay: it may add and elect, it may never narrow what the State gives."""

from typing import Any

from wholeperson.rules.reading.check_nodes import Nodes
from wholeperson.rules.reading.ladder import Ladder

PLAN_NEEDS = {"id", "name", "counties"}
PLAN_MAY = {
    "from", "to", "elections", "printed", "channels", "contacts", "groups", "guide", "clocks", "lengths", "parameters",
    "forms", "documents", "last_verified", "shares_page_with", "sheet", "cites", "mark", "provider_types",
}  # fmt: skip
NARROWING = ("criteria", "exclusions", "eligibility", "all_of", "requires", "none_of")


def check_plan(ladder: Ladder, data: dict[str, Any], nodes: Nodes) -> None:
    """The plan's own keys, its elections and the open questions it settles for itself."""
    for key in NARROWING:
        if key in data:
            ladder.say(
                (key,),
                "overlay_narrows",
                f"a plan may not add {key}",
                "who may get a service is the State's to say; a plan may only widen",
                "keep narrower wording under `printed:`, where it decides nothing",
                sorted(PLAN_MAY),
            )
    if not ladder.keys(data, (), PLAN_NEEDS, PLAN_MAY | set(NARROWING)):
        return
    for at, election in enumerate(data.get("elections") or []):
        path = ("elections", at)
        if ladder.keys(
            election, path, ("programme", "counties", "offered", "from"), ("to", "sheet", "cites", "mark", "components")
        ):
            ladder.one_of(election["programme"], (*path, "programme"), nodes.programmes, "programme")
            ladder.dates(election, path)
            ladder.truth(election, path)
            if "components" in election:
                ladder.say(
                    (*path, "components"),
                    "one_component",
                    "a plan may not offer one component alone",
                    "a service of two components is offered whole",
                    "remove `components:`",
                )
    for name, value in (data.get("parameters") or {}).items():
        path = ("parameters", name)
        if ladder.one_of(name, path, ladder.parameters(), "open question"):
            ladder.one_of(value, path, ladder.parameters()[name].get("readings", []), f"reading of {name}")
