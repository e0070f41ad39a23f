"""What the record keeps: steps of lives, rows of the audit trail, the worker's sign of life, what this house is."""

from typing import Any, ClassVar, NoReturn, TypeVar

from django.db import models

from wholeperson.record.kept import Kept
from wholeperson.record.lifecycle import Lifecycle
from wholeperson.record.privacy import Privacy

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

    def delete(self) -> NoReturn:
        raise WrittenOnce(f"{self.model.__name__} rows stay; what may be forgotten is kept elsewhere")


class Appended(Kept):
    """A row that is written once, by somebody, at some moment."""

    at = models.DateTimeField(db_index=True)
    actor_kind = models.CharField(max_length=20)
    actor_id = models.CharField(max_length=60, db_index=True)
    actor_label = models.CharField(max_length=120)

    objects = OnlyAppended.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise WrittenOnce(f"{type(self).__name__} rows are written once")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise WrittenOnce(f"{type(self).__name__} rows stay")


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

    privacy: ClassVar = Privacy(
        open="at actor_kind actor_id did verb thing_kind thing_id subject_id because_id details",
        identifies="actor_label",
    )


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
