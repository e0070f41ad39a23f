"""How to reach somebody, for whoever took their referral: what they asked for stands in place of a number.

The number is the one that is kept; where there is none, the one that came with the request. Nobody is told a number
where whoever asked said that no call is safe.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from wholeperson.access.models import Person
from wholeperson.casework.members import queries as people
from wholeperson.casework.members import reaching
from wholeperson.casework.members.models import ContactRule, Member
from wholeperson.casework.referrals import sayings, vocabulary


@dataclass(frozen=True)
class Said:
    """What one asking told of reaching the person: how safe it is, a number, a place."""

    safety: str
    phone: str = ""
    where: str = ""


@dataclass(frozen=True)
class Way:
    """A rule, or a number and a place, as far as they are known; `safety` is the most careful word of who asked."""

    rule: ContactRule | None
    phone: str
    where: str
    safety: str

    @property
    def rule_words(self) -> "str | Promise":
        return reaching.RULES[self.rule.rule] if self.rule else ""

    @property
    def careful(self) -> "str | Promise":
        return "" if self.safety == vocabulary.SAFETY[0] else sayings.SAFETY[self.safety]

    @property
    def shown_phone(self) -> str:
        return reaching.shown_phone(self.phone)


def way_to(reader: Person, member: Member, said: Sequence[Said]) -> Way:
    rule = people.rules_for(reader, [member.pk]).get(member.pk)
    safety = max((one.safety for one in said), key=vocabulary.SAFETY.index, default=vocabulary.SAFETY[0])
    where = next((one.where for one in reversed(said) if one.where), "")
    if rule or safety == "do_not_contact":
        return Way(rule, "", "" if rule else where, safety)
    told = next((number for one in reversed(said) if (number := _digits(one.phone))), "")
    return Way(None, people.phones_for(reader, [member.pk]).get(member.pk, told), where, safety)


def _digits(phone: str) -> str:
    """The ten digits of a number as somebody wrote it."""
    found = "".join(one for one in phone if one.isdigit())[-10:]
    return found if len(found) == 10 else ""
