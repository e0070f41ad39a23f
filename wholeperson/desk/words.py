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
