"""The SQL that makes events of claims against the readable reference, over a tiny generated world: no difference."""

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sweep.input.claims_world import HEAD, members, table
from tests.sweep.input.tables import rows, write_rows
from wholeperson.rules.reading.cache import load_policy
from wholeperson.sweep.input.allowed import words_of
from wholeperson.sweep.input.claims import final
from wholeperson.sweep.input.claims.classify import classified
from wholeperson.sweep.input.claims.reference import Line, outcome
from wholeperson.sweep.input.database import connect
from wholeperson.sweep.input.whole import Setting, import_tables

POLICY = load_policy()
RULES, WORDS, EVENTS = classified(POLICY), words_of(POLICY), tuple(POLICY.events)
ATTRIBUTES = ("avoidable", "unplanned", "about", "term", "program", "code", "modifiers", "units", "cents")


def agree(people: list[list[Line]]) -> None:
    """Import the lines as a file, and compare the store with the reference, member by member."""
    told = list(table(people))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in").mkdir()
        write_rows(folder / "in" / "members.csv", ["member_id"], [[f"m{at:03}"] for at in range(len(people))])
        write_rows(folder / "in" / "medical_claim.csv", list(HEAD), [cells for _, _, cells in told])
        done = import_tables(folder / "in", folder / "store", POLICY, Setting())
        found = [outcome([_read(line) for no, line, _ in told if no == at], RULES, POLICY) for at in range(len(people))]
        counts = done.tables["medical_claim"]
        assert counts["kept"] == len(told), rows(folder / "store", "set_aside")
        assert counts["duplicates"] == sum(each.duplicates for each in found)
        assert counts["reversed"] == sum(each.reversed for each in found)
        assert _happenings(folder / "store") == [
            (at, each.event, each.begins, each.ends, each.id, *_attributes(each.attributes))
            for at, one in enumerate(found)
            for each in _told_once(one.events)
        ]
        assert set(rows(folder / "store", "diagnoses", "no, begins, code, id")) == {
            (at, each.day, each.code, each.id) for at, one in enumerate(found) for each in one.diagnoses
        }


def _read(line: Line) -> Line:
    """As it is kept: a code that stands in no set is not."""
    codes = [code if code != "S61.001A" else None for code in line.codes]
    while codes and codes[-1] is None:
        codes.pop()
    return replace(line, codes=tuple(codes))


def _told_once(events: list[Any]) -> list[Any]:
    """One claim number of two data sources is one id, and one id of one event is told once."""
    ordered = sorted(events, key=lambda each: (each.begins, EVENTS.index(each.event), each.id))
    first: dict[tuple[str, str], Any] = {}
    for each in ordered:
        first.setdefault((each.event, each.id), each)
    return list(first.values())


def _attributes(given: dict[str, Any]) -> list[Any]:
    return [given.get(each) for each in ATTRIBUTES]


def _happenings(store: Path) -> list[tuple[Any, ...]]:
    columns = f"no, event, begins, ends, id, {', '.join(ATTRIBUTES)}"
    return [
        (
            no,
            EVENTS[event],
            begins,
            ends,
            told,
            *(_word(each, value) for each, value in zip(ATTRIBUTES, more, strict=True)),
        )
        for no, event, begins, ends, told, *more in rows(store, "happenings", columns, 'no, "at"')
    ]


def _word(attribute: str, value: Any) -> Any:
    return WORDS[value] if attribute in ("about", "term", "program") and value is not None else value


@given(people=members(), at_once=st.sampled_from([2, final.AT_ONCE]))
@settings(max_examples=10)
def test_the_columns_agree_with_the_reference(people: list[list[Line]], at_once: int) -> None:
    """Whether lines told twice are looked for in one go, or so few at a time that it takes many."""
    with mock.patch.object(final, "AT_ONCE", at_once):
        agree(people)


@pytest.mark.parametrize(
    ("memory", "keys"),
    [("64MB", 2_000_000), ("512MB", 16_000_000), ("16GB", 32_000_000)],
)
def test_the_keys_of_lines_take_a_quarter_of_the_memory_that_may_be_used(memory: str, keys: int) -> None:
    """Eight bytes each, and never more than 256 MB. The engine rounds what it is given to a tenth of a mebibyte."""
    with connect(memory=memory) as connection:
        assert final.keys_at_once(connection) == pytest.approx(keys, rel=0.001)


@pytest.mark.long
@given(members())
@settings(max_examples=400)
def test_the_columns_agree_with_the_reference_in_many_worlds(people: list[list[Line]]) -> None:
    agree(people)
