"""Who may see a member: those a reason reaches on that day, as far as the reason and their role go."""

from datetime import date

import pytest

from tests.people import MAKER, NOW, TODAY, World
from wholeperson.access import queries as access
from wholeperson.casework.members import actions, queries
from wholeperson.casework.members.models import Identifier, Member
from wholeperson.record.models import AuditRow
from wholeperson.rules.problems import Refused


def test_an_organisation_sees_the_members_it_is_related_to_and_no_others(world: World) -> None:
    rosa, james = world.member("Rosa"), world.member("James")
    world.relate(rosa, "Bayside")
    world.relate(james, "Elsewhere")
    lena = world.person("Lena Ortiz", "lead_care_manager", at="Bayside")
    assert list(queries.members_for(lena)) == [rosa]
    assert queries.member_for(lena, rosa.public_id) == rosa
    assert queries.member_for(lena, james.public_id) is None


def test_a_reason_holds_from_its_first_day_to_its_last(world: World) -> None:
    rosa = world.member()
    world.relate(rosa, "Bayside", since=date(2026, 11, 1), until=date(2026, 11, 30))
    lena = world.person("Lena Ortiz", "lead_care_manager", at="Bayside")
    seen = {day: queries.members_for(access.stand(lena, on=date(2026, *day))).exists() for day in
            [(10, 31), (11, 1), (11, 30), (12, 1)]}  # fmt: skip
    assert seen == {(10, 31): False, (11, 1): True, (11, 30): True, (12, 1): False}


def test_a_role_that_reads_no_members_sees_none_of_its_organisations(world: World) -> None:
    world.relate(world.member(), "Bayside")
    ada = world.person("Ada Okafor", "administrator", at="Bayside")
    assert not queries.members_for(ada).exists()


def test_a_reason_for_one_person_reaches_only_that_person(world: World) -> None:
    rosa = world.member()
    herself, somebody = world.person("Rosa Delgado", "member"), world.person("Other One", "member")
    world.relate(rosa, herself, scope="part2", reason="self")
    assert list(queries.members_for(herself)) == [rosa]
    assert not queries.members_for(somebody).exists()


@pytest.mark.parametrize(
    ("role", "granted", "seen"),
    [
        ("lead_care_manager", "care", "care"),
        ("lead_care_manager", "part2", "part2"),
        ("provider_intake", "part2", "care"),
        ("provider_biller", "sensitive", "minimal"),
    ],
)
def test_nobody_looks_deeper_than_reason_and_role_allow(world: World, role: str, granted: str, seen: str) -> None:
    rosa = world.member()
    world.relate(rosa, "Bayside", scope=granted)
    sight = queries.sight(world.person("Some One", role, at="Bayside"), rosa)
    assert sight
    assert sight.scope == seen


def test_a_role_elsewhere_lends_no_depth_here(world: World) -> None:
    """Who leads care at one place and bills at another sees the second place's members as a biller."""
    rosa = world.member()
    world.relate(rosa, "Second", scope="part2")
    lena = world.person("Lena Ortiz", "lead_care_manager", at="First")
    second = world.organisation("Second")
    from wholeperson.access.actions import give_role

    give_role(person=lena, organisation=second, role="provider_biller", since=date(2026, 1, 1), by=MAKER, at=NOW)
    sight = queries.sight(access.stand(lena, on=TODAY), rosa)
    assert sight
    assert sight.scope == "minimal"


def test_a_look_is_kept_with_the_reason_that_allowed_it(world: World) -> None:
    rosa = world.member()
    reason = world.relate(rosa, "Bayside")
    lena = world.person("Lena Ortiz", "lead_care_manager", at="Bayside")
    assert actions.look_at(rosa, by=lena, at=NOW)
    row = AuditRow.objects.get(did="read")
    assert (row.thing_id, row.subject_id, row.because_id, row.actor_id) == (rosa.pk, rosa.pk, reason.pk, str(lena.pk))


def test_a_look_that_nothing_allows_is_none(world: World) -> None:
    lena = world.person("Lena Ortiz", "lead_care_manager", at="Bayside")
    assert actions.look_at(world.member(), by=lena, at=NOW) is None
    assert not AuditRow.objects.filter(did="read").exists()


def test_a_number_is_found_by_fingerprint_and_kept_encrypted(world: World) -> None:
    rosa = world.member()
    actions.add_identifier(rosa, system="cin", value="91234567a", by=MAKER, at=NOW)
    assert queries.known_by("cin", "91234567A") == rosa
    assert queries.known_by("cin", "91234568A") is None
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT value, fingerprint FROM members_identifier")
        assert "91234567" not in "".join(cursor.fetchone())
    assert Identifier.objects.get().value == "91234567A"


@pytest.mark.parametrize("wrong", ["9123456A", "91234567", "A1234567A", ""])
def test_a_number_that_cannot_be_one_is_refused_and_nothing_kept(world: World, wrong: str) -> None:
    with pytest.raises(Refused, match="this is no CIN"):
        actions.add_identifier(world.member(), system="cin", value=wrong, by=MAKER, at=NOW)
    assert not Identifier.objects.exists()


def test_a_member_is_shown_by_their_public_id_alone() -> None:
    assert str(Member(public_id="mem-7k3f9q2m8x", given_name="Rosa")) == "mem-7k3f9q2m8x"
