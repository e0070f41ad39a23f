"""The lists of referrals that somebody has, by the word in the address, and what each says where nothing is on it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wholeperson.access.models import Person
from wholeperson.casework.referrals import queries
from wholeperson.casework.referrals.lifecycle import ASK

TABS: dict[str, "str | Promise"] = {
    "turn": _("Your turn"), "asked": _("What you asked for"), "open": _("All that are open"), "ended": _("Ended"),
}  # fmt: skip
MINE = ("turn", "asked")  # where what one kept for later stands as well
NOTHING: dict[str, tuple["str | Promise", "str | Promise"]] = {  # what a list without a row says, and what then
    "turn": (_("Nothing waits for you"), _("What is sent to you, or what you should look at, stands here.")),
    "asked": (
        _("You have asked for nothing yet"),
        _("Press the button above to ask for somebody. How far it came stands here then."),
    ),
    "open": (
        _("Nothing is open that you may see"),
        _("What is asked for whom you know, or sent to your organization, stands here until it ends."),
    ),
    "ended": (_("Nothing that you may see has ended"), _("What is closed or taken back stands here.")),
}


def open_to(user: Person) -> dict[str, "str | Promise"]:
    """The lists that somebody has any use for, the one to begin with first."""
    first = ("turn", "asked", "open") if user.may(queries.DUE) else ("open", "turn", "asked")
    order = first if user.may(queries.HANDLE) else ("asked", "open")
    return {one: TABS[one] for one in (*order, "ended") if one != "asked" or user.may(ASK)}
