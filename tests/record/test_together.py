"""Rows that are told to the database together are the rows that a model would have kept one by one."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import DataError, models, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from uuid6 import uuid7

from tests.people import MAKER, NOW, World
from wholeperson.casework.members.models import Identifier, Member, Phone
from wholeperson.record import chain, together, trail, wall
from wholeperson.record.models import AuditRow
from wholeperson.record.pile import Pile
from wholeperson.record.proof import prove_trail

ODD = ['O"Hara', "back\\slash", "{1,2}", "NULL", "null", "", " two  words ", "line\nbreak", "陳大文", "a,b", "%s", "'"]


def kept(kind: type[models.Model], rows: list[models.Model]) -> None:
    """Told together, and read again field by field."""
    with wall.opened("tests"):
        together.insert(kind, [row.__dict__ for row in rows])
        found = {one.pk: one for one in kind._default_manager.filter(pk__in=[row.pk for row in rows])}
    for row in rows:
        for field in kind._meta.concrete_fields:
            assert getattr(found[row.pk], field.attname) == getattr(row, field.attname), field.name


def somebody(name: str, born: date = date(1980, 2, 29)) -> Member:
    return Member(given_name=name, family_name="Reyes", birth_date=born)


def test_words_that_mean_something_to_a_database_arrive_as_they_are(world: World) -> None:
    kept(Member, [somebody(name) for name in ODD])


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=100), min_size=1, max_size=4))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])  # rolled back
def test_any_words_do(db: Any, names: list[str]) -> None:
    with transaction.atomic():
        kept(Member, [somebody(name) for name in names])
        transaction.set_rollback(True)


def test_one_row_alone_and_rows_that_say_the_same(world: World) -> None:
    kept(Member, [somebody("Ana")])
    kept(Member, [somebody("Ana"), somebody("Ana"), somebody("Ana")])


def test_what_is_sealed_is_sealed_each_by_itself(world: World) -> None:
    ana = world.member("Ana", "Reyes", date(1980, 1, 1))
    rows = [
        Phone(member_id=ana.pk, number="9255550142", fingerprint=f"{at}", source="mif", kept_at=NOW) for at in (1, 2)
    ]
    kept(Phone, rows)
    with wall.opened("tests"), together.connection.cursor() as cursor:
        cursor.execute("SELECT number FROM members_phone")
        told = [row[0] for row in cursor.fetchall()]
    assert len(set(told)) == 2
    assert not any("5550142" in one for one in told)


def test_what_is_missing_stays_missing_beside_what_is_there(world: World) -> None:
    ana = world.member("Ana", "Reyes", date(1980, 1, 1))
    since = [None, date(2026, 1, 31), None]
    rows = [
        Identifier(member_id=ana.pk, system=f"mrn{at}", value="x", fingerprint="f", since=day)
        for at, day in enumerate(since)
    ]
    kept(Identifier, rows)


def test_what_is_too_long_is_refused_and_not_cut_off(world: World) -> None:
    if together.connection.vendor == "sqlite":
        return  # it keeps what is too long, here as everywhere
    for names in (["x" * 101], ["short", "x" * 101], ["x" * 101, "x" * 101]):
        with pytest.raises(DataError), transaction.atomic(), wall.opened("tests"):
            together.insert(Member, [somebody(name).__dict__ for name in names])


def test_a_line_is_signed_as_the_row_that_it_becomes(world: World) -> None:
    """In another zone and with other words: what is read again must give the same signature."""
    ana = world.member("Ana", "Reyes", date(1980, 1, 1))
    pile = Pile(by=MAKER, at=NOW)
    pile.wrote(ana, "member.tell", subject=ana.pk, details={"scope": "care", "words": 'a "b" 陳'})
    pile.wrote(ana, "member.tell", subject=uuid7())
    with wall.opened("tests"):
        pile.write()
    found = list(AuditRow.objects.order_by("pk"))[-2:]
    assert [one.details for one in found] == [{"scope": "care", "words": 'a "b" 陳'}, {}]
    assert all(chain.is_signed(one) for one in found)
    assert prove_trail().failed == []


def test_what_only_python_calls_the_same_is_told_as_it_is(world: World) -> None:
    ana = world.member("Ana", "Reyes", date(1980, 1, 1))
    pile = Pile(by=MAKER, at=NOW)
    for said in (1, True):
        pile.wrote(ana, "member.tell", subject=ana.pk, details={"said": said})
    with wall.opened("tests"):
        pile.write()
    found = list(AuditRow.objects.order_by("pk"))[-2:]
    assert [one.details["said"] is True for one in found] == [False, True]
    assert all(chain.is_signed(one) for one in found)


def test_a_line_says_what_the_row_of_a_single_write_says(world: World) -> None:
    ana = world.member("Ana", "Reyes", date(1980, 1, 1))
    at = datetime(2026, 11, 21, 17, 0, 0, 5, tzinfo=UTC)
    said = {"by": MAKER, "at": at, "subject": ana.pk, "details": {"scope": "care"}}
    line, row = trail.line(ana, "member.tell", **said), trail.row("wrote", ana, "member.tell", **said)
    row.pk = line["id"]
    row.sign()
    assert line == {field.attname: getattr(row, field.attname) for field in AuditRow._meta.concrete_fields}
