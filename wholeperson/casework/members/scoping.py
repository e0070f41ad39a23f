"""Who may see which member: `.for_user(user)`, and nothing else, on every queryset of members and what is theirs.

On PostgreSQL the policies of `walls` say the same a second time, in case a query forgets to ask.
"""

import functools
import json
import operator
from typing import Any, ClassVar, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.lookups import IsNull

from wholeperson.access.models import Person
from wholeperson.access.queries import current
from wholeperson.access.roles import SCOPES, at_least
from wholeperson.record import wall

READ = "member.read"
REVIEW = "break_glass.review"
TOLD_LAST = 25  # of what was told of somebody so many are shown, and are enough to see how it went


def reaching(user: Person, depth: str = SCOPES[0]) -> Q:
    """The rows of Relationship that let this person see so deep, at the moment they act.

    A row for an organisation reaches those whose role there may read members; with a person on it, only that one.
    A row for a person alone reaches that person, whoever they act for.
    """
    standing = user.standing
    theirs = Q(organisation__in=standing.organisations_where(READ, depth=depth)) & (Q(person=None) | Q(person=user.pk))
    alone = user.may(READ) and standing.deepest(None) in at_least(depth)
    own = Q(organisation=None, person=user.pk) if alone else Q(pk__in=())
    unended = Q(ends_at=None) | Q(ends_at__gt=standing.moment)
    so_deep = Q() if depth == SCOPES[0] else Q(scope__in=at_least(depth))
    return current(standing.on) & unended & so_deep & (theirs | own)


class EachExists(Exists):
    """Looked up row by row, where PostgreSQL would rather gather all that is there before it reads the first row.

    So it is with what is asked by key, or along an index and no further than it is shown. Whose question is planned for
    anybody may have a hundred reasons or a hundred thousand.
    """

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, template="EXISTS(%(subquery)s OFFSET 0)", **more)


class Scoped(models.QuerySet[Any]):
    """Rows that belong to a member. `for_user` is how everybody's pages ask for them."""

    to_member: ClassVar[str] = "member"  # the path from the row to the member
    needs: ClassVar[str] = SCOPES[0]  # how deep one must see to see the row, or the field of the row that says so

    def for_user(self, user: Person) -> Self:
        """Only what this person may see, as far as a reason and their role go."""
        if self.needs in SCOPES:
            return self.filter(self._reached(user, self.needs))
        each = (Q(**{self.needs: depth}) & Q(self._reached(user, depth)) for depth in SCOPES)
        return self.filter(functools.reduce(operator.or_, each))

    def _reached(self, user: Person, depth: str, to_member: str = "") -> Exists:
        kept, asked = user.standing.kept, (depth, to_member or self.to_member)  # a page asks it of ten tables
        if asked not in kept:
            relationship = apps.get_model("members", "Relationship")
            reasons = relationship._default_manager.filter(reaching(user, depth), member=OuterRef(asked[1]))
            kept[asked] = (EachExists if user.standing.is_anybody else Exists)(reasons)
        found: Exists = kept[asked]
        return found


class ScopedMembers(Scoped):
    """Members themselves."""

    to_member = "pk"


class ScopedNumbers(Scoped):
    """Numbers are for those who care for the member or decide about them."""

    needs = "care"


class Needs(ScopedNumbers):
    """How somebody speaks, reads and eats."""

    def first_what_holds(self) -> Self:
        """What a person told before what a file says, the latest first: a file unsays nothing."""
        return self.order_by(IsNull(F("person"), True), "-kept_at", "-id")


class ScopedByDepth(Scoped):
    """Rows that say themselves how deep one must see."""

    needs = "scope"


class Facts(ScopedByDepth):
    """What is known."""

    def standing(self) -> Self:
        """Those that nobody corrected."""
        return self.filter(superseded_by=None)


class ScopedPairs(Scoped):
    """Rows about two members: for who may see both."""

    two: ClassVar[tuple[str, str]] = ("first", "second")

    def for_user(self, user: Person) -> Self:
        return self.so_deep(user, self.needs)

    def so_deep(self, user: Person, depth: str) -> Self:
        """Only where this person sees both as deep as that."""
        return self.filter(*(self._reached(user, depth, one) for one in self.two))


class Joinings(ScopedPairs):
    """That two records are of one person: for who may see both."""

    two = ("gone", "into")

    def standing(self) -> Self:
        """Those that nobody took back."""
        return self.filter(parted_at=None)


class Reasons(Scoped):
    """The reasons themselves: those that reach this person."""

    def for_user(self, user: Person) -> Self:
        return self.filter(reaching(user))


class Reviewed(Scoped):
    """Glasses that were broken: for whoever looks after that organisation's people, and the house's own auditor."""

    def for_user(self, user: Person) -> Self:
        if user.standing.reaches(None, REVIEW):
            return self.all()
        return self.filter(organisation__in=user.standing.organisations_where(REVIEW))


def tell_the_wall(user: Person) -> None:
    """Say to the database who asks from now on, so that its policies can answer for this person alone."""
    standing = user.standing
    posts = {
        str(organisation): SCOPES.index(standing.deepest(organisation)) + 1
        for organisation in standing.organisations_where(READ)
    }
    own = SCOPES.index(standing.deepest(None)) + 1 if user.may(READ) else 0
    wall.tell(
        {
            "person": str(user.pk),
            "own": str(own),
            "posts": json.dumps(posts),
            "on": standing.on.isoformat(),
            "at": standing.moment.isoformat(),
            "reviews": _reviews(user),
        }
    )


def _reviews(user: Person) -> str:
    """The organisations whose broken glasses this person looks at, or all."""
    if user.standing.reaches(None, REVIEW):
        return '"all"'
    return json.dumps([str(organisation) for organisation in user.standing.organisations_where(REVIEW)])
