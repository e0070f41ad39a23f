"""Organisations, people, who is what in which organisation, and the numbers the outside world knows them by."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from wholeperson.access.kinds import KINDS
from wholeperson.access.lifecycle import INVITATION
from wholeperson.access.roles import ROLES
from wholeperson.access.standing import Standing
from wholeperson.record.ids import public_id_field
from wholeperson.record.kept import Kept
from wholeperson.record.living import Living
from wholeperson.record.models import lawful_status, status_field
from wholeperson.record.privacy import Privacy
from wholeperson.record.sealed import SealedText


def no_end_before_its_start(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name=name)


class Organisation(Kept):
    """A health plan, a provider, a hospital, a jail, a county: whoever people act for.

    The house is the organisation that runs this installation: its administrators add organisations and may help in
    each. The administrators of every other organisation reach their own people only.
    """

    public_id = public_id_field("org")
    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=40, choices=[(kind, kind) for kind in KINDS])
    is_house = models.BooleanField(default=False)

    privacy: ClassVar = Privacy(open="public_id name kind is_house")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=list(KINDS)), name="known_kind_of_organisation")
        ]
        # four plans stand among thousands of providers, and many pages name them
        indexes: ClassVar = [models.Index(fields=["kind", "name"], name="organisations_by_kind")]

    def __str__(self) -> str:
        return self.name

    @property
    def kind_name(self) -> str:
        """The kind in the reader's language."""
        return str(KINDS[self.kind].name)


class People(BaseUserManager["Person"]):
    """How Django's sign-in finds a person."""


class Person(Kept, AbstractBaseUser):
    """Somebody who signs in. What they may do comes from their memberships on a day; see `stand`."""

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]

    public_id = public_id_field("per")
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=20, default="en")
    is_active = models.BooleanField(default=True)

    objects = People()
    privacy: ClassVar = Privacy(
        open="public_id language is_active last_login", identifies="email name", sensitive="password"
    )
    kind = "person"

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        return self.name

    @property
    def standing(self) -> Standing:
        """What the person is on the day they act; set by whoever opened the door for them (`queries.stand`)."""
        try:
            return self._standing
        except AttributeError:
            raise RuntimeError(f"{self.public_id} acts on no day: call access.queries.stand(person, on=day)") from None

    @standing.setter
    def standing(self, standing: Standing) -> None:
        self._standing = standing

    def may(self, permission: str, /) -> bool:
        return permission in self.standing.permissions


class Membership(Kept):
    """Somebody is something in an organisation, from a day on and until a day, both included.

    Only the role `member` belongs to no organisation: a member acts for themself.
    """

    public_id = public_id_field("rol")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships", null=True)
    role = models.CharField(max_length=40, choices=[(role, role) for role in ROLES])
    since = models.DateField()
    until = models.DateField(null=True)

    privacy: ClassVar = Privacy(open="public_id person organisation role since until")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(role__in=list(ROLES)), name="known_role"),
            models.CheckConstraint(
                condition=Q(role="member", organisation=None) | (~Q(role="member") & Q(organisation__isnull=False)),
                name="only_members_act_for_themselves",
            ),
            no_end_before_its_start("membership_ends_after_it_starts"),
        ]


class Invitation(Living):
    """Somebody may become something in an organisation, by a link of which only a fingerprint is kept."""

    lifecycle = INVITATION

    public_id = public_id_field("inv")
    status = status_field(INVITATION)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=40, choices=[(role, role) for role in ROLES])
    since = models.DateField()
    until = models.DateField(null=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    fingerprint = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="invitations", null=True)

    privacy: ClassVar = Privacy(
        open="public_id status due_at organisation role since until made_at expires_at person",
        identifies="email",
        sensitive="fingerprint",
    )

    class Meta:
        constraints: ClassVar = [
            lawful_status(INVITATION),
            models.CheckConstraint(
                condition=Q(role__in=list(ROLES)) & ~Q(role="member"), name="known_role_of_an_invitation"
            ),
            no_end_before_its_start("invited_role_ends_after_it_starts"),
        ]


class Identifier(Kept):
    """A number the world knows an organisation or a person by: NPI, TIN, licence, a plan's name in the policy."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="identifiers", null=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="identifiers", null=True)
    system = models.CharField(max_length=40)
    value = models.CharField(max_length=80)
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    privacy: ClassVar = Privacy(open="organisation person system since until", identifies="value")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(organisation=None, person__isnull=False) | Q(organisation__isnull=False, person=None),
                name="number_of_one_owner",
            ),
            models.UniqueConstraint(fields=["system", "value"], condition=Q(until=None), name="one_owner_of_a_number"),
        ]


class Draft(Kept):
    """A form that somebody had half filled when their screen locked. Encrypted, theirs alone, and soon forgotten."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="drafts")
    address = models.CharField(max_length=300)
    content = SealedText()
    at = models.DateTimeField(db_index=True)

    privacy: ClassVar = Privacy(open="person address at", sensitive="content")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "address"], name="one_draft_of_a_form"),
        ]


class SavedView(Kept):
    """What somebody often asks a list of, under a name of theirs. `filters` are words of the house, never a name."""

    public_id = public_id_field("vew")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=60)
    filters = models.JSONField(default=dict)
    kept_at = models.DateTimeField()

    privacy: ClassVar = Privacy(open="public_id person filters kept_at", identifies="name")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "name"], name="one_saved_view_of_a_name"),
        ]
