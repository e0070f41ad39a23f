"""Proving the trail: every row as it was signed, every block as it was sealed, every head as it stands outside.

Found are: a row that was changed, removed, inserted or put in another place; a block that was changed or removed; a
head that was changed or removed. What cannot be found is the removal of a row that is not sealed yet: hence the haste.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from wholeperson.record import chain, heads
from wholeperson.record.models import AuditRow, Block, Headed, Sealed
from wholeperson.record.sealing import unsealed

CHUNK = 2_000

Failure = dict[str, str]


@dataclass
class Proof:
    """What was looked at, what is wrong with it, and how much waits to be sealed."""

    checked: int = 0
    failed: list[Failure] = field(default_factory=list)
    unsealed: int = 0

    def fail(self, what: object, why: str) -> None:
        self.failed.append({"id": str(what), "why": why})


def prove_trail() -> Proof:
    """Read all of it once; a million rows take about a minute."""
    proof = Proof()
    outside = _outside(proof)
    previous, expected = chain.BEFORE_THE_FIRST, 1
    for block in Block.objects.order_by("number").iterator(chunk_size=CHUNK):
        for missing in range(expected, block.number):
            proof.fail(f"block {missing}", "the block was removed")
        _block(proof, block, previous, outside.pop(block.number, None))
        previous, expected = block.head, block.number + 1
    for number in sorted(outside):
        proof.fail(f"block {number}", "its head stands outside the database, and the block is not there")
    _strays(proof)
    _fresh_rows(proof)
    return proof


def _outside(proof: Proof) -> dict[int, heads.Head]:
    """The lines of the file of heads by block; what is wrong with the file itself is noted."""
    found: dict[int, heads.Head] = {}
    for place, line in enumerate(heads.kept(), start=1):
        if line is None:
            proof.fail(f"head {place}", "the line cannot be read")
        elif line.number in found:
            proof.fail(f"head {line.number}", "the file of heads says it twice")
        else:
            found[line.number] = line
    return found


def _block(proof: Proof, block: Block, previous: str, outside: heads.Head | None) -> None:
    digests = list(_digests(proof, block))
    counted = chain.head(previous=block.previous, number=block.number, at=block.at, digests=digests)
    if block.previous != previous:
        proof.fail(f"block {block.number}", "it does not follow from the block before it")
    if len(digests) != block.rows:
        proof.fail(f"block {block.number}", f"{block.rows} rows were sealed in it, and {len(digests)} are there")
    elif counted != block.head:
        proof.fail(f"block {block.number}", "its rows or their order are not those that were sealed")
    _head(proof, block, outside)


def _head(proof: Proof, block: Block, outside: heads.Head | None) -> None:
    if outside is None:
        if Headed.objects.filter(number=block.number).exists():
            proof.fail(f"head {block.number}", "it was written outside the database, and is not there any more")
    elif (outside.head, outside.rows) != (block.head, block.rows):
        proof.fail(f"head {block.number}", "the head outside the database is another")


def _digests(proof: Proof, block: Block) -> Iterator[str]:
    """The digest of each row in the order in which they were sealed; the rows themselves are judged on the way."""
    keys = list(Sealed.objects.filter(block=block.number).order_by("place").values_list("pk", flat=True))
    if keys != sorted(keys):
        proof.fail(f"block {block.number}", "its rows stand in another order than they were written in")
    for start in range(0, len(keys), CHUNK):
        rows = _rows(proof, keys[start : start + CHUNK])
        for key in keys[start : start + CHUNK]:
            if key in rows:
                proof.checked += 1
                yield _judged(proof, rows[key])


def _rows(proof: Proof, keys: list[UUID]) -> dict[UUID, AuditRow]:
    """The rows with these keys. One that can no longer be read as a row counts as changed."""
    try:
        found = AuditRow.objects.in_bulk(keys)
    except ValueError:
        found = _one_by_one(proof, keys)
    for key in set(keys) - set(found):
        proof.fail(key, "the row was removed, or cannot be read")
    return found


def _one_by_one(proof: Proof, keys: list[UUID]) -> dict[UUID, AuditRow]:
    found: dict[UUID, AuditRow] = {}
    for key in keys:
        try:
            found |= AuditRow.objects.in_bulk([key])
        except ValueError:
            continue
    return found


def _judged(proof: Proof, row: AuditRow) -> str:
    if not chain.is_signed(row):
        proof.fail(row.pk, "the row was changed after it was written, or was not written by us")
    return chain.digest(row)


def _strays(proof: Proof) -> None:
    """Rows said to be sealed in a block that is not there."""
    numbers = Block.objects.values("number")
    for key in Sealed.objects.exclude(block__in=numbers).values_list("pk", flat=True).iterator(chunk_size=CHUNK):
        proof.fail(key, "the row is sealed in a block that is not there")


def _fresh_rows(proof: Proof) -> None:
    keys = list(unsealed().order_by("pk").values_list("pk", flat=True))
    proof.unsealed = len(keys)
    for start in range(0, len(keys), CHUNK):
        for row in _rows(proof, keys[start : start + CHUNK]).values():
            proof.checked += 1
            _judged(proof, row)
