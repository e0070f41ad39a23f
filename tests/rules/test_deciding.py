"""Chapter three: what a criterion answers, on small policies written out beside the people they are asked about."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.rules.tiny import TODAY, documents, policy
from wholeperson.rules.answers import word
from wholeperson.rules.case import Case
from wholeperson.rules.decide import Court, Decision
from wholeperson.rules.person import OPEN, Complete, Coverage, Happening, Person, Statement
from wholeperson.rules.reading.library import Policy, build
from wholeperson.rules.reading.versions import canonical, stamp_versions

COVERED = (Coverage("plan", None, None, date(2015, 1, 1), OPEN, None),)
NOBODY = Person("x", date(1980, 5, 4), None, (), None, COVERED, (), (), ())
A = {"id": "a", "says": "x", "fact": "a"}
B = {"id": "b", "says": "x", "fact": "b"}
UNSURE = {"mark": "memory"}


def asked(
    criteria: dict[str, Any],
    person: Person,
    *,
    on: date = TODAY,
    known_at: date | None = None,
    made: Policy | None = None,
    **more: Any,
) -> Decision:
    return Court(Case(made or policy(criteria, **more), person, on=on, known_at=known_at)).decide("p")


def told(*words: tuple[Any, ...]) -> Person:
    """(fact, value[, source[, learnt[, from[, until]]]])"""
    said = []
    for name, value, *rest in words:
        source, learnt, begins, ends = (*rest, *(None,) * (4 - len(rest)))
        said.append(Statement(name, value, begins, ends, learnt, source or "referrer", None))
    return replace(NOBODY, statements=tuple(said))


def visits(*days: str, source: str = "claims", flag: bool | None = True) -> tuple[Happening, ...]:
    return tuple(
        Happening(
            "visit",
            date.fromisoformat(day),
            date.fromisoformat(day),
            {} if flag is None else {"flag": flag},
            source,
            f"{source}{at}",
        )
        for at, day in enumerate(days)
    )


class TestWordsOfOneSourceAndOfSeveral:
    def test_silence_is_not_no(self) -> None:
        assert word(asked(A, NOBODY).answer) == "not_known"

    def test_of_one_source_the_latest_counts_and_nobody_disagrees(self) -> None:
        decision = asked(A, told(("a", True, "hmis", date(2026, 1, 1)), ("a", False, "hmis", date(2026, 5, 1))))
        assert (word(decision.answer), decision.reviews) == ("no", ())

    def test_of_several_the_strongest_counts_and_a_no_waits_for_a_person(self) -> None:
        decision = asked(A, told(("a", False, "hmis"), ("a", True, "member")))
        assert (word(decision.answer), decision.reviews) == ("not_known", ("disagreement",))

    def test_a_yes_of_the_strongest_stands_and_is_marked(self) -> None:
        decision = asked(A, told(("a", True, "hmis"), ("a", False, "member")))
        assert (word(decision.answer), decision.reviews) == ("yes", ("disagreement",))

    def test_what_is_learnt_later_was_not_known_before(self) -> None:
        person = told(("a", True, "hmis", date(2026, 10, 2)))
        assert word(asked(A, person, known_at=date(2026, 10, 1)).answer) == "not_known"
        assert word(asked(A, person, known_at=date(2026, 10, 2)).answer) == "yes"

    @pytest.mark.parametrize(
        ("on", "answer"),
        [("2026-03-31", "not_known"), ("2026-04-01", "yes"), ("2026-06-30", "yes"), ("2026-07-01", "not_known")],
    )
    def test_a_fact_holds_from_its_first_day_through_its_last(self, on: str, answer: str) -> None:
        person = told(("a", True, "hmis", None, date(2026, 4, 1), date(2026, 6, 30)))
        assert word(asked(A, person, on=date.fromisoformat(on)).answer) == answer


COUNT = {
    "id": "v",
    "says": "x",
    "count": "visit",
    "where": {"flag": True},
    "within": "6 months",
    "ending": "last_complete_month",
    "at_least": 3,
    "attested": "visits_said",
}


class TestCountsAreIntervals:
    WHOLE = (Complete("claims", None, date(2024, 1, 1), date(2026, 10, 31)),)
    THREE = ("2026-04-30", "2026-06-01", "2026-10-31")

    def answer(
        self, happenings: tuple[Happening, ...], *, complete: bool = True, covered: bool = True, **said: int
    ) -> str:
        person = replace(
            told(*said.items()),
            happenings=happenings,
            complete=self.WHOLE if complete else (),
            coverage=COVERED if covered else (),
        )
        return word(asked(COUNT, person).answer)

    def test_enough_is_enough_however_little_else_is_known(self) -> None:
        assert self.answer(visits(*self.THREE[1:], "2026-09-01"), complete=False) == "yes"

    def test_too_few_is_no_only_in_a_complete_window(self) -> None:
        assert self.answer(visits(*self.THREE[1:])) == "no"
        assert self.answer(visits(*self.THREE[1:]), complete=False) == "not_known"
        assert self.answer(visits(*self.THREE[1:]), covered=False) == "not_known"

    def test_the_first_day_of_the_window_counts_and_the_day_before_does_not(self) -> None:
        assert self.answer(visits(*self.THREE)) == "yes"
        assert self.answer(visits("2026-04-29", *self.THREE[1:])) == "no"

    def test_newer_days_only_add(self) -> None:
        assert self.answer(visits(*self.THREE[1:]) + visits("2026-11-20", source="adt")) == "yes"

    def test_an_attribute_nobody_gave_may_still_count(self) -> None:
        assert self.answer(visits(*self.THREE[1:]) + visits("2026-09-01", flag=None, source="adt")) == "not_known"

    def test_of_a_number_told_and_events_seen_the_higher_stands(self) -> None:
        assert self.answer((), complete=False, visits_said=3) == "yes"
        assert self.answer((), complete=False, visits_said=2) == "no"
        assert self.answer(visits(*self.THREE), visits_said=0) == "yes"
        assert self.answer(visits(*self.THREE[1:]), visits_said=3) == "yes"


class TestUnconfirmedRulesMayHelpAndNeverHurt:
    def test_standing_positively_its_no_becomes_not_known(self) -> None:
        decision = asked({**A, **UNSURE}, told(("a", False)))
        assert (word(decision.answer), decision.reviews, decision.missing) == ("not_known", ("rule_unconfirmed",), ())

    def test_its_yes_stands_and_is_marked(self) -> None:
        decision = asked({**A, **UNSURE}, told(("a", True)))
        assert (word(decision.answer), decision.reviews) == ("yes", ("rule_unconfirmed",))

    def test_below_none_of_its_yes_becomes_not_known(self) -> None:
        decision = asked({"none_of": [{**A, **UNSURE}]}, told(("a", True)))
        assert (word(decision.answer), decision.reviews) == ("not_known", ("rule_unconfirmed",))
        assert word(asked({"none_of": [{**A, **UNSURE}]}, told(("a", False))).answer) == "yes"

    def test_below_two_none_of_it_stands_positively_again(self) -> None:
        twice = {"none_of": [{"none_of": [{**A, **UNSURE}]}]}
        assert word(asked(twice, told(("a", False))).answer) == "not_known"
        assert word(asked(twice, told(("a", True))).answer) == "yes"

    def test_it_asks_no_question(self) -> None:
        assert asked({"all_of": [{**A, **UNSURE}, B]}, NOBODY).missing == ("b",)

    def test_a_yes_that_stands_without_it_is_not_marked(self) -> None:
        assert asked({"any_of": [{**A, **UNSURE}, B]}, told(("a", True), ("b", True))).reviews == ()

    @pytest.mark.parametrize("grade", ["C", "D"])
    def test_a_weak_source_is_as_good_as_unconfirmed(self, grade: str) -> None:
        read = documents(A)
        read.by_name["sources"]["sources"]["SRC"]["grade"] = grade
        assert word(asked(A, told(("a", False)), made=build(read)).answer) == "not_known"


UNTIL = {"id": "young", "says": "x", "age": {"under": {"parameter": "until"}}}


class TestOpenQuestions:
    def made(self, default: int, readings: list[int]) -> Policy:
        read = documents(UNTIL)
        read.by_name["parameters"]["parameters"]["until"] = {"default": default, "readings": readings}
        return build(read)

    @pytest.mark.parametrize(
        ("default", "born", "answer", "reviews"),
        [
            (26, "2000-11-22", "yes", ()),  # 25: every reading says yes
            (26, "2000-11-21", "not_known", ("rule_unconfirmed",)),  # 26 today: one of two readings says no
            (26, "1999-11-21", "no", ()),  # 27: every reading says no
            (27, "2000-11-21", "yes", ("rule_unconfirmed",)),  # the helping default stands, marked
        ],
    )
    def test_a_no_needs_every_reading(self, default: int, born: str, answer: str, reviews: tuple[str, ...]) -> None:
        person = replace(NOBODY, birth_date=date.fromisoformat(born))
        decision = asked(UNTIL, person, made=self.made(default, [26, 27]))
        assert (word(decision.answer), decision.reviews) == (answer, reviews)

    def test_a_settled_question_is_an_ordinary_rule(self) -> None:
        person = replace(NOBODY, birth_date=date(2000, 11, 21))
        decision = asked(UNTIL, person, made=self.made(26, [26]))
        assert (word(decision.answer), decision.reviews) == ("no", ())

    def test_a_wider_reading_adds_a_way_to_yes_and_costs_nothing(self) -> None:
        either = {"any_of": [A, {**B, "reading": "wider"}]}
        assert word(asked(either, told(("a", False), ("b", False))).answer) == "no"
        decision = asked(either, told(("a", False), ("b", True)))
        assert (word(decision.answer), decision.reviews) == ("yes", ("rule_unconfirmed",))


GROUP = {"id": "g", "says": "x", "attested": "c", "any_of": [A, B]}


class TestAskingForAWholeGroup:
    def test_the_word_on_the_whole_stands_for_members_nobody_told(self) -> None:
        assert word(asked(GROUP, told(("c", True))).answer) == "yes"
        assert word(asked(GROUP, told(("c", False))).answer) == "no"

    def test_a_member_told_speaks_for_itself(self) -> None:
        assert word(asked(GROUP, told(("a", True))).answer) == "yes"
        assert word(asked(GROUP, told(("a", False), ("b", False))).answer) == "no"

    def test_a_list_of_examples_never_says_no_by_itself(self) -> None:
        examples = {**GROUP, "open_list": True}
        assert word(asked(examples, told(("a", False), ("b", False))).answer) == "not_known"
        assert word(asked(examples, told(("a", False), ("b", False), ("c", False))).answer) == "no"
        assert word(asked(examples, told(("a", True), ("c", False))).answer) == "yes"


class TestTwoDates:
    def test_a_criterion_is_in_force_from_its_first_day_through_its_last(self) -> None:
        either = {"any_of": [A, {**B, "from": "2026-01-01", "to": "2026-06-30"}]}
        person = told(("a", False), ("b", True))
        days = {"2025-12-31": "no", "2026-01-01": "yes", "2026-06-30": "yes", "2026-07-01": "no"}
        assert {day: word(asked(either, person, on=date.fromisoformat(day)).answer) for day in days} == days

    def test_past_the_authority_a_yes_stays_and_a_no_goes_to_a_person(self) -> None:
        authority = {"until": "2026-12-31", "cites": ["SRC 1"], "mark": "source-verified"}
        for on, expected in ((date(2026, 12, 31), ("no", ())), (date(2027, 1, 1), ("not_known", ("authority_ended",)))):
            decision = asked(A, told(("a", False)), on=on, authority=authority)
            assert (word(decision.answer), decision.reviews) == expected
        assert word(asked(A, told(("a", True)), on=date(2027, 1, 1), authority=authority).answer) == "yes"

    def test_a_day_of_another_reading_holds_a_no_back(self) -> None:
        read = documents({"any_of": [A, {**B, "from": {"parameter": "door"}}]})
        read.by_name["parameters"]["parameters"]["door"] = {
            "default": "2026-01-01",
            "readings": ["2026-01-01", "2025-07-01"],
        }
        made = build(read)
        opened = told(("a", False), ("b", True))
        days = {"2025-06-30": "no", "2025-07-01": "not_known", "2025-12-31": "not_known", "2026-01-01": "yes"}
        assert {day: word(asked({}, opened, made=made, on=date.fromisoformat(day)).answer) for day in days} == days
        assert word(asked({}, told(("a", False), ("b", False)), made=made, on=date(2025, 9, 1)).answer) == "no"


class TestVersions:
    def version(self, **changes: Any) -> str:
        made = policy({**A, **changes})
        stamp_versions(made)
        return made.versions["p"]

    def test_words_change_no_version(self) -> None:
        assert self.version() == self.version(says="other words")

    def test_a_rule_does(self) -> None:
        assert (
            len(
                {
                    self.version(),
                    self.version(fact="b"),
                    self.version(mark="memory"),
                    self.version(**{"from": "2026-01-01"}),
                }
            )
            == 4
        )

    def test_what_is_drawn_on_does_and_the_rest_does_not(self) -> None:
        first, second = policy(A), policy(A)
        second.documents.by_name["facts"]["facts"]["b"]["proof"] = ["member"]
        assert canonical(first.programmes["p"], first) == canonical(second.programmes["p"], second)
        second.documents.by_name["facts"]["facts"]["a"]["proof"] = ["member"]
        assert canonical(first.programmes["p"], first) != canonical(second.programmes["p"], second)

    def test_the_order_of_keys_does_not(self) -> None:
        made = policy(A)
        turned = policy(dict(reversed(A.items())))
        assert canonical(made.programmes["p"], made) == canonical(turned.programmes["p"], turned)
