"""The files of a month: each a pure projection of what was recorded, the same bytes whenever it is made."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from io import BytesIO
from typing import Any

from wholeperson.access.models import Identifier, Organisation
from wholeperson.casework.members.days import day_of
from wholeperson.exchange import outreach, returning, supporting
from wholeperson.exchange.layouts import layouts
from wholeperson.formats.files.layout import Layout, for_plan
from wholeperson.formats.files.values import Value
from wholeperson.formats.files.writing import Written, write

Rows = Callable[[Layout, Organisation, Organisation, date, datetime], Iterator[dict[str, Value]]]
MADE: dict[str, Rows] = {"rtf": returning.rows, "otf": outreach.rows, "cs_rtf": supporting.rows}
ECM = ("rtf", "otf")
MADE_ON = "production_date"
WITH_ATTEMPTS = "outreach_date"  # a return file with this column carries the attempts itself


@dataclass(frozen=True)
class Made:
    """A file: its bytes, what was written, and a mark of what it says but for the day on which it was made."""

    content: bytes
    written: Written
    says: str


def make(
    layout: Layout,
    organisation: Organisation,
    plan: Organisation,
    month: date,
    *,
    known_at: datetime,
    kind: str | None = None,
) -> Made:
    """The file, as far as things were known at that moment; `kind` as `write` has it. The same bytes at any time."""
    out, says = BytesIO(), sha256()
    written = write(layout, _marked(rows(layout, organisation, plan, month, known_at=known_at), says), out, kind)
    return Made(out.getvalue(), written, says.hexdigest())


def rows(
    layout: Layout, organisation: Organisation, plan: Organisation, month: date, *, known_at: datetime
) -> Iterator[dict[str, Value]]:
    """What is told, one row after the other, by the layout's keys."""
    told = _of_all(organisation, plan, layout, month, known_at)
    keys = {column.key for column in layout.columns}
    for one in MADE[layout.file](layout, organisation, plan, month, known_at):
        yield {key: value for key, value in {**told, **one}.items() if key in keys}


def _marked(told: Iterable[dict[str, Value]], mark: Any) -> Iterator[dict[str, Value]]:
    for row in told:
        mark.update(repr([(key, value) for key, value in row.items() if key != MADE_ON]).encode())
        yield row


def files_of(word: str | None) -> list[Layout]:
    """The files that a plan, by its name in the policy, wants of a month."""
    found = [for_plan(layouts(), file, word) for file in MADE]
    carries = any(WITH_ATTEMPTS in layout.by_key for layout in found)
    return [layout for layout in found if not (carries and layout.file == "otf")]


def is_about(layout: Layout, *, people: int, supports: int) -> bool:
    """Whether a provider has anything to tell in it."""
    return (people if layout.file in ECM else supports) > 0


def _of_all(
    organisation: Organisation, plan: Organisation, layout: Layout, month: date, known_at: datetime
) -> dict[str, Value]:
    numbers = dict(Identifier.objects.filter(organisation=organisation, until=None).values_list("system", "value"))
    plan_id = Identifier.objects.filter(organisation=plan, system="plan", until=None).values_list("value", flat=True)
    return {
        "plan_id": plan_id.first(), "plan_name": plan.name, "provider_name": organisation.name,
        "provider_npi": numbers.get("npi"), "provider_tin": numbers.get("tin"), "period": f"{month:%Y-%m}",
        MADE_ON: day_of(known_at),
    }  # fmt: skip
