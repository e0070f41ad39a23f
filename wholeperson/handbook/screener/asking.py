"""How anyone asks for help today: the plans' own telephone numbers, as their pages print them."""

from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from wholeperson.rules.reading.library import Policy

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
            found += [_number(id, name, each) for each in policy.plans[id].get("contacts", ()) if _is_for_calls(each)][
                :1
            ]
    return found


def _is_for_calls(contact: dict[str, Any]) -> bool:
    return contact["kind"] == "telephone" and bool(WHO_CALLS & set(contact["for"]))


def _number(plan: str, name: str, contact: dict[str, Any]) -> Number:
    hours = contact.get("hours") or {}
    days: list[str] = hours.get("days", [])
    weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday"]
    said = _("Monday to Friday") if days == weekdays else ", ".join(_day(each) for each in days)
    return Number(plan, name, contact["value"], contact.get("option"), said, hours.get("from", ""), hours.get("to", ""))


def _day(name: str) -> str:
    return {
        "monday": _("Monday"), "tuesday": _("Tuesday"), "wednesday": _("Wednesday"), "thursday": _("Thursday"),
        "friday": _("Friday"), "saturday": _("Saturday"), "sunday": _("Sunday"),
    }[name]  # fmt: skip
