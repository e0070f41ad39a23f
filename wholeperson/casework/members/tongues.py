"""Languages that people here speak and read. What somebody signs is spoken; nobody reads it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

READ: dict[str, "str | Promise"] = {
    "en": _("English"), "es": _("Spanish"), "zh-hant": _("Chinese"), "vi": _("Vietnamese"), "tl": _("Tagalog"),
    "ko": _("Korean"), "hy": _("Armenian"), "fa": _("Farsi"), "ar": _("Arabic"), "ru": _("Russian"),
    "hmn": _("Hmong"), "km": _("Khmer"), "pa": _("Punjabi"), "hi": _("Hindi"), "ja": _("Japanese"), "lo": _("Lao"),
    "ium": _("Mien"), "th": _("Thai"), "uk": _("Ukrainian"),
}  # fmt: skip
SIGNED: dict[str, "str | Promise"] = {"ase": _("American Sign Language")}
UNDETERMINED = "und"  # ISO 639's word for a language that nobody told
SPOKEN = {**READ, **SIGNED}
# who interprets hears the difference that a reader does not see
INTERPRETED = {**SPOKEN, "yue": _("Cantonese"), "cmn": _("Mandarin")}


def name(code: str) -> "str | Promise":
    """The language in words; nothing where nobody told which."""
    return "" if code == UNDETERMINED else INTERPRETED.get(code, code)
