"""What room a service has, as of when; places that are held for somebody; and what its keeper was asked."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from wholeperson.casework.providers.lifecycle import HOLD
from wholeperson.casework.providers.models.offering import Service, Site
from wholeperson.record.ids import public_id_field
from wholeperson.record.kept import Kept
from wholeperson.record.living import Living
from wholeperson.record.models import lawful_status, status_field
from wholeperson.record.privacy import Privacy

BEDS, PLACES, WAITING = "beds", "places", "waiting"
FREE = (BEDS, PLACES)


class Capacities(models.QuerySet["Capacity"]):
    """What was said of room."""

    def with_held(self, at: datetime) -> "Capacities":
        """Each with how many of its places are held at that moment, counted for it alone: who asks need not group."""
        live = Hold.objects.filter(capacity=OuterRef("pk"), status=HOLD.begins, due_at__gt=at).order_by()
        many = live.values("capacity").annotate(many=Count("pk")).values("many")
        return self.annotate(held=Coalesce(Subquery(many), 0))

    def free(self, at: datetime) -> "Capacities":
        """Rows by which somebody can come now: said lately enough, and not all held."""
        return self.filter(kind__in=FREE, stale_at__gt=at).with_held(at).filter(number__gt=F("held"))

    def meant_for(self, who: str) -> "Capacities":
        """Those that women, men or families may take; without a word, all."""
        return self.filter(who__in=("anyone", who)) if who else self


class Capacity(Kept):
    """A number of beds free tonight, of places this month, or of people who wait; true as of a moment.

    `number` counts what is free beside nothing: a place that is held is taken off when somebody looks.
    """

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="capacities")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+", null=True)
    kind = models.CharField(max_length=10, default=PLACES)
    who = models.CharField(max_length=10, default="anyone")
    accessible = models.BooleanField(default=False)  # for somebody in a wheelchair
    number = models.PositiveIntegerField()
    as_of = models.DateTimeField()
    stale_at = models.DateTimeField()

    objects = Capacities.as_manager()
    privacy: ClassVar = Privacy(open="service site kind who accessible number as_of stale_at")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["service", "kind", "who", "accessible"], condition=Q(site=None), name="one_number_of_a_service"
            ),
            models.UniqueConstraint(
                fields=["service", "site", "kind", "who", "accessible"], condition=Q(site__isnull=False),
                name="one_number_of_a_site",
            ),
            models.CheckConstraint(condition=Q(kind__in=[BEDS, PLACES, WAITING]), name="known_kind_of_room"),
            models.CheckConstraint(
                condition=Q(who__in=["anyone", "women", "men", "families"]), name="known_people_of_room"
            ),
        ]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["stale_at"], name="room_by_its_end")]


class Hold(Living):
    """A place kept free for somebody until `due_at`. That it ran out is no step: nobody has to notice."""

    lifecycle = HOLD

    public_id = public_id_field("hol")
    status = status_field(HOLD)
    capacity = models.ForeignKey(Capacity, on_delete=models.CASCADE, related_name="holds")
    reference = models.CharField(max_length=40)  # of what it is held for, like a referral's public id
    made_at = models.DateTimeField()

    privacy: ClassVar = Privacy(open="public_id status due_at capacity reference made_at")

    class Meta:
        constraints: ClassVar = [
            lawful_status(HOLD),
            models.UniqueConstraint(
                fields=["capacity", "reference"], condition=Q(status=HOLD.begins), name="one_hold_for_a_reference"
            ),
        ]


class Question(Kept):
    """A keeper was sent a link, of which only a fingerprint is kept, to say what is free."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="questions")
    fingerprint = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    privacy: ClassVar = Privacy(open="service made_at expires_at", sensitive="fingerprint")
