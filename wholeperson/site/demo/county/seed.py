"""Fills the county around the demo's cast, once, and by the same actions as everybody's work."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from datetime import date, datetime

from django.db import transaction

from wholeperson import clock
from wholeperson.access.models import Organisation
from wholeperson.casework.eligibility import actions as eligibility
from wholeperson.casework.members.models import Member
from wholeperson.record.actors import System
from wholeperson.site.demo import determinations, releases
from wholeperson.site.demo.county import drawn, months, people, places, referrals
from wholeperson.site.demo.county.swept import Swept, sweep
from wholeperson.site.demo.county.towns import TOWNS
from wholeperson.site.demo.people import ORGANISATIONS

RULES = System("demo", frozenset({eligibility.MAKE, eligibility.TAKE}))
GROWN = 2005  # who was born before may be in the jail
DETERMINED = 12  # members about whom the rules were asked; the sweep asks about all


def fill(*, at: datetime) -> bool:
    """Make the county; False where it is there already, or where the cast is that of an earlier version."""
    known = set(Organisation.objects.values_list("name", flat=True))
    if TOWNS[0][1] in known or not {name for name, *_ in ORGANISATIONS.values()} <= known:
        return False
    today = clock.in_california(at)
    county = drawn.draw(today)
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as beside:
        swept = beside.submit(sweep, county, today)
        with transaction.atomic():
            where = places.fill(places.cast(at=at), at=at)
            members = people.fill(county.neighbors, where.organisations, at=at)
            months.fill(county.neighbors, members, where, at=at)
            referrals.fill(county.neighbors, members, where, at=at)
            held = [members[one.number] for one in reversed(county.neighbors) if one.born.year < GROWN]
            releases.fill(where.organisations["jail"], where.people["Kurt Stone"], held, at=at)
            _determine([members[one.number] for one in county.neighbors[:DETERMINED]], today, at)
            _take_in(swept.result(), where.organisations["plan"], today, at)
    return True


def _determine(members: list[Member], on: date, at: datetime) -> None:
    for member in members:
        eligibility.determine(member=member, by=RULES, on=on, at=at)


def _take_in(swept: Swept, plan: Organisation, on: date, at: datetime) -> None:
    """Its lines, and those about the cast, which is in no drawn membership."""
    eligibility.take_in(
        [*swept.found, *determinations.found()], organisation=plan, on=on, policy_version=swept.policy_version,
        digest=swept.digest, system="cin", by=RULES, at=at,
    )  # fmt: skip
