"""Writing the index: all of it anew, or one piece of the shelf in the transaction that publishes or withdraws it."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.timezone import get_default_timezone

from wholeperson.handbook.search import signs, sources
from wholeperson.handbook.search.models import Built, Entry, Spelling
from wholeperson.handbook.search.sources import KINDS, SCOPES, STEP, Found, first_place
from wholeperson.handbook.shelf.models import Piece
from wholeperson.handbook.shelf.words import PROVIDER_TYPES

AT_ONCE = 2_000


def refresh(*, at: datetime) -> bool:
    """Make the index anew where the policy or the content has changed since it was made; whether it was.

    Else only the providers whose entry has changed since are put in anew.
    """
    today = at.astimezone(get_default_timezone()).date()
    version = sources.version(today)
    built = Built.objects.filter(version=version).first()
    if built:
        return _put_providers(built, at)
    rebuild(sources.everything(today), version=version, at=at)
    return True


@transaction.atomic
def rebuild(found: Iterable[Found], *, version: str, at: datetime) -> int:
    """Replace the whole index; returns how many entries it has."""
    Entry.objects.all().delete()
    Spelling.objects.all().delete()
    taken: set[int] = set()
    entries = sorted((_entry(one, taken) for one in found), key=lambda entry: entry.place)
    Entry.objects.bulk_create(entries, batch_size=AT_ONCE)
    _spell(entries)
    Built.objects.all().delete()
    Built(version=version, at=at).save(force_insert=True)
    return len(entries)


@transaction.atomic
def put_piece(piece: Piece) -> None:
    """Bring what is found of a piece to what readers are shown of it now."""
    for language in sources.LANGUAGES:
        with translation.override(language):
            found = list(sources.of_piece(piece, language)) if _is_shown(piece) else []
            key = piece.key if piece.kind == "learning" else f"{piece.kind} {piece.key}"
            Entry.objects.filter(kind=piece.kind, key=key, language=language).delete()
            _put(found)


@transaction.atomic
def _put_providers(built: Built, at: datetime) -> bool:
    changed = list(sources.listings(built.at))
    for language in sources.LANGUAGES if changed else ():
        with translation.override(language):
            keys = [one.organisation.public_id for one in changed]
            Entry.objects.filter(kind="provider", key__in=keys, language=language).delete()
            _put(list(sources.of_providers(changed, language)))
    if changed:
        built.at = max(one.changed_at for one in changed)
        built.save(update_fields=["at"])
    return bool(changed)


def _is_shown(piece: Piece) -> bool:
    """A session stays when what was added to it goes."""
    return piece.kind == "learning" or piece.status == "published"


def _put(found: list[Found]) -> None:
    for one in found:
        first = first_place(one)
        taken = set(Entry.objects.filter(place__range=(first, first + STEP)).values_list("place", flat=True))
        entry = _entry(one, taken)
        entry.save(force_insert=True)
        _spell([entry])


def _entry(one: Found, taken: set[int]) -> Entry:
    place = first_place(one)
    while place in taken:
        place += 1
    taken.add(place)
    marks = " ".join(_marks(one))
    names = [token for name in one.names for token in signs.words(name)]
    called = [signs.own(token) for name in one.called for token in signs.words(name)]
    wholes = [signs.whole(name) for name in one.names]
    title, rest = signs.words(one.title), signs.words(f"{one.text} {one.more} {KINDS[one.kind]}")
    return Entry(
        kind=one.kind, key=one.key, language=one.language, url=one.url, title=one.title[:300], text=one.text,
        shown_in=one.shown_in or one.language, place=place,
        named=_joined(marks, wholes, called, names, title), said=_joined(marks, wholes, names, title, rest),
    )  # fmt: skip


def _joined(marks: str, *tokens: list[str]) -> str:
    return " ".join([marks, *dict.fromkeys(token for some in tokens for token in some)])


def _marks(one: Found) -> Iterator[str]:
    yield signs.mark("l", one.language)
    yield signs.mark("k", one.kind)
    yield from (signs.mark("s", scope) for scope, kinds in SCOPES.items() if one.kind in kinds)
    for kind in one.provider_types or PROVIDER_TYPES:
        yield signs.mark("p", kind)


def _spell(entries: list[Entry]) -> None:
    """Keep how the words of these entries are spelled, where it is not kept yet."""
    known: set[tuple[str, str]] = {
        (entry.language, word) for entry in entries for word in entry.said.split() if signs.is_spelled(word)
    }
    rows = [
        Spelling(language=language, variant=variant, word=word)
        for language, word in sorted(known)
        for variant in sorted(signs.missing_one(word))
    ]
    Spelling.objects.bulk_create(rows, batch_size=AT_ONCE, ignore_conflicts=True)
