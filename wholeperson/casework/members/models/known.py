"""A member, their numbers, what is known of them, what they agreed to, and the one table of who may see them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from wholeperson.access.models import Organisation, Person, no_end_before_its_start
from wholeperson.access.roles import SCOPES
from wholeperson.casework.members import scoping
from wholeperson.casework.members.lifecycle import BREAK_GLASS, CONSENT, LIKENESS
from wholeperson.record.ids import public_id_field
from wholeperson.record.kept import Kept
from wholeperson.record.living import Living
from wholeperson.record.models import Document, lawful_status, status_field
from wholeperson.record.privacy import Privacy
from wholeperson.record.sealed import SealedText

REASONS = """
self family coverage referral authorization assignment facility_case consent break_glass
""".split()
FORMS = ["ascmi_ab133", "ascmi", "part2"]
CATEGORIES = ["physical_health", "mental_health", "social_needs", "justice", "substance_use"]
METHODS = ["paper", "screen", "spoken"]
KINDS_OF_NEED = ["emergency", "safety"]
CONTACT_METHODS = ["phone", "in_person", "video", "text", "email", "mail"]
PURPOSES = ["outreach", "care", "support"]
RULES = ["do_not_contact", "safe_contact_only"]  # the stricter first
HOMES = ["home", "no_fixed"]
DOCUMENTS = ["parent", "guardianship", "conservatorship", "power_of_attorney", "form", "spoken"]
POWERS = ["talk", "decide"]


def known_scope(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(scope__in=SCOPES), name=name)


def scope_field() -> "models.CharField[str, str]":
    return models.CharField(max_length=10, choices=[(scope, scope) for scope in SCOPES])


class Member(Kept):
    """Somebody the work is for. One row, whichever plans and organisations know them."""

    public_id = public_id_field("mem")
    given_name = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100)
    preferred_name = models.CharField(max_length=100, blank=True)
    birth_date = models.DateField()
    language = models.CharField(max_length=20, default="en")
    county = models.CharField(max_length=40, blank=True)

    objects = scoping.ScopedMembers.as_manager()
    privacy: ClassVar = Privacy(
        open="public_id language", identifies="given_name family_name preferred_name birth_date county"
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["birth_date"], name="member_by_birth_date"),
            models.Index(Lower("family_name"), Lower("given_name"), name="member_by_name"),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def called(self) -> str:
        """The name to use when speaking with them."""
        return f"{self.preferred_name or self.given_name} {self.family_name}"


class Identifier(Kept):
    """A number somebody knows the member by. Kept encrypted; found by its fingerprint."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="identifiers")
    system = models.CharField(max_length=40)
    value = SealedText()
    fingerprint = models.CharField(max_length=64, db_index=True, editable=False)
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    objects = scoping.ScopedNumbers.as_manager()
    privacy: ClassVar = Privacy(open="member system since until", identifies="value fingerprint")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["system", "fingerprint"], condition=Q(until=None), name="one_member_for_a_number"
            )
        ]


class Relationship(Kept):
    """Why an organisation, or one person, may see a member, how far, and from when until when (both days included).

    `ends_at` is for what ends at a moment: a consent that is taken back, a glass that was broken for some hours.
    """

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="relationships", db_index=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", null=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    reason = models.CharField(max_length=20, choices=[(reason, reason) for reason in REASONS])
    scope = scope_field()
    about_kind = models.CharField(max_length=40, blank=True)
    about_id = models.UUIDField(null=True)
    since = models.DateField()
    until = models.DateField(null=True)
    ends_at = models.DateTimeField(null=True)

    objects = scoping.Reasons.as_manager()
    privacy: ClassVar = Privacy(
        open="member organisation person scope about_kind about_id since until ends_at", sensitive="reason"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(reason__in=REASONS), name="known_reason"),
            known_scope("known_scope"),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | Q(person__isnull=False), name="related_to_somebody"
            ),
            no_end_before_its_start("relationship_ends_after_it_starts"),
        ]
        indexes: ClassVar = [
            # both walls look here for each row of each table: all that they ask stands in the index itself
            models.Index(
                fields=["member", "organisation", "person"],
                include=["since", "until", "ends_at", "scope"],
                name="reasons_of_a_member",
            ),
            models.Index(fields=["organisation", "member"], name="relationship_by_organisation"),
            models.Index(fields=["person", "member"], name="relationship_by_person"),
            models.Index(fields=["about_kind", "about_id"], name="relationship_by_cause"),
        ]


class Fact(Kept):
    """Something known of a member: when it is true, when we learnt it, and whose word it is.

    `scope` is how deep one must see to read it; it follows from the fact's privacy word in the policy. `evidence` is
    what somebody saw, `paper` what shows it. One that was corrected points to the one that stands in its place.
    """

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="facts")
    fact = models.CharField(max_length=80)
    value = models.JSONField(null=True)
    scope = scope_field()
    source = models.CharField(max_length=40)
    attested_by = models.CharField(max_length=200, blank=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    learnt = models.DateField()
    evidence = SealedText(blank=True, default="")
    paper = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+", null=True)
    superseded_by = models.OneToOneField("self", on_delete=models.PROTECT, related_name="supersedes", null=True)

    objects = scoping.Facts.as_manager()
    privacy: ClassVar = Privacy(
        open="member scope source since until learnt paper superseded_by", identifies="attested_by",
        part2="fact value evidence",
    )  # fmt: skip

    class Meta:
        constraints: ClassVar = [known_scope("known_scope_of_fact")]
        indexes: ClassVar = [models.Index(fields=["member", "fact"], name="fact_by_member")]


class Consent(Living):
    """A form on which a member said who may see what. Whom it reaches are the relationships about it."""

    lifecycle = CONSENT

    public_id = public_id_field("con")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="consents")
    form = models.CharField(max_length=20, choices=[(form, form) for form in FORMS])
    version = models.CharField(max_length=40)
    categories = models.JSONField(default=list)
    scope = scope_field()
    method = models.CharField(max_length=10, choices=[(method, method) for method in METHODS])
    language = models.CharField(max_length=20, default="en")
    since = models.DateField()
    until = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)
    status = status_field(CONSENT)

    objects = scoping.ScopedByDepth.as_manager()
    privacy: ClassVar = Privacy(
        open="public_id member version scope method language since until revoked_at status due_at",
        part2="form categories",
    )

    class Meta:
        constraints: ClassVar = [
            lawful_status(CONSENT),
            known_scope("known_scope_of_consent"),
            models.CheckConstraint(
                condition=Q(form="part2", scope="part2") | (~Q(form="part2") & ~Q(scope="part2")),
                name="part2_has_its_own_consent",
            ),
            no_end_before_its_start("consent_ends_after_it_starts"),
        ]


class BreakGlass(Living):
    """Somebody opened a record that no reason let them see, and wrote down why. A supervisor looks at each."""

    lifecycle = BREAK_GLASS

    public_id = public_id_field("brk")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    relationship = models.OneToOneField(Relationship, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=[(kind, kind) for kind in KINDS_OF_NEED])
    reason = SealedText()
    opened_at = models.DateTimeField()
    finding = SealedText(blank=True, default="")
    status = status_field(BREAK_GLASS)

    objects = scoping.Reviewed.as_manager()
    privacy: ClassVar = Privacy(
        open="public_id member person organisation relationship kind opened_at status due_at",
        sensitive="reason finding",
    )

    class Meta:
        constraints: ClassVar = [lawful_status(BREAK_GLASS)]


class Likeness(Living):
    """Two records that may be of one person, as their names and birth dates say. A person says whether they are two.

    Only who may see both learns of it: that there is a second record is about its member too.
    """

    lifecycle = LIKENESS

    public_id = public_id_field("two")
    first = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    found_at = models.DateTimeField()
    status = status_field(LIKENESS)

    objects = scoping.ScopedPairs.as_manager()
    privacy: ClassVar = Privacy(open="public_id first second found_at status due_at")

    class Meta:
        constraints: ClassVar = [
            lawful_status(LIKENESS),
            models.UniqueConstraint(fields=["first", "second"], name="one_likeness_of_two"),
            models.CheckConstraint(condition=Q(first__lt=models.F("second")), name="two_in_one_order"),
        ]


class Compared(Kept):
    """How far records were compared with one another: up to the newest that there was then."""

    up_to = models.UUIDField()

    privacy: ClassVar = Privacy(open="up_to")


class Joining(Kept):
    """That two records are of one person: one goes on, the other points to it. Nothing is moved, and it can be undone.

    Each record is seen by whom its own reasons let see it, as before. One that was taken back stays as it was said.
    """

    likeness = models.ForeignKey(Likeness, on_delete=models.PROTECT, related_name="joinings")
    gone = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    into = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    why = SealedText()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    parted_why = SealedText(blank=True, default="")
    parted_at = models.DateTimeField(null=True)
    parted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)

    objects = scoping.Joinings.as_manager()
    privacy: ClassVar = Privacy(open="likeness gone into at by parted_at parted_by", sensitive="why parted_why")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["gone"], condition=Q(parted_at=None), name="one_record_goes_into_one"),
            models.CheckConstraint(condition=~Q(gone=models.F("into")), name="no_record_goes_into_itself"),
        ]


class Coverage(Kept):
    """That a plan covered the member in a month, as somebody told us."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="coverage")
    plan = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    month = models.DateField()  # its first day
    source = models.CharField(max_length=40)
    kept_at = models.DateTimeField()

    objects = scoping.Scoped.as_manager()
    privacy: ClassVar = Privacy(open="member plan month source kept_at")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["member", "plan", "month"], name="one_coverage_of_a_month")
        ]


class Phone(Kept):
    """A telephone number at which the member may be reached, and who told it."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="phones")
    number = SealedText()
    fingerprint = models.CharField(max_length=64, editable=False)
    source = models.CharField(max_length=40)
    kept_at = models.DateTimeField()

    objects = scoping.ScopedNumbers.as_manager()
    privacy: ClassVar = Privacy(open="member source kept_at", identifies="number fingerprint")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["member", "fingerprint"], name="one_row_for_a_phone_of_a_member")
        ]


class Contact(Kept):
    """Somebody tried to reach or saw a member. Whatever else speaks of it points here; nobody keeps another.

    `happened_at` is when it was, `kept_at` when it was written down; `key` keeps one tap from being two contacts.
    One that was never so is struck out, and stays: what went out before was told with it.
    """

    public_id = public_id_field("cnt")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="contacts")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    told_by = models.CharField(max_length=200, blank=True)  # who told it without an account, as they called themselves
    happened_at = models.DateTimeField()
    kept_at = models.DateTimeField()
    method = models.CharField(max_length=12, choices=[(method, method) for method in CONTACT_METHODS])
    purpose = models.CharField(max_length=12, choices=[(purpose, purpose) for purpose in PURPOSES])
    place = models.CharField(max_length=100, blank=True)
    minutes = models.PositiveSmallIntegerField()
    clinical = models.BooleanField(default=False)
    successful = models.BooleanField()
    note = SealedText(blank=True, default="")
    key = models.CharField(max_length=80, unique=True)
    struck_at = models.DateTimeField(null=True)
    struck_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)

    objects = scoping.ScopedNumbers.as_manager()
    privacy: ClassVar = Privacy(
        open="public_id member organisation person happened_at kept_at method purpose minutes clinical key "
        "struck_at struck_by",
        identifies="place told_by",
        sensitive="successful note",
    )

    @property
    def by(self) -> str:
        """Who wrote it down."""
        return self.person.name if self.person else self.told_by

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(person=None, told_by=""), name="somebody_told_of_a_contact"),
            models.CheckConstraint(condition=Q(method__in=CONTACT_METHODS), name="known_method_of_contact"),
            models.CheckConstraint(condition=Q(purpose__in=PURPOSES), name="known_purpose_of_contact"),
        ]
        indexes: ClassVar = [models.Index(fields=["member", "happened_at"], name="contact_by_member")]


class ContactRule(Kept):
    """How somebody asked to be reached, or not to be. It goes before every other wish to reach them."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="contact_rules")
    rule = models.CharField(max_length=20, choices=[(rule, rule) for rule in RULES])
    how = SealedText(blank=True, default="")  # what is safe: whom to ask for, when, what never to say
    since = models.DateField()
    lifted_at = models.DateTimeField(null=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    kept_at = models.DateTimeField()

    objects = scoping.ScopedNumbers.as_manager()
    privacy: ClassVar = Privacy(open="member since lifted_at person kept_at", sensitive="rule how")

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(rule__in=RULES), name="known_contact_rule")]


class Address(Kept):
    """Where somebody lives from a day on, or where they can be found who live nowhere fixed."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="addresses")
    kind = models.CharField(max_length=10, choices=[(home, home) for home in HOMES])
    street = SealedText(blank=True, default="")
    city = models.CharField(max_length=60, blank=True)
    zip_code = models.CharField(max_length=10, blank=True)
    where = SealedText(blank=True, default="")
    since = models.DateField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    kept_at = models.DateTimeField()

    objects = scoping.ScopedNumbers.as_manager()
    privacy: ClassVar = Privacy(
        open="member since person kept_at", identifies="street city zip_code where", sensitive="kind"
    )

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(kind__in=HOMES), name="known_kind_of_address")]


class Representative(Kept):
    """Who may speak or decide for somebody, by which document, how far and for how long.

    `paper` is the document itself, `account` the one with which they see the record: the relationships about this row.
    """

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="representatives")
    name = SealedText()
    relation = models.CharField(max_length=60, blank=True)
    phone = SealedText(blank=True, default="")
    document = models.CharField(max_length=20, choices=[(document, document) for document in DOCUMENTS])
    power = models.CharField(max_length=10, choices=[(power, power) for power in POWERS])
    since = models.DateField()
    until = models.DateField(null=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    kept_at = models.DateTimeField()
    paper = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+", null=True)
    account = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    ended_why = SealedText(blank=True, default="")

    objects = scoping.ScopedNumbers.as_manager()
    privacy: ClassVar = Privacy(
        open="member since until person kept_at paper account ended_at ended_by", identifies="name relation phone",
        sensitive="document power ended_why",
    )  # fmt: skip

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(document__in=DOCUMENTS), name="known_document_of_a_representative"),
            models.CheckConstraint(condition=Q(power__in=POWERS), name="known_power_of_a_representative"),
            no_end_before_its_start("representative_ends_after_it_starts"),
        ]
