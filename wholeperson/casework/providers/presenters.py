"""What the pages of applications show: where one stands, whose turn it is, what happens next and by when."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _

from wholeperson.access.kinds import KINDS
from wholeperson.access.models import Organisation, Person
from wholeperson.casework.providers import asked, queries
from wholeperson.casework.providers.actions.applying import missing_of, unsaid
from wholeperson.casework.providers.forms import STEPS
from wholeperson.casework.providers.lifecycle import APPLICATION, WRITABLE
from wholeperson.casework.providers.models import Application, ApplicationPaper
from wholeperson.record.lifecycle import Move
from wholeperson.record.models import Step
from wholeperson.record.steps import open_to

Said = "str | Promise"

# status: (what it is called, its tone, what happens next as the applicant reads it)
STATUSES: dict[str, tuple[Any, str, Any]] = {
    "draft": (_("Not sent yet"), "quiet", _("Fill in what is missing, then send it.")),
    "interest": (_("Sent"), "good", _("The plan reads it and tells you whether it fits what it needs.")),
    "asked": (_("The plan has a question"), "soon", _("Answer what the plan asks, then send it back.")),
    "screened": (_("It fits"), "good", _("The plan tells you which papers it needs.")),
    "documents": (_("Papers wanted"), "soon", _("Hand in what the plan asked for.")),
    "vetting": (_("Being checked"), "good", _("The plan looks at your papers and at who you are.")),
    "contract": (_("Contract"), "good", _("The plan writes the contract with you.")),
    "ready": (_("Getting ready"), "good", _("The contract is signed. The plan puts you into its directory.")),
    "listed": (_("Listed"), "good", _("You are in the directory. Referrals can come.")),
    "declined": (_("Declined"), "late", _("The plan said no, and why. You may begin again at any time.")),
    "withdrawn": (_("Withdrawn"), "quiet", _("You took it back. You may begin again at any time.")),
    "lapsed": (_("Forgotten"), "quiet", _("It was never sent. You may begin again at any time.")),
}
PATH = ("interest", "screened", "documents", "vetting", "contract", "ready", "listed")
VERBS: dict[str, Any] = {
    "screen": _("It fits"),
    "ask": _("Ask for more"),
    "request_papers": _("Ask for papers"),
    "clear": _("Nothing stands against it"),
    "sign": _("The contract is signed"),
    "list": _("Put into the directory"),
    "decline": _("Decline"),
}
PASSED: dict[str, Any] = {
    "begin": _("Begun"),
    "send": _("Sent to the plan"),
    "screen": _("It fits"),
    "ask": _("The plan asked for more"),
    "answer": _("Answered"),
    "request_papers": _("The plan asked for papers"),
    "hand_in": _("Papers handed in"),
    "clear": _("Checked"),
    "sign": _("Contract signed"),
    "list": _("Put into the directory"),
    "decline": _("Declined"),
    "withdraw": _("Withdrawn"),
    "lapse": _("Forgotten"),
}
OWN = {
    "draft": ("send", _("Send to the plan")),
    "asked": ("answer", _("Send my answer")),
    "documents": ("hand_in", _("Hand in")),
}


def status_choices() -> list[tuple[str, Any]]:
    return [(status, STATUSES[status][0]) for status in APPLICATION.statuses if status not in ("draft", "lapsed")]


@dataclass(frozen=True)
class Told:
    """An application as both sides see it."""

    application: Application
    now: datetime

    @property
    def status(self) -> Any:
        return STATUSES[self.application.status][0]

    @property
    def tone(self) -> str:
        late = self.application.due_at is not None and self.application.due_at < self.now
        return "late" if late and self.application.status not in WRITABLE else STATUSES[self.application.status][1]

    @property
    def next(self) -> Any:
        return STATUSES[self.application.status][2]

    @property
    def is_open(self) -> bool:
        return self.application.status not in APPLICATION.ends

    @property
    def kind(self) -> Any:
        return KINDS[self.application.kind].name if self.application.kind else ""

    @property
    def at_once(self) -> list[Any]:
        """Kinds of providers it says to be, of those that need not wait for its services."""
        kinds = asked.at_once(row.programme for row in self.application.services.all())
        return [name for kind, name in kinds.items() if kind in self.application.at_once]

    @property
    def medi_cal(self) -> Any:
        return asked.MEDI_CAL.get(self.application.medi_cal, "")

    @cached_property
    def services(self) -> list[tuple[str, int | None]]:
        rows = {row.programme: row.capacity for row in self.application.services.all()}
        return [(asked.name(one), rows[one]) for one in asked.in_order(rows)]

    @cached_property
    def counties(self) -> list[str]:
        known = asked.policy().counties
        return sorted(known[row.county]["name"] for row in self.application.counties.all() if row.county in known)

    @property
    def languages(self) -> list[Any]:
        return [asked.LANGUAGES[one] for one in self.application.languages if one in asked.LANGUAGES]

    @property
    def staff(self) -> list[tuple[Any, int]]:
        given = self.application.staff
        return [(label, given[key]) for key, label in asked.STAFF.items() if key in given]

    @cached_property
    def papers(self) -> list[tuple[Any, ApplicationPaper]]:
        return [(asked.PAPERS.get(row.item, ""), row) for row in queries.papers_of(self.application)]

    @cached_property
    def said(self) -> list[tuple[asked.Item, Any]]:
        """What the policy asks of whoever gives these services, each with the row that says it, if any does."""
        rows = {f"{row.programme}.{row.item}": row for row in self.application.attestations.all()}
        items = asked.items(row.programme for row in self.application.services.all())
        return [(item, rows.get(item.key)) for item in items]

    @property
    def story(self) -> list[tuple[Any, datetime]]:
        rows = Step.objects.filter(of=APPLICATION.of, thing_id=self.application.pk).order_by("at", "pk")
        return [(PASSED.get(row.verb, row.verb), row.at) for row in rows]

    @property
    def path(self) -> list[tuple[Any, bool, bool]]:
        """The way to the directory: what is behind, and where it stands."""
        at = self.application.status
        here = {"asked": "interest", "draft": ""}.get(at, at)
        place = PATH.index(here) if here in PATH else -1
        return [(STATUSES[one][0], number < place or at == "listed", one == here) for number, one in enumerate(PATH)]


@dataclass(frozen=True)
class Mine(Told):
    """As the applicant sees it."""

    until: datetime

    @property
    def may_write(self) -> bool:
        return self.application.status in WRITABLE

    @property
    def tasks(self) -> list[tuple[str, Any, bool]]:
        return [(step, form.title, step in self.application.done) for step, form in STEPS.items()]

    @property
    def done(self) -> int:
        return sum(1 for step in STEPS if step in self.application.done)

    @property
    def of(self) -> int:
        return len(STEPS)

    @cached_property
    def missing(self) -> list[str]:
        return missing_of(self.application)

    @property
    def own(self) -> tuple[str, Any] | None:
        return OWN.get(self.application.status)

    @property
    def may_withdraw(self) -> bool:
        return APPLICATION.find("withdraw", self.application.status) is not None

    @property
    def optional(self) -> list[str]:
        return [item.says for item in unsaid(self.application) if not item.required]

    @property
    def notes(self) -> list[str]:
        return asked.notes(row.programme for row in self.application.services.all())


@dataclass(frozen=True)
class Decided(Told):
    """As somebody at the plan sees it."""

    reader: Person

    @property
    def moves(self) -> list[tuple[Move, Any]]:
        return [(move, VERBS[move.verb]) for move in open_to(self.application, self.reader) if move.verb in VERBS]

    @property
    def notes(self) -> Any:
        return self.application.notes.select_related("by").order_by("-at", "-pk")

    @cached_property
    def same_npi(self) -> tuple[Organisation | None, list[Application]]:
        return queries.same_npi(self.application)

    @cached_property
    def looks(self) -> list[tuple[Any, Any]]:
        """What the plan looks at before a contract, each with the row that says who did and when, if anybody did."""
        rows = {row.item: row for row in self.application.looks.select_related("by")}
        return [(name, rows.get(item)) for item, name in asked.vetting(self.application.medi_cal).items()]

    @property
    def lacks_npi(self) -> bool:
        return self.application.status in ("contract", "ready") and not self.application.npi
