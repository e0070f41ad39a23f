"""What a member speaks and reads, between our records and a file: heard from a row, or told in a column."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.utils import translation

from wholeperson.casework.members import tongues
from wholeperson.casework.members.actions import Heard
from wholeperson.casework.members.models import LanguageNeeds
from wholeperson.casework.members.queries import all_records_of
from wholeperson.formats.files.findings import Record
from wholeperson.formats.files.layout import Layout
from wholeperson.formats.files.values import Value
from wholeperson.record import wall

LANGUAGES = {
    "english": "en", "spanish": "es", "chinese": "zh-hant", "cantonese": "zh-hant", "mandarin": "zh-hant",
    "vietnamese": "vi", "tagalog": "tl", "korean": "ko", "armenian": "hy", "farsi": "fa", "arabic": "ar",
    "russian": "ru", "hmong": "hmn", "khmer": "km", "cambodian": "km", "punjabi": "pa", "hindi": "hi",
    "japanese": "ja", "lao": "lo", "mien": "ium", "thai": "th", "ukrainian": "uk", "american sign language": "ase",
    "asl": "ase",
}  # fmt: skip


def language(row: Record, key: str = "language_spoken") -> str:
    said = str(row.values.get(key) or "").strip().casefold()
    return LANGUAGES.get(said, tongues.UNDETERMINED)


def needs(row: Record) -> Heard | None:
    """What a row says beyond the language that somebody speaks; nothing where it says no more."""
    spoken, written = language(row), language(row, "language_written")
    interpreter, shape = row.values.get("interpreter"), row.values.get("format")
    if written not in tongues.READ and interpreter is None and shape is None:
        return None
    return Heard(
        None if spoken == tongues.UNDETERMINED else spoken, written if written in tongues.READ else None,
        None if interpreter is None else bool(interpreter), None if shape is None else str(shape),
    )  # fmt: skip


def columns(layout: Layout, members: Collection[UUID], known_at: datetime) -> dict[UUID, Mapping[str, Value]]:
    """What the columns of a layout that has them say of each, as it was known then; in English, as plans read it."""
    if "language_written" not in layout.by_key:
        return {}
    records = all_records_of(members, known_at)
    with wall.opened("exchange.spoken"):
        kept = LanguageNeeds.objects.filter(member__in=set().union(*records.values()), kept_at__lte=known_at)
        rows = list(kept.first_what_holds())
    first = {row.member_id: at for at, row in reversed([*enumerate(rows)])}
    with translation.override("en"):
        return {
            one: _names(rows[min(first[record] for record in theirs if record in first)])
            for one, theirs in records.items()
            if not theirs.isdisjoint(first)
        }


def _names(row: LanguageNeeds) -> Mapping[str, Value]:
    return {
        "language_spoken": str(tongues.name(row.spoken)) or None,
        "language_written": str(tongues.name(row.written)) or None,
    }
