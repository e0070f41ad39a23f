"""An authorization in finished words."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wholeperson.access.models import Person
from wholeperson.casework.authorizations import queries
from wholeperson.casework.authorizations.lifecycle import ECM
from wholeperson.casework.authorizations.models import Authorization, Told
from wholeperson.casework.authorizations.standing import Standing
from wholeperson.casework.providers import asked
from wholeperson.casework.referrals.sayings import CLOSURES

STATUSES: dict[str, tuple["str | Promise", str]] = {  # status: (its word, its tone)
    "undecided": (_("The plan has not decided"), "soon"),
    "approved": (_("Authorized"), "good"),
    "denied": (_("Not authorized"), "late"),
    "ended": (_("Ended"), "quiet"),
    "withdrawn": (_("Was taken back"), "quiet"),
}
DECISIONS: dict[str, "str | Promise"] = {
    "approved": _("Authorized"),
    "denied": _("Not authorized"),
    "undecided": _("Not decided yet"),
}
CHANNELS: dict[str, "str | Promise"] = {
    "file": _("In a file"),
    "portal": _("In the plan's portal"),
    "phone": _("By phone"),
    "letter": _("In a letter"),
    "email": _("By email"),
    "fax": _("By fax"),
    "in_person": _("In person"),
    "other": _("In another way"),
}
ANSWERS: dict[str, "str | Promise"] = {
    "pending": _("We have not decided yet"),
    "accepted": _("We take it"),
    "declined": _("We cannot take it"),
    "outreach_initiated": _("We are trying to reach the person"),
    "referral_loop_closed": _("It is closed"),
}


def services() -> list[tuple[str, str]]:
    """What can be authorized: Enhanced Care Management, and each Community Support by its name."""
    supports = [(one.id, asked.name(one.id)) for one in asked.programmes() if one.id.startswith(queries.SUPPORTS)]
    return [(ECM, name_of(ECM)), *supports]


def name_of(programme: str) -> str:
    return gettext("Enhanced Care Management") if programme == ECM else asked.name(programme)


@dataclass(frozen=True)
class Card:
    """An authorization in a list and at the top of its page."""

    row: Authorization
    today: date
    used: int = 0

    @property
    def name(self) -> str:
        return self.row.member.called

    @property
    def service(self) -> str:
        return name_of(self.row.programme)

    @property
    def status(self) -> "str | Promise":
        return STATUSES[self.row.status][0]

    @property
    def tone(self) -> str:
        return STATUSES[self.row.status][1]

    @property
    def ends_soon(self) -> bool:
        return self._ends_before(self.today + queries.SOON)

    @property
    def is_over(self) -> bool:
        return self._ends_before(self.today)

    def _ends_before(self, day: date) -> bool:
        return self.row.status == "approved" and self.row.ends is not None and self.row.ends < day

    @property
    def left(self) -> int | None:
        return None if self.row.units is None else self.row.units - self.used


@dataclass(frozen=True)
class ToldCard:
    """What somebody told, in the story."""

    row: Told

    @property
    def title(self) -> "str | Promise":
        return DECISIONS[self.row.decision]

    @property
    def how(self) -> "str | Promise":
        return CHANNELS[self.row.how]


@dataclass(frozen=True)
class AnswerCard:
    """How the referral stood from a day on."""

    row: Standing

    @property
    def title(self) -> "str | Promise":
        return ANSWERS[self.row.status]

    @property
    def closure(self) -> "str | Promise":
        return CLOSURES.get(self.row.closure, "")


def may_write(user: Person, found: Authorization) -> bool:
    return found.organisation_id in user.standing.organisations_where("authorization.record")
