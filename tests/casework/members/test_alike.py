"""Records that may be of one person: which pairs are found, who learns of them, and that a person says they are two."""

from datetime import date
from uuid import UUID

import pytest
from django.test import Client

from tests.people import MAKER, NOW, SINCE, World
from wholeperson.casework.members import actions
from wholeperson.casework.members.alike import MOST, Who, of_one_day, of_one_name
from wholeperson.casework.members.models import Compared, Identifier, Likeness, Member
from wholeperson.record import wall
from wholeperson.record.models import AuditRow, Step
from wholeperson.record.moments import now_is
from wholeperson.record.refusals import NotAllowed

BORN = date(1980, 3, 9)


def who(given: str, family: str, born: date = BORN, number: int = 1) -> Who:
    return Who(UUID(int=number), given, family, born)


@pytest.mark.once
@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (("Rosa", "Delgado"), ("Rosa", "Delgado"), True),
        (("Rosa", "Delgado"), ("ROSA ", "del-gado"), True),
        (("José", "García"), ("Jose", "Garcia"), True),
        (("Rosa", "Delgado"), ("Rosa", "Delgado Ruiz"), True),
        (("Rosa", "Delgado"), ("Rosana", "Delgado"), True),
        (("Rosa", "Delgado"), ("Rossa", "Delgado"), True),
        (("Rosa", "Delgado"), ("Rosa", "Dalgado"), True),
        (("Rosa", "Delgado"), ("Delgado", "Rosa"), True),
        (("Rosa", "Delgado"), ("Pablo", "Delgado"), False),
        (("Rosa", "Delgado"), ("Rosa", "Nguyen"), False),
        (("Rosa", "Delgado"), ("Rossa", "Dalgado"), False),
        (("Bo", "Ng"), ("Bobby", "Ng"), False),
        (("", "Ng"), ("Bobby", "Ng"), False),
    ],
)
def test_names_of_two_born_on_one_day(a: tuple[str, str], b: tuple[str, str], expected: bool) -> None:
    for one, other in ((a, b), (b, a)):
        assert bool(list(of_one_day([who(*one), who(*other, number=2)]))) is expected


@pytest.mark.once
@pytest.mark.parametrize(
    ("born", "expected"),
    [
        (date(1980, 9, 3), True),
        (date(1981, 3, 9), True),
        (date(1980, 3, 19), True),
        (date(1980, 4, 9), True),
        (date(1981, 4, 9), False),
        (date(1990, 9, 3), False),
    ],
)
def test_birth_dates_of_two_called_the_same(born: date, expected: bool) -> None:
    assert bool(list(of_one_name([who("Rosa", "Delgado"), who("Rosa", "Delgado", born, 2)]))) is expected


@pytest.mark.once
def test_of_a_crowd_with_one_name_nothing_is_said() -> None:
    crowd = [who("Rosa", "Delgado", number=number) for number in range(MOST + 1)]
    assert list(of_one_day(crowd)) == []
    assert len({frozenset(pair) for pair in of_one_day(crowd[:3])}) == 3


def found() -> list[tuple[str, str]]:
    now_is(NOW)
    actions.find_alike.func()
    with wall.opened("tests"):
        return [(one.first.given_name, one.second.given_name) for one in Likeness.objects.order_by("pk")]


@pytest.fixture
def pair(world: World) -> tuple[Member, Member]:
    """Rosa twice, whom Bayside sees twice; There sees one of the two, and nobody sees a third."""
    rosa, again = world.member("Rosa"), world.member("Rosana")
    world.member("Pablo")
    for one in (rosa, again):
        world.relate(one, "Bayside")
    world.relate(rosa, "There")
    return rosa, again


def test_they_are_found_once_whichever_way_they_came_in(world: World, pair: tuple[Member, Member]) -> None:
    world.member("Rosa", "Delgado", date(1980, 9, 3))
    assert found() == [("Rosa", "Rosana"), ("Rosa", "Rosa")]
    assert found() == [("Rosa", "Rosana"), ("Rosa", "Rosa")]
    assert Step.objects.filter(of="likeness").count() == 2


def test_who_comes_later_is_compared_with_everybody_and_nobody_else_is(
    world: World, pair: tuple[Member, Member], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only who is new is looked at; a key of an hour ago is new still, as a long transaction ends late."""
    assert found() == [("Rosa", "Rosana")]
    later = UUID(int=Compared.objects.get().up_to.int + (2 * 3_600_000 << 80))

    def forgotten() -> None:
        with wall.opened("tests"):
            Likeness.objects.all().delete()
            Compared.objects.update(up_to=later)

    forgotten()
    assert found() == [], "both are older than the mark"
    forgotten()
    monkeypatch.setattr(Member._meta.get_field("id"), "_get_default", lambda: UUID(int=later.int + 1))
    world.member("Rosa", "Delgado", date(1980, 9, 3))
    assert found() == [("Rosa", "Rosa")]
    assert Compared.objects.get().up_to.int == later.int + 1


def test_a_name_with_an_accent_is_found_by_who_comes_later_too(world: World) -> None:
    """No database folds a name as we do; the first run compares all, the second who is new alone."""
    world.member("Ana", "Álvarez", date(1980, 3, 9))
    world.member("MARÍA", "de la Cruz", date(1971, 5, 2))
    assert found() == []
    world.member("Ana", "Álvarez", date(1980, 3, 19))
    assert found() == [("Ana", "Ana")]
    world.member("Maria", "Delacruz", date(1971, 2, 5))
    assert found() == [("Ana", "Ana"), ("MARÍA", "Maria")]
    with wall.opened("tests"):
        Likeness.objects.all().delete()
        Compared.objects.all().delete()
    assert sorted(found()) == [("Ana", "Ana"), ("MARÍA", "Maria")], "all with all"


def test_once_a_day_everybody_is_compared_whatever_the_mark_says(world: World, pair: tuple[Member, Member]) -> None:
    """A clock that runs ahead on one machine sets the mark beyond whoever comes in by the others."""
    with wall.opened("tests"):
        Compared.objects.create(up_to=UUID(int=pair[0].pk.int + (48 * 3_600_000 << 80)))
    assert found() == []
    actions.find_alike_among_all.func()
    assert found() == [("Rosa", "Rosana")]


def test_a_number_that_was_somebody_elses_is_asked_about(world: World) -> None:
    """The names say nothing: one CIN, which ended for one and began for the other."""
    ann, bo = world.member("Ann", "Adams", date(1950, 1, 1)), world.member("Bo", "Burns", date(1999, 9, 9))
    actions.add_identifier(ann, system="cin", value="91234567A", by=MAKER, at=NOW)
    with wall.opened("tests"):
        Identifier.objects.update(until=SINCE)
    assert found() == []
    actions.add_identifier(bo, system="cin", value="91234567A", by=MAKER, at=NOW)
    assert found() == [("Ann", "Bo")]
    assert found() == [("Ann", "Bo")]


def test_side_by_side_told_apart_and_asked_again(world: World, pair: tuple[Member, Member], client: Client) -> None:
    found()
    client.force_login(world.person("Ines Tran", "provider_intake", at="Bayside"))
    page = client.get("/members/twice/").content.decode()
    assert "Rosa Delgado · Rosana Delgado" in page
    assert AuditRow.objects.filter(verb="member.look_at_alike").count() == 1
    address = f"/members/twice/{Likeness.objects.get().public_id}/"
    for _ in range(2):
        assert client.post(address, {"said": "apart"}).status_code == 303
    assert "Two people" in client.get("/members/twice/").content.decode()
    assert found() == [("Rosa", "Rosana")]
    client.post(address, {"said": "again"})
    steps = Step.objects.filter(of="likeness").order_by("pk")
    assert [one.verb for one in steps] == ["begin", "tell_apart", "ask_again"]
    told = AuditRow.objects.filter(verb__in=("tell_apart", "ask_again")).values_list("verb", "subject_id")
    assert set(told) == {(verb, one.pk) for verb in ("tell_apart", "ask_again") for one in pair}


@pytest.mark.parametrize("sent", [{}, {"said": ""}, {"said": "same"}])
def test_a_word_that_is_none_does_not_say_they_are_two(
    sent: dict[str, str], world: World, pair: tuple[Member, Member], client: Client
) -> None:
    found()
    client.force_login(world.person("Ines Tran", "provider_intake", at="Bayside"))
    assert client.post(f"/members/twice/{Likeness.objects.get().public_id}/", sent).status_code == 400
    assert Likeness.objects.get().status == "open"


def test_whoever_sees_one_of_them_learns_nothing_of_the_other(
    world: World, pair: tuple[Member, Member], client: Client
) -> None:
    found()
    sam = world.person("Sam There", "provider_intake", at="There")
    client.force_login(sam)
    page = client.get("/members/twice/").content.decode()
    assert "Delgado" not in page
    assert "No two records look alike" in page
    assert client.post(f"/members/twice/{Likeness.objects.get().public_id}/").status_code == 404
    with pytest.raises(NotAllowed):
        actions.tell_apart(Likeness.objects.get(), by=sam, at=NOW)
    assert Likeness.objects.get().status == "open"
    assert "alike" not in client.get(f"/members/{pair[0].public_id}/").content.decode()
    client.force_login(world.person("Lena Ortiz", "lead_care_manager", at="Bayside"))
    assert client.get("/members/twice/").status_code == 404, "says who writes members down"
