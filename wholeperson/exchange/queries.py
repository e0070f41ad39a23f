"""Questions about files: what came and went, for whom one may send, which plans there are."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from wholeperson.access import compiled
from wholeperson.access.models import Identifier, Organisation, Person
from wholeperson.access.queries import own
from wholeperson.casework.authorizations.models import Authorization
from wholeperson.casework.care.models import Case
from wholeperson.exchange.models import Received, Sent, TurnedAway
from wholeperson.record import wall
from wholeperson.record.models import AuditRow, Document

SEND = "exchange.send"
TAKE_ALONG = "file.take_along"  # what the trail calls it that somebody took a file along


def received_for(user: Person) -> QuerySet[Received]:
    found: QuerySet[Received] = Received.objects.for_user(user).select_related("plan", "organisation", "person")
    return found.order_by("-came_at", "-id")


def turned_away_for(user: Person) -> QuerySet[TurnedAway]:
    """What lay in the folder and could not be taken up, the latest first."""
    found: QuerySet[TurnedAway] = TurnedAway.objects.for_user(user).select_related("plan")
    return found.order_by("-at", "-id")


def sent_for(user: Person) -> QuerySet[Sent]:
    found: QuerySet[Sent] = Sent.objects.for_user(user).select_related("plan", "organisation", "person")
    return found.order_by("-known_at", "-id")


def paper(row: Received | Sent) -> Document:
    """The bytes' own row, which is about no member and so behind the wall: for whoever was let to the file's row."""
    with wall.opened("file.paper"):
        return Document.objects.get(pk=row.document_id)


def taken_along(rows: Iterable[Received | Sent]) -> dict[UUID, list[AuditRow]]:
    """Who took each of these files along, and when, the latest first. For whoever was let to the files' rows."""
    found: dict[UUID, list[AuditRow]] = {row.pk: [] for row in rows}
    for each in AuditRow.objects.filter(thing_id__in=found, verb=TAKE_ALONG).order_by("-at", "-pk"):
        if each.thing_id in found:
            found[each.thing_id].append(each)
    return found


def fix_list(row: Received) -> Document | None:
    """The Excel that the worker made of it, if it did: about no member, and so behind the wall, as `paper`."""
    with wall.opened("file.paper"):
        return Document.objects.filter(pk=row.fix_list_id).first() if row.fix_list_id else None


def plans() -> QuerySet[Organisation]:
    return Organisation.objects.filter(kind="plan").order_by("name", "id")


def partners(user: Person) -> list[tuple[Organisation, Any]]:
    """Each of one's organisations with each plan that it has people of or files from, as `plans_with` has them."""
    with wall.opened("exchange.partners"):
        return [
            (organisation, plan)
            for organisation in compiled.found(own, user, SEND)
            for plan in compiled.found(plans_with, user, keys=[organisation.pk])
        ]


def plans_with(_user: Person, organisations: Collection[UUID]) -> QuerySet[Organisation]:
    """Plans of which these organisations have people, files or authorizations; as `word` its name in the policy."""
    theirs = {"organisation__in": organisations, "plan": OuterRef("pk")}
    people, files = Case.objects.filter(**theirs), Received.objects.filter(**theirs)
    helped = Authorization.objects.filter(**theirs)
    named = Identifier.objects.filter(organisation=OuterRef("pk"), system="plan", until=None)
    found = plans().filter(Exists(people) | Exists(files) | Exists(helped))
    return found.annotate(word=Subquery(named.values("value")[:1]))


def sent_in(user: Person, month: date) -> QuerySet[Sent]:
    """What went out for a month, the latest number last."""
    found: QuerySet[Sent] = Sent.objects.for_user(user).filter(month=month)
    return found.order_by("number", "id")


def month_of(text: str) -> date | None:
    """The first day of 2026-10."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return None


def months_before(today: date, number: int) -> list[date]:
    """The first days of this month and those before it, the latest first."""
    at = today.year * 12 + today.month - 1
    return [date((at - back) // 12, (at - back) % 12 + 1, 1) for back in range(number)]
