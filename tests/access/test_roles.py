"""Roles are the contract's, each with a sentence; what somebody may do follows from what they are on that day."""

from datetime import date

import pytest

from tests.people import MAKER, NOW, TODAY, World
from wholeperson.access import actions, queries
from wholeperson.access.models import Membership
from wholeperson.access.roles import ROLES
from wholeperson.record.models import AuditRow
from wholeperson.record.refusals import NotAllowed

CONTRACT = """
member referrer provider_intake community_supports_worker lead_care_manager supervisor network_lead provider_biller
plan_intake plan_reviewer medical_director network_manager analyst ji_liaison appeals_coordinator facility_health_staff
facility_custody_staff county_behavioral_health content_editor auditor administrator
""".split()


def test_the_roles_are_those_of_the_contract() -> None:
    assert sorted(ROLES) == sorted(CONTRACT)


@pytest.mark.parametrize("role", CONTRACT)
def test_each_role_has_a_sentence_a_person_can_read(role: str) -> None:
    assert str(ROLES[role].sentence).endswith(".")
    assert 4 <= len(str(ROLES[role].sentence).split()) <= 12


def test_a_role_lasts_from_its_first_day_to_its_last(world: World) -> None:
    lena = world.person("Lena Ortiz", "lead_care_manager", at="Bayside")
    actions.end_role(Membership.objects.get(person=lena), until=TODAY, by=MAKER, at=NOW)
    assert queries.stand(lena, on=TODAY).may("member.read")
    assert not queries.stand(lena, on=date(2026, 11, 22)).may("member.read")
    assert not queries.stand(lena, on=date(2025, 12, 31)).may("member.read")


def test_whoever_is_not_active_may_nothing(world: World) -> None:
    lena = world.person("Lena Ortiz", "lead_care_manager", at="Bayside")
    lena.is_active = False
    assert not queries.stand(lena, on=TODAY).may("member.read")


def test_nobody_acts_on_no_day(world: World) -> None:
    made = actions.add_person(name="New One", email="new@tests.example", by=MAKER, at=NOW)
    with pytest.raises(RuntimeError, match="acts on no day"):
        made.may("member.read")


def test_only_who_may_adds_people_and_it_is_written_down(world: World) -> None:
    lena = world.person("Lena Ortiz", "lead_care_manager", at="Bayside")
    ada = world.person("Ada Okafor", "administrator", at="House")
    with pytest.raises(NotAllowed):
        actions.add_person(name="X", email="x@tests.example", by=lena, at=NOW)
    made = actions.add_person(name="X", email="X@Tests.example", by=ada, at=NOW)
    row = AuditRow.objects.get(thing_id=made.pk)
    assert (row.verb, row.actor_kind, row.actor_id, row.actor_label) == (
        "person.add",
        "person",
        str(ada.pk),
        "Ada Okafor",
    )
    assert made.email == "x@tests.example"
