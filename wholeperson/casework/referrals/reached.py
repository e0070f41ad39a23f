"""Which organizations a referral reaches here: somebody there answers signed in, or reads a mailbox that is verified.

Any other is elsewhere: they are called, and what they say is written down for them.
"""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q

from wholeperson.access.models import Membership, Organisation
from wholeperson.access.permissions import CARRIED
from wholeperson.casework.providers.models import Site
from wholeperson.casework.referrals.lifecycle import ANSWER
from wholeperson.casework.referrals.models import Mailbox

ANSWERING = [role for role, words in CARRIED.items() if ANSWER in words]


def here(organisations: Iterable[Organisation], on: date) -> set[UUID]:
    """Those of them that a referral reaches on a day, in one question."""
    keys = [one.pk for one in organisations]
    mailboxes = Mailbox.objects.filter(organisation__in=keys, verified_at__isnull=False).values_list("organisation")
    people = Membership.objects.filter(
        Q(until=None) | Q(until__gte=on), organisation__in=keys, role__in=ANSWERING, since__lte=on,
        person__is_active=True,
    )  # fmt: skip
    return {key for (key,) in mailboxes.union(people.values_list("organisation"))}


def telephone(organisation: Organisation) -> str:
    """A number of one of its places, where the directory has one."""
    sites = Site.objects.filter(organisation=organisation, closed_on=None).exclude(phone="").order_by("name", "pk")
    return sites.values_list("phone", flat=True).first() or ""
