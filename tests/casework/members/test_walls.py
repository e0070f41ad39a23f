"""Walls that stand already are said anew as they would be built today: by what the database keeps of them."""

import pytest

from wholeperson.casework.members.walls import AnewAtOnce, HouseAskedOnce, Wall, WallOfReasons, WallsAnew

BEFORE = [
    ("members_member", "wp_sees(id, wp_rank('minimal'::text))", Wall("members_member", member="id")),
    ("care_case", "wp_sees(member_id, wp_rank('care'::text))", Wall("care_case", needs="'care'")),
    ("members_fact", "wp_sees(member_id, wp_rank((scope)::text))", Wall("members_fact", needs="scope")),
    (
        "members_relationship",
        "(wp_depth(organisation_id, person_id, (scope)::text, since, until, ends_at) > 0)",
        WallOfReasons("members_relationship"),
    ),
]


@pytest.mark.parametrize(("table", "said", "wall"), BEFORE, ids=[table for table, _, _ in BEFORE])
def test_a_wall_is_said_anew(table: str, said: str, wall: Wall) -> None:
    found = WallsAnew().anew(table, said)
    assert found is not None
    assert (type(found), found.up) == (type(wall), wall.up)


OTHERS = [
    "false",
    "wp_reviews(organisation_id)",
    "(wp_sees(first_id, wp_rank('minimal'::text)) AND wp_sees(second_id, wp_rank('minimal'::text)))",
]


@pytest.mark.parametrize("said", OTHERS)
def test_a_wall_that_asks_otherwise_stays(said: str) -> None:
    assert WallsAnew().anew("record_outgoing", said) is None


JOINED = "(EXISTS ( SELECT\n   FROM members_relationship r\n  WHERE (r.member_id = care_case.member_id)))"
ASKED_OF_EACH_ROW = [
    (f"(wp_house() OR {JOINED})", f"({JOINED})"),
    ("(wp_house() OR (wp_sees(first_id, 1) AND true))", "((wp_sees(first_id, 1) AND true))"),
    (JOINED, JOINED),
    ("false", "false"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "of_others"), ASKED_OF_EACH_ROW)
def test_whether_the_house_asks_is_left_to_a_policy_of_its_own(said: str, of_others: str) -> None:
    assert HouseAskedOnce.of_others(said) == of_others


def test_the_house_is_asked_for_once_in_a_query() -> None:
    assert "house ON care_case USING ((SELECT wp_house())) WITH CHECK ((SELECT wp_house()))" in Wall("care_case").up
    assert "wp_house" not in Wall("care_case").up.split("reached")[1]


def test_a_row_that_says_how_deep_it_lies_is_asked_in_one_look_without_a_function() -> None:
    said = AnewAtOnce("members_fact").up
    assert said.count("members_relationship") == 1
    assert "wp_sees" not in said
    assert "WHEN 'sensitive' THEN '{sensitive,part2}'::text[] WHEN 'part2' THEN '{part2}'::text[]" in said
    assert "WHEN 'sensitive' THEN (SELECT wp_posts(3)) WHEN 'part2' THEN (SELECT wp_posts(4))" in said
