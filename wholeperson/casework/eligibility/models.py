"""Overlays of plans; and determinations: what the rules answered about a member on a day, with what they rested on."""

from typing import Any, ClassVar, NoReturn, Self

from django.db import models
from django.db.models import F, Q

from wholeperson.access.models import Organisation, Person
from wholeperson.access.roles import SCOPES
from wholeperson.casework.eligibility.lifecycle import OVERLAY
from wholeperson.casework.members.models import Member, known_scope, scope_field
from wholeperson.casework.members.queries import from_afar
from wholeperson.casework.members.scoping import ScopedByDepth
from wholeperson.record import chain
from wholeperson.record.ids import public_id_field
from wholeperson.record.living import Living
from wholeperson.record.models import Unchanging, WrittenOnce, lawful_status, status_field
from wholeperson.record.privacy import Privacy

ANSWERS = ("yes", "not_known", "no")
KINDS_OF_FINDING = ("offer", "ask_the_plan", "one_fact_away")
DEPTHS = SCOPES[1:]  # how deep a telling may lie; whoever sees less than `care` reads no determination


class Overlays(models.QuerySet["Overlay"]):
    """Overlays; `for_user` is how everybody's pages ask for them."""

    def for_user(self, user: Person) -> "Overlays":
        """Those of the plans somebody looks after; of every plan for whoever acts for the house."""
        word = "overlay.read"
        if user.standing.reaches(None, word):
            return self.all()
        return self.filter(organisation__in=user.standing.organisations_where(word))


class Overlay(Living):
    """One plan's overlay as it was uploaded. `version` is the SHA-256 of what it says, whatever its order."""

    lifecycle = OVERLAY

    public_id = public_id_field("ovl")
    status = status_field(OVERLAY)
    plan = models.CharField(max_length=80)  # the policy's word
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="overlays", null=True)
    text = models.TextField()
    version = models.CharField(max_length=64)
    effective_on = models.DateField()
    uploader = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    approver = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    note = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    made_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True)
    withdrawn_on = models.DateField(null=True)  # of one that was approved: it held until the day before
    cases_asked = models.PositiveIntegerField(default=0)  # open cases asked again when it was uploaded
    cases_changed = models.PositiveIntegerField(default=0)  # of these, how many would get another answer

    objects = Overlays.as_manager()
    privacy: ClassVar = Privacy(
        open="public_id status due_at plan organisation text version effective_on uploader approver made_at "
        "approved_at withdrawn_on cases_asked cases_changed",
        identifies="note reason",
    )

    class Meta:
        constraints: ClassVar = [
            lawful_status(OVERLAY),
            models.CheckConstraint(
                condition=Q(approver=None) | ~Q(approver=F("uploader")), name="approved_by_a_second_person"
            ),
            models.UniqueConstraint(
                fields=["plan", "version", "effective_on"], condition=Q(status__in=["proposed", "approved"]),
                name="one_overlay_that_says_this",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["status", "effective_on"], name="overlays_in_force")]


class AskedByDepth(ScopedByDepth):
    """Rows that nobody changes, each for whoever sees its member so deep."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise WrittenOnce(f"{self.model.__name__} rows are written once; a new one supersedes")

    def delete(self) -> NoReturn:
        raise WrittenOnce(f"{self.model.__name__} rows stay")


class Tellings(AskedByDepth):
    """Why the rules answer so."""

    def for_user(self, user: Person) -> Self:
        """Near ones read no reason that lies deep: one of them may be that somebody flees, and from whom."""
        return super().for_user(user).filter(Q(scope=DEPTHS[0]) | from_afar(user))


class Basis(Unchanging):
    """All that was known of a member when the rules were asked, as a person file; what a plan had elected beside it.

    `newest` is the key of the latest row that went into it: keys stand in the order of time.
    """

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    known_at = models.DateField()
    plan = models.CharField(max_length=80, blank=True)
    county = models.CharField(max_length=40, blank=True)
    person = models.JSONField()
    elections = models.JSONField(default=list)
    digest = models.CharField(max_length=64)  # of all above
    newest = models.UUIDField(null=True)
    made_at = models.DateTimeField()
    scope = scope_field()  # of the deepest thing in it

    objects = AskedByDepth.as_manager()
    privacy: ClassVar = Privacy(
        open="member on known_at plan digest newest made_at scope", identifies="county", part2="person elections"
    )

    class Meta:
        constraints: ClassVar = [
            known_scope("known_scope_of_basis"),
            models.UniqueConstraint(fields=["member", "digest"], name="one_basis_that_says_this"),
        ]


class Determination(Unchanging):
    """What the rules answered about one programme for one member on one day. A new one supersedes; none is changed.

    It decides nothing: a person does. Why it is so stands in its tellings. `before` is the answer it superseded.
    """

    public_id = public_id_field("det")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="determinations")
    basis = models.ForeignKey(Basis, on_delete=models.PROTECT, related_name="determinations")
    supersedes = models.OneToOneField("self", on_delete=models.PROTECT, related_name="superseded_by", null=True)
    programme = models.CharField(max_length=60)
    on = models.DateField()
    known_at = models.DateField()
    answer = models.CharField(max_length=10, choices=[(answer, answer) for answer in ANSWERS])
    before = models.CharField(max_length=10, blank=True)
    available = models.CharField(max_length=10, choices=[(answer, answer) for answer in ANSWERS])
    available_because = models.JSONField(default=list)
    version = models.CharField(max_length=64)  # of the policy; what it said is kept under it
    engine = models.CharField(max_length=40)
    told = models.CharField(max_length=64)  # the digest of its tellings
    decided_at = models.DateTimeField()
    scope = scope_field()  # deeper where the programme's name alone would be a reason
    signature = models.CharField(max_length=64, default="", editable=False)

    objects = AskedByDepth.as_manager()
    privacy: ClassVar = Privacy(
        open="public_id member basis supersedes programme on known_at version engine told decided_at scope signature",
        sensitive="answer before available available_because",
    )

    class Meta:
        constraints: ClassVar = [known_scope("known_scope_of_determination")]
        indexes: ClassVar = [
            models.Index(fields=["member", "programme", "on"], name="determination_by_member"),
            models.Index(fields=["programme", "version"], name="determination_by_version"),
            models.Index(fields=["decided_at"], name="determination_by_moment"),
        ]

    def sign(self) -> None:
        self.signature = chain.signature(self)


class Telling(Unchanging):
    """Why a determination answers as it does, as far as somebody may read who sees so deep, and no deeper.

    `why` is what the contract's check says of a programme, with its tree. A deeper one is kept only where it says more.
    """

    determination = models.ForeignKey(Determination, on_delete=models.PROTECT, related_name="tellings")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    scope = scope_field()
    why = models.JSONField()

    objects = Tellings.as_manager()
    privacy: ClassVar = Privacy(open="determination member scope", part2="why")

    class Meta:
        constraints: ClassVar = [
            known_scope("known_scope_of_telling"),
            models.UniqueConstraint(fields=["determination", "scope"], name="one_telling_for_a_depth"),
        ]


class Sweeps(models.QuerySet["Sweep"]):
    """Sweeps; `for_user` is how everybody's pages ask for them."""

    def for_user(self, user: Person) -> "Sweeps":
        return self.filter(organisation__in=user.standing.organisations_where("found.read"))


class Sweep(Unchanging):
    """That the worklist of a run was taken in for a plan: how many lines it had, how many are of members we know."""

    public_id = public_id_field("swp")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    policy_version = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    taken_at = models.DateTimeField()
    read = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)

    objects = Sweeps.as_manager()
    privacy: ClassVar = Privacy(open="public_id organisation on policy_version digest taken_at read kept")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "digest"], name="one_sweep_of_a_worklist")
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "on", "taken_at", "id"], name="last_sweep_of_a_plan")]


class Finding(Unchanging):
    """That a member may fit a programme and is not said to have it, by one line of a sweep, with what may be told."""

    public_id = public_id_field("fnd")
    sweep = models.ForeignKey(Sweep, on_delete=models.PROTECT, related_name="findings")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    programme = models.CharField(max_length=60)
    kind = models.CharField(max_length=20, choices=[(kind, kind) for kind in KINDS_OF_FINDING])
    answer = models.CharField(max_length=10, choices=[(answer, answer) for answer in ANSWERS])
    why = models.JSONField(default=list)
    next_fact = models.CharField(max_length=80, blank=True)
    rank = models.PositiveIntegerField()
    scope = scope_field()

    objects = AskedByDepth.as_manager()
    privacy: ClassVar = Privacy(
        open="public_id sweep member programme rank scope", sensitive="kind answer why next_fact"
    )

    class Meta:
        constraints: ClassVar = [
            known_scope("known_scope_of_finding"),
            models.UniqueConstraint(fields=["sweep", "member", "programme"], name="one_finding_of_a_sweep"),
        ]
        indexes: ClassVar = [models.Index(fields=["sweep", "programme", "rank"], name="finding_by_programme")]
