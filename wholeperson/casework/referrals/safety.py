"""Whether it is safe to write to a person: what they asked for and what was told, in any of their records."""

from datetime import datetime
from uuid import UUID

from wholeperson.casework.members.facts import UNSAFE
from wholeperson.casework.members.models import ContactRule, Fact, Member
from wholeperson.casework.members.queries import all_records_of
from wholeperson.casework.referrals.models import Asking
from wholeperson.record import wall


def unsafe(member: Member, at: datetime) -> str:
    """Why a person looks before anything is written to them. What only another record says keeps its why to itself.

    Unscoped: a page may tell that somebody has to look, never the word.
    """
    others = all_records_of([member.pk], at)[member.pk] - {member.pk}
    with wall.opened("member.unsafe"):
        return _said(member.pk) or ("ask_first" if any(_said(one) for one in others) else "")


def _said(record: UUID) -> str:
    askings = list(Asking.objects.filter(member=record, withdrawn_at=None))
    fresh = [one for one in askings if one.looked_at is None]
    rules = ContactRule.objects.filter(member=record, lifted_at=None).values_list("rule", flat=True)
    if "do_not_contact" in {*rules, *(one.safe_to_contact for one in askings)}:
        return "do_not_contact"
    if "safe_contact_only" in rules or any(one.safe_to_contact == "ask_first" for one in fresh):
        return "ask_first"
    if any(fact in one.told for fact in UNSAFE for one in fresh):
        return "unsafe"
    fleeing = Fact.objects.standing().filter(member=record, fact__in=UNSAFE, value=True, until=None)
    return "unsafe" if fleeing.exists() else ""
