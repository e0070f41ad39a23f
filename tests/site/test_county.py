"""The demo's county: seeded once through the actions, of the size that the tour promises, and in every state."""

from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db.models import Model

from wholeperson.access.models import Organisation
from wholeperson.casework.authorizations.models import Authorization
from wholeperson.casework.care.models import Case
from wholeperson.casework.eligibility.models import Determination, Finding
from wholeperson.casework.members.models import Contact, Fact, Identifier, Member, Phone
from wholeperson.casework.providers.models import Service
from wholeperson.casework.referrals.models import Referral, Sending
from wholeperson.exchange.models import Received, Sent
from wholeperson.record.models import AuditRow
from wholeperson.site.demo import seed
from wholeperson.site.demo.county import seed as county

NOW = datetime(2026, 11, 21, 17, tzinfo=UTC)
REFERRAL = """received screened asked sent elsewhere accepted reaching started on_hold closed withdrawn""".split()
LATE = {"received", "screened", "elsewhere", "accepted", "reaching", "started"}


@pytest.mark.long
@pytest.mark.once
@pytest.mark.django_db
def test_the_county_is_there_once_and_in_every_state() -> None:
    """One filling for all of it: it takes longer than any other test of this room."""
    assert seed.fill(at=NOW)
    assert county.fill(at=NOW)
    _it_has_the_size_of_a_county()
    _referrals_stand_everywhere_in_time_and_late()
    _the_month_is_under_way()
    _everybody_is_invented()
    members = Member.objects.count()
    assert not county.fill(at=NOW)
    assert Member.objects.count() == members


def _it_has_the_size_of_a_county() -> None:
    assert Member.objects.count() > 300
    assert Organisation.objects.filter(kind="plan").count() == 4
    assert Organisation.objects.count() > 40
    assert {"hospital", "correctional_facility", "clinic", "county"} <= set(
        Organisation.objects.values_list("kind", flat=True)
    )
    assert Service.objects.count() > 45
    assert Fact.objects.count() > 600
    assert AuditRow.objects.count() > 5_000


def _referrals_stand_everywhere_in_time_and_late() -> None:
    assert Referral.objects.count() > 140
    assert {*states(Referral)} == {*REFERRAL}
    assert {*states(Sending)} == {"waiting", "accepted", "declined", "recalled", "given_back"}  # what lapses, in time
    late = set(Referral.objects.filter(due_at__lt=NOW).values_list("status", flat=True))
    assert late == LATE
    assert Referral.objects.filter(due_at__gt=NOW).count() > 40


def _the_month_is_under_way() -> None:
    assert {*states(Case)} == {"assigned", "outreach", "enrolled", "declined", "unable_to_reach"}
    assert {*states(Authorization)} == {"undecided", "approved", "denied", "ended"}
    assert Contact.objects.count() > 20
    assert Received.objects.filter(status="loaded").count() > 10
    assert Sent.objects.exists()
    assert Finding.objects.filter(sweep__policy_version="demo").count() < Finding.objects.count() - 50
    assert {*Determination.objects.values_list("answer", flat=True)} == {"yes", "no", "not_known"}


def _everybody_is_invented() -> None:
    """Telephone numbers that nobody has, and CINs of the two ranges we made up."""
    numbers = [row.number for row in Phone.objects.all()]
    assert all(number[3:8] == "55501" for number in numbers)
    cins = [row.value for row in Identifier.objects.filter(system="cin")]
    assert len(set(cins)) == len(cins)
    assert all(cin[:2] in ("91", "92", "93", "94", "95", "97") for cin in cins)


def states(model: type[Model]) -> Counter[Any]:
    rows: Any = model._default_manager
    return Counter(rows.values_list("status", flat=True))
