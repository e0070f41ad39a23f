"""Who looked at whose record last month, so that an auditor's question has an answer on the first day of the demo."""

from datetime import datetime, timedelta

from wholeperson import clock
from wholeperson.access.models import Person
from wholeperson.access.queries import stand
from wholeperson.casework.members import actions, queries
from wholeperson.casework.members.days import midnight
from wholeperson.casework.members.models import Member

# (day of the month, by whom, the member or none for a list of everybody they see, what for)
LOOKS = [
    (6, "supervisor", "rosa", "member.story"),
    (7, "plan_intake", "rosa", "member.look_at"),
    (8, "supervisor", "", "member.list"),
    (12, "lead_care_manager", "rosa", "member.reach"),
    (13, "lead_care_manager", "james", "member.story"),
    (14, "plan_reviewer", "rosa", "member.look_at"),
    (19, "analyst", "", "member.list"),
    (20, "referrer", "rosa", "member.look_at"),
    (21, "community_supports_worker", "james", "member.look_at"),
    (27, "lead_care_manager", "rosa", "member.story"),
]


def fill(made: dict[str, Member], everybody: dict[str, Person], *, at: datetime) -> None:
    """Each by whoever had a reason for it on that day."""
    today = clock.in_california(at)
    for place, (day, who, member, verb) in enumerate(LOOKS):
        on = (today.replace(day=1) - timedelta(days=1)).replace(day=day)
        then = midnight(on) + timedelta(hours=9, minutes=37 * place)
        by = stand(everybody[who], on=on, at=then)
        if member:
            actions.look_at(made[member], by=by, at=then, verb=verb)
        else:
            actions.look_at_list(queries.members_for(by), verb, by=by, at=then)
