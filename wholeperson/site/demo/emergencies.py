"""Two records that were opened in an emergency: one to be looked at today, one that nobody has looked at in time."""

from datetime import datetime, timedelta

from wholeperson import clock
from wholeperson.access.models import Organisation, Person
from wholeperson.access.queries import stand
from wholeperson.casework.members import actions
from wholeperson.casework.members.models import Member


def fill(
    organisations: dict[str, Organisation], people: dict[str, Person], members: dict[str, Member], *, at: datetime
) -> None:
    beth, lena = people["county_behavioral_health"], people["lead_care_manager"]
    night, morning = at - timedelta(hours=30), at - timedelta(hours=6)
    for who, then in ((beth, night), (lena, morning)):
        stand(who, on=clock.in_california(then), at=then)
    actions.break_glass(
        members["wei"], kind="emergency", organisation_id=organisations["county_bh"].pk, by=beth, at=night,
        reason="Brought in without words at night; which medicines he takes had to be known.",
    )  # fmt: skip
    actions.break_glass(
        members["mai"], kind="safety", organisation_id=organisations["ecm"].pk, by=lena, at=morning,
        reason="A neighbor called that she does not open the door. I had to find whom to call.",
    )  # fmt: skip
