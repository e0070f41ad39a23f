"""How anyone asks for help today: the plans' own telephone numbers, as their pages print them."""

from typing import Any, NamedTuple

from wholeperson.handbook.programs.labels import DAYS
from wholeperson.rules.reading.library import Policy
from wholeperson.rules.reading.pages import page

WHO_CALLS = {"member", "anyone"}


class Number(NamedTuple):
    """A number of a plan that a member or anyone may call."""

    plan: str
    plan_name: str
    value: str
    option: int | None
    days: str
    opens: str
    closes: str

    @property
    def dial(self) -> str:
        return "tel:+" + "".join(each for each in self.value if each.isdigit())


def plans(policy: Policy) -> list[tuple[str, str]]:
    """Every plan there is: id and name, in the order of their names."""
    return sorted(((id, data["name"]) for id, data in policy.plans.items()), key=lambda each: each[1])


def numbers(policy: Policy, plan: str = "") -> list[Number]:
    """The first number of each plan, or of the one named."""
    found = []
    for id, name in plans(policy):
        if plan in ("", id):
            contacts = page(policy.plans[id], policy.plans)["contacts"]
            found += [_number(id, name, each) for each in contacts if _is_for_calls(each)][:1]
    return found


def _is_for_calls(contact: dict[str, Any]) -> bool:
    return contact["kind"] == "telephone" and bool(WHO_CALLS & set(contact["for"]))


def _number(plan: str, name: str, contact: dict[str, Any]) -> Number:
    hours = contact.get("hours") or {}
    days = [str(DAYS[each]) for each in hours.get("days", ())]
    said = f"{days[0]}–{days[-1]}" if days else ""
    return Number(plan, name, contact["value"], contact.get("option"), said, hours.get("from", ""), hours.get("to", ""))
