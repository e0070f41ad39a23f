"""A provider without its plan on the system, and files that the plan sends it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

from tests.people import MAKER, NOW, World
from wholeperson.access import actions as access
from wholeperson.access.models import Organisation
from wholeperson.exchange import projections
from wholeperson.exchange.actions import Came
from wholeperson.exchange.layouts import layout_of
from wholeperson.formats.files.writing import write
from wholeperson.record import documents

NPI = "1230000105"
DECEMBER = datetime(2026, 12, 2, 17, tzinfo=UTC)
ROSA = {
    "cin": "01234567A", "last_name": "Delgado", "first_name": "Rosa", "birth_date": date(1980, 3, 9),
    "period": "2026-11", "phone": "9255550142", "authorization_number": "A-1",
    "authorization_start": date(2026, 11, 3), "authorization_end": date(2027, 11, 2), "language_spoken": "Spanish",
    "county": "Contra Costa",
}  # fmt: skip
JAMES = {
    "cin": "01234568B", "last_name": "Calloway", "first_name": "James", "birth_date": date(1968, 11, 30),
    "period": "2026-11",
}  # fmt: skip


@dataclass(frozen=True)
class File:
    """A file of a month: its bytes, and what its rows say."""

    content: bytes
    rows: list[dict[str, Any]]


def made(*what: Any, known_at: datetime) -> File:
    """As `projections.make`, of which the rows are not kept."""
    told = list(projections.rows(*what, known_at=known_at))
    done = projections.make(*what, known_at=known_at)
    assert done.written.rows == len(told)
    return File(done.content, told)


def plan(world: World) -> Organisation:
    made = world.organisation("Bay Plan", "plan")
    if not made.identifiers.exists():
        access.add_identifier(of=made, system="plan", value="contra_costa_health_plan", by=MAKER, at=NOW)
    return made


def file(world: World, *rows: Mapping[str, object], heads: Mapping[str, str] | None = None) -> Came:
    """A Member Information File for Bayside, as text; `heads` are headings that drifted."""
    layout = layout_of("mif", plan(world))
    out = BytesIO()
    write(layout, rows, out, "csv")
    content = out.getvalue()
    for told, drifted in (heads or {}).items():
        assert told.encode() in content
        content = content.replace(told.encode(), drifted.encode(), 1)
    return Came(documents.Received("mif.csv", content), world.organisation("Bayside"), plan(world), layout)
