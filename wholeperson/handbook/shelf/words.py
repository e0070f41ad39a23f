"""The names of what stands on the shelf: kinds, languages, provider types, states, steps."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KINDS = {"bulletin": _("Bulletin"), "learning": _("Learning session"), "question": _("Question and answer")}
LANGUAGES = {"en": "English", "es": "Español", "zh-hant": "繁體中文"}  # each as its readers call it
# as the seed's page names them
PROVIDER_TYPES = {
    "physicians_and_practitioners": _("Physicians and practitioners"),
    "participating_physician_groups": _("Participating physician groups"),
    "hospitals": _("Hospitals"),
    "ancillary": _("Ancillary"),
}
# a file's media type, as its readers call it
FILES: "dict[str, str | Promise]" = {
    "application/pdf": "PDF", "image/jpeg": "JPEG", "image/png": "PNG", "image/tiff": "TIFF", "text/plain": _("text"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel",
}  # fmt: skip
STATES = {
    "draft": _("Being written"),
    "waiting": _("Waits for review"),
    "reviewed": _("Reviewed, not yet published"),
    "published": _("Published"),
    "superseded": _("Replaced by a newer edition"),
    "withdrawn": _("Withdrawn"),
}
TONES = {"published": "good", "waiting": "soon", "reviewed": "soon"}
STEPS = {
    "ask": _("Ask for review"),
    "give_back": _("Give it back to be changed"),
    "approve": _("Let it through"),
    "publish": _("Publish"),
    "confirm": _("It is still right"),
    "withdraw": _("Withdraw"),
}
TAKEN = {
    "begin": _("Begun"),
    "ask": _("Review asked for"),
    "give_back": _("Given back"),
    "approve": _("Let through"),
    "publish": _("Published"),
    "confirm": _("Found still right"),
    "supersede": _("Replaced by a newer edition"),
    "withdraw": _("Withdrawn"),
}
