"""A question that is kept for all who stand alike: each who asks it gets their own answer, at their own moment."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.models import QuerySet

from tests.people import NOW, TODAY, World
from wholeperson.access import compiled, queries
from wholeperson.access.compiled import Stance, found, kept_for
from wholeperson.access.models import Membership, Organisation, Person
from wholeperson.access.queries import stand
from wholeperson.access.roles import ROLES
from wholeperson.casework.authorizations import queries as authorizations
from wholeperson.casework.care import queries as care
from wholeperson.casework.members import queries as members
from wholeperson.casework.members.models import Member, Phone, Relationship
from wholeperson.casework.members.scoping import tell_the_wall
from wholeperson.casework.providers import listed, together
from wholeperson.casework.referrals import belonging
from wholeperson.casework.referrals import queries as referrals
from wholeperson.desk.work import BUCKETS, Wanted, Work, counted, keyed
from wholeperson.exchange import due as exchange_due
from wholeperson.exchange import queries as exchange
from wholeperson.record import wall

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    kept_for.cache_clear()
    yield
    kept_for.cache_clear()
    wall.forget()


def seen(user: Person) -> QuerySet[Any]:
    return Member.objects.for_user(user).order_by("given_name").values_list("given_name", flat=True)


def these(user: Person, keys: list[UUID]) -> QuerySet[Any]:
    return Member.objects.for_user(user).filter(pk__in=keys).order_by("given_name")


def asks(question: Callable[..., Any], person: Person, *more: Any, at: Any = NOW, **keys: Any) -> list[Any]:
    tell_the_wall(stand(person, on=TODAY, at=at))
    return found(question, person, *more, **keys)


@pytest.fixture
def two(world: World) -> tuple[Person, Person]:
    """Two lead care managers of two houses, with a member each, and one whom both see."""
    lena = world.person("Lena Ortiz", "lead_care_manager", at="Bayside")
    noor = world.person("Noor Haddad", "lead_care_manager", at="Harbor")
    for name, houses in {"Ana": ["Bayside"], "Ben": ["Harbor"], "Cleo": ["Bayside", "Harbor"]}.items():
        for house in houses:
            world.relate(_member(world, name), house, scope="care")
    return lena, noor


def _member(world: World, name: str) -> Member:
    with wall.opened("tests"):
        return Member.objects.filter(given_name=name).first() or world.member(given=name)


def test_two_who_stand_alike_ask_one_question_and_get_each_their_own_answer(two: tuple[Person, Person]) -> None:
    lena, noor = two
    for _ in range(2):
        assert asks(seen, lena) == ["Ana", "Cleo"]
        assert asks(seen, noor) == ["Ben", "Cleo"]
    assert kept_for.cache_info().misses == 1


def test_nothing_of_a_person_is_in_what_is_kept(two: tuple[Person, Person]) -> None:
    lena, _noor = two
    asks(seen, lena)
    kept = kept_for(
        seen, compiled._stance(lena.standing, compiled._organisations(lena.standing)), (), (), connection.vendor
    )
    assert kept is not None
    told = {lena.pk, *(post.organisation_id for post in lena.standing.posts), NOW}
    assert told.isdisjoint(one for one in kept.parameters if isinstance(one, UUID | type(NOW)))
    assert not any(str(one.hex) in str(kept.parameters) for one in told if isinstance(one, UUID))


def test_what_ends_between_two_askings_is_gone_the_second_time(two: tuple[Person, Person]) -> None:
    lena, _noor = two
    with wall.opened("tests"):
        Relationship.objects.filter(member__given_name="Ana").update(ends_at=NOW + timedelta(minutes=5))
    assert asks(seen, lena) == ["Ana", "Cleo"]
    assert asks(seen, lena, at=NOW + timedelta(minutes=6)) == ["Cleo"]
    assert kept_for.cache_info().misses == 1


def called(user: Person, public_ids: list[str]) -> QuerySet[Any]:
    return Member.objects.for_user(user).filter(public_id__in=public_ids)


def test_a_row_is_found_by_its_public_id_by_those_who_may_see_it(two: tuple[Person, Person]) -> None:
    lena, noor = two
    with wall.opened("tests"):
        ana, ben = (Member.objects.get(given_name=name).public_id for name in ("Ana", "Ben"))
    assert [one.given_name for one in asks(called, lena, keys=[ana])] == ["Ana"]
    assert asks(called, noor, keys=[ana]) == []
    assert [one.given_name for one in asks(called, noor, keys=[ben])] == ["Ben"]


@pytest.mark.parametrize("many", [1, 2, 3, 5])
def test_rows_are_found_by_as_many_keys_as_are_given_and_no_others(two: tuple[Person, Person], many: int) -> None:
    lena, noor = two
    with wall.opened("tests"):
        ana, ben = Member.objects.get(given_name="Ana").pk, Member.objects.get(given_name="Ben").pk
    keys = [*(uuid4() for _ in range(many - 1)), ana]
    assert [one.given_name for one in asks(these, lena, keys=keys)] == ["Ana"]
    assert asks(these, noor, keys=keys) == []
    assert [one.given_name for one in asks(these, noor, keys=[ben])] == ["Ben"]
    assert asks(these, lena, keys=[]) == []


def test_what_is_no_key_is_refused_and_no_row_is_left_out(two: tuple[Person, Person]) -> None:
    with wall.opened("tests"):
        ana = Member.objects.get(given_name="Ana").pk
    with pytest.raises(TypeError, match="not by NoneType"):
        asks(these, two[0], keys=[ana, None, uuid4()])


def test_other_roles_and_another_number_of_houses_are_another_question(
    world: World, two: tuple[Person, Person]
) -> None:
    lena, noor = two
    assert asks(seen, noor) == ["Ben", "Cleo"]
    Membership.objects.create(
        person=noor,
        organisation=Organisation.objects.get(name="Bayside"),
        role="lead_care_manager",
        since=date(2026, 1, 1),
    )
    assert asks(seen, noor) == ["Ana", "Ben", "Cleo"]
    assert asks(seen, world.person("Abel Cruz", "administrator", at="Bayside")) == []
    assert asks(seen, lena) == ["Ana", "Cleo"]


def of_yesterday(user: Person) -> QuerySet[Any]:
    rows = Relationship.objects.filter(
        since__lte=user.standing.moment.date(), ends_at__gt=user.standing.moment - timedelta(1)
    )
    return rows.values_list("member__given_name", flat=True)


def by_my_own_name(user: Person) -> QuerySet[Any]:
    return Person.objects.filter(name=user.name).values_list("name", flat=True)


def of_houses_i_look_up(user: Person) -> QuerySet[Any]:
    found = [one.pk for one in Organisation.objects.filter(memberships__person=user)]
    return Organisation.objects.filter(pk__in=found).values_list("name", flat=True)


def test_what_is_another_question_for_each_is_not_kept_and_answered_all_the_same(two: tuple[Person, Person]) -> None:
    lena, noor = two
    with wall.opened("tests"):
        Relationship.objects.filter(member__given_name="Ana").update(ends_at=NOW - timedelta(hours=1))
    assert asks(by_my_own_name, lena) == ["Lena Ortiz"]
    assert asks(by_my_own_name, noor) == ["Noor Haddad"]
    assert asks(of_houses_i_look_up, lena) == ["Bayside"]
    assert asks(of_houses_i_look_up, noor) == ["Harbor"]
    for question in (of_yesterday, by_my_own_name, of_houses_i_look_up):
        stance = Stance(TODAY, (("lead_care_manager", 0, False),), "en")
        assert kept_for(question, stance, (), (), connection.vendor) is None


WORK = [Wanted(), Wanted(team=True), Wanted(bucket="late")]


@pytest.mark.parametrize("role", sorted(ROLES))
def test_the_work_of_each_role_is_a_question_that_is_kept(role: str) -> None:
    stance = Stance(TODAY, ((role, None if role == "member" else 0, False),), "en")
    somebody, _values = compiled._invented(stance)
    for wanted in WORK:
        if Work(somebody, wanted).offers:
            assert kept_for(counted, stance, (wanted, BUCKETS), (), connection.vendor) is not None
            assert kept_for(keyed, stance, (wanted, 50), (), connection.vendor) is not None


MONTH = date(2026, 10, 1)
OF_A_PAGE: list[tuple[Callable[..., Any], tuple[Any, ...], tuple[type, ...]]] = [
    (queries.own, ("exchange.send",), ()),
    (exchange.plans_with, (), (UUID,)),
    (exchange.sent_in, (MONTH,), ()),
    (exchange_due.waiting, (), ()),
    (care.gaps_of, ("exchange.send", MONTH, True), ()),
    (care.gaps_of, ("exchange.send", MONTH, False), ()),
    (care.how_many, (False,), ()),
    (care.how_many, (True,), ()),
    (care.on_page, (True, 0, 25), ()),
    (authorizations.supports_counted, ("exchange.send",), ()),
    (referrals.own_of, (), (UUID,)),
    (referrals.due_in_short, (), (UUID, UUID)),
    (members.reasons_by_name, (), (str,)),
    *((each, (), (UUID,)) for each in (belonging.askings, belonging.sendings, belonging.state_statuses, belonging.steps,
                                       belonging.told_elsewhere, belonging.held_back, belonging.tries,
                                       belonging.first_keys, belonging.asking_rows)),
    *((each, (), (UUID,)) for each in (members.reasons_by_key, members.rules_of, members.phones_of, members.goings_of,
                                       members.addresses_of, members.language_told, members.food_told)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("question", "more", "kinds"), OF_A_PAGE, ids=[f"{one[0].__name__}{one[1]}" for one in OF_A_PAGE]
)
def test_what_every_page_asks_is_kept_from_one_to_the_next(
    question: Callable[..., Any], more: tuple[Any, ...], kinds: tuple[type, ...]
) -> None:
    stance = Stance(TODAY, (("provider_intake", 0, False),), "en")
    assert kept_for(question, stance, more, kinds, connection.vendor) is not None


def test_what_anybody_asks_is_kept_beside_what_those_who_work_here_ask(two: tuple[Person, Person]) -> None:
    compiled.kept_for_everybody.cache_clear()
    anybody = compiled.everybody(TODAY, NOW)
    for question, more, keys in ((listed.first_of, ((("county", "alameda"),), 0, 20), None),
                                 (listed.services_of, ((),), [uuid4()]), (listed.these, (), [uuid4()]),
                                 (together.these, (), [uuid4()]), (together.traits_of, (), [uuid4()]),
                                 (together.contracts_of, (), [uuid4()]), (together.room_of, (), [uuid4()]),
                                 (together.said_in_short, (), [uuid4()])):  # fmt: skip
        kept = compiled.kept_for_everybody(
            question, Stance(TODAY, (), "en"), more, (UUID,) if keys else (), connection.vendor
        )
        assert kept is not None
        assert found(question, anybody, *more, keys=keys) == []
    assert compiled.kept_for_everybody.cache_info().hits == 8
    assert kept_for.cache_info().currsize == 0


def test_how_two_of_one_stance_reach_people_is_told_each_of_their_own(world: World, two: tuple[Person, Person]) -> None:
    lena, noor = two
    with wall.opened("tests"):
        rows = {one.given_name: one for one in Member.objects.all()}
        for name, number in (("Ana", "5550101"), ("Ben", "5550102"), ("Cleo", "5550103")):
            Phone.objects.create(member=rows[name], number=number, source="tests", kept_at=NOW)
    keys = sorted(one.pk for one in rows.values())
    assert {one.number for one in asks(members.phones_of, lena, keys=keys)} == {"5550101", "5550103"}
    assert {one.number for one in asks(members.phones_of, noor, keys=keys)} == {"5550102", "5550103"}
    by_name = [one.public_id for one in rows.values()]
    assert {one.member.given_name for one in asks(members.reasons_by_name, lena, keys=by_name)} == {"Ana", "Cleo"}
    assert {one.member.given_name for one in asks(members.reasons_by_name, noor, keys=by_name)} == {"Ben", "Cleo"}
