"""The directory: who offers what, for whom, where, in which languages, and with which plans."""

from datetime import date, datetime
from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Cast
from django.db.models.lookups import LessThanOrEqual

from wholeperson.access.models import Organisation, Person, no_end_before_its_start
from wholeperson.access.queries import current
from wholeperson.casework.providers import miles
from wholeperson.casework.providers.lifecycle import SERVICE
from wholeperson.record.ids import public_id_field
from wholeperson.record.kept import Kept
from wholeperson.record.living import Living
from wholeperson.record.models import lawful_status, status_field
from wholeperson.record.privacy import Privacy

ECM = "ecm"


class Listing(Kept):
    """What the directory says of an organization as a whole. `hsds_id` is what other directories know it by."""

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="listing")
    hsds_id = models.UUIDField(unique=True, default=uuid4)
    other_name = models.CharField(max_length=200, blank=True)
    about = models.TextField(blank=True)
    website = models.URLField(blank=True)
    changed_at = models.DateTimeField()

    privacy: ClassVar = Privacy(open="organisation hsds_id other_name about website changed_at")

    def __str__(self) -> str:
        return self.organisation.name


class Sites(models.QuerySet["Site"]):
    """Places; how far they are."""

    def open_on(self, day: date) -> "Sites":
        return self.filter(Q(closed_on=None) | Q(closed_on__gt=day))

    def told(self, on: date) -> "Sites":
        """Those open that day of which anyone may know where they are, and we do."""
        return self.open_on(on).filter(latitude__isnull=False)

    def untold(self, on: date) -> "Sites":
        """Those open that day that are secret, or in a ZIP code we do not know: they may be anywhere."""
        return self.open_on(on).filter(latitude__isnull=True)

    def nearest(self, here: miles.Point) -> models.Subquery:
        """The square of the miles to the nearest of these, for a question on something else."""
        return models.Subquery(self.annotate(far=miles.square(here)).order_by("far").values("far")[:1])

    def within(self, here: miles.Point, most: int) -> "Sites":
        return self.filter(miles.box(here, most), LessThanOrEqual(miles.square(here), most**2))


class Site(Kept):
    """A place where an organization gives services. A hidden one, like a refuge, keeps its address to itself."""

    public_id = public_id_field("sit")
    hsds_id = models.UUIDField(unique=True, default=uuid4)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="sites")
    name = models.CharField(max_length=200)
    street = models.CharField(max_length=200, blank=True)
    city = models.CharField(max_length=80, blank=True)
    zip = models.CharField(max_length=5, blank=True)
    county = models.CharField(max_length=40)
    is_hidden = models.BooleanField(default=False)
    phone = models.CharField(max_length=40, blank=True)
    hours = models.JSONField(default=dict)  # MO … SU: [from, until], like ["09:00", "17:00"]
    accessibility = models.JSONField(default=list)  # words of offers.ACCESSIBLE
    closed_on = models.DateField(null=True)
    # the middle of its ZIP code; none where we know of none, or where it is hidden: by distances it would be found
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)

    objects = Sites.as_manager()
    privacy: ClassVar = Privacy(
        open="public_id hsds_id organisation name city zip county is_hidden phone hours accessibility closed_on "
        "latitude longitude",
        sensitive="street",
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["zip"], name="sites_by_zip"),
            models.Index(fields=["latitude", "longitude"], name="sites_by_where_they_are"),
        ]

    def __str__(self) -> str:
        return self.name


class Services(models.QuerySet["Service"]):
    """Services; the questions that everybody asks of them."""

    def for_user(self, user: Person, *, on: date) -> "Services":
        """Those that this person keeps: of their own organization, or under contract with their plan."""
        own = user.standing.organisations_where("directory.keep")
        plans = user.standing.organisations_where("directory.contract")
        under = Contract.objects.filter(current(on), service=OuterRef("pk"), plan__in=plans)
        return self.filter(Q(organisation__in=own) | Exists(under))

    def listed(self) -> "Services":
        return self.filter(status="listed")

    def giving(self, programme: str) -> "Services":
        """A programme of the policy: `ecm`, one of its populations, or a Community Support."""
        if programme.startswith("pof_"):
            return self.filter(programme=ECM).having("population", programme)
        return self.filter(programme=programme)

    def having(self, kind: str, *values: str) -> "Services":
        return self.filter(Exists(Trait.objects.filter(service=OuterRef("pk"), kind=kind, value__in=values)))

    def under(self, plan: Organisation, on: date) -> "Services":
        """With a contract of that plan on that day."""
        return self.filter(Exists(Contract.objects.filter(current(on), service=OuterRef("pk"), plan=plan)))

    def reaching(self, county: str = "", zip: str = "") -> "Services":
        """Serving the county; and the ZIP, where a service says that it goes to some ZIPs alone."""
        found = self.having("county", county) if county else self
        zips = Trait.objects.filter(service=OuterRef("pk"), kind="zip")
        return found.filter(~Exists(zips) | Exists(zips.filter(value=zip))) if zip else found

    def for_age(self, age: int) -> "Services":
        return self.filter(Q(youngest=None) | Q(youngest__lte=age), Q(oldest=None) | Q(oldest__gte=age))

    def within(self, here: miles.Point, most: int, on: date) -> "Services":
        """With a place within so many miles, or that may have one: it names none, or not all of its places are told."""
        of_it = {"services": OuterRef("pk")}
        told, untold = Site.objects.told(on).filter(**of_it), Site.objects.untold(on).filter(**of_it)
        return self.filter(Exists(told.within(here, most)) | Exists(untold) | ~Exists(told))

    def usable(self, word: str, on: date) -> "Services":
        """With a place that says so, in a word of `offers.ACCESSIBLE`; a free bed for a wheelchair says it too."""
        from wholeperson.casework.providers.models.room import Capacity

        # the words are kept as a list; as text both databases can look into it, and none is a part of another
        text = Cast("accessibility", models.TextField())
        told = Site.objects.open_on(on).annotate(told=text).filter(told__contains=f'"{word}"')
        found = Exists(told.filter(services=OuterRef("pk")))
        rolls = Exists(Capacity.objects.filter(service=OuterRef("pk"), accessible=True))
        return self.filter(found | rolls if word == "wheelchair" else found)

    def taking(self, who: str) -> "Services":
        """That do not say that all they have is for other people than these."""
        from wholeperson.casework.providers.models.room import FREE, Capacity

        rows = Capacity.objects.filter(service=OuterRef("pk"), kind__in=FREE)
        return self.filter(Exists(rows.meant_for(who)) | ~Exists(rows))

    def with_room(self, at: datetime, who: str = "") -> "Services":
        """That take new people: places or beds are free by what was said lately, beyond those that are held."""
        from wholeperson.casework.providers.models.room import Capacity

        return self.filter(pk__in=Capacity.objects.free(at).meant_for(who).values("service"))


class Service(Living):
    """One programme that an organization gives. ECM is one service, whatever its populations."""

    lifecycle = SERVICE

    public_id = public_id_field("svc")
    hsds_id = models.UUIDField(unique=True, default=uuid4)
    status = status_field(SERVICE)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="services")
    programme = models.CharField(max_length=60)
    name = models.CharField(max_length=200, blank=True)  # its own name for it
    about = models.TextField(blank=True)
    youngest = models.PositiveSmallIntegerField(null=True)  # age in years, both included
    oldest = models.PositiveSmallIntegerField(null=True)
    licence = models.CharField(max_length=120, blank=True)
    licence_until = models.DateField(null=True)
    most = models.PositiveIntegerField(null=True)  # people at once, by license or contract
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    website = models.URLField(blank=True)
    keeper_email = models.EmailField(blank=True)  # who is asked what is free, and told of a referral
    keeper_phone = models.CharField(max_length=40, blank=True)
    sites = models.ManyToManyField(Site, related_name="services")
    confirmed_at = models.DateTimeField()  # when somebody last said that all this is so
    asked_at = models.DateTimeField(null=True)  # when its keeper was last asked what is free

    objects = Services.as_manager()
    privacy: ClassVar = Privacy(
        open="public_id hsds_id status due_at organisation programme name about youngest oldest licence licence_until "
        "most phone email website sites confirmed_at asked_at",
        identifies="keeper_email keeper_phone",
    )

    class Meta:
        constraints: ClassVar = [
            lawful_status(SERVICE),
            models.CheckConstraint(
                condition=Q(youngest=None) | Q(oldest=None) | Q(oldest__gte=F("youngest")), name="ages_in_order"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["programme", "status"], name="services_of_a_programme"),
            models.Index(fields=["organisation", "status"], name="services_of_an_organisation"),
        ]

    def __str__(self) -> str:
        return self.name or self.programme

    def said(self, kind: str) -> list[str]:
        """Its counties, ZIPs, languages or populations."""
        return sorted(row.value for row in self.traits.all() if row.kind == kind)


class Trait(Kept):
    """A word by which a service is found: a county or ZIP it goes to, a language it speaks, a population it serves."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="traits")
    kind = models.CharField(max_length=20)
    value = models.CharField(max_length=60)

    privacy: ClassVar = Privacy(open="service kind value")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["service", "kind", "value"], name="one_row_for_a_trait"),
            models.CheckConstraint(
                condition=Q(kind__in=["county", "zip", "language", "population"]), name="known_kind_of_trait"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["kind", "value", "service"], name="services_by_trait")]


class Contract(Kept):
    """That a plan pays this organization for this service, from a day on and until a day, both included."""

    public_id = public_id_field("con")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="contracts")
    plan = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)

    privacy: ClassVar = Privacy(open="public_id service plan since until")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["service", "plan"], condition=Q(until=None), name="one_open_contract_for_a_service"
            ),
            no_end_before_its_start("contract_ends_after_it_starts"),
        ]
