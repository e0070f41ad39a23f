"""The rooms that the desk leads to: one row for each, shown to whoever may open it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wholeperson.access.models import Person


@dataclass(frozen=True)
class Door:
    """`address` names a page without arguments; `permission` is what the site asks for it, if anything."""

    address: str
    permission: str | None
    name: "str | Promise"
    sentence: "str | Promise"


DOORS = [
    Door("referrals", "referral.read", _("Referrals"), _("Who needs help, whose turn it is, and how it ended.")),
    Door("exchange_requests", "referral.ask_many", _("Many at once"), _("Ask for help for many people by a list.")),
    Door("calls", "call.take", _("Telephone"), _("Take a call, and call back whom you missed.")),
    Door("today", "care.read", _("Your people"), _("How to reach each, and whom you have not reached this month.")),
    Door("authorizations", "authorization.read", _("Authorizations"), _("What plans have allowed, and until when.")),
    Door("billing", "billing.read", _("What may be billed"), _("What plans allowed, what is used, and what is left.")),
    Door("month_end", "exchange.send", _("Month-end"), _("What each plan still waits for, and its files.")),
    Door("exchange", "exchange.receive", _("Files"), _("What plans send you, and what they ask for.")),
    Door(
        "releases",
        "release.read",
        _("Who leaves, and when"),
        _("Who is held here, and what is missing before they leave."),
    ),
    Door("members", "member.read", _("Members"), _("The people whose record you may see.")),
    Door("may_fit", "found.read", _("Who may fit"), _("Who may fit a program and is not served.")),
    Door(
        "determination_changes", "determination.read", _("What changed"), _("Who may fit more now, or less, and why.")
    ),
    Door(
        "break_glass_review",
        "break_glass.review",
        _("Records opened in an emergency"),
        _("Who opened one, and why: was it right?"),
    ),
    Door(
        "break_glass",
        "break_glass.open",
        _("Open a record in an emergency"),
        _("Only when somebody may come to harm."),
    ),
    Door("directory", "directory.keep", _("Services"), _("What you offer, where, and what is free.")),
    Door("applications", "application.read", _("Applications"), _("Organizations that want to become providers.")),
    Door(
        "capacity",
        "capacity.read",
        _("Where there is room"),
        _("County by county: who takes new people, who does not."),
    ),
    Door("loop", "loop.read", _("Where the loop stands"), _("How far what was asked came, and how it ended.")),
    Door(
        "equity",
        "loop.count",
        _("As fair for everybody?"),
        _("Who is taken on and served, by language, age and county."),
    ),
    Door(
        "trail", "trail.read", _("Who read or changed a record"), _("Who opened a member's record, when, and for whom.")
    ),
    Door("shelf", "piece.read", _("The shelf"), _("Bulletins, sessions and answers: write, review, publish.")),
    Door("plan_forms", "form.keep", _("Forms of plans"), _("The PDF forms that requests are filled into.")),
    Door("overlays", "overlay.read", _("Overlays of plans"), _("What each plan offers, and from when.")),
    Door("organisations", "organisation.change", _("Organizations"), _("Who works where, and as what.")),
    Door("roles", None, _("Roles"), _("What each role may do, in plain words.")),
]


def open_to(person: Person) -> list[Door]:
    return [door for door in DOORS if door.permission is None or person.may(door.permission)]
