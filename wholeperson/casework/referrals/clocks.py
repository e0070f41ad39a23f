"""Until when each step is to be done.

No source that we read sets these days for every referral: they are our aim, and the pages say so. A provider's outreach
within a day, and sending within two working days, is what one plan asks (CS sheet G25).
"""

from datetime import datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from django.conf import settings

from wholeperson.casework.eligibility.policies import policy_on
from wholeperson.rules.clocks.holidays import Holidays, read_holidays

# clock of the lifecycle: working days, for what can wait and for what cannot
WORKING_DAYS = {
    "screening": (2, 1),
    "choosing": (2, 1),
    "telling": (10, 2),
    "provider_answer": (2, 1),
    "elsewhere_answer": (7, 3),
    "first_outreach": (2, 1),
    "starting": (20, 5),
    "closing": (20, 20),
    "looking_again": (20, 10),
    "calling_back": (1, 1),
}
LINK_DAYS = 30  # how long a link opens
CODE_LASTS = timedelta(minutes=20)
PROOF_LASTS = timedelta(hours=2)  # how long a browser that proved the code may go on
MAILBOX_CODE_LASTS = timedelta(days=1)
MEMBER_LINK_LASTS = timedelta(days=7)  # somebody may read their mail at the library
MOST_TRIES = 5  # of a code
DRAFT_DAYS = 30


def due(clock: str, at: datetime, urgency: str = "standard") -> datetime:
    """The last second, in California, of the working day by which it is to be done."""
    standard, expedited = WORKING_DAYS[clock]
    here = ZoneInfo(settings.TIME_ZONE)
    day, left = at.astimezone(here).date(), expedited if urgency == "expedited" else standard
    while left:
        day += timedelta(days=1)
        left -= holidays().skipped(day) is None
    return datetime.combine(day, time(23, 59, 59), here)


@cache
def holidays() -> Holidays:
    return read_holidays(policy_on(None).documents.by_name["holidays"])
