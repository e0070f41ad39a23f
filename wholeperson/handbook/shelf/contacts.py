"""Whom to ask: the contacts that each plan's overlay of the policy names, and when somebody last saw one answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wholeperson.handbook import reading
from wholeperson.handbook.shelf import content, queries
from wholeperson.handbook.shelf.models import ContactCheck
from wholeperson.rules.reading.pages import page

FOR = {
    "anyone": _("Anyone"),
    "member": _("Members and families"),
    "provider": _("Providers"),
    "correctional_facility": _("Jails, prisons and youth facilities"),
}
KINDS = {"telephone": _("Phone"), "email": _("Email"), "fax": _("Fax")}
DAYS = {
    "monday": _("Monday"), "tuesday": _("Tuesday"), "wednesday": _("Wednesday"), "thursday": _("Thursday"),
    "friday": _("Friday"), "saturday": _("Saturday"), "sunday": _("Sunday"),
}  # fmt: skip


@dataclass(frozen=True)
class Contact:
    """One way to reach a plan, and what is known of whether it answers."""

    plan: str
    plan_name: str
    row: dict[str, Any]
    check: ContactCheck | None

    @property
    def id(self) -> str:
        return str(self.row["id"])

    @property
    def says(self) -> str:
        return content.contact_says(self.row["says"])

    @property
    def value(self) -> str:
        return str(self.row["value"])

    @property
    def option(self) -> int | None:
        found: int | None = self.row.get("option")
        return found

    @property
    def kind(self) -> "str | Promise":
        return KINDS[self.row["kind"]]

    @property
    def href(self) -> str:
        """What a phone or a mail program opens; a fax has none."""
        return {"telephone": f"tel:+{self.value.replace('-', '')}", "email": f"mailto:{self.value}"}.get(
            self.row["kind"], ""
        )

    @property
    def days(self) -> "list[str | Promise]":
        return [DAYS[day] for day in (self.row.get("hours") or {}).get("days", ())]

    @property
    def whom(self) -> "list[str | Promise]":
        return [FOR[who] for who in self.row["for"] if who in FOR]

    @property
    def hours(self) -> str:
        """The hours an editor was told; else those the plan prints are shown."""
        return self.check.hours if self.check else ""

    @property
    def last_verified(self) -> date | None:
        """The day on which somebody last saw it answer: an editor here, or whoever wrote the policy down."""
        if self.check:
            return self.check.on
        said = self.row.get("last_verified")
        return date.fromisoformat(str(said)) if said else None


def all_contacts(on: date) -> Iterator[Contact]:
    """Every contact that each plan has on a day, in the order of the plans' names."""
    plans, checks = reading.policy(on=on).plans, queries.last_checks()
    for plan in sorted(plans, key=lambda id: plans[id]["name"]):
        for row in page(plans[plan], plans)["contacts"]:
            check = checks.get((plan, row["id"], str(row["value"])))
            yield Contact(plan, plans[plan]["name"], row, check)


def find(plan: str, contact: str, on: date) -> Contact | None:
    return next((one for one in all_contacts(on) if (one.plan, one.id) == (plan, contact)), None)
