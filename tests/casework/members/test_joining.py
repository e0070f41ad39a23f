"""Two records joined as one person's: nothing moves, nobody sees more, either number finds the one that goes on."""

from datetime import date, timedelta

import pytest
from django.test import Client

from tests.people import MAKER, NOW, SINCE, World
from wholeperson.access.models import Person
from wholeperson.casework.members import actions, queries
from wholeperson.casework.members.models import ContactRule, Fact, Identifier, Joining, Likeness, Member, Relationship
from wholeperson.record import wall
from wholeperson.record.models import AuditRow, Step
from wholeperson.record.moments import now_is
from wholeperson.record.refusals import NotAllowed
from wholeperson.rules.problems import Refused

WHY = "The same card, and she said so."
TREATED = "meets_or_receives_dmc_ods"
HOMELESS = "homeless_hhs_definition"


class Two:
    """Rosa is there twice. Bayside sees both; There the first, Hillside the second alone, which tells of treatment."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.rosa, self.again = world.member("Rosa"), world.member("Rosana")
        for member, cin in ((self.rosa, "91234567A"), (self.again, "91234568B")):
            actions.add_identifier(member, system="cin", value=cin, by=MAKER, at=NOW)
            world.relate(member, "Bayside")
        world.relate(self.rosa, "There", scope="part2")
        world.relate(self.again, "Hillside", scope="part2")
        actions.tell(
            self.again, fact=TREATED, value=True, source="member", learnt=SINCE, by=MAKER, at=NOW,
        )  # fmt: skip
        self.ines = world.person("Ines Tran", "supervisor", at="Bayside")
        self.sam = world.person("Sam There", "supervisor", at="There")
        self.hana = world.person("Hana Hill", "supervisor", at="Hillside")
        now_is(NOW)
        actions.find_alike.func()
        with wall.opened("tests"):
            self.pair = Likeness.objects.get()

    def join(self) -> Joining:
        self.pair.refresh_from_db()
        return actions.join(self.pair, self.rosa, why=WHY, by=self.ines, at=NOW)

    def page(self, person: Person, path: str) -> str:
        client = Client()
        client.force_login(person)
        return client.get(path).content.decode()


@pytest.fixture
def two(world: World) -> Two:
    return Two(world)


def rows() -> list[object]:
    """Everything that hangs on members, as it lies there."""
    with wall.opened("tests"):
        return [list(model.objects.order_by("pk").values()) for model in (Member, Identifier, Fact)]


def test_nothing_is_moved_and_undone_it_is_as_before(two: Two) -> None:
    """Also after something more was written down: it stays where it was written."""
    before = rows()
    joining = two.join()
    assert rows() == before
    assert (joining.gone, joining.into) == (two.again, two.rosa)
    actions.tell(two.again, fact=HOMELESS, value=True, source="member", learnt=SINCE, by=MAKER, at=NOW)
    later = rows()
    two.pair.refresh_from_db()
    actions.part(two.pair, why="It was her sister.", by=two.ines, at=NOW + timedelta(days=9))
    assert rows() == later
    assert queries.known_by("cin", "91234568B") == two.again
    kept = Joining.objects.get()
    assert (kept.why, kept.parted_why, kept.parted_by) == (WHY, "It was her sister.", two.ines)
    verbs = Step.objects.filter(of="likeness").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["begin", "join", "part"]
    told = AuditRow.objects.filter(verb__in=("member.join", "member.part")).values_list("verb", "subject_id")
    assert set(told) == {(f"member.{verb}", one.pk) for verb in ("join", "part") for one in (two.rosa, two.again)}
    two.join()
    assert Joining.objects.count() == 2, "what was said before stays"


def test_either_number_and_either_name_find_the_one_that_goes_on(world: World, two: Two) -> None:
    two.join()
    assert queries.known_by("cin", "91234568B") == two.rosa
    assert queries.known_by("cin", "91234567A") == two.rosa
    assert queries.exactly("Rosana", "Delgado", date(1980, 3, 9)) == two.rosa
    client = Client()
    client.force_login(two.ines)
    for text in ("91234568B", "Rosana", "91234567A", "Rosa"):
        page = client.post("/members/", {"text": text}).content.decode()
        assert two.rosa.public_id in page, text
        assert two.again.public_id not in page, text


def test_two_of_one_name_and_day_are_one_again_for_whoever_asks_by_name(world: World) -> None:
    """Else a third record would be made."""
    one, other = world.member(), world.member()
    for member in (one, other):
        world.relate(member, "Bayside")
    now_is(NOW)
    actions.find_alike.func()
    assert queries.exactly("Rosa", "Delgado", date(1980, 3, 9)) is None
    pair = Likeness.objects.get()
    actions.join(pair, one, why=WHY, by=world.person("Ines Tran", "supervisor", at="Bayside"), at=NOW)
    assert queries.exactly("Rosa", "Delgado", date(1980, 3, 9)) == one


def test_nobody_sees_more_than_before(two: Two) -> None:
    """Not the other record, not its number, not its treatment, not that there is one."""
    two.join()
    first, second = f"/members/{two.rosa.public_id}/", f"/members/{two.again.public_id}/"
    assert "Also recorded as" not in (page := two.page(two.sam, first))
    assert "91234568B" not in page
    assert "Drug and alcohol" not in page + two.page(two.sam, f"{first}story/")
    assert "goes on in another record" not in (page := two.page(two.hana, second))
    assert "Drug and alcohol" in page
    assert "Rosana Delgado" in two.page(two.hana, "/members/"), "who sees only this one has it in the list as before"
    assert not queries.joinings_for(two.sam).exists()
    both = two.page(two.ines, first)
    assert "Also recorded as" in both
    assert "91234568B" in both
    assert "Drug and alcohol" not in both, "Bayside sees neither so deep"
    assert "goes on in another record" in two.page(two.ines, second)


def test_the_story_is_told_as_one(world: World, two: Two) -> None:
    actions.tell(two.again, fact=HOMELESS, value=True, source="member", learnt=SINCE, by=MAKER, at=NOW)
    story = f"/members/{two.rosa.public_id}/story/"
    world.relate(two.rosa, "Bayside", scope="sensitive")
    world.relate(two.again, "Bayside", scope="sensitive")
    assert "Recorded as" not in two.page(two.ines, story)
    two.join()
    assert "Recorded as Rosana Delgado" in two.page(two.ines, story)


def test_who_asked_not_to_be_called_is_not_called_by_the_other_record(world: World, two: Two) -> None:
    """For who sees both; and lifted, it is lifted in both."""
    actions.set_rule(two.again, "do_not_contact", how="", since=SINCE, by=two.ines, at=NOW)
    assert queries.rules_for(two.ines, [two.rosa.pk]) == {}
    two.join()
    assert queries.rules_for(two.ines, [two.rosa.pk])[two.rosa.pk].rule == "do_not_contact"
    assert queries.rules_for(two.sam, [two.rosa.pk]) == {}
    actions.set_rule(two.rosa, "safe_contact_only", how="Mornings", since=SINCE, by=two.ines, at=NOW)
    assert queries.rules_for(two.ines, [two.again.pk])[two.again.pk].rule == "safe_contact_only"
    actions.lift_rule(two.again, by=two.ines, at=NOW)
    assert not ContactRule.objects.filter(lifted_at=None).exists()


def test_a_rule_holds_for_who_sees_only_the_other_record_too(two: Two) -> None:
    """What was asked of Hillside is not undone there by what Bayside writes in the record that goes on."""
    actions.set_rule(two.again, "do_not_contact", how="", since=SINCE, by=two.hana, at=NOW)
    two.join()
    actions.set_rule(two.rosa, "safe_contact_only", how="Mornings", since=SINCE, by=two.ines, at=NOW)
    assert queries.rules_for(two.hana, [two.again.pk])[two.again.pk].rule == "safe_contact_only"
    assert queries.rules_for(two.sam, [two.rosa.pk])[two.rosa.pk].rule == "safe_contact_only"
    two.pair.refresh_from_db()
    actions.part(two.pair, why="It was her sister.", by=two.ines, at=NOW)
    assert queries.rules_for(two.ines, [two.again.pk])[two.again.pk].how == "Mornings", "each keeps what was said"
    actions.lift_rule(two.again, by=two.ines, at=NOW)
    told = AuditRow.objects.filter(subject_id=two.again.pk, verb__startswith="contact_rule.").order_by("pk")
    assert list(told.values_list("verb", flat=True)) == ["contact_rule.set", "contact_rule.set", "contact_rule.lift"]


def test_who_cannot_read_a_rule_lifts_it_nowhere(world: World, two: Two) -> None:
    with wall.opened("tests"):
        Relationship.objects.filter(member=two.again, organisation__name="Bayside").update(scope="minimal")
    world.relate(two.again, "There")
    actions.set_rule(two.again, "do_not_contact", how="", since=SINCE, by=two.hana, at=NOW)
    actions.join(two.pair, two.rosa, why=WHY, by=two.sam, at=NOW)
    actions.set_rule(two.rosa, "safe_contact_only", how="Mornings", since=SINCE, by=two.ines, at=NOW)
    actions.lift_rule(two.rosa, by=two.ines, at=NOW)
    assert queries.rules_for(two.hana, [two.again.pk])[two.again.pk].rule == "do_not_contact"
    assert queries.rules_for(two.ines, [two.rosa.pk]) == {}


def test_it_takes_both_seen_a_reason_and_a_record_that_is_free(world: World, two: Two) -> None:
    with pytest.raises(NotAllowed):
        actions.join(two.pair, two.rosa, why=WHY, by=two.sam, at=NOW)
    with pytest.raises(Refused, match="no reason"):
        actions.join(two.pair, two.rosa, why=" ", by=two.ines, at=NOW)
    third = world.member("Rosan")
    world.relate(third, "Bayside")
    actions.find_alike.func()
    two.join()
    with_second = Likeness.objects.get(first=two.again, second=third)
    with pytest.raises(Refused, match="this way round"):
        actions.join(with_second, third, why=WHY, by=two.ines, at=NOW)
    with_first = Likeness.objects.get(first=two.rosa, second=third)
    with pytest.raises(Refused, match="this way round"):
        actions.join(with_first, third, why=WHY, by=two.ines, at=NOW)
    with_first.refresh_from_db()
    actions.join(with_first, two.rosa, why=WHY, by=two.ines, at=NOW)
    assert Joining.objects.standing().filter(into=two.rosa).count() == 2
    assert set(queries.alike_for(two.ines)) == {two.pair, with_first}, "of what goes on elsewhere nobody asks again"


def test_joined_and_undone_by_hand(two: Two) -> None:
    client, address = Client(), f"/members/twice/{two.pair.public_id}/"
    client.force_login(two.ines)
    assert "91234568B" in client.get(f"{address}join/").content.decode()
    said = {"into": two.rosa.public_id, "why": WHY}
    assert client.post(f"{address}join/", {**said, "into": "mem-nobody"}).status_code == 422
    assert not Joining.objects.exists()
    for _ in range(2):
        assert client.post(f"{address}join/", said).status_code == 303
    page = client.get("/members/twice/").content.decode()
    assert "Goes on as Rosa Delgado" in page
    assert WHY in page
    assert client.post(f"{address}undo/", {"why": "A sister."}).status_code == 303
    assert "Goes on as" not in client.get("/members/twice/").content.decode()
    assert Joining.objects.get().parted_why == "A sister."
