"""Who may see which member: `.for_user(user)`, and nothing else, on every queryset of members and what is theirs."""

from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from wholeperson.access.models import Person
from wholeperson.access.queries import current

READ = "member.read"


def reaching(user: Person) -> Q:
    """The rows of Relationship that let this person see, on the day they act.

    A row for an organisation reaches those whose role there may read members; with a person on it, only that one.
    A row for a person alone reaches that person, whoever they act for.
    """
    standing = user.standing
    theirs = Q(organisation__in=standing.organisations_where(READ)) & (Q(person=None) | Q(person=user.pk))
    own = Q(organisation=None, person=user.pk) if user.may(READ) else Q(pk__in=())
    return current(standing.on) & (theirs | own)


class Scoped(models.QuerySet[Any]):
    """Rows that belong to a member. `to_member` is the path from the row to the member."""

    to_member = "pk"

    def for_user(self, user: Person) -> Self:
        """Only what this person may see at all; how far is `queries.sight`."""
        relationship = apps.get_model("members", "Relationship")
        reasons = relationship._default_manager.filter(reaching(user), member=OuterRef(self.to_member))
        return self.filter(Exists(reasons))
