"""What can be found, and only that: things that anyone may read. A new room adds one function to SOURCES.

The programs, populations and codes come from the policy, learning and questions from the shelf's own content and from
what editors published, contacts from the plans' overlays, bulletins from what editors published. A draft is never asked
for here, and of a provider only what its page shows anyone.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from wholeperson import __version__
from wholeperson.casework.providers import asked as directory_words
from wholeperson.casework.providers.models import Listing, Service
from wholeperson.casework.providers.shown import county_name
from wholeperson.handbook import reading
from wholeperson.handbook.shelf import blocks, contacts, content, named, queries
from wholeperson.handbook.shelf.models import Piece

LANGUAGES = ("en", "es", "zh-hant")
# kind: what it is called; the order is the order of results that fit equally well
KINDS = {
    "program": _("Program"),
    "population": _("Who it is for"),
    "learning": _("Learning session"),
    "bulletin": _("Bulletin"),
    "question": _("Question and answer"),
    "code": _("Billing code"),
    "contact": _("Contact"),
    "provider": _("Provider"),
}
# what a page may ask the search for as a whole
SCOPES = {
    "guides": ("program", "population", "code"),
    "communications": ("bulletin",),
    "learning": ("learning", "question"),
    "contacts": ("contact",),
    "providers": ("provider",),
}
SCOPE_NAMES = {
    "guides": _("Programs and codes"),
    "communications": _("Bulletins"),
    "learning": _("Learning, questions and answers"),
    "contacts": _("Contacts"),
    "providers": _("Providers"),
}
NEWEST = 99_999_999  # a bulletin of a later day comes first
STEP, KIND, LANGUAGE = 10_000, 10**12, 10**14  # places kept free behind each order, for each kind, in each language


@dataclass(frozen=True)
class Found:
    """One thing in one language, before it is made an entry. `names` are found as a whole and by their words.

    `called` are those of the names that it has today: their words come before those of a former one.
    """

    kind: str
    key: str
    language: str
    url: str
    title: str
    text: str
    names: tuple[str, ...] = ()
    called: tuple[str, ...] = ()
    more: str = ""
    provider_types: tuple[str, ...] = ()
    order: int = 0
    shown_in: str = ""


def everything(on: date) -> Iterator[Found]:
    """All that is public, in every language, with the contacts that the plans have on a day."""
    for language in LANGUAGES:
        with translation.override(language):
            for source in SOURCES:
                yield from source(language)
            yield from plan_contacts(language, on)


def version(on: date) -> str:
    """Changes when the policy, an overlay in force or the shelf's own content does.

    What editors publish is put in as it happens.
    """
    files = b"".join(path.read_bytes() for path in sorted(content.HERE.glob("*.yaml")))
    said = f"{__version__} {reading.policy().version} {reading.laid(on)} {hashlib.sha256(files).hexdigest()} 4"
    return hashlib.sha256(said.encode()).hexdigest()


def reach(language: str) -> tuple[int, int]:
    """The first and the last place that an entry in this language may have."""
    first = LANGUAGES.index(language) * LANGUAGE
    return first, first + LANGUAGE - 1


def first_place(one: Found) -> int:
    """Where it would stand if nothing of its kind, order and language stood there yet."""
    return reach(one.language)[0] + (list(KINDS).index(one.kind) + 1) * KIND + one.order * STEP


def programs(language: str) -> Iterator[Found]:
    known, words = reading.policy(), named.words(language)
    codes = codes_by_program()
    for order, (id, program) in enumerate(known.programmes.items()):
        data = program.data
        title = words.name(id, program.name)
        says = words.sentence(f"{id}.describes", data.get("describes", "").strip())
        names = (title, program.name, *data.get("former_names", ()), *data.get("abbreviations", ()))
        yield Found(
            kind="population" if id.startswith("pof_") else "program",
            key=id,
            language=language,
            url=f"/programs/{id}/",
            title=title,
            text=says,
            names=(*names, *codes.get(id, ())),
            called=(title, program.name),
            more=" ".join(
                [data.get("describes", ""), *_sentences(data, "activities"), *_sentences(data, "components")]
            ),
            order=order,
        )


def _sentences(data: dict[str, Any], part: str) -> Iterator[str]:
    rows = data.get(part, ())
    for row in rows.get("items", ()) if isinstance(rows, dict) else rows:
        yield str(row.get("says", ""))


def codes_by_program() -> dict[str, list[str]]:
    rows = reading.policy().documents.codes["hcpcs"]
    return {id: sorted({row["code"] for row in theirs}) for id, theirs in groupby(rows, key=lambda row: row["service"])}


def codes(language: str) -> Iterator[Found]:
    """One for each code of a program, with its modifiers."""
    known = reading.policy()
    rows = [row for row in known.documents.codes["hcpcs"] if row["service"] in known.programmes]
    by_code = groupby(
        sorted(rows, key=lambda row: (row["code"], row["service"])), key=lambda r: (r["code"], r["service"])
    )
    for order, ((code, service), group) in enumerate(by_code):
        theirs = list(group)
        name = named.program(service)
        modifiers = ", ".join(dict.fromkeys(row["modifiers"] for row in theirs if row["modifiers"]))
        yield Found(
            kind="code",
            key=f"{code} {service}",
            language=language,
            url=f"/programs/{service}/#codes",
            title=f"{code} · {name}",
            text=f"{code} {modifiers}".strip(),
            names=(code, *(f"{code} {row['modifiers']}" for row in theirs)),
            more=" ".join(row["label"] for row in theirs),
            order=order,
        )


def learning(language: str) -> Iterator[Found]:
    added = {piece.key: piece for piece in queries.published("learning")}
    for topic in content.topics(language):
        said = [topic.who, topic.apply, topic.rides, topic.pharmacy]
        if topic.id in added:
            said += [
                text
                for _, title, summary, body in wordings(added[topic.id], language)
                for text in (title, summary, body)
            ]
        yield Found(
            kind="learning",
            key=topic.id,
            language=language,
            url=f"/learn/{topic.id}/",
            title=topic.title,
            text=topic.summary,
            names=(topic.title,),
            more=" ".join(blocks.plain(text) for text in said),
            order=topic.number,
        )


def questions(language: str) -> Iterator[Found]:
    for order, one in enumerate(content.questions(language)):
        yield Found(
            kind="question",
            key=one.id,
            language=language,
            url=f"/questions/#{one.id}",
            title=one.question,
            text=blocks.plain(one.answer),
            names=(one.question,),
            order=order,
        )


def plan_contacts(language: str, on: date) -> Iterator[Found]:
    for order, one in enumerate(contacts.all_contacts(on)):
        yield Found(
            kind="contact",
            key=f"{one.plan} {one.id}",
            language=language,
            url=f"/contacts/#{one.plan}-{one.id}",
            title=f"{one.plan_name}: {one.says}",
            text=f"{one.kind} {one.value}",
            names=(one.plan_name, one.value, str(one.kind)),
            more=" ".join(map(str, one.whom)),
            order=order,
        )


def providers(language: str) -> Iterator[Found]:
    yield from of_providers(listings(), language)


def listings(changed_after: datetime | None = None) -> "QuerySet[Listing]":
    """The directory's organizations with their services; only those that changed since, where that is asked."""
    found = Listing.objects.select_related("organisation").order_by("organisation__name")
    found = found.filter(changed_at__gt=changed_after) if changed_after else found
    services = Service.objects.listed().prefetch_related("traits").order_by("programme", "pk")
    return found.prefetch_related(Prefetch("organisation__services", services))


def of_providers(found: "Iterable[Listing]", language: str) -> Iterator[Found]:
    """An organization by its names, with what it gives and where. Without a service it is not there."""
    for order, one in enumerate(found):
        owner = one.organisation
        services = list(owner.services.all())
        given = [directory_words.name(service.programme) for service in services]
        counties = sorted({county_name(word) for service in services for word in service.said("county")})
        if services:
            yield Found(
                kind="provider",
                key=owner.public_id,
                language=language,
                url=f"/providers/{owner.public_id}/",
                title=owner.name,
                text=f"{', '.join(given)} · {', '.join(counties)}",
                names=(owner.name, *([one.other_name] if one.other_name else [])),
                more=" ".join([one.about, *(service.name for service in services)]),
                order=min(order, NEWEST),
            )


def pieces(language: str) -> Iterator[Found]:
    for piece in queries.published().exclude(kind="learning"):
        yield from of_piece(piece, language)


def of_piece(piece: Piece, language: str) -> Iterator[Found]:
    """What a published bulletin or question is found as; what is added to a session is found with the session."""
    if piece.kind == "learning":
        yield from (one for one in learning(language) if one.key == piece.key)
        return
    for shown_in, title, summary, body in wordings(piece, language):
        url = f"/bulletins/{piece.key}/" if piece.kind == "bulletin" else f"/questions/#{piece.key}"
        yield Found(
            kind=piece.kind,
            key=f"{piece.kind} {piece.key}",
            language=language,
            url=url,
            title=f"{piece.key} · {title}" if piece.kind == "bulletin" else title,
            text=summary or blocks.plain(body)[:600],
            names=(title, piece.key) if piece.kind == "bulletin" else (title,),
            more=" ".join([blocks.plain(body), *(named.program(id) for id in _known(piece.programmes))]),
            provider_types=tuple(piece.provider_types),
            order=NEWEST - int(f"{piece.dated:%Y%m%d}"),
            shown_in=shown_in,
        )


def wordings(piece: Piece, language: str) -> Iterator[tuple[str, str, str, str]]:
    """The wording in that language, else the English one: its language, title, summary, text."""
    found = {one.language: one for one in piece.wordings.all()}
    one = found.get(language) or found["en"]
    yield one.language, one.title, one.summary, one.body


def _known(ids: Iterable[str]) -> Iterator[str]:
    return (id for id in ids if id in reading.policy().programmes)


SOURCES: tuple[Callable[[str], Iterator[Found]], ...] = (
    programs,
    learning,
    pieces,
    questions,
    codes,
    providers,
)
