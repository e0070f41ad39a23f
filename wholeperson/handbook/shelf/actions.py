"""Everything that is written on the shelf: editions, their files and steps, who has been through a session, contacts.

What changes for readers is told, in the same transaction, to whoever keeps an index of the shelf: the functions that
the setting WHOLEPERSON_SHELF_TELLS names.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.timezone import get_default_timezone

from wholeperson.access.models import Person
from wholeperson.access.queries import may_be_one
from wholeperson.handbook.shelf import mistakes
from wholeperson.handbook.shelf.lifecycle import EVERY_SIX_MONTHS, LATEST_REVIEW
from wholeperson.handbook.shelf.models import Attachment, ContactCheck, Done, Piece, Wording
from wholeperson.record import documents, steps, trail, wall
from wholeperson.record.actors import require
from wholeperson.record.models import Step

MOST_FILES = 10  # of one edition


@dataclass(frozen=True)
class Said:
    """What an edition says in one language."""

    title: str
    body: str
    summary: str = ""


@dataclass(frozen=True)
class About:
    """What an edition is about, whom it is for and what goes with it."""

    dated: date
    provider_types: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    recording: str = ""
    captions: str = ""
    slides: str = ""


@dataclass(frozen=True)
class Content:
    """An edition as it is written: what it is about, and its wording by language; `en` is always there."""

    about: About
    wordings: Mapping[str, Said] = field(default_factory=dict)


@transaction.atomic
def begin(*, kind: str, key: str, content: Content, by: Person, at: datetime) -> Piece:
    """The first edition of something new. Raises Taken where that number or word is used already."""
    require(by, "piece.write")
    if Piece.objects.filter(kind=kind, key=key).exclude(status="withdrawn").exists():
        raise mistakes.taken(kind, key)
    return _edition(kind, key, content, by, at)


@transaction.atomic
def revise(piece: Piece, *, by: Person, at: datetime) -> Piece:
    """A draft of the next edition, with what this one says. Where there is one already, that."""
    require(by, "piece.write")
    open_one = Piece.objects.filter(kind=piece.kind, key=piece.key, status__in=["draft", "waiting", "reviewed"]).first()
    if open_one:
        return open_one
    made = _edition(piece.kind, piece.key, content_of(piece), by, at)
    Attachment.objects.bulk_create(_again(one, made) for one in piece.attachments.order_by("pk"))
    return made


def _again(one: Attachment, piece: Piece) -> Attachment:
    return Attachment(
        piece=piece, document_id=one.document_id, title=one.title, language=one.language, kind=one.kind, size=one.size
    )


def content_of(piece: Piece) -> Content:
    about = About(
        dated=piece.dated, provider_types=tuple(piece.provider_types), plans=tuple(piece.plans),
        programmes=tuple(piece.programmes), recording=piece.recording, captions=piece.captions, slides=piece.slides,
    )  # fmt: skip
    return Content(about, {one.language: Said(one.title, one.body, one.summary) for one in piece.wordings.all()})


def _edition(kind: str, key: str, content: Content, by: Person, at: datetime) -> Piece:
    before = Piece.objects.filter(kind=kind, key=key).order_by("-edition").first()
    made = Piece(kind=kind, key=key, edition=before.edition + 1 if before else 1, written_by=by, hands=[str(by.pk)])
    _set(made, content.about)
    steps.begin(made, by=by, at=at)
    _word(made, content.wordings)
    return made


@transaction.atomic
def rewrite(piece: Piece, *, content: Content, by: Person, at: datetime) -> None:
    """Change a draft. Whoever did cannot be its second person."""
    _take_up(piece, by)
    _set(piece, content.about)
    piece.save()
    _word(piece, content.wordings)
    trail.wrote(piece, "rewrite", by=by, at=at, details={"languages": sorted(content.wordings)})


@transaction.atomic
def attach(
    piece: Piece, received: documents.Received, *, title: str, language: str, by: Person, at: datetime
) -> Attachment:
    """Put a file to a draft. Sent twice it is there once. Refuses what documents.keep refuses."""
    _take_up(piece, by)
    if piece.attachments.count() >= MOST_FILES:
        raise mistakes.too_many_files(MOST_FILES)
    before = transaction.savepoint()
    kept = documents.keep(received, by=by, at=at, scope="minimal")
    with wall.opened("piece.attach"):
        same = piece.attachments.filter(document__address=kept.address).first()
    if same:
        transaction.savepoint_rollback(before)
        return same
    made = Attachment(piece=piece, document=kept, title=title, language=language, kind=kept.kind, size=kept.size)
    made.save(force_insert=True)
    piece.save()
    trail.wrote(piece, "attach", by=by, at=at, details={"file": made.public_id})
    return made


@transaction.atomic
def detach(piece: Piece, public_id: str, *, by: Person, at: datetime) -> bool:
    """Take a file out of a draft. False where it is not there (any more)."""
    _take_up(piece, by)
    if not piece.attachments.filter(public_id=public_id).delete()[0]:
        return False
    piece.save()
    trail.wrote(piece, "detach", by=by, at=at, details={"file": public_id})
    return True


def _take_up(piece: Piece, by: Person) -> None:
    """Make ready to change a draft, held until it is saved. Whoever does so wrote in it."""
    require(by, "piece.write")
    _as_it_stands(piece)
    if piece.status != "draft":
        raise mistakes.not_a_draft(piece.status)
    piece.hands = sorted({*piece.hands, str(by.pk)})


def _as_it_stands(piece: Piece) -> None:
    """Nobody else takes a step with it meanwhile, and none that was taken is written over."""
    piece.refresh_from_db(from_queryset=Piece.objects.select_for_update())


def _set(piece: Piece, about: About) -> None:
    piece.dated, piece.recording, piece.captions, piece.slides = (
        about.dated, about.recording, about.captions, about.slides,
    )  # fmt: skip
    piece.provider_types, piece.plans = list(about.provider_types), list(about.plans)
    piece.programmes = list(about.programmes)


def _word(piece: Piece, wordings: Mapping[str, Said]) -> None:
    if "en" not in wordings:
        raise mistakes.not_in_english()
    piece.wordings.exclude(language__in=list(wordings)).delete()
    for language, said in wordings.items():
        told = {"title": said.title, "summary": said.summary, "body": said.body}
        Wording.objects.update_or_create(piece=piece, language=language, defaults=told)


@transaction.atomic
def take(piece: Piece, verb: str, *, by: Person, at: datetime, review_by: date | None = None) -> Step:
    """One step in the life of an edition. Who wrote in it neither lets it through nor finds it still right."""
    changes: dict[str, Any] = {}
    today = by.standing.on
    now = Piece.objects.select_for_update().get(pk=piece.pk)
    if verb in ("approve", "confirm"):
        if any(may_be_one(by, hand) for hand in Person.objects.filter(pk__in=now.hands)):
            raise mistakes.by_its_writer(by.label)
        changes |= {"reviewed_by_id": by.pk, "reviewed_on": today}
    if verb in ("ask", "publish") and now.recording and not now.captions.strip():
        raise mistakes.without_captions()
    if verb == "publish":
        _supersede(piece, by, at)
    if review_by and review_by > today + timedelta(days=LATEST_REVIEW):
        raise mistakes.wrong_review_day(today)
    if verb in ("publish", "confirm"):
        changes["review_by"] = review_by or today + timedelta(days=EVERY_SIX_MONTHS)
    step = steps.take(piece, verb, by=by, at=at, due_at=_end_of(changes.get("review_by")), **changes)
    if verb in ("publish", "confirm", "withdraw"):
        _tell(piece)
    return step


def _end_of(day: date | None) -> datetime | None:
    """The last second of the day in California."""
    return datetime.combine(day, time(23, 59, 59), get_default_timezone()) if day else None


def _supersede(piece: Piece, by: Person, at: datetime) -> None:
    for older in Piece.objects.filter(kind=piece.kind, key=piece.key, status="published").exclude(pk=piece.pk):
        steps.take(older, "supersede", by=by, at=at)


def _tell(piece: Piece) -> None:
    for name in settings.WHOLEPERSON_SHELF_TELLS:
        import_string(name)(piece)


@transaction.atomic
def go_through(topic: str, *, by: Person, at: datetime) -> None:
    """Keep that somebody has been through a session. Again is once."""
    _, is_new = Done.objects.get_or_create(person=by, topic=topic, defaults={"at": at})
    if is_new:
        trail.wrote(by, "learning.done", by=by, at=at, details={"topic": topic})


@transaction.atomic
def take_back(topic: str, *, by: Person, at: datetime) -> None:
    """They have not, after all."""
    if Done.objects.filter(person=by, topic=topic).delete()[0]:
        trail.wrote(by, "learning.not_done", by=by, at=at, details={"topic": topic})


@transaction.atomic
def check_contact(
    *, plan: str, contact: str, value: str, on: date, hours: str, by: Person, at: datetime
) -> ContactCheck:
    """Keep that somebody tried a contact on a day and it answered."""
    require(by, "contact.verify")
    made = ContactCheck(plan=plan, contact=contact, value=value, on=on, hours=hours, by=by)
    made.save(force_insert=True)
    trail.wrote(made, "contact.verify", by=by, at=at, details={"plan": plan, "contact": contact})
    return made
