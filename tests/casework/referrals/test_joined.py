"""Somebody asks for a person with two joined records: no third is made, nothing is asked twice, nobody sees more."""

from datetime import date

import pytest
from django.test import Client

from tests.casework.referrals.conftest import Town, kept
from tests.people import MAKER, NOW, TODAY
from wholeperson.access.models import Person
from wholeperson.access.queries import stand
from wholeperson.casework.members import actions as members
from wholeperson.casework.members import queries as people
from wholeperson.casework.members.models import Likeness, Member
from wholeperson.casework.referrals import actions, queries
from wholeperson.casework.referrals.actions import About, Asker, Wanted
from wholeperson.casework.referrals.holders import STRANGER
from wholeperson.casework.referrals.models import Asking, Referral
from wholeperson.record.models import Outgoing
from wholeperson.record.moments import now_is

BORN, SLIP = date(1980, 3, 9), date(1980, 3, 19)
MEALS, ASTHMA, RESPITE = "cs.mtm_msf", "cs.asthma_remediation", "cs.respite"


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

    def ask(self, key: str, cin: str, born: date, *programmes: str, person: Person | None = None) -> Asking:
        about = About(given_name="Rosie", family_name="Delgado", birth_date=born, cin=cin, county="contra_costa")
        wanted, asker = Wanted(programmes or (MEALS,), attested=True), Asker("family", name="Ana Vega", person=person)
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
    assert two.ask("b", "91234567A", BORN, ASTHMA).member == two.rosa


def test_of_one_form_each_help_joins_where_it_is_open_and_one_number_finds_all(two: Two) -> None:
    two.ask("a", "91234568B", SLIP)
    two.ask("b", "91234567A", BORN, ASTHMA)
    two.join()
    made = two.ask("c", "91234567A", BORN, RESPITE, MEALS, ASTHMA)
    assert made.member == two.rosa
    again = queries.asking_again(made.public_id, BORN)
    assert again is not None
    lies = {row.referral.programme: (row.referral.member, row.member, row.asking.member)
            for row in queries.asked_with(again)}  # fmt: skip
    assert lies == {
        RESPITE: (two.rosa, two.rosa, two.rosa), ASTHMA: (two.rosa, two.rosa, two.rosa),
        MEALS: (two.rosana, two.rosana, two.rosana),
    }  # fmt: skip
    assert len(kept(Referral)) == 3
    assert two.ask("c", "91234567A", BORN, RESPITE, MEALS, ASTHMA) == made, "the same form again is the same asking"
    assert len(kept(Asking)) == 4


def test_who_asked_takes_all_of_one_form_back(two: Two, client: Client) -> None:
    two.ask("a", "91234568B", SLIP)
    two.join()
    made = two.ask("c", "91234567A", BORN, RESPITE, MEALS)
    client.post("/refer/again/", {"number": made.public_id, "birth_date": BORN.isoformat(), "secret": "s" * 32})
    assert client.post("/refer/mine/take-back/").status_code == 303
    assert [row.withdrawn_at is None for row in kept(Asking)] == [True, False, False]
    assert sorted(row.status for row in kept(Referral)) == ["received", "withdrawn"]


def test_news_of_each_part_bears_the_number_that_was_given(two: Two) -> None:
    """Nobody was ever given the number of a part; whoever has it from an old letter finds all of the form by it."""
    two.ask("a", "91234568B", SLIP)
    two.join()
    renee = two.town.world.person("Renee Brooks", "referrer", at="Mount Diablo")
    made = two.ask("c", "91234567A", BORN, RESPITE, MEALS, person=renee)
    (part,) = kept(Asking, part_of=made)
    actions.close(two.town.one(part), reason="other", on=TODAY, by=two.town.paula, at=NOW)
    told = [one.content for one in kept(Outgoing) if one.to == renee.email]
    closed = [each for each in told if "closed" in each]
    assert [(made.public_id in each, part.public_id in each) for each in closed] == [(True, False)]
    assert queries.asking_again(part.public_id, BORN) == made
    assert queries.asking_again(part.public_id, SLIP) is None


@pytest.mark.parametrize(("cin", "born"), [("91234568B", SLIP), ("91234568B", BORN), ("91234567A", SLIP)])
def test_no_third_is_made_where_a_birth_date_was_a_slip(two: Two, cin: str, born: date) -> None:
    two.join()
    assert two.ask("a", cin, born).member in (two.rosa, two.rosana)
    assert len(kept(Member)) == 2
