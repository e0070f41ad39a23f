"""A row of a Member Information File beside our records: whom we know, what makes no sense, what it means here."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, TypedDict

from wholeperson.casework.authorizations.actions import Decision
from wholeperson.casework.care.actions import Authorization
from wholeperson.casework.members.models import Identifier, Member
from wholeperson.casework.providers import asked
from wholeperson.exchange import supporting
from wholeperson.exchange.layouts import OPENING, SUPPORTS
from wholeperson.formats.files.findings import Objection, Record
from wholeperson.formats.files.layout import Layout
from wholeperson.formats.files.values import WARNING
from wholeperson.record import wall
from wholeperson.record.sealed import fingerprint

NEEDED = {"first_name": "first name", "last_name": "last name", "birth_date": "birth date"}
SIGNS = {"deni": "denied", "not ": "denied", "reject": "denied", "pend": "undecided", "in rev": "undecided"}
Known = Callable[[Sequence[Record]], Iterable[Objection]]


class Named(TypedDict):
    """Who somebody new is."""

    given_name: str
    family_name: str
    birth_date: date
    language: str
    county: str


class Assigned(TypedDict):
    """How a plan assigned somebody."""

    month: date
    authorization: Authorization
    assigned_on: date | None


def whom_we_know(batch: Sequence[Record]) -> dict[str, Member]:
    """Members by CIN, in one question."""
    marks = {fingerprint("cin", str(row.values["cin"])): str(row.values["cin"]) for row in batch}
    with wall.opened("exchange.known"):
        rows = Identifier.objects.filter(system="cin", fingerprint__in=marks, until=None)
        found = rows.select_related("member").prefetch_related("member__former_names").defer("value")
        return {marks[row.fingerprint]: row.member for row in found}


def _is_or_was_called(member: Member, name: str) -> bool:
    if squeezed(member.family_name) == name:
        return True
    return any(squeezed(one.family_name) == name for one in member.former_names.all() if one.struck_at is None)


def against(batch: Sequence[Record], ours: Mapping[str, Member]) -> Iterator[Objection]:
    """What stands against joining a row to one of ours. Two people are never made one by a number alone."""
    births: dict[object, object] = {}
    for row in batch:
        told = births.setdefault(row.values["cin"], row.values.get("birth_date"))
        missing = [said for key, said in NEEDED.items() if not row.values.get(key)]
        if missing:
            problem = f"there is no {' and no '.join(missing)}, and nobody is known by a CIN alone"
            yield Objection(row.row, next(iter(NEEDED)), problem, "ask the plan for it")
        elif (member := ours.get(str(row.values["cin"]))) and member.birth_date != row.values["birth_date"]:
            yield Objection(
                row.row, "birth_date", "somebody with this CIN is known here with another birth date",
                "ask the plan which CIN and which birth date belong together; nothing was changed",
            )  # fmt: skip
        elif told != row.values["birth_date"]:
            yield Objection(
                row.row, "birth_date", "an earlier row has this CIN with another birth date",
                "ask which CIN and which birth date belong together; the row is set aside",
            )  # fmt: skip
        elif member and not _is_or_was_called(member, squeezed(row.values["last_name"])):
            yield Objection(
                row.row, "last_name", "this person is known here by another last name",
                "look whether it has changed, and change it on their page; the name that is kept stays",
                severity=WARNING,
            )  # fmt: skip


def sense_on(today: date) -> Any:
    """What to look at twice, asked on a day."""

    def sense(batch: Sequence[Record]) -> Iterator[Objection]:
        for row in batch:
            month, ends = month_of(row, today), row.values.get("authorization_end")
            begins = row.values.get("authorization_start")
            if isinstance(begins, date) and isinstance(ends, date) and ends < begins:
                yield Objection(
                    row.row, "authorization_end", "it would end before it begins",
                    "ask the plan for both days; the row is set aside",
                )  # fmt: skip
            if isinstance(ends, date) and ends < month:
                yield Objection(
                    row.row, "authorization_end", "the authorization had ended before this month began",
                    "ask the plan for the new authorization; the row is loaded", severity=WARNING,
                )  # fmt: skip
            if month > today:
                yield Objection(
                    row.row, "period", "this month has not begun yet", "ask the plan whether the month is right",
                    severity=WARNING,
                )  # fmt: skip

    return sense


def month_of(row: Record, today: date) -> date:
    """The first day of the month that a row speaks of; of this month where it says none."""
    said = row.values.get("period")
    return date.fromisoformat(f"{said}-01") if said else today.replace(day=1)


def known_to(layout: Layout) -> Known:
    """What is asked before anything else of a file's rows."""
    return lambda batch: known_among(layout, batch, whom_we_know(batch))


def known_among(layout: Layout, batch: Sequence[Record], ours: Mapping[str, Member]) -> Iterator[Objection]:
    """The same, where it was asked already whom we know."""
    yield from against(batch, ours)
    if layout.file in (SUPPORTS, OPENING):
        yield from services_known([row for row in batch if is_support(row, layout)])


def is_support(row: Record, layout: Layout) -> bool:
    """Whether a row is about a Community Support: in a provider's own list, where one is named."""
    return layout.file == SUPPORTS or (layout.file == OPENING and bool(row.values.get("service")))


def decision(row: Record, today: date) -> Decision:
    """What a row of a Community Supports file says that the plan decided. Somebody to be reached first is undecided."""
    told, said = row.values, str(row.values.get("authorization_status") or "").strip().casefold()
    units, begins, ends = told.get("units_authorized"), told.get("authorization_start"), told.get("authorization_end")
    decided = next((word for sign, word in SIGNS.items() if said.startswith(sign)), "approved")
    if told.get("kind") == "potential" or not (said or told.get("authorization_number")):
        decided = "undecided"
    on = told.get("decision_date")
    return Decision(
        service(row) or "", decided, "file", on if isinstance(on, date) and on <= today else today,
        str(told.get("authorization_number") or ""), begins if isinstance(begins, date) else None,
        ends if isinstance(ends, date) else None, units if isinstance(units, int) else None,
    )  # fmt: skip


def services_known(batch: Sequence[Record]) -> Iterator[Objection]:
    """A row of a Community Supports file names a service of the policy, by one of its names; never a guess."""
    for row in batch:
        if service(row) is None:
            yield Objection(
                row.row, "service", "no Community Support is called this", "write one of the names, or its short form",
                tuple(sorted(supporting.service(one) for one in set(names().values()))),
            )  # fmt: skip


def service(row: Record) -> str | None:
    """The service that a row is about, by its id in the policy."""
    return names().get(squeezed(row.values.get("service") or ""))


@cache
def names() -> dict[str, str]:
    """Every name of a Community Support, squeezed; one that two services bear is nobody's."""
    found: dict[str, str] = {}
    for one in asked.programmes():
        if one.id.startswith("cs."):
            told = [one.id, one.name, *one.data.get("former_names", ()), *one.data.get("abbreviations", ())]
            for name in {squeezed(each) for each in told}:
                found[name] = "" if found.get(name, one.id) != one.id else one.id
    return {name: programme for name, programme in found.items() if programme}


def squeezed(name: object) -> str:
    return re.sub(r"[\W_]+", "", str(name).casefold())


def county(row: Record) -> str:
    said = str(row.values.get("county") or "").strip().casefold().removesuffix(" county")
    return re.sub(r"[^a-z]+", "_", said).strip("_")[:40]
