"""An overlay as a person reads it before saying yes: what would be otherwise, and for how many."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from wholeperson.access.models import Person
from wholeperson.access.queries import may_be_one
from wholeperson.casework.eligibility import cases, policies
from wholeperson.casework.eligibility.lifecycle import OVERLAY
from wholeperson.casework.eligibility.models import Overlay
from wholeperson.record.models import Step
from wholeperson.rules.proving.changes import changes
from wholeperson.rules.proving.plan_changes import PlanChange, plan_changes, shown
from wholeperson.rules.words import Words

SPOKEN = {"es": "es", "zh-hant": "zh-Hant"}
STATUSES: dict[str, tuple[Any, str]] = {
    "proposed": (gettext_lazy("Waits for a second person"), "soon"),
    "approved": (gettext_lazy("Approved"), "good"),
    "returned": (gettext_lazy("Sent back"), "late"),
    "withdrawn": (gettext_lazy("Withdrawn"), "quiet"),
}
PASSED: dict[str, Any] = {
    "begin": gettext_lazy("Uploaded"),
    "approve": gettext_lazy("Approved"),
    "return": gettext_lazy("Sent back"),
    "withdraw": gettext_lazy("Withdrawn"),
}
PARTS: dict[str, Any] = {
    "elections": gettext_lazy("What the plan offers"),
    "contacts": gettext_lazy("How to reach the plan"),
    "channels": gettext_lazy("Ways to ask"),
    "forms": gettext_lazy("Forms"),
    "documents": gettext_lazy("Papers it asks for"),
    "counties": gettext_lazy("Counties"),
    "clocks": gettext_lazy("Clocks"),
    "lengths": gettext_lazy("Lengths"),
    "parameters": gettext_lazy("Open questions it has settled"),
    "printed": gettext_lazy("What its page prints"),
    "groups": gettext_lazy("Groups of services"),
    "name": gettext_lazy("Name"),
}
CHANGES: dict[str, Any] = {
    "came": gettext_lazy("New"),
    "went": gettext_lazy("Gone"),
    "changed": gettext_lazy("Other than before"),
    "began": gettext_lazy("Begins"),
    "ended": gettext_lazy("Ends"),
    "codes": gettext_lazy("Other codes"),
}


@dataclass(frozen=True)
class OverlayPage:
    """`held` is whether it is the one that holds for its plan today."""

    overlay: Overlay
    reader: Person
    today: date
    now: datetime

    @property
    def plan(self) -> str:
        found: str = policies.policy_on(None).plans.get(self.overlay.plan, {}).get("name", self.overlay.plan)
        return found

    @property
    def status(self) -> Any:
        return _("In force") if self.held else STATUSES[self.overlay.status][0]

    @property
    def tone(self) -> str:
        return STATUSES[self.overlay.status][1]

    @cached_property
    def held(self) -> bool:
        laid = dict(policies.in_force(self.today))
        return self.overlay.status == "approved" and laid.get(self.overlay.plan) == self.overlay.version

    @cached_property
    def differences(self) -> list[tuple[Any, Any, str, str]]:
        """(what kind of change, where, what it says now, what it said before)."""
        before = (
            policies.policy_on(self.overlay.effective_on) if self.overlay.status == "proposed" else policies.files()
        )
        after = policies.with_overlay(before, self.overlay.plan, self.overlay.text)
        words = Words(after, SPOKEN.get((get_language() or "en").lower(), "en"))
        on = self.overlay.effective_on
        rows = [
            (
                CHANGES[row["change"]],
                words.name(row["programme"], after.programmes[row["programme"]].name),
                str(row["says"] or ""),
                "",
            )
            for row in changes(before, on, on, other=after)
        ]
        told = plan_changes(before.plans.get(self.overlay.plan), after.plans[self.overlay.plan])
        return rows + [self._told(change, words) for change in told]

    def _told(self, change: PlanChange, words: Words) -> tuple[Any, Any, str, str]:
        part = PARTS.get(change.part, change.part.replace("_", " "))
        before = "" if change.before is None else _item(change.part, change.before, words)
        return CHANGES[change.change], part, _item(change.part, change.item, words), before

    @property
    def is_mine(self) -> bool:
        return self.overlay.uploader_id == self.reader.pk

    @cached_property
    def may_be_mine(self) -> bool:
        return may_be_one(self.reader, self.overlay.uploader)

    @property
    def may_approve(self) -> bool:
        return self.overlay.status == "proposed" and not self.may_be_mine and self.reader.may("overlay.approve")

    @property
    def are_more(self) -> bool:
        """Whether only so many open cases were asked again as somebody waits for."""
        return self.overlay.cases_asked >= cases.MOST

    @property
    def may_withdraw(self) -> bool:
        return OVERLAY.find("withdraw", self.overlay.status) is not None

    @property
    def story(self) -> list[tuple[Any, str, datetime]]:
        rows = Step.objects.filter(of=OVERLAY.of, thing_id=self.overlay.pk).order_by("at", "pk")
        return [(PASSED[row.verb], row.actor_label, row.at) for row in rows]


def _item(part: str, item: Any, words: Words) -> str:
    if part == "elections" and isinstance(item, dict) and item.get("programme") in words.policy.programmes:
        return _election(item, words)
    return shown(item)


def _election(item: dict[str, Any], words: Words) -> str:
    programme = words.policy.programmes[item["programme"]]
    counties = words.policy.counties
    told = {
        "name": words.name(programme.id, programme.name),
        "counties": ", ".join(counties[one]["name"] for one in item["counties"] if one in counties),
        "day": shown(item["from"]),
    }
    said = (
        _("%(name)s: offered in %(counties)s from %(day)s")
        if item["offered"]
        else _("%(name)s: not offered in %(counties)s from %(day)s")
    )
    return said % told
