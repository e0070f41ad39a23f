"""A file in finished words: how far up the ladder it came, and what to do."""

import json
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _

from wholeperson.casework.care import presenters as care
from wholeperson.casework.care.queries import Month
from wholeperson.exchange import returning
from wholeperson.exchange.layouts import layouts
from wholeperson.exchange.models import Received, TurnedAway
from wholeperson.formats.files.findings import Report
from wholeperson.record import progress

OUTCOMES: dict[str, tuple["str | Promise", str]] = {
    "accepted": (_("Everything is right"), "good"),
    "accepted_with_warnings": (_("Right, with something to look at"), "good"),
    "partly": (_("Some rows are set aside"), "soon"),
    "rejected": (_("It cannot be loaded"), "late"),
}
STATUSES: dict[str, "str | Promise"] = {
    "arrived": _("We are checking it"), "waiting": _("Being loaded"), "loaded": _("Loaded")
}  # fmt: skip
RUNGS: dict[str, "str | Promise"] = {
    "readable": _("It can be read"),
    "right_file": _("It is the right file of this plan"),
    "columns": _("Its columns are there"),
    "values": _("What stands in them can be"),
    "members": _("Its members are who they are here"),
    "sense": _("It makes sense beside our records"),
}
TURNED_AWAY: dict[str, "str | Promise"] = {
    "link": _("It is a link to something else. Put the file itself into the folder."),
    "not_a_file": _("It is no file."),
    "empty": _("There is nothing in it."),
    "too_large": _("This file is larger than 20 MB. Ask the plan for it in parts."),
    "harmful": _("Something harmful was found in it. Do not open it."),
    "unreadable": _("We may not read it. Ask whoever sends it to change that, then to send it again."),
}
NOT_TAKEN: "str | Promise" = _("It could not be taken in. Ask whoever runs this system.")
# a list of requests is held against the policy, and never against whom we know
RUNGS_OF_A_LIST: dict[str, "str | Promise"] = {
    "readable": RUNGS["readable"],
    "right_file": _("It is a list of requests"),
    "columns": RUNGS["columns"],
    "values": RUNGS["values"],
    "sense": _("It makes sense"),
}
SEVERITIES: dict[str, tuple["str | Promise", str]] = {
    "error": (_("Set aside"), "late"),
    "warning": (_("Look at it"), "soon"),
    "note": (_("For your information"), "quiet"),
}
MISSING: dict[str, "str | Promise"] = {
    "cin": _("No CIN is known"),
    "lead": _("Nobody leads the care"),
    "contact": _("No contact in this month"),
}
SHOWN = 100


def turned_away(row: TurnedAway) -> "str | Promise":
    """Why it was not taken up; a reason without words of its own is said in general."""
    return TURNED_AWAY.get(row.why, NOT_TAKEN)


@dataclass(frozen=True)
class FilePage:
    """A file that came."""

    row: Received

    @property
    def outcome(self) -> "str | Promise":
        return STATUSES.get(self.row.status) or OUTCOMES[self.row.outcome][0]

    @property
    def tone(self) -> str:
        return OUTCOMES[self.row.outcome][1] if self.is_checked else "soon"

    @property
    def layout(self) -> str:
        return layouts()[self.row.layout].name

    @property
    def set_aside(self) -> int:
        return self.row.rows_read - self.row.rows_kept

    @property
    def is_checked(self) -> bool:
        return bool(self.row.outcome)

    @property
    def is_in_work(self) -> bool:
        """Whether the worker has something to do with it."""
        return self.row.status in ("arrived", "waiting")

    @property
    def may_load(self) -> bool:
        return self.row.status == "checked" and self.row.outcome != "rejected" and self.row.rows_kept > 0

    @property
    def may_check_again(self) -> bool:
        return self.row.status in ("checked", "loaded") and not self.row.is_list

    @cached_property
    def done(self) -> int | None:
        """How many rows the worker has read, where it has begun."""
        return progress.said(self.row.public_id) if self.is_in_work else None

    @cached_property
    def report(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.row.report)
        return told

    @property
    def drifted(self) -> list[tuple[str, str]]:
        """Headings that are not spelt as the layout has them, and what each was read as."""
        heads = {column.key: column.head for column in layouts()[self.row.layout].columns}
        return [(told, heads[key]) for told, key in self.report["columns"].items() if heads.get(key, told) != told]

    @property
    def ladder(self) -> list[tuple["str | Promise", int, str]]:
        """Each rung: its words, how many errors stand on it, and whether it was reached."""
        errors = [one["rung"] for one in self.report["findings"] if one["severity"] == "error"]
        words = RUNGS_OF_A_LIST if self.row.is_list else RUNGS
        broken = next((rung for rung in words if rung in errors), None) if not self.row.rows_read else None
        rungs = list(words)
        reached = len(rungs) if broken is None else rungs.index(broken) + 1
        return [
            (words[rung], errors.count(rung), "late" if rung in errors else "good" if at < reached else "quiet")
            for at, rung in enumerate(rungs)
        ]

    @property
    def findings(self) -> list[tuple[dict[str, Any], "str | Promise", str]]:
        worst_first = sorted(self.report["findings"], key=lambda one: list(SEVERITIES).index(one["severity"]))
        return [(one, *SEVERITIES[one["severity"]]) for one in worst_first[:SHOWN]]

    @property
    def left_out(self) -> int:
        return max(0, len(self.report["findings"]) + int(self.report["findings_left_out"]) - SHOWN)


@dataclass(frozen=True)
class Again:
    """What would be found today in a file that was loaded, beside what was found then."""

    then: FilePage
    report: Report

    @property
    def right_now(self) -> list[int]:
        """Rows that were set aside and would not be today."""
        found = {one.row for one in self.report.findings if one.severity == "error"}
        before = {one["row"] for one in self.then.report["findings"] if one["severity"] == "error"}
        return sorted(row for row in before - found if row)


@dataclass(frozen=True)
class Row:
    """A member in the preview of a file that goes out."""

    month: Month

    @property
    def name(self) -> str:
        return self.month.case.member.called

    @property
    def status(self) -> tuple["str | Promise", str]:
        return care.STATUSES[self.month.standing.status]

    @property
    def missing(self) -> list["str | Promise"]:
        return [MISSING[word] for word in returning.missing(self.month)]
