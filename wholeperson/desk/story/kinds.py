"""The kinds of entries, in the order in which they are offered, and where each comes from."""

from django.utils.translation import gettext_lazy as _

from wholeperson.desk.story import care, known, referred
from wholeperson.desk.story.entries import Rows, Source

KINDS = {
    "referrals": _("Referrals"),
    "authorizations": _("Authorizations"),
    "care": _("Care management"),
    "contacts": _("Contacts"),
    "facts": _("What was told"),
    "programs": _("What may fit"),
    "coverage": _("Coverage"),
    "papers": _("Files and papers"),
    "notices": _("Letters"),
    "consents": _("Consents"),
    "emergencies": _("Opened in an emergency"),
}
SOURCES: list[Source | Rows] = [*known.SOURCES, *referred.SOURCES, *care.SOURCES]
