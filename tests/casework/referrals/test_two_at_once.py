"""Two who press in the same moment, on PostgreSQL with a connection each: one answers, the other is told."""

from datetime import date, timedelta
from threading import Event
from time import monotonic, sleep

import pytest
from django.db import connection, transaction

from tests.at_once import at_once
from tests.casework.providers.streets import service
from tests.casework.referrals.conftest import Town, kept
from tests.people import MAKER, NOW, World
from wholeperson.access import actions as access
from wholeperson.casework.care import actions as care
from wholeperson.casework.care.models import Case
from wholeperson.casework.members.actions import Said
from wholeperson.casework.members.models import Contact
from wholeperson.casework.providers.models import Hold
from wholeperson.casework.referrals import actions
from wholeperson.casework.referrals.holders import LinkHolder
from wholeperson.casework.referrals.models import Asking, Referral, Sending, StateStatus

BED = "cs.recuperative_care"


@pytest.fixture
def there(transactional_db: None) -> Town:
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: tests/on_postgres .venv/bin/pytest tests/casework/referrals")
    world = World()
    plan = world.organisation("Contra Costa Health Plan", "plan")
    access.add_identifier(of=plan, system="plan", value="contra_costa_health_plan", by=MAKER, at=NOW)
    paula = world.person("Paula Reyes", "plan_intake", at=plan.name)
    return Town(
        world, plan, world.organisation("Bayside"), paula, world.person("Ines Tran", "provider_intake", at="Bayside")
    )


def test_of_two_answers_one_counts(there: Town) -> None:
    _referral, sending = there.sent()
    mine, theirs = (kept(Sending, pk=sending.pk)[0] for _ in range(2))
    holder = LinkHolder(theirs, "Tom Ng")
    given = at_once(
        lambda: actions.accept(mine, by=there.ines, name="Ines Tran", at=NOW),
        lambda: actions.decline(theirs, by=holder, name="Tom Ng", reason="no_room", at=NOW),
    )
    assert sorted(type(one).__name__ for one in given) == ["Overtaken", "Referral"]
    (row,) = kept(Sending)
    assert kept(Referral)[0].status == {"accepted": "accepted", "declined": "screened"}[row.status]
    assert len(kept(StateStatus)) == 2, "pending, and the one answer"


def test_two_who_ask_for_the_same_at_once_join_one_referral(there: Town) -> None:
    rosa = there.world.member()
    at_once(lambda: there.asked(member=rosa, key="one"), lambda: there.asked(member=rosa, key="two"))
    assert (len(kept(Asking)), len(kept(Referral))) == (2, 1)


def test_the_same_form_twice_at_once_is_one_request(there: Town) -> None:
    rosa = there.world.member()
    at_once(lambda: there.asked(member=rosa), lambda: there.asked(member=rosa))
    assert (len(kept(Asking)), len(kept(Referral))) == (1, 1)


def test_of_two_who_send_to_the_last_bed_one_holds_it(there: Town) -> None:
    service(there.world, "Bayside", BED, free=1)
    waiting = []
    for name in ("Rosa", "Jimmy"):
        referral = there.one(there.asked(BED, member=there.world.member(name), given_name=name, key=name))
        actions.screen(referral, by=there.paula, at=NOW)
        waiting.append(referral)
    rosa, jimmy = waiting
    at_once(
        lambda: actions.send(rosa, there.bayside, by=there.paula, at=NOW, address=str),
        lambda: actions.send(jimmy, there.bayside, by=there.paula, at=NOW, address=str),
    )
    assert (len(kept(Sending)), len(kept(Hold))) == (2, 1)


def test_two_who_tell_of_one_call_at_once_keep_it_once(there: Town) -> None:
    person = there.world.member()
    meals, home = (there.taken(there.asked(one, member=person, key=one)) for one in ("cs.mtm_msf", "cs.htns"))
    call = Said(NOW - timedelta(hours=1), "phone", "support", 5, successful=False)
    at_once(
        lambda: actions.reach(meals, call, by=there.ines, at=NOW, same=True),
        lambda: actions.reach(home, call, by=there.ines, at=NOW, same=True),
    )
    (one,) = kept(Contact)
    assert [row.contact_id for row in kept(StateStatus, status="outreach_initiated")] == [one.pk, one.pk]


def somebody_waits() -> bool:
    """Until another connection waits for what this one holds; not longer than ten seconds."""
    until = monotonic() + 10
    while monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return True
        sleep(0.02)
    return False


def test_a_contact_is_kept_though_the_link_moves_the_referral_at_that_moment(there: Town) -> None:
    """Lena keeps a call while what the link told is not done yet: hers waits, and passes the referral over."""
    rosa = there.world.member()
    referral = there.taken(there.asked("ecm", member=rosa))
    lena = there.world.person("Lena Ortiz", "lead_care_manager", at="Bayside")
    case = care.assign(
        rosa, organisation=there.bayside, plan=there.plan, month=date(2026, 11, 1), by=there.ines, at=NOW
    )
    holder, moved = LinkHolder(kept(Sending)[0], "Tom Ng"), Event()
    call = Said(NOW - timedelta(hours=1), "phone", "outreach", 5, successful=False)

    def by_link() -> bool:
        with transaction.atomic():
            actions.reach(referral, Said(NOW - timedelta(hours=2), "text", "", 1, True), by=holder, at=NOW)
            moved.set()
            return somebody_waits()

    def by_lena() -> bool:
        moved.wait(10)
        care.record_contact(case, call, on=date(2026, 11, 21), key="one", by=lena, at=NOW)
        return True

    assert at_once(by_link, by_lena) == [True, True]
    assert sorted((one.method, one.successful) for one in kept(Contact)) == [("phone", False), ("text", True)]
    assert there.again(referral).status == "reaching"
    assert [row.contact.method for row in kept(StateStatus, status="outreach_initiated")] == ["text"]


def test_two_first_contacts_of_one_case_at_once_are_both_kept(there: Town) -> None:
    rosa, month = there.world.member(), date(2026, 11, 1)
    lena, sam = (there.world.person(name, "lead_care_manager", at="Bayside") for name in ("Lena Ortiz", "Sam Ito"))
    care.assign(rosa, organisation=there.bayside, plan=there.plan, month=month, by=there.ines, at=NOW)
    mine, theirs = (kept(Case, member=rosa)[0] for _ in range(2))
    call = Said(NOW - timedelta(hours=1), "phone", "outreach", 5, successful=False)
    at_once(
        lambda: care.record_contact(mine, call, on=date(2026, 11, 21), key="one", by=lena, at=NOW),
        lambda: care.record_contact(theirs, call, on=date(2026, 11, 21), key="two", by=sam, at=NOW),
    )
    assert sorted(one.person_id for one in kept(Contact)) == sorted([lena.pk, sam.pk])
    assert kept(Case)[0].status == "outreach"
