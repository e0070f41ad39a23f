"""A row of a list of requests: what makes no sense, and what it asks for whom.

It is held against the policy alone. Whether somebody is known here, and as whose member, is not told to whoever asks.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from typing import Any

from wholeperson.access.models import Organisation, Person
from wholeperson.casework.referrals import programmes
from wholeperson.casework.referrals.actions import About, Asker, Wanted
from wholeperson.exchange import rows, spoken
from wholeperson.formats.files.findings import Objection, Record
from wholeperson.formats.files.values import WARNING

ECM = programmes.ECM
OLDEST = date(1900, 1, 1)
# what whoever brings a list is to the people on it, by the kind of their organization
STANDINGS = {"hospital": "treating", "clinic": "treating", "facility": "facility", "plan": "plan"}


def sense_on(today: date) -> Any:
    """What keeps a row from being a request, asked on a day."""

    def sense(batch: Sequence[Record]) -> Iterator[Objection]:
        for row in batch:
            yield from _services(row)
            yield from _days(row, today)
            if row.values.get("county") and not county(row):
                yield Objection(
                    row.row, "county", "no county of California is called this",
                    "look at its spelling; the row goes on without, and whoever looks at it asks", severity=WARNING,
                )  # fmt: skip

    return sense


def _services(row: Record) -> Iterator[Objection]:
    named = _named(row)
    strange = [said for said, programme in named if programme is None]
    if strange or not named:
        yield Objection(
            row.row, "service", "no program is called this" if strange else "no program is named",
            "write one of the names, or several with a semicolon between them",
            tuple(sorted(programmes.policy().programmes[one].name for one in {*names().values()})),
        )  # fmt: skip
    elif any(programme != ECM for _said, programme in named) and row.values.get("agreed") is not True:
        yield Objection(
            row.row, "agreed", "a Community Support is asked for, and not whether the person agrees",
            "ask the person first, then write Y",
        )  # fmt: skip


def _days(row: Record, today: date) -> Iterator[Objection]:
    born, asked = row.values.get("birth_date"), row.values.get("requested_on")
    if isinstance(born, date) and not OLDEST <= born <= today:
        yield Objection(row.row, "birth_date", "nobody living was born on that day", "look at the year again")
    if isinstance(asked, date) and asked > today:
        yield Objection(row.row, "requested_on", "this day has not come yet", "look at the day again")


@cache
def names() -> dict[str, str]:
    """Every name of what one can ask for, squeezed, and its id in the policy."""
    return {**rows.names(), "ecm": ECM, rows.squeezed(programmes.policy().programmes[ECM].name): ECM}


def _named(row: Record) -> list[tuple[str, str | None]]:
    """What the row names, each with the program of that name."""
    said = [one for one in str(row.values.get("service") or "").split(";") if one.strip()]
    return [(one, names().get(rows.squeezed(one))) for one in said]


def county(row: Record) -> str:
    """The policy's word for the county, where it is one."""
    told = rows.county(row)
    return told if told in programmes.policy().counties else ""


def about(row: Record) -> About:
    told, born = row.values, row.values["birth_date"]
    if not isinstance(born, date):
        raise TypeError("rows without a birth date are set aside before")
    return About(
        given_name=str(told["first_name"]), family_name=str(told["last_name"]), birth_date=born,
        cin=_text(row, "cin"), county=county(row),
        language=spoken.language(row) if told.get("language_spoken") else "en",
        phone=_text(row, "phone"), where=_text(row, "where"), comment=_text(row, "comment"),
        safe_to_contact=_text(row, "safe_to_contact") or "ask_first",
    )  # fmt: skip


def wanted(row: Record) -> Wanted:
    why = _text(row, "urgent_because")
    asked = tuple(dict.fromkeys(programme for _said, programme in _named(row) if programme))
    return Wanted(asked, "expedited" if why else "standard", why, attested=row.values.get("agreed") is True)


def asker(organisation: Organisation, person: Person | None) -> Asker:
    return Asker(
        STANDINGS.get(organisation.kind, "social_services"), name=person.name if person else "",
        works_at=organisation.name, person=person, organisation=organisation,
    )  # fmt: skip


def mark(row: Record) -> str:
    """All that a row says, as one word by which it is known again."""
    told = json.dumps(row.values, sort_keys=True, default=str)
    return hashlib.sha256(told.encode()).hexdigest()


def _text(row: Record, key: str) -> str:
    return str(row.values.get(key) or "")
