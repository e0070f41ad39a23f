"""Somebody asks for a person with two joined records: no third is made, nothing is asked twice, nobody sees more."""

from datetime import date

import pytest

from tests.casework.referrals.conftest import Town, kept
from tests.people import MAKER, NOW, TODAY
from wholeperson.access.queries import stand
from wholeperson.casework.members import actions as members
from wholeperson.casework.members import queries as people
from wholeperson.casework.members.models import Likeness, Member
from wholeperson.casework.referrals import actions
from wholeperson.casework.referrals.actions import About, Asker, Wanted
from wholeperson.casework.referrals.holders import STRANGER
from wholeperson.casework.referrals.models import Asking, Referral
from wholeperson.record.moments import now_is

BORN, SLIP = date(1980, 3, 9), date(1980, 3, 19)


class Two:
    """Rosa goes on, Rosana points to her; her birth date was a slip of the pen."""

    def __init__(self, town: Town) -> None:
        self.town, world = town, town.world
        self.rosa, self.rosana = world.member("Rosa"), world.member("Rosa", born=SLIP)
        for member, cin in ((self.rosa, "91234567A"), (self.rosana, "91234568B")):
            members.add_identifier(member, system="cin", value=cin, by=MAKER, at=NOW)
            world.relate(member, "Bayside")
        self.boss = world.person("Bo Banks", "supervisor", at="Bayside")

    def join(self) -> None:
        now_is(NOW)
        members.find_alike.func()
        members.join(Likeness.objects.get(), self.rosa, why="One card.", by=self.boss, at=NOW)

    def ask(self, key: str, cin: str, born: date, programme: str = "cs.mtm_msf") -> Asking:
        about = About(given_name="Rosie", family_name="Delgado", birth_date=born, cin=cin, county="contra_costa")
        wanted, asker = Wanted((programme,), attested=True), Asker("family", name="Ana Vega")
        return actions.ask(about, wanted, asker, channel="public", key=key, by=STRANGER, at=NOW)

    def plan_sees(self, member: Member) -> bool:
        return people.sight(stand(self.town.paula, on=TODAY, at=NOW), member) is not None


@pytest.fixture
def two(town: Town) -> Two:
    return Two(town)


def test_with_either_number_it_joins_what_is_open_and_the_plan_sees_no_more(two: Two) -> None:
    first = two.ask("a", "91234568B", SLIP)
    two.join()
    again, other = two.ask("b", "91234568B", SLIP), two.ask("c", "91234567A", BORN)
    assert first.member == again.member == other.member == two.rosana
    assert len(kept(Referral)) == 1
    assert not two.plan_sees(two.rosa)


def test_something_new_lies_on_the_record_that_was_named(two: Two) -> None:
    two.join()
    assert two.ask("a", "91234568B", SLIP).member == two.rosana
    assert not two.plan_sees(two.rosa)
    assert two.ask("b", "91234567A", BORN, "cs.asthma_remediation").member == two.rosa


@pytest.mark.parametrize(("cin", "born"), [("91234568B", SLIP), ("91234568B", BORN), ("91234567A", SLIP)])
def test_no_third_is_made_where_a_birth_date_was_a_slip(two: Two, cin: str, born: date) -> None:
    two.join()
    assert two.ask("a", cin, born).member in (two.rosa, two.rosana)
    assert len(kept(Member)) == 2
