"""What editors keep: pieces by edition, their wordings and files, what somebody has read, which contact holds."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wholeperson.access.models import Person
from wholeperson.handbook.shelf.lifecycle import PIECE
from wholeperson.handbook.shelf.words import KINDS, LANGUAGES
from wholeperson.record.ids import public_id_field
from wholeperson.record.kept import Kept
from wholeperson.record.living import Living
from wholeperson.record.models import Document, lawful_status, status_field
from wholeperson.record.privacy import Privacy


class Piece(Living):
    """One edition of a bulletin, of what editors add to a learning session, or of a question with its answer.

    `key` is what it is known by and stays the same over its editions: a material number such as 25-521, a topic of
    the learning series, a word. `hands` are the ids of everybody who wrote in it: none of them lets it through.
    """

    lifecycle = PIECE

    public_id = public_id_field("pce")
    status = status_field(PIECE)
    kind = models.CharField(max_length=20, choices=[(kind, kind) for kind in KINDS])
    key = models.CharField(max_length=40)
    edition = models.PositiveIntegerField(default=1)
    dated = models.DateField()
    provider_types = models.JSONField(default=list)
    plans = models.JSONField(default=list)
    programmes = models.JSONField(default=list)
    recording = models.URLField(blank=True)
    captions = models.TextField(blank=True)
    slides = models.URLField(blank=True)
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    hands = models.JSONField(default=list)
    reviewed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    reviewed_on = models.DateField(null=True)
    review_by = models.DateField(null=True)

    privacy: ClassVar = Privacy(
        open="public_id status due_at kind key edition dated provider_types plans programmes recording captions slides "
        "written_by hands reviewed_by reviewed_on review_by"
    )

    class Meta:
        constraints: ClassVar = [
            lawful_status(PIECE),
            models.CheckConstraint(condition=Q(kind__in=list(KINDS)), name="known_kind_of_piece"),
            models.UniqueConstraint(fields=["kind", "key", "edition"], name="one_edition_of_a_number"),
            models.UniqueConstraint(
                fields=["kind", "key"], condition=Q(status="published"), name="one_published_edition"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}, edition {self.edition}"


class Wording(Kept):
    """What an edition says in one language. There is always one in English."""

    piece = models.ForeignKey(Piece, on_delete=models.CASCADE, related_name="wordings")
    language = models.CharField(max_length=20, choices=[(code, code) for code in LANGUAGES])
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=400, blank=True)
    body = models.TextField()

    privacy: ClassVar = Privacy(open="piece language title summary body")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["piece", "language"], name="one_wording_a_language")]


class Attachment(Kept):
    """A file that goes with an edition, such as slides. `kind` and `size` are those of its document."""

    public_id = public_id_field("fil")
    piece = models.ForeignKey(Piece, on_delete=models.PROTECT, related_name="attachments")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    language = models.CharField(max_length=20, choices=[(code, code) for code in LANGUAGES])
    kind = models.CharField(max_length=100)
    size = models.PositiveIntegerField()

    privacy: ClassVar = Privacy(open="public_id piece document title language kind size")


class Done(Kept):
    """Somebody has been through a session of the learning series."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    topic = models.CharField(max_length=40)
    at = models.DateTimeField()

    privacy: ClassVar = Privacy(open="person topic at")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "topic"], name="done_once")]


class ContactCheck(Kept):
    """An editor tried a contact of a plan and it answered. It holds for the value that was tried, and for no other."""

    plan = models.CharField(max_length=60)
    contact = models.CharField(max_length=60)
    value = models.CharField(max_length=200)
    on = models.DateField()
    hours = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    privacy: ClassVar = Privacy(open="plan contact value on hours by")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["plan", "contact", "-on"], name="checks_of_a_contact")]
