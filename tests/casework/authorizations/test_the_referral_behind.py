"""How a referral stands has one home: the referral, where it is kept here; else what its authorization was answered."""

from datetime import date, timedelta

import pytest

from tests.casework.referrals.conftest import Town
from tests.people import NOW, TODAY
from wholeperson.casework.authorizations import actions, standing
from wholeperson.casework.authorizations.actions import Decision
from wholeperson.casework.authorizations.models import Authorization
from wholeperson.casework.referrals import actions as referrals
from wholeperson.casework.referrals.models import Referral
from wholeperson.exchange import supporting
from wholeperson.exchange.layouts import layout_of
from wholeperson.record import wall
from wholeperson.rules.problems import Refused

MONTH = date(2026, 11, 1)


def allowed(town: Town, referral: Referral, programme: str = "cs.mtm_msf") -> Authorization:
    told = Decision(programme, "approved", "phone", TODAY, number=f"H-{programme}", begins=MONTH)
    return actions.record(referral.member, told, organisation=town.bayside, plan=town.plan, by=town.ines, at=NOW)


def in_the_file(town: Town) -> dict[str, object]:
    """The one row of November's return file, as it was known two hours later."""
    with wall.opened("tests"):
        layout = layout_of("cs_rtf", town.plan)
        (row,) = supporting.rows(layout, town.bayside, town.plan, MONTH, NOW + timedelta(hours=2))
    return {key: row.get(key) for key in ("referral_status", "referral_status_date", "closure_reason")}


def test_the_steps_of_the_referral_tell_the_plan(town: Town) -> None:
    referral = town.taken()
    found = allowed(town, referral)
    assert found.referral_id == referral.pk
    assert in_the_file(town) == {
        "referral_status": "accepted", "referral_status_date": TODAY, "closure_reason": None
    }  # fmt: skip
    referrals.start(referral, on=TODAY, by=town.ines, at=NOW)
    referrals.close(
        town.again(referral), reason="services_received", on=TODAY, by=town.ines, at=NOW + timedelta(hours=1)
    )
    assert in_the_file(town)["closure_reason"] == "services_received"
    assert standing.of_one(town.ines, found)[0].status == "referral_loop_closed"


def test_it_is_not_said_twice(town: Town) -> None:
    found = allowed(town, town.taken())
    with pytest.raises(Refused, match="kept here"):
        actions.answer(found, "accepted", since=TODAY, by=town.ines, at=NOW)
    page = town.browser(town.ines).get(f"/authorizations/{found.public_id}/").content.decode()
    assert f'href="/referrals/{found.referral.public_id}/"' in page
    assert f"/authorizations/{found.public_id}/answer/" not in page


def test_of_another_program_nothing_stands_behind(town: Town) -> None:
    found = allowed(town, town.taken(), "cs.htns")
    assert found.referral_id is None
    actions.answer(
        found, "referral_loop_closed", since=TODAY, closure="no_longer_needs_or_declines", by=town.ines, at=NOW
    )
    assert in_the_file(town) == {
        "referral_status": "referral_loop_closed", "referral_status_date": TODAY,
        "closure_reason": "no_longer_needs_or_declines",
    }  # fmt: skip
