"""How the desk names what waits."""

from typing import Any

from django.utils.translation import gettext_lazy as _

# bucket: what it is called, what it holds
BUCKETS: dict[str, tuple[Any, Any]] = {
    "late": (_("Late"), _("The day has passed.")),
    "today": (_("Today"), _("Due by tonight.")),
    "soon": (_("Soon"), _("Due in the next 7 days.")),
    "later": (_("Later"), _("Due after that, or no day is set.")),
    "waiting": (_("Waiting for others"), _("It is somebody else's turn.")),
}
# what those do elsewhere whose own work is not built here: the desk says so, and what they can do meanwhile
NOT_HERE: dict[str, Any] = {
    "plan_reviewer": _(
        "Authorizations are not decided here yet: that work comes to you in your plan's own system. Here you read the "
        "referrals and the records of your members, and ask the rules about somebody."
    ),
    "medical_director": _(
        "Nothing is refused or reduced here, so nothing waits for a doctor: that comes to you in your plan's own "
        "system. Here you read the referrals and the records of your members, and ask the rules about somebody."
    ),
    "appeals_coordinator": _(
        "Appeals and grievances are not kept here yet: they stay in your plan's own system. Here you read what was "
        "asked for a member, what was told and done, and how it ended."
    ),
}
