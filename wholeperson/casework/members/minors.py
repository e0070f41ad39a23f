"""What a minor has by themselves is not shown to who speaks for them, unless the minor agreed to that.

A reason that lies in being family opens as much as care needs. The minor's own consent opens more, and is theirs to
take back. Until which age is an open question of the policy, with its safe answer.
"""

from datetime import date

from wholeperson.access.roles import shallower
from wholeperson.casework.members.facts import policy
from wholeperson.casework.members.models import Member
from wholeperson.rules.calendar import Span, age, back

UNTIL = "family_sees_no_sensitive_things_until"
FAMILY = "family"
SHOWN = "care"  # how deep family sees a minor


def is_minor(member: Member, on: date) -> bool:
    return bool(age(member.birth_date, on) < policy().parameters[UNTIL]["default"])


def born_after(on: date) -> date:
    """Whoever was born later is a minor on that day."""
    return back(on, Span(12 * policy().parameters[UNTIL]["default"], 0))


def scope_for(member: Member, reason: str, scope: str, on: date) -> str:
    """How far a reason that opens on this day reaches."""
    return shallower(scope, SHOWN) if reason == FAMILY and is_minor(member, on) else scope
