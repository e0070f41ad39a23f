"""Layouts are data: what is packaged says how sure it is, and what is wrong with one is found before it is used."""

import copy
from typing import Any

import pytest

from tests.formats.files.layouts import documents, layout, layouts
from wholeperson.formats.files.layout import for_plan
from wholeperson.formats.files.layout_lint import lint
from wholeperson.formats.files.layout_mistakes import MISTAKES
from wholeperson.formats.files.layouts import build

FILES = {"mif", "mif_release", "rtf", "otf", "csasf", "cs_rtf"}
PLANS = {"contra_costa_health_plan", "health_net", "kaiser_permanente"}


def test_every_file_has_a_generic_layout_and_three_dialects() -> None:
    """Kaiser's outreach stands in its return file, which needs no tracker; a provider's own list is of no plan."""
    found = {(each.file, each.plan) for each in layouts().values()}
    wanted = {(file, plan) for file in FILES for plan in (None, *PLANS)} - {("otf", "kaiser_permanente")}
    assert found == wanted | {("opening", None), ("asking", None)}


def test_nothing_is_wrong_with_them() -> None:
    assert lint(documents().by_name, documents().grades) == []


def test_the_three_columns_of_the_closed_loop_stand_in_both_return_files() -> None:
    for file in ("rtf", "cs_rtf"):
        heads = [each.head for each in layout(file).columns][-3:]
        assert heads == ["Referral Status", "Date of Referral Status Update", "Reason for Referral Loop Closure"]


def test_the_columns_of_the_return_file_are_those_a_vendor_writes_in_that_order() -> None:
    heads = [each.head for each in layout("rtf").columns]
    assert len(heads) == 41
    assert heads[:3] == ["Primary Payer (MCP) Identifier", "MCP Name", "Member Client Index Number (CIN)"]
    assert heads[15] == "Member ECM Status"
    assert heads[37] == "ECM Provider Phone"


def test_kaisers_return_file_carries_what_its_mapping_shows() -> None:
    heads = {each.head for each in layout("rtf_kaiser_permanente").columns}
    assert {"MRN", "Age Group", "ECM Benefit Start Date", "RTF Reporting Period", "Date Housed"} <= heads
    assert layout("rtf_kaiser_permanente").unique == ()


def test_how_sure_a_column_is_comes_from_the_sheet() -> None:
    """A source of grade A or B verifies, C and D report; memory and inference confirm nothing."""
    rtf = layout("rtf").by_key
    assert rtf["closure_reason"].confidence == "verified"  # named by the State
    assert rtf["referral_status"].confidence == "reported"  # by a plan's analyst and by slides
    assert rtf["ecm_status"].parts["values"] == "unconfirmed"
    assert layout("mif").by_key["dual"].confidence == "unconfirmed"
    assert layout("rtf").needs_a_trial
    assert not layout("mif").needs_a_trial  # we do not send it


def test_what_nobody_confirmed_sets_no_row_aside() -> None:
    """Only what a row means nothing without is needed, and only a list that somebody saw is closed."""
    for each in layouts().values():
        needed = {column.key for column in each.columns if column.required == "always"}
        nameless = {"first_name", "last_name", "birth_date", "service"} if each.id == "asking" else set()
        assert needed <= {"cin", "attempt_date", "closure_reason"} | nameless
        closed = {column.key for column in each.columns if column.closed and column.type == "word"}
        assert closed <= {"referral_status"}


def test_a_plan_without_a_dialect_gets_the_generic_layout() -> None:
    assert for_plan(layouts(), "rtf", "health_net").id == "rtf_health_net"
    assert for_plan(layouts(), "otf", "kaiser_permanente").id == "otf"
    assert for_plan(layouts(), "rtf", None).id == "rtf"


# ── a new layout, and what can be wrong with one ──

SOURCES = {"G26": "A", "DX.ELD": "C"}
GOOD: dict[str, Any] = {
    "id": "good",
    "name": "A good file",
    "file": "good",
    "version": "2026-11",
    "direction": "plan_to_provider",
    "one_row_for": "a member",
    "says": "who there is",
    "form": {"kinds": ["csv"], "mark": "memory"},
    "mark": "memory",
    "columns": [
        {"key": "cin", "head": "CIN", "type": "cin", "required": "always", "privacy": "identifies", "mark": "memory"},
        {"key": "kind", "head": "Kind", "type": "word", "values": {"one": "One", "two": ["Two", "2"]},
         "privacy": "open", "mark": "memory"},
        {"key": "day", "head": "Day", "type": "date", "privacy": "open", "cites": ["G26 p.1"],
         "mark": "source-verified"},
    ],
}  # fmt: skip
DIALECT: dict[str, Any] = {
    "id": "own",
    "name": "A plan's own",
    "like": "good",
    "plan": "some_plan",
    "plan_names": ["Some Plan"],
    "mark": "uncertain",
    "change": [{"key": "kind", "head": "Sort", "mark": "memory"}],
    "add": [{"key": "note", "head": "Note", "type": "text", "after": "cin", "privacy": "open", "mark": "memory"}],
    "drop": ["day"],
}


def test_a_dialect_is_the_difference_from_what_it_is_like() -> None:
    assert lint({"good": GOOD, "own": DIALECT}, SOURCES) == []
    made = build({"good": GOOD, "own": DIALECT}, SOURCES)["own"]
    assert [(each.key, each.head) for each in made.columns] == [("cin", "CIN"), ("note", "Note"), ("kind", "Sort")]
    assert made.by_key["kind"].also == ("Kind",), "the former heading is still known"
    assert (made.file, made.version, made.plan) == ("good", "2026-11", "some_plan")


WRONG: dict[str, tuple[str, tuple[Any, ...], Any]] = {
    # code: (document, where in it, what is put there; ... takes it away)
    "layout_not_a_mapping": ("good", ("columns", 1), "kind"),
    "layout_not_a_list": ("good", ("unique",), "cin"),
    "layout_not_a_text": ("good", ("name",), 7),
    "layout_unknown_key": ("good", ("colums",), []),
    "layout_missing_key": ("good", ("says",), ...),
    "layout_name_and_file": ("good", ("id",), "better"),
    "layout_not_an_id": ("good", ("columns", 1, "key"), "Kind Of"),
    "layout_unknown_word": ("good", ("columns", 1, "type"), "colour"),
    "layout_like_nothing": ("own", ("like",), "nobody"),
    "layout_no_such_column": ("own", ("drop",), ["height"]),
    "layout_key_twice": ("own", ("add", 0, "key"), "cin"),
    "layout_heading_twice": ("good", ("columns", 1, "also"), ["C.I.N."]),
    "layout_values_place": ("good", ("columns", 2, "values"), {"one": "1"}),
    "layout_value_twice": ("good", ("columns", 1, "values"), {"one": "One", "two": ["ONE"]}),
    "layout_format_place": ("good", ("columns", 2, "format"), "DD.MM.YY"),
    "layout_no_such_value": ("good", ("columns", 2, "when"), {"key": "kind", "is": "three"}),
    "layout_always_unsure": ("good", ("columns", 1, "required"), "always"),
    "layout_closed_unsure": ("good", ("columns", 1, "closed"), True),
    "layout_verified_by_nothing": ("good", ("columns", 1, "mark"), "source-verified"),
    "layout_plan_place": ("good", ("plan",), "some_plan"),
    "layout_no_member_key": ("good", ("columns", 0, "required"), "expected"),
}


@pytest.mark.parametrize("code", MISTAKES)
def test_every_mistake_is_found_and_says_what_to_do(code: str) -> None:
    name, path, value = WRONG[code]
    broken = copy.deepcopy({"good": GOOD, "own": DIALECT})
    place: Any = broken[name]
    for step in path[:-1]:
        place = place[step]
    if value is ...:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    found = {each.code: each for each in lint(broken, SOURCES)}
    assert code in found
    assert found[code].problem
    assert found[code].do


def test_a_document_that_is_no_mapping_at_all_is_a_finding() -> None:
    for broken in (None, [], "text", {"like": 3}, {"columns": 3}):
        assert lint({"good": GOOD, "own": broken}, SOURCES)
