"""What somebody told the screener, carried by their own browser to the form that takes it over.

`wholeperson/screening@1`, signed, good for two hours, sent in a POST and kept nowhere on the way. Whoever takes it over
reads it once with `take_over`; what becomes of it then is the member's record's own business. See docs/screener.md.
"""

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.core import signing

SCHEMA: Final = "wholeperson/screening@1"
LASTS: Final = timedelta(hours=2)
LONGEST: Final = 30_000  # characters
SOURCES: Final = ("member", "screening")  # told by the person themselves; told by somebody who asks for them


class NotTakenOver(Exception):
    """It was changed, is not ours, or is older than two hours. The words say which; the form begins empty."""


@dataclass(frozen=True, slots=True)
class ToldFact:
    """A fact as a person file has it."""

    fact: str
    value: Any
    source: str
    on: str


@dataclass(frozen=True, slots=True)
class Screening:
    """`who`: me or other. `age` in years, since no birth date was asked. `may_fit`: ids of programmes, best first."""

    on: date
    who: str
    language: str
    age: int | None
    plan: str | None
    situations: tuple[str, ...]
    facts: tuple[ToldFact, ...]
    may_fit: tuple[str, ...]


def sign(screening: Screening, *, at: datetime) -> str:
    """The hidden field that a form may carry on."""
    data = asdict(screening) | {"schema": SCHEMA, "at": at.isoformat(), "on": screening.on.isoformat()}
    return signing.Signer(salt=SCHEMA).sign_object(data, compress=True)


def take_over(text: str, *, at: datetime) -> Screening:
    """The screening again. Raises NotTakenOver, with a sentence for the page."""
    if len(text) > LONGEST:
        raise NotTakenOver("too long to be ours")
    try:
        data: dict[str, Any] = signing.Signer(salt=SCHEMA).unsign_object(text)
    except (signing.BadSignature, ValueError) as broken:
        raise NotTakenOver("changed on the way, or not ours") from broken
    if at - datetime.fromisoformat(data["at"]) > LASTS or data["schema"] != SCHEMA:
        raise NotTakenOver("older than two hours")
    return Screening(
        on=date.fromisoformat(data["on"]),
        who=data["who"],
        language=data["language"],
        age=data["age"],
        plan=data["plan"],
        situations=tuple(data["situations"]),
        facts=tuple(ToldFact(**each) for each in data["facts"]),
        may_fit=tuple(data["may_fit"]),
    )
