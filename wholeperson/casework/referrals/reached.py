"""Which organizations a referral reaches here: somebody there answers signed in, or reads a mailbox that is verified.

Any other is elsewhere: they are called, and what they say is written down for them.
"""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from wholeperson.access import compiled
from wholeperson.access.models import Membership, Organisation, Person
from wholeperson.access.permissions import CARRIED
from wholeperson.casework.providers.models import Site
from wholeperson.casework.referrals.lifecycle import ANSWER
from wholeperson.casework.referrals.models import Mailbox

ANSWERING = [role for role, words in CARRIED.items() if ANSWER in words]


def here(organisations: Iterable[Organisation], by: Person) -> set[UUID]:
    """Those of them that a referral reaches on the day on which somebody asks, in one question."""
    return {key for (key,) in compiled.found(reached_on, by, keys=[one.pk for one in organisations])}


def reached_on(user: Person, keys: Collection[UUID]) -> list[QuerySet[Any]]:
    """An organization once for its mailbox, and once for each of those who may answer there."""
    mailboxes = Mailbox.objects.filter(organisation__in=keys, verified_at__isnull=False).values_list("organisation")
    on = user.standing.on
    people = Membership.objects.filter(
        Q(until=None) | Q(until__gte=on), organisation__in=keys, role__in=ANSWERING, since__lte=on,
        person__is_active=True,
    )  # fmt: skip
    return [mailboxes, people.values_list("organisation")]


def telephone(organisation: Organisation) -> str:
    """A number of one of its places, where the directory has one."""
    sites = Site.objects.filter(organisation=organisation, closed_on=None).exclude(phone="").order_by("name", "pk")
    return sites.values_list("phone", flat=True).first() or ""
