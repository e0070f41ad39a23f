"""Whose member somebody is, and who looks at what is asked for them. The plan is looked up before anything else.

Our own record of who covers the person goes before what whoever asks says: with the wrong plan nobody starts anew, it
goes to the right one. Whoever asks is not told which of the two it was.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from wholeperson.access.models import Organisation
from wholeperson.access.queries import current
from wholeperson.casework.eligibility.policies import policy_on
from wholeperson.casework.members.models import Coverage, Member, Relationship
from wholeperson.record import wall

SYSTEM = "plan"  # of the identifier that says which plan of the policy an organization is
CAN_HANDLE = ("ecm_provider", "community_supports_provider", "network_lead", "plan", "county_behavioral_health")


@dataclass(frozen=True)
class Place:
    """`plan` where it has a place here, else its word in the policy alone; `looked_up`: our record said so."""

    plan: Organisation | None
    plan_word: str
    handled_by: Organisation
    looked_up: bool = False


class Nowhere(Exception):
    """There is nobody in this installation who could look at it."""


def plans_here() -> dict[str, Organisation]:
    """The plans that have a place here, by their word in the policy."""
    rows = _here().values_list("identifiers__value", "pk")
    known = Organisation.objects.in_bulk([pk for _word, pk in rows])
    return {word: known[pk] for word, pk in rows}


def names_here() -> dict[str, str]:
    """What they are called here, by the same words."""
    return dict(_here().values_list("identifiers__value", "name"))


def _here() -> "QuerySet[Organisation]":
    found = Organisation.objects.filter(kind="plan", identifiers__system=SYSTEM, identifiers__until=None)
    return found.order_by("name")


def plans_of(county: str) -> list[str]:
    """The policy's words of the plans that serve a county."""
    return [word for word, plan in policy_on(None).plans.items() if county in (plan.get("counties") or ())]


def covering(member: Member, *, on: date) -> Organisation | None:
    """The plan that covers the person on the day, as a file or a plan itself told us. Unscoped: for no page."""
    with wall.opened("referral.covering"):
        month = Coverage.objects.filter(member=member, month__lte=on).order_by("-month", "-kept_at").first()
        if month and (month.month.year, month.month.month) == (on.year, on.month):
            return Organisation.objects.get(pk=month.plan_id)
        reasons = Relationship.objects.filter(current(on), member=member, reason="coverage", organisation__kind="plan")
        row = reasons.select_related("organisation").order_by("-since", "-id").first()
    return row.organisation if row else None


def place(member: Member, *, said: str, county: str, asking: Organisation | None, on: date, known: bool) -> Place:
    """Where it goes. `known`: the person is one we are sure of, so our record is heard."""
    here = plans_here()
    if known and (plan := covering(member, on=on)):
        word = next((word for word, one in here.items() if one == plan), "")
        return Place(plan, word, plan, looked_up=True)
    words = [said] if said else plans_of(county)
    for word in words:
        if word in here:
            return Place(here[word], word, here[word])
    return Place(None, words[0] if words else "", _handler(here, asking))


def _handler(here: dict[str, Organisation], asking: Organisation | None) -> Organisation:
    """Where the plan has no place here: whoever asks, if they can; else whoever runs this house, or a plan in it."""
    if asking and asking.kind in CAN_HANDLE:
        return asking
    found = Organisation.objects.filter(is_house=True).first() or next(iter(here.values()), None)
    if found is None:
        raise Nowhere
    return found
