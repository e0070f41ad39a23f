"""The page of a plan, whole: what it says itself, and what it takes over from the plan whose page it shares."""

from collections.abc import Iterator
from typing import Any, Final

# Told on the page. Elections, counties and settled questions are each plan's own and never taken over.
LISTS: Final = ("groups", "provider_types", "contacts", "channels", "forms", "documents", "printed")
WHOLE: Final = ("page", "guide")


def page(plan: dict[str, Any], plans: dict[str, Any]) -> dict[str, Any]:
    """What is told of one plan: of two items with one id its own, and nothing that holds for the other plan only."""
    other = plans.get(plan.get("shares_page_with", ""), {})
    told: dict[str, Any] = {key: plan.get(key, other.get(key)) for key in WHOLE}
    for key in LISTS:
        own = plan.get(key, [])
        named = {each.get("id") for each in own}
        told[key] = [*own, *(each for each in other.get(key, []) if _shared(each) and each.get("id") not in named)]
    return told


def _shared(item: dict[str, Any]) -> bool:
    return not item.get("only_here", False)


def deviations(plans: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Printed wording that is narrower than the State's: it decides nothing, and somebody should tell the plan."""
    for name in sorted(plans):
        for printed in page(plans[name], plans)["printed"]:
            if printed["narrower"]:
                yield {
                    "plan": name,
                    "programme": printed["programme"],
                    "says": printed["says"],
                    "state": printed["state"],
                    "where": printed.get("where") or ", ".join(printed.get("cites", ())),
                    "mark": printed.get("mark", plans[name].get("mark")),
                }
