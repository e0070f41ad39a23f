"""What the record keeps: steps of lives, rows of the audit trail, the worker's sign of life, what this house is."""

from collections.abc import Iterable
from typing import Any, ClassVar, NoReturn, TypeVar

from django.db import models

from wholeperson.record import chain
from wholeperson.record.ids import public_id_field
from wholeperson.record.kept import Kept
from wholeperson.record.lifecycle import Lifecycle
from wholeperson.record.living import Living
from wholeperson.record.privacy import Privacy
from wholeperson.record.sealed import SealedText

Row = TypeVar("Row", bound=models.Model)


def lawful_status(lifecycle: Lifecycle) -> models.CheckConstraint:
    """The database's own word on which statuses there are; goes into a model's constraints."""
    return models.CheckConstraint(
        condition=models.Q(status__in=lifecycle.statuses), name=f"lawful_{lifecycle.of}_status"
    )


def status_field(lifecycle: Lifecycle) -> "models.CharField[str, str]":
    return models.CharField(max_length=40, default=lifecycle.begins, editable=False)


class WrittenOnce(Exception):
    """Somebody tried to change what is only ever appended to."""


class OnlyAppended(models.QuerySet[Row]):
    """Rows that nobody changes or takes away."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise WrittenOnce(f"{self.model.__name__} rows are written once; append another that corrects this one")

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        rows = list(objs)
        for row in rows:
            row.sign()
        return super().bulk_create(rows, *args, **kwargs)

    def delete(self) -> NoReturn:
        raise WrittenOnce(f"{self.model.__name__} rows stay; what may be forgotten is kept elsewhere")


class Unchanging(Kept):
    """A row that is written once. The database holds to it too: see the triggers in the migrations."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise WrittenOnce(f"{type(self).__name__} rows are written once")
        self.sign()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise WrittenOnce(f"{type(self).__name__} rows stay")

    def sign(self) -> None:
        """The last thing before it is written; most rows carry no signature."""


class WrittenOnceRow(Unchanging):
    """One that is asked for as it is; one that belongs to a member is asked for somebody."""

    objects = OnlyAppended.as_manager()

    class Meta:
        abstract = True


class Appended(WrittenOnceRow):
    """Written once, by somebody, at some moment."""

    at = models.DateTimeField(db_index=True)
    actor_kind = models.CharField(max_length=20)
    actor_id = models.CharField(max_length=60, db_index=True)
    actor_label = models.CharField(max_length=120)

    class Meta:
        abstract = True


class Step(Appended):
    """One step in the life of one thing."""

    of = models.CharField(max_length=40)
    thing_id = models.UUIDField(db_index=True)
    verb = models.CharField(max_length=40)
    source = models.CharField(max_length=40, blank=True)
    target = models.CharField(max_length=40)
    due_at = models.DateTimeField(null=True)
    key = models.CharField(max_length=80, null=True)

    privacy: ClassVar = Privacy(
        open="at actor_kind actor_id of thing_id verb source target due_at key", identifies="actor_label"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["of", "thing_id", "key"], name="one_step_for_one_key"),
        ]


class AuditRow(Appended):
    """Somebody wrote or read something. It names things and fields, never what stood in them."""

    did = models.CharField(max_length=10, choices=[("wrote", "wrote"), ("read", "read")])
    verb = models.CharField(max_length=60)
    thing_kind = models.CharField(max_length=60)
    thing_id = models.UUIDField(null=True, db_index=True)
    subject_id = models.UUIDField(null=True, db_index=True)  # the member whose record it belongs to
    because_id = models.UUIDField(null=True)  # the relationship that allowed it
    details = models.JSONField(default=dict)
    signature = models.CharField(max_length=64, default="", editable=False)  # that it was us who wrote it: see chain

    privacy: ClassVar = Privacy(
        open="at actor_kind actor_id did verb thing_kind thing_id subject_id because_id details signature",
        identifies="actor_label",
    )

    def sign(self) -> None:
        self.signature = chain.signature(self)


class Block(WrittenOnceRow):
    """So many rows of the trail, sealed together; its head covers them and the block before."""

    number = models.PositiveIntegerField(unique=True)
    at = models.DateTimeField()
    rows = models.PositiveIntegerField()
    previous = models.CharField(max_length=64)
    head = models.CharField(max_length=64)

    privacy: ClassVar = Privacy(open="number at rows previous head")


class Sealed(WrittenOnceRow):
    """In which block, at which place, a row of the trail is sealed. Its key is that row's."""

    block = models.PositiveIntegerField()
    place = models.PositiveIntegerField()

    privacy: ClassVar = Privacy(open="block place")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["block", "place"], name="one_row_at_a_place")]


class Headed(WrittenOnceRow):
    """That the head of a block was written outside the database."""

    number = models.PositiveIntegerField(unique=True)
    at = models.DateTimeField()

    privacy: ClassVar = Privacy(open="number at")


class Beat(Kept):
    """The last sign of life of each part that runs in the background."""

    part = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()

    privacy: ClassVar = Privacy(open="part at")


class House(Kept):
    """What this installation is. A demo may only be shown from a database that says it is one."""

    is_demo = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    privacy: ClassVar = Privacy(open="is_demo made_at")


class PolicyVersion(WrittenOnceRow):
    """One programme's policy as it stood when it first decided anything, in its canonical JSON."""

    version = models.CharField(max_length=64, unique=True)  # the SHA-256 of `canonical`
    programme = models.CharField(max_length=60)
    canonical = models.TextField()
    first_used_at = models.DateTimeField()

    privacy: ClassVar = Privacy(open="version programme canonical first_used_at")


class Schedule(Kept):
    """When each thing that happens by itself is due next."""

    name = models.CharField(max_length=60, unique=True)
    next_at = models.DateTimeField()

    privacy: ClassVar = Privacy(open="name next_at")


OUTGOING = Lifecycle(
    of="outgoing",
    begins="waiting",
    moves=[
        ("send", "waiting", "sent", "outbox.send"),
        ("give_up", "waiting", "given_up", "outbox.send"),
        ("hold", "waiting", "held", "outbox.send"),  # it may not go any more
    ],
)


class Outgoing(Living):
    """Something that is to leave the house, through which channel, and what became of it."""

    lifecycle = OUTGOING
    status = status_field(OUTGOING)
    key = models.CharField(max_length=120, unique=True)
    channel = models.CharField(max_length=40)
    to = SealedText()
    content = SealedText()
    subject_id = models.UUIDField(null=True, db_index=True)  # the member it is about
    to_subject = models.BooleanField(default=False)  # the member themselves reads it
    made_at = models.DateTimeField()
    next_at = models.DateTimeField()  # when it is tried next
    tries = models.PositiveIntegerField(default=0)

    privacy: ClassVar = Privacy(
        open="status due_at key channel subject_id to_subject made_at next_at tries",
        identifies="to",
        sensitive="content",
    )

    class Meta:
        constraints: ClassVar = [lawful_status(OUTGOING)]
        indexes: ClassVar = [models.Index(fields=["status", "next_at"], name="outgoing_that_waits")]


class Document(WrittenOnceRow):
    """A paper somebody handed in. The bytes lie outside the database, encrypted, under `address`."""

    public_id = public_id_field("doc")
    address = models.CharField(max_length=64, db_index=True)
    kind = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    name = SealedText()
    made_at = models.DateTimeField()
    subject_id = models.UUIDField(null=True, db_index=True)  # the member it is about
    organisation_id = models.UUIDField(null=True, db_index=True)  # who brought it
    scope = models.CharField(max_length=10)  # how far one must see to open it

    privacy: ClassVar = Privacy(
        open="public_id address kind size made_at subject_id organisation_id scope", identifies="name"
    )
