"""The sealed trail: it proves itself, and every damage done by hand is found."""

import json
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction
from uuid6 import uuid7

from tests.record.kettle import damage
from tests.record.kettle.damage import sql
from tests.record.kettle.models import Kettle
from wholeperson.record import heads, sealing, steps, trail
from wholeperson.record.actors import System
from wholeperson.record.models import AuditRow, Block, Headed, Sealed, Step
from wholeperson.record.proof import Proof, prove_trail

NOW = datetime(2026, 11, 21, 17, tzinfo=UTC)
LATER = datetime(2026, 11, 21, 17, 1, tzinfo=UTC)
COOK = System("cook")

pytestmark = pytest.mark.django_db


def look(times: int) -> None:
    """So many rows in the trail."""
    for _ in range(times):
        trail.read(Kettle(), "look", by=COOK, at=NOW, details={"fields": ["water"]})


@pytest.fixture
def sealed(db: None) -> list[AuditRow]:
    """Five rows in two blocks, and one that is not sealed yet."""
    look(3)
    sealing.seal(at=NOW)
    look(2)
    sealing.seal(at=LATER)
    look(1)
    return list(AuditRow.objects.order_by("pk"))


@pytest.fixture
def unguarded(sealed: list[AuditRow]) -> list[AuditRow]:
    """What somebody can do who owns the database: take the triggers away first."""
    damage.unguard()
    return sealed


def key(row: AuditRow) -> object:
    return row.pk if connection.vendor == "postgresql" else row.pk.hex


def why(proof: Proof, what: object) -> str:
    return "; ".join(one["why"] for one in proof.failed if one["id"] == str(what))


def test_an_honest_trail_holds(sealed: list[AuditRow]) -> None:
    proof = prove_trail()
    assert (proof.checked, proof.failed, proof.unsealed) == (6, [], 1)
    assert [(block.number, block.rows) for block in Block.objects.order_by("number")] == [(1, 3), (2, 2)]
    lines = [json.loads(line) for line in heads.file().read_text().splitlines()]
    assert [(line["number"], line["head"]) for line in lines] == [
        (block.number, block.head) for block in Block.objects.order_by("number")
    ]


def test_nothing_new_makes_no_block(sealed: list[AuditRow]) -> None:
    assert sealing.seal(at=LATER) == 1
    assert sealing.seal(at=LATER) == 0
    assert Block.objects.count() == 3


def test_many_rows_are_sealed_in_several_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "MOST", 2)
    look(5)
    assert sealing.seal(at=NOW) == 5
    assert [block.rows for block in Block.objects.order_by("number")] == [2, 2, 1]
    assert prove_trail().failed == []


def test_a_late_row_is_sealed_with_the_next(sealed: list[AuditRow]) -> None:
    """Its key is older than rows that are sealed already: a transaction that took its time."""
    late = AuditRow(
        pk=sealed[0].pk.__class__(int=sealed[1].pk.int + 1), at=NOW, actor_kind="system", actor_id="x",
        actor_label="x", did="read", verb="look", thing_kind="kettle.kettle",
    )  # fmt: skip
    late.save(force_insert=True)
    assert sealing.seal(at=LATER) == 2
    assert prove_trail().failed == []


def test_a_changed_row_is_found(unguarded: list[AuditRow]) -> None:
    sql("UPDATE record_auditrow SET actor_label = %s WHERE id = %s", "somebody else", key(unguarded[1]))
    proof = prove_trail()
    assert why(proof, unguarded[1].pk).startswith("the row was changed")
    assert why(proof, "block 1") == "its rows or their order are not those that were sealed"


def test_a_row_that_was_changed_before_it_was_sealed_is_found(unguarded: list[AuditRow]) -> None:
    sql("UPDATE record_auditrow SET verb = 'glance' WHERE id = %s", key(unguarded[5]))
    assert why(prove_trail(), unguarded[5].pk).startswith("the row was changed")


def test_a_removed_row_is_found(unguarded: list[AuditRow]) -> None:
    sql("DELETE FROM record_auditrow WHERE id = %s", key(unguarded[4]))
    proof = prove_trail()
    assert why(proof, unguarded[4].pk) == "the row was removed, or cannot be read"
    assert why(proof, "block 2") == "2 rows were sealed in it, and 1 are there"


def test_a_row_removed_with_its_seal_is_found(unguarded: list[AuditRow]) -> None:
    sql("DELETE FROM record_auditrow WHERE id = %s", key(unguarded[4]))
    sql("DELETE FROM record_sealed WHERE id = %s", key(unguarded[4]))
    assert why(prove_trail(), "block 2") == "2 rows were sealed in it, and 1 are there"


def copy_of(row: AuditRow) -> object:
    """A row inserted by hand, like that one."""
    made = uuid7()
    fields = "at, actor_kind, actor_id, actor_label, did, verb, thing_kind, thing_id, subject_id, because_id, details"
    new = made if connection.vendor == "postgresql" else made.hex
    sql(
        f"INSERT INTO record_auditrow (id, signature, {fields}) "
        f"SELECT %s, signature, {fields} FROM record_auditrow WHERE id = %s",
        new,
        key(row),
    )
    return made


def test_an_inserted_row_is_found_before_and_after_it_is_sealed(unguarded: list[AuditRow]) -> None:
    made = copy_of(unguarded[0])
    assert "was not written by us" in why(prove_trail(), made)
    sealing.seal(at=LATER)
    assert "was not written by us" in why(prove_trail(), made)


def test_a_row_inserted_into_a_block_is_found(unguarded: list[AuditRow]) -> None:
    made = copy_of(unguarded[0])
    new = made if connection.vendor == "postgresql" else made.hex
    sql("INSERT INTO record_sealed (id, block, place) VALUES (%s, 1, 3)", new)
    assert why(prove_trail(), "block 1") == "3 rows were sealed in it, and 4 are there"


def test_two_rows_that_changed_places_are_found(unguarded: list[AuditRow]) -> None:
    for place, row in ((90, unguarded[0]), (0, unguarded[1]), (1, unguarded[0])):
        sql("UPDATE record_sealed SET place = %s WHERE id = %s", place, key(row))
    assert "in another order" in why(prove_trail(), "block 1")
    assert "their order" in why(prove_trail(), "block 1")


def test_a_changed_block_is_found(unguarded: list[AuditRow]) -> None:
    """Even one that was made to fit: the next does not follow from it, and its head stands outside."""
    sql("UPDATE record_block SET head = %s WHERE number = 1", "f" * 64)
    proof = prove_trail()
    assert why(proof, "block 2") == "it does not follow from the block before it"
    assert why(proof, "head 1") == "the head outside the database is another"


def test_a_removed_block_is_found_first_or_last(unguarded: list[AuditRow]) -> None:
    sql("DELETE FROM record_block WHERE number = 2")
    proof = prove_trail()
    assert why(proof, "block 2") == "its head stands outside the database, and the block is not there"
    sql("DELETE FROM record_block WHERE number = 1")
    assert why(prove_trail(), unguarded[0].pk) == "the row is sealed in a block that is not there"


def test_everything_removed_is_found(unguarded: list[AuditRow]) -> None:
    for table in ("auditrow", "block", "sealed", "headed"):
        sql(f"DELETE FROM record_{table}")
    assert [one["id"] for one in prove_trail().failed] == ["block 1", "block 2"]


def test_a_removed_head_is_found(sealed: list[AuditRow]) -> None:
    lines = heads.file().read_text().splitlines(keepends=True)
    heads.file().write_text(lines[0])
    sealing.seal(at=LATER)  # the worker does not heal it
    assert why(prove_trail(), "head 2") == "it was written outside the database, and is not there any more"
    heads.file().unlink()
    assert "head 1" in [one["id"] for one in prove_trail().failed]


def test_a_changed_head_is_found(sealed: list[AuditRow]) -> None:
    text = heads.file().read_text()
    heads.file().write_text(text.replace(Block.objects.get(number=1).head, "e" * 64))
    assert why(prove_trail(), "head 1") == "the head outside the database is another"
    heads.file().write_text("no line of ours\n" + text + text)
    assert [one["why"] for one in prove_trail().failed] == [
        "the line cannot be read", "the file of heads says it twice", "the file of heads says it twice",
    ]  # fmt: skip


def test_a_row_that_cannot_be_read_is_found(unguarded: list[AuditRow]) -> None:
    if connection.vendor == "sqlite":
        sql("PRAGMA ignore_check_constraints = ON")
        sql("UPDATE record_auditrow SET details = '{' WHERE id = %s", key(unguarded[0]))
        sql("PRAGMA ignore_check_constraints = OFF")
    else:
        sql("UPDATE record_auditrow SET details = '[]' WHERE id = %s", key(unguarded[0]))
    assert why(prove_trail(), unguarded[0].pk)


def full_disk(head: heads.Head) -> None:
    raise OSError("the disk is full")


def test_a_head_that_was_not_written_in_time_is_written_by_the_next_round(
    monkeypatch: pytest.MonkeyPatch, db: None
) -> None:
    """The process ended between the block and its head, or between the head and its mark."""
    look(1)
    with monkeypatch.context() as cut:
        cut.setattr(heads, "keep", full_disk)
        with pytest.raises(OSError, match="disk"):
            sealing.seal(at=NOW)
    assert (Block.objects.count(), Headed.objects.count(), prove_trail().failed) == (1, 0, [])
    heads.keep(heads.Head(1, Block.objects.get().head, 1, NOW.isoformat()))
    sealing.seal(at=LATER)
    assert (len(heads.kept()), Headed.objects.count(), prove_trail().failed) == (1, 1, [])


@pytest.mark.parametrize("model", [Step, AuditRow, Block, Sealed, Headed])
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_the_database_itself_refuses(sealed: list[AuditRow], model: type, statement: str) -> None:
    steps.begin(Kettle(water=1), by=COOK, at=NOW)
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
        sql(statement.format(model._meta.db_table))
    assert model.objects.exists()
