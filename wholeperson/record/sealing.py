"""Sealing the trail: what was appended since the last time becomes a block, and the block's head leaves the database.

No request waits for it. A row that is written while a block is made goes into the next one. A head is written after its
block is kept, and marked as written after that: whatever is cut off in between is done by the next round.
"""

from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet

from wholeperson.record import chain, heads
from wholeperson.record.models import AuditRow, Block, Headed, Sealed

MOST = 10_000  # rows in a block
BLOCKS = 50  # in one round
LATEST = timedelta(days=2)  # a row whose transaction took longer is found by the daily round over everything
LOCK = 7_301_995  # any number; the same for every sealer


def seal(*, at: datetime, everything: bool = False) -> int:
    """Seal what is not sealed; returns how many rows. `everything` looks at all rows ever, not only at recent ones."""
    sealed = 0
    for _ in range(BLOCKS):
        made = _one_block(at, everything)
        sealed += made
        if made < MOST:
            break
    write_heads(at=at)
    return sealed


def seal_everything(*, at: datetime) -> int:
    """Also what took longer than anybody expected."""
    return seal(at=at, everything=True)


def unsealed() -> QuerySet[AuditRow]:
    return AuditRow.objects.filter(~Exists(Sealed.objects.filter(pk=OuterRef("pk"))))


def oldest_unsealed() -> datetime | None:
    """When the row was written that has waited longest."""
    return _waiting().order_by("pk").values_list("at", flat=True).first()


@transaction.atomic
def write_heads(*, at: datetime) -> None:
    """Write outside what is not there yet. A head that stands there already, and is another, is left for `verify`."""
    one_at_a_time()
    missing = Block.objects.filter(~Exists(Headed.objects.filter(number=OuterRef("number")))).order_by("number")
    outside = {line.number for line in heads.kept() if line} if missing.exists() else set()
    for block in missing:
        if block.number not in outside:
            heads.keep(heads.Head(block.number, block.head, block.rows, block.at.isoformat()))
        Headed(number=block.number, at=at).save(force_insert=True)


@transaction.atomic
def _one_block(at: datetime, everything: bool) -> int:
    one_at_a_time()
    last = Block.objects.order_by("-number").first()
    waiting = unsealed() if everything else _waiting(last)
    rows = list(islice(waiting.order_by("pk").iterator(chunk_size=2000), MOST))
    if not rows:
        return 0
    number, previous = (last.number + 1, last.head) if last else (1, chain.BEFORE_THE_FIRST)
    head = chain.head(previous=previous, number=number, at=at, digests=map(chain.digest, rows))
    Block(number=number, at=at, rows=len(rows), previous=previous, head=head).save(force_insert=True)
    Sealed.objects.bulk_create(
        [Sealed(pk=row.pk, block=number, place=place) for place, row in enumerate(rows)], batch_size=1000
    )
    return len(rows)


def _waiting(last: Block | None = None) -> QuerySet[AuditRow]:
    """What is not sealed, among rows recent enough to be found without reading all there ever were."""
    last = last or Block.objects.order_by("-number").first()
    return unsealed() if last is None else unsealed().filter(pk__gte=_long_before(last))


def _long_before(last: Block) -> UUID:
    """The first key of that time: keys begin with the milliseconds in which they were made."""
    newest = Sealed.objects.filter(block=last.number).order_by("-place").values_list("pk", flat=True).first()
    since = (newest.int >> 80) - LATEST // timedelta(milliseconds=1) if newest else 0
    return UUID(int=max(0, since) << 80)


def one_at_a_time() -> None:
    """Until the transaction ends. SQLite lets one write at a time anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
