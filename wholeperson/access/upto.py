"""Long lists, counted and read as far as somebody looks: up to a thousand rows from a place in their order.

To count what nobody reads costs more than the page. So the database stops at the limit, and the page says "1,000+".
"""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Protocol, TypeVar
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import F, IntegerField, Q, QuerySet, Subquery
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from wholeperson.access.models import Person

Rows = TypeVar("Rows", bound=QuerySet[Any])
MOST = 1_000
NEVER = datetime(9999, 1, 1, tzinfo=UTC)  # when what has no day is due: behind all that has one
FIRST, LAST = UUID(int=0), UUID(int=2**128 - 1)  # before and behind the key of every row


class CountOf(Subquery):
    """How many rows a question finds, where it ends by itself."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()
    empty_result_set_value = 0


def count_of(*lists: QuerySet[Any]) -> CountOf:
    """How many rows these lists have together. Of one more than the limit nobody asks how many."""
    first, *more = (rows.order_by().values("pk") for rows in lists)
    return CountOf((first.union(*more, all=True) if more else first)[: MOST + 1])


def said(number: int) -> str:
    """The number as a page says it."""
    return _("1,000+") if number > MOST else str(number)


def in_order(rows: Rows, field: str) -> Rows:
    """By when they are due, then by key; those of no day last."""
    return rows.order_by(F(field).asc(nulls_last=True), "pk")


def after(rows: QuerySet[Any], field: str, due: Any, key: UUID) -> list[QuerySet[Any]]:
    """The rows behind this place in the order, as questions that an index answers from there on."""
    undated = rows.filter(**{field: None})
    if due is None:
        return [undated.filter(pk__gt=key)]
    behind = Q(**{f"{field}__gt": due}) | Q(**{field: due, "pk__gt": key})
    return [rows.filter(behind, **{f"{field}__gte": due}), undated]


def behind(rows: QuerySet[Any], field: str, key: "Key") -> QuerySet[Any]:
    """The same as one question, for lists that no index has in order."""
    due, _kind, row = key
    undated = Q(**{field: None})
    if due == NEVER:
        return rows.filter(undated, pk__gt=row)
    return rows.filter(undated | Q(**{f"{field}__gt": due}) | Q(**{field: due, "pk__gt": row}))


def numbers(user: Person, named: Mapping[str, Sequence[QuerySet[Any]]]) -> QuerySet[Any]:
    """One row: under each name how many rows its lists have together, as far as they are counted."""
    one = Person.objects.filter(pk=user.pk) if named else Person.objects.none()
    row: QuerySet[Any] = one.values(**{name: count_of(*lists) for name, lists in named.items()})
    return row


# ── a place, as an address names it: when the line before was due, its kind and its key ──

Key = tuple[datetime, str, UUID]
PLACE = re.compile(r"(\d{8}T\d{12})-([a-z_]{1,30})-([0-9a-f]{32})")
AT = "%Y%m%dT%H%M%S%f"


def place(text: str) -> Key | None:
    """The place that an address names; what is none is the top."""
    found = PLACE.fullmatch(text)
    try:
        at = datetime.strptime(found[1], AT).replace(tzinfo=UTC) if found else None
    except ValueError:
        return None
    return (at, found[2], UUID(found[3])) if found and at and at.year > 1 else None


def address_of(key: Key) -> str:
    at, kind, row = key
    return f"{at.astimezone(UTC):{AT}}-{kind}-{row.hex}"


class Pages(Paginator[Any]):
    """The pages of the first thousand rows; `more` says that there are others behind the last."""

    @cached_property
    def found(self) -> int:
        rows = self.object_list
        return rows[: MOST + 1].count() if isinstance(rows, QuerySet) else len(rows)

    @cached_property
    def count(self) -> int:
        return min(self.found, MOST)

    @property
    def more(self) -> bool:
        return self.found > MOST

    @property
    def number(self) -> str:
        return said(self.found)


class Rest(Pages):
    """What stands behind a place, as far as one page goes and a row further: nobody counts to the end of it.

    `at`: which page of the list it is, for whoever came from its top; the pages before it are found by their number.
    """

    def __init__(self, further: Sequence[Any], per_page: int, at: int) -> None:
        super().__init__(further, per_page)
        self.at = at

    @property
    def num_pages(self) -> int:
        return self.at

    @property
    def more(self) -> bool:
        return self.found > self.per_page

    @property
    def is_far(self) -> bool:
        """Whether the page before this one has no number."""
        return self.at > MOST // self.per_page + 1

    @cached_property
    def only(self) -> Page[Any]:
        return Page(self.object_list[: self.per_page], self.at, self)


def rest(further: Sequence[Any], many: int, number: str | None) -> Page[Any]:
    """The page of these rows, which are one more than it shows where more follow."""
    said = number or ""
    return Rest(further, many, max(2, int(said)) if re.fullmatch(r"\d{1,6}", said, re.ASCII) else 2).only


class Listed(Protocol):
    """A list of which the keys are read as far as somebody looks: from its top, or from behind a place."""

    @property
    def after(self) -> Key | None: ...

    @property
    def count(self) -> int: ...

    def keys(self, start: int, stop: int) -> list[Key]: ...


def page_of(listed: Listed, many: int, number: str | None) -> tuple[Page[Any], list[Key]]:
    """A page of so many lines and the keys on it; only from the top its pages are counted."""
    if listed.after is not None:
        further = listed.keys(0, many + 1)
        return rest(further, many, number), further[:many]
    page = Pages(range(listed.count), many).get_page(number)
    return page, listed.keys(max(page.start_index() - 1, 0), page.end_index())
