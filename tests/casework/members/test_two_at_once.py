"""Two who press at the same moment, each over a connection of the role that serves pages: one effect, nothing lost."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.casework.members.test_joining import Two
from tests.people import MAKER, NOW, SINCE, TODAY, World
from tests.record.test_two_at_once import at_once
from tests.walls import served
from wholeperson.access.queries import stand
from wholeperson.casework.members import actions
from wholeperson.casework.members.models import BreakGlass, Consent, Joining, Likeness, Member, Relationship, Renaming
from wholeperson.casework.members.scoping import tell_the_wall
from wholeperson.record import wall
from wholeperson.record.models import AuditRow, Step
from wholeperson.record.refusals import Overtaken


@pytest.fixture
def town(transactional_db: None) -> World:
    if not wall.stands():
        pytest.skip("needs PostgreSQL: tests/on_postgres .venv/bin/pytest tests/casework")
    return World()


def web(work: Callable[[], object]) -> Callable[[], object]:
    def done() -> object:
        with served():
            return work()

    return done


def test_the_same_reason_opened_twice_is_one_row(town: World) -> None:
    rosa, bayside = town.member(), town.organisation("Bayside")

    def opened() -> object:
        return actions.relate(
            Member.objects.model(pk=rosa.pk), organisation=bayside, reason="referral", scope="minimal", since=SINCE,
            by=MAKER, at=NOW,
        ).pk  # fmt: skip

    first, second = at_once(web(opened), web(opened))
    assert first == second == Relationship.objects.get().pk
    assert AuditRow.objects.filter(verb="relationship.open").count() == 1


def test_a_reason_is_closed_once(town: World) -> None:
    row = town.relate(town.member(), "Bayside")

    def closed() -> object:
        return actions.close_relationship(Relationship(pk=row.pk), until=TODAY, by=MAKER, at=NOW).until

    assert at_once(web(closed), web(closed)) == [TODAY, TODAY]
    assert AuditRow.objects.filter(verb="relationship.close").count() == 1


def test_a_consent_is_taken_back_once(town: World) -> None:
    consent = actions.give_consent(
        town.member(), form="ascmi_ab133", version="2024-06", categories=["physical_health"], method="paper",
        recipients=[town.organisation("Bayside"), town.organisation("Hillside")], since=date(2026, 3, 1), by=MAKER,
        at=NOW,
    )  # fmt: skip
    sam = town.person("Sam Whitfield", "supervisor", at="Bayside")
    read = [Consent.objects.get(pk=consent.pk) for _ in range(2)]
    given = at_once(*(web(lambda mine=mine: actions.revoke_consent(mine, by=sam, at=NOW)) for mine in read))
    assert sorted(type(one).__name__ for one in given) == ["Overtaken", "int"]
    assert [one for one in given if not isinstance(one, Overtaken)] == [2]
    assert Step.objects.filter(verb="revoke").count() == 1
    assert AuditRow.objects.filter(verb="relationship.end").count() == 2
    assert set(Relationship.objects.values_list("ends_at", flat=True)) == {NOW}


def test_a_glass_is_broken_once(town: World) -> None:
    rosa = town.member()
    beth = town.person("Beth Salazar", "county_behavioral_health", at="Recovery")
    place = town.organisation("Recovery").pk
    stand(beth, on=TODAY, at=NOW)

    def broken() -> object:
        return actions.break_glass(
            rosa, kind="emergency", reason="Found without consciousness.", organisation_id=place, by=beth, at=NOW
        ).pk

    first, second = at_once(web(broken), web(broken))
    assert first == second == BreakGlass.objects.get().pk
    assert Relationship.objects.count() == 1


def test_two_records_are_joined_once(town: World) -> None:
    """Each the other way round: one of them was faster, and no record goes into itself by way of the other."""
    two = Two(town)
    read = [Likeness.objects.get(pk=two.pair.pk) for _ in range(2)]

    def joined(pair: Likeness, into: Member) -> object:
        tell_the_wall(two.ines)
        return actions.join(pair, into, why="One card.", by=two.ines, at=NOW)

    ways = zip(read, (two.rosa, two.again), strict=True)
    given = at_once(*(web(lambda pair=pair, into=into: joined(pair, into)) for pair, into in ways))
    assert sorted(type(one).__name__ for one in given) == ["Joining", "Overtaken"]
    assert Joining.objects.count() == 1


def test_who_owns_the_tables_is_not_who_serves_pages(town: World) -> None:
    """And there the wall cannot be taken away, nor what is written once be changed."""
    from django.db import ProgrammingError, connection

    town.member()
    for statement in (
        "ALTER TABLE members_member DISABLE ROW LEVEL SECURITY",
        "DROP POLICY reached ON members_member",
        "UPDATE record_auditrow SET verb = 'nothing'",
        "DELETE FROM record_auditrow",
    ):
        with (
            served(),
            connection.cursor() as cursor,
            pytest.raises(ProgrammingError, match=r"must be owner|permission denied"),
        ):
            cursor.execute(statement)


def test_who_is_not_told_sees_and_writes_nothing(town: World) -> None:
    from django.db import ProgrammingError

    rosa, hers = town.member(), town.organisation("Bayside")
    forged = Relationship(member=rosa, reason="referral", scope="part2", since=SINCE, organisation=hers)
    with served():
        assert not Member.objects.exists()
        assert not Relationship.objects.exists()
        with pytest.raises(ProgrammingError, match="row-level security"):
            forged.save(force_insert=True)
        with wall.opened("test"):
            assert Member.objects.get() == rosa
        assert not Member.objects.exists()


def test_two_names_at_once_lose_neither_the_one_before(town: World) -> None:
    """Whoever comes second renames what the first had made: both names before are found."""
    rosa, lena = town.member(), town.person("Lena Ortiz", "lead_care_manager", at="Bayside")

    def renamed(family: str) -> Callable[[], object]:
        name = actions.NewName("Rosa", family)
        mine = Member.objects.model(pk=rosa.pk)
        return lambda: actions.rename(mine, name, kind="legal", since=TODAY, why="A card.", by=lena, at=NOW).pk

    at_once(web(renamed("Vega")), web(renamed("Ruiz")))
    with wall.opened("tests"):
        rows = list(Renaming.objects.order_by("pk"))
        assert {row.was_family_name for row in rows} == {"Delgado", rows[0].family_name}
        assert Member.objects.get().family_name == rows[1].family_name


def test_a_legal_and_a_preferred_name_at_once_both_stand(town: World) -> None:
    rosa, lena = town.member(), town.person("Lena Ortiz", "lead_care_manager", at="Bayside")

    def renamed(kind: str, **told: str) -> Callable[[], object]:
        mine, name = Member.objects.model(pk=rosa.pk), actions.NewName(**told)
        return lambda: actions.rename(mine, name, kind=kind, since=TODAY, why="A card.", by=lena, at=NOW).pk

    at_once(web(renamed("legal", family_name="Vega")), web(renamed("preferred", preferred_name="Rosie")))
    with wall.opened("tests"):
        assert Member.objects.get().called == "Rosie Vega"


def test_two_joined_records_renamed_from_either_side_at_once_both_end_with_one_name(town: World) -> None:
    """Neither waits for what the other holds: whoever comes second changes what the first made."""
    lena = town.person("Lena Ortiz", "lead_care_manager", at="Bayside")
    rosa, again = town.member(), town.member()
    for record in (rosa, again):
        town.relate(record, "Bayside")
    town.joined(again, rosa, by=town.person("Ines Tran", "supervisor", at="Bayside"))

    def renamed(first: Member, other: Member, family: str) -> Callable[[], object]:
        told = {"kind": "legal", "since": TODAY, "why": "A card.", "by": lena, "at": NOW}
        name = actions.NewName(family_name=family)
        return web(lambda: (tell_the_wall(lena), actions.rename_with(first, [other], name, **told).pk)[1])

    at_once(renamed(rosa, again, "Vega"), renamed(again, rosa, "Ruiz"))
    with wall.opened("tests"):
        names = set(Member.objects.filter(pk__in=[rosa.pk, again.pk]).values_list("family_name", flat=True))
        assert (len(names), Renaming.objects.count()) == (1, 4)


def test_who_is_ended_while_they_are_named_again_sees_nothing_by_it(town: World) -> None:
    rosa, lena = town.member(), town.person("Lena Ortiz", "lead_care_manager", at="Bayside")
    town.relate(rosa, "Bayside")
    told = actions.Spokesperson("Ana Delgado", "form", "talk", SINCE, account=town.person("Ana Delgado", "member"))
    row = actions.name_representative(rosa, told, by=lena, at=NOW)

    def as_lena(work: Callable[[], object]) -> Callable[[], object]:
        return web(lambda: (tell_the_wall(lena), work())[1])

    at_once(
        as_lena(lambda: actions.name_representative(rosa, told, by=lena, at=NOW).pk),
        as_lena(lambda: actions.end_representative(row, why="No more.", by=lena, at=NOW).pk),
    )
    with wall.opened("tests"):
        assert not Relationship.objects.filter(about_id=row.pk, ends_at=None).exists()


def test_a_representative_named_twice_at_once_is_one(town: World) -> None:
    rosa, lena = town.member(), town.person("Lena Ortiz", "lead_care_manager", at="Bayside")
    said = actions.Spokesperson("Ana Delgado", "spoken", "talk", SINCE)
    twice = [web(lambda: actions.name_representative(rosa, said, by=lena, at=NOW).pk) for _ in range(2)]
    assert len(set(at_once(*twice))) == 1
