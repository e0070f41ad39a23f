"""What one plan offers in one county, and how to ask it: all of it read off the plan's overlay."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wholeperson.handbook.programs import labels
from wholeperson.handbook.programs.pen import Line, Pen
from wholeperson.rules.language import Cite, cite, confidence
from wholeperson.rules.parts import election
from wholeperson.rules.reading.library import Programme
from wholeperson.rules.reading.pages import page

Written = dict[str, Any]


@dataclass(frozen=True)
class Contact:
    """``href`` is a telephone link; to a mailbox no letter is begun, so that nobody writes a member's name into it."""

    line: Line
    kind: str
    value: str
    option: str
    hours: str
    verified: str
    audience: tuple[str, ...]

    @property
    def href(self) -> str:
        return f"tel:{self.value}" if self.kind == "telephone" else ""


@dataclass(frozen=True)
class Channel:
    """A way in: what it is called, for whom, its steps, and the contact it goes by."""

    name: Line
    says: Line
    audience: tuple[str, ...]
    recommended: bool
    steps: tuple[Line, ...]
    contact: Contact | None


@dataclass(frozen=True)
class Form:
    name: Line
    says: Line | None


@dataclass(frozen=True)
class Offer:
    """``answer``: a word of labels.OFFERS."""

    answer: str
    plan: str
    channels: tuple[Channel, ...] = ()
    forms: tuple[Form, ...] = ()
    contacts: tuple[Contact, ...] = ()

    @property
    def words(self) -> str:
        return str(labels.OFFERS[self.answer])

    @property
    def tone(self) -> str:
        return labels.TONES.get(self.answer, "soon")


def answer(programme: Programme, pen: Pen) -> str:
    """Only a dated election for the county says *not offered*; what every plan has needs none."""
    asked = pen.asked
    if programme.kind in ("benefit", "population_of_focus"):
        return "everywhere"
    if programme.kind == "pre_release":
        return "facility"
    said = election(pen.policy, programme.id, asked.plan, asked.county, asked.on)
    if programme.mandatory and programme.mandatory[0] <= asked.on and said != "offered":
        return "some_everywhere"
    return said if asked.plan else "no_plan"


def offer(programme: Programme, pen: Pen) -> Offer:
    """The plan's answer, and its ways in for this programme."""
    plan = pen.policy.plans.get(pen.asked.plan or "")
    if plan is None:
        return Offer(answer(programme, pen), "")
    told = page(plan, pen.policy.plans)
    asked_for = programme.data.get("part_of", programme.id)
    contacts = {each["id"]: _contact(each, plan, pen) for each in told["contacts"]}
    channels = tuple(_channel(each, plan, contacts, pen) for each in told["channels"] if _is_for(each, asked_for))
    forms = tuple(_form(each, plan, pen) for each in told["forms"] if asked_for in each.get("programmes", ()))
    named = {each.contact.line.key for each in channels if each.contact}
    return Offer(answer(programme, pen), plan["name"], channels, forms, _beside(programme, told, contacts, named))


def contact(plan: Written, name: str, pen: Pen) -> list[Contact]:
    """A plan's contacts whose id begins so: its liaison by telephone and by mail."""
    told = page(plan, pen.policy.plans)["contacts"]
    return [_contact(each, plan, pen) for each in told if each["id"].startswith(name)]


def _beside(programme: Programme, told: Written, contacts: dict[str, Contact], named: set[str]) -> tuple[Contact, ...]:
    """Contacts that no way in has named: facilities' own only where facilities ask."""
    of_facilities = programme.kind == "pre_release"
    return tuple(
        contacts[each["id"]]
        for each in told["contacts"]
        if contacts[each["id"]].line.key not in named and (each["for"] == ["correctional_facility"]) == of_facilities
    )


def _is_for(channel: Written, programme: str) -> bool:
    """What names no programmes is a way in for all of them, but for what facilities alone may have."""
    if "programmes" in channel:
        return programme in channel["programmes"]
    return not programme.startswith("ji.") or channel["for"] == ["correctional_facility"]


def _contact(written: Written, plan: Written, pen: Pen) -> Contact:
    hours = written.get("hours")
    line = _line(f"{plan['id']}.contacts.{written['id']}", written["says"], plan, written, pen)
    return Contact(
        line, written["kind"], written["value"], str(written.get("option", "")), _hours(hours) if hours else "",
        written["last_verified"] or "", _audience(written["for"]),
    )  # fmt: skip


def _hours(hours: Written) -> str:
    days = [str(labels.DAYS[each]) for each in hours["days"]]
    said = f"{days[0]}–{days[-1]}, " if days else ""
    return f"{said}{hours['from']}–{hours['to']}"


def _channel(written: Written, plan: Written, contacts: dict[str, Contact], pen: Pen) -> Channel:
    key = f"{plan['id']}.channels.{written['id']}"
    name = written.get("name") or written.get("site", {}).get("name", "")
    return Channel(
        _line(f"{key}.name", name, plan, written, pen),
        _line(key, written.get("says", ""), plan, written, pen),
        _audience(written["for"]),
        bool(written.get("recommended")),
        tuple(_line(f"{key}.{each['id']}", each["says"], plan, written, pen) for each in written.get("steps", ())),
        contacts.get(written.get("contact", "")),
    )


def _form(written: Written, plan: Written, pen: Pen) -> Form:
    key = f"{plan['id']}.forms.{written['id']}"
    says = _line(key, written["says"], plan, written, pen) if "says" in written else None
    return Form(_line(f"{key}.name", written["name"], plan, written, pen), says)


def _line(key: str, says: str, plan: Written, written: Written, pen: Pen) -> Line:
    text, lang = pen.sentence(key, says)
    told = {"cites": (), **plan, **written}
    cites: tuple[Cite, ...] = tuple(map(cite, told["cites"]))
    sure = confidence(told["mark"], cites, pen.policy.grades)
    return Line(key, text, lang, sure, pen.named(cites))


def _audience(written: Iterable[str]) -> tuple[str, ...]:
    return tuple(str(labels.FOR[each]) for each in written)
