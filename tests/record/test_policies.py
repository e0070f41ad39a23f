"""The policy that decided is kept once, and found changed."""

from datetime import UTC, datetime

import pytest

from tests.commands.door import GOOD
from tests.record.kettle import damage
from wholeperson.record import policies
from wholeperson.record.models import PolicyVersion
from wholeperson.rules.reading.cache import load_policy

NOW = datetime(2026, 11, 21, 17, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def test_a_version_is_kept_once_and_holds() -> None:
    policy = load_policy(GOOD)
    programme = next(iter(policy.programmes))
    assert policies.keep(policy, programme, at=NOW) == policies.keep(policy, programme, at=NOW)
    assert PolicyVersion.objects.count() == 1
    proof = policies.prove_policies()
    assert (proof.checked, proof.failed) == (1, [])


def test_what_was_changed_is_found() -> None:
    policy = load_policy(GOOD)
    version = policies.keep(policy, next(iter(policy.programmes)), at=NOW)
    damage.unguard()
    damage.sql("UPDATE record_policyversion SET canonical = canonical || ' '")
    assert [one["id"] for one in policies.prove_policies().failed] == [version]
