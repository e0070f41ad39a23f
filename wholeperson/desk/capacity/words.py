"""How the map says what stands in a county."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from wholeperson.desk.capacity.counting import FREE, FULL, NONE, OUTSIDE, UNSAID

STATES: dict[str, tuple[Any, str]] = {  # what it is called, its tone
    FREE: (_("Takes new people"), "good"),
    UNSAID: (_("Nobody has said lately"), "soon"),
    FULL: (_("Full"), "late"),
    NONE: (_("Nobody gives it"), "late"),
    OUTSIDE: (_("Not a county of this plan"), "quiet"),
}
HEADS = (_("Providers"), _("Take new people now"), _("Free, said lately"), _("Free, said long ago"))
