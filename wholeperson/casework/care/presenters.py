"""An ECM case in finished words."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wholeperson.access.models import Person
from wholeperson.casework.care.models import Case
from wholeperson.casework.members.contacts import METHODS
from wholeperson.casework.members.models import Contact, ContactRule
from wholeperson.casework.members.reaching import RULES, shown_phone
from wholeperson.record import steps

STATUSES: dict[str, tuple["str | Promise", str]] = {  # status: (its word, its tone)
    "assigned": (_("Assigned, not called yet"), "soon"),
    "outreach": (_("Being reached"), "soon"),
    "enrolled": (_("Enrolled"), "good"),
    "declined": (_("Said no"), "quiet"),
    "unable_to_reach": (_("Could not be reached"), "quiet"),
    "discontinued": (_("Ended"), "quiet"),
}
VERBS: dict[str, "str | Promise"] = {
    "enrol": _("They said yes: enroll"),
    "decline": _("They said no"),
    "lose_touch": _("They could not be reached"),
    "resume": _("Try again"),
    "discontinue": _("End care management"),
}
PURPOSES: dict[str, "str | Promise"] = {
    "outreach": _("To tell them of care management"),
    "care": _("To go on with their care"),
    "support": _("For one of their services"),
}
REASONS: dict[str, "str | Promise"] = {
    "met_goals": _("All goals are met"),
    "lower_level_of_care": _("Ready for a lower level of care"),
    "no_longer_wishes": _("No longer wants it, or does not answer"),
    "unable_to_connect": _("Could not be reached after many tries"),
    "incarcerated": _("In jail or prison"),
    "declined": _("Declined to take part"),
    "duplicative_program": _("In a program that does the same"),
    "lost_medi_cal": _("Lost Medi-Cal"),
    "switched_plan": _("Changed to another plan"),
    "moved_out_of_country": _("Moved out of the country"),
    "moved_out_of_county": _("Moved out of the county"),
    "unsafe": _("Unsafe behavior or place"),
    "not_reauthorized": _("Not authorized again"),
    "deceased": _("Died"),
    "other": _("Another reason"),
}


@dataclass(frozen=True)
class Card:
    """A case on the list of a day."""

    case: Case
    phone: str = ""
    seen: bool = False
    rule: ContactRule | None = None

    @property
    def rule_words(self) -> "str | Promise":
        return RULES[self.rule.rule] if self.rule else ""

    @property
    def name(self) -> str:
        return self.case.member.called

    @property
    def status(self) -> "str | Promise":
        return STATUSES[self.case.status][0]

    @property
    def tone(self) -> str:
        return STATUSES[self.case.status][1]

    @property
    def shown_phone(self) -> str:
        return shown_phone(self.phone)

    @property
    def reason(self) -> "str | Promise":
        return REASONS.get(self.case.reason, "")


@dataclass(frozen=True)
class Told:
    """A contact in a story."""

    contact: Contact

    @property
    def title(self) -> str:
        return str(METHODS[self.contact.method])

    @property
    def purpose(self) -> "str | Promise":
        return PURPOSES[self.contact.purpose]


def open_steps(case: Case, user: Person) -> list[tuple[str, "str | Promise"]]:
    """The steps one takes by hand; that an outreach began, the first contact says."""
    return [(move.verb, VERBS[move.verb]) for move in steps.open_to(case, user) if move.verb in VERBS]
