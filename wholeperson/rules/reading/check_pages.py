"""Checks what a plan's page gives beside elections: how to reach it, its forms, its groups, and what it prints."""

import re
from collections.abc import Callable
from typing import Any, Final

from wholeperson.rules.reading.ladder import TRUTH, Ladder, Path
from wholeperson.rules.reading.listed import listed, mapping

AUDIENCES: Final = ("anyone", "member", "community", "provider", "correctional_facility")
CHANNEL_KINDS: Final = ("record_system", "form", "telephone", "email", "findhelp", "directory")
CONTACT_KINDS: Final = ("telephone", "fax", "email")
FORM_KINDS: Final = ("referral", "supplement", "authorization", "interest")
WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NUMBER = re.compile(r"^1-[0-9]{3}-[0-9]{3}-[0-9]{4}$")
WRITTEN_AS: Final = {
    "telephone": NUMBER,
    "fax": NUMBER,
    "email": re.compile(r"^[A-Za-z0-9._-]+@[a-z0-9-]+(\.[a-z0-9-]+)+$"),
}
CLOCK_TIME = re.compile(r"^([01][0-9]|2[0-3]):[0-5][0-9]$")

# part: (keys each item needs, keys it may have); an id is needed everywhere but in what is printed.
ITEMS: Final[dict[str, tuple[set[str], set[str]]]] = {
    "contacts": ({"id", "for", "kind", "value", "last_verified"}, {"says", "option", "hours", "former", "only_here"}),
    "channels": (
        {"id", "kind", "for"},
        {"name", "says", "programmes", "contact", "forms", "site", "steps", "recommended", "only_here"},
    ),
    "forms": ({"id", "name", "kind"}, {"says", "programmes", "only_here"}),
    "groups": ({"id", "name", "programmes"}, set()),
    "provider_types": ({"id", "name"}, set()),
    "documents": ({"id", "says", "programmes"}, {"only_here"}),
    "printed": ({"programme", "says", "narrower"}, {"id", "state", "where", "from", "to", "only_here"}),
}


def check_page(ladder: Ladder, data: dict[str, Any]) -> None:
    """Each part of the page that is there."""
    for part, (needed, may) in ITEMS.items():
        for at, item in ladder.items(data[part], (part,)) if part in data else ():
            if ladder.keys(item, (part, at), needed, may | TRUTH):
                _item(ladder, part, item, (part, at))
        _once(ladder, data, part)
    _grouped_once(ladder, data)
    _page(ladder, data.get("page"))
    _guide(ladder, data.get("guide"))
    _sharing(ladder, data)
    _led_to(ladder, data)


def _item(ladder: Ladder, part: str, item: dict[str, Any], path: Path) -> None:
    """What every item has, and what its part has beside it."""
    if "id" in item:
        ladder.identity(item["id"], (*path, "id"))
    ladder.texts(item, path, "name", "says", "state", "where")
    ladder.truth(item, path, inherits=True)
    ladder.dates(item, path)
    for key in ("narrower", "recommended", "only_here"):
        if key in item:
            ladder.flag(item[key], (*path, key))
    if "for" in item:
        ladder.each_of(item["for"], (*path, "for"), AUDIENCES, "audience")
    if "programmes" in item:
        ladder.each_of(item["programmes"], (*path, "programmes"), ladder.known.authorizable, "programme")
    if part in _BESIDE:
        _BESIDE[part](ladder, item, path)


def _once(ladder: Ladder, data: dict[str, Any], part: str) -> None:
    """No id twice in one part."""
    seen: set[str] = set()
    for at, item in enumerate(listed(data.get(part))):
        name = mapping(item).get("id")
        if isinstance(name, str) and name in seen:
            ladder.say((part, at, "id"), "id_twice", f"{name} is already the id of another of these")
        seen.add(str(name))


def _grouped_once(ladder: Ladder, data: dict[str, Any]) -> None:
    """No programme in two groups."""
    grouped: set[str] = set()
    for at, group in enumerate(listed(data.get("groups"))):
        for place, name in enumerate(listed(mapping(group).get("programmes"))):
            if str(name) in grouped:
                ladder.say(("groups", at, "programmes", place), "two_groups", f"{name} is in a group above")
            grouped.add(str(name))


def _contact(ladder: Ladder, contact: dict[str, Any], path: Path) -> None:
    if ladder.one_of(contact["kind"], (*path, "kind"), CONTACT_KINDS, "contact kind"):
        pattern = WRITTEN_AS[contact["kind"]]
        for value, place in ((contact["value"], (*path, "value")), *_former(contact, path)):
            if not (isinstance(value, str) and pattern.match(value)):
                problem = f"{value!s:.60} is not written as {contact['kind']}"
                ladder.say(place, "not_a_contact", problem, ["1-800-555-0100", "liaison@plan.example"])
    if "option" in contact:
        ladder.number(contact["option"], (*path, "option"), most=9)
    if contact["last_verified"] is not None:
        ladder.day(contact["last_verified"], (*path, "last_verified"))
    hours = contact.get("hours")
    if hours is not None and ladder.keys(hours, (*path, "hours"), ("days", "from", "to"), ()):
        ladder.each_of(hours["days"], (*path, "hours", "days"), WEEKDAYS, "weekday")
        for key in ("from", "to"):
            if not (isinstance(hours[key], str) and CLOCK_TIME.match(hours[key])):
                problem = f"{hours[key]!s:.60} is not a time of day"
                ladder.say((*path, "hours", key), "not_a_time", problem, ["08:00", "17:00"])


def _former(contact: dict[str, Any], path: Path) -> list[tuple[Any, Path]]:
    return [(value, (*path, "former", at)) for at, value in enumerate(listed(contact.get("former")))]


def _channel(ladder: Ladder, channel: dict[str, Any], path: Path) -> None:
    ladder.one_of(channel["kind"], (*path, "kind"), CHANNEL_KINDS, "channel kind")
    for at, step in ladder.items(channel.get("steps", []), (*path, "steps")):
        _said(ladder, step, (*path, "steps", at))
    if "site" in channel and ladder.keys(channel["site"], (*path, "site"), ("name", "address"), ()):
        ladder.text(channel["site"]["name"], (*path, "site", "name"))
        if channel["site"]["address"] is not None:
            ladder.text(channel["site"]["address"], (*path, "site", "address"))


def _form(ladder: Ladder, form: dict[str, Any], path: Path) -> None:
    ladder.one_of(form["kind"], (*path, "kind"), FORM_KINDS, "form kind")


def _printed(ladder: Ladder, printed: dict[str, Any], path: Path) -> None:
    """What is narrower than the State's must say what the State gives; else nobody can judge it."""
    ladder.one_of(printed["programme"], (*path, "programme"), ladder.known.authorizable, "programme")
    if printed["narrower"] is True and "state" not in printed:
        ladder.say(path, "missing_key", "state is missing: what the State gives instead", ["state"])


def _said(ladder: Ladder, item: Any, path: Path) -> None:
    if ladder.keys(item, path, ("id", "says"), ()):
        ladder.identity(item["id"], (*path, "id"))
        ladder.text(item["says"], (*path, "says"))


def _page(ladder: Ladder, page: Any) -> None:
    path: Path = ("page",)
    if page is not None and ladder.keys(page, path, ("source", "updated"), ("says",)):
        ladder.one_of(page["source"], (*path, "source"), ladder.known.sources, "source")
        if page["updated"] is not None:
            ladder.day(page["updated"], (*path, "updated"))


def _guide(ladder: Ladder, guide: Any) -> None:
    path: Path = ("guide",)
    if guide is not None and ladder.keys(guide, path, ("name", "parts"), ("says", *TRUTH)):
        ladder.texts(guide, path, "name", "says")
        ladder.truth(guide, path, inherits=True)
        for at, part in ladder.items(guide["parts"], (*path, "parts")):
            _said(ladder, part, (*path, "parts", at))


def _sharing(ladder: Ladder, data: dict[str, Any]) -> None:
    """Whose page it shares: another plan's, which has one of its own."""
    if "shares_page_with" not in data:
        return
    path: Path = ("shares_page_with",)
    plans = {name: mapping(each) for name, each in ladder.known.plans.items() if name != data["id"]}
    if ladder.one_of(data["shares_page_with"], path, plans, "plan"):
        other = data["shares_page_with"]
        if "shares_page_with" in plans[other]:
            ladder.say(path, "no_page_of_its_own", f"{other} shares somebody else's page")


def _led_to(ladder: Ladder, data: dict[str, Any]) -> None:
    """A route names only contacts and forms that are there, here or on the shared page."""
    other = mapping(ladder.known.plans.get(str(data.get("shares_page_with"))))
    contacts, forms = ({*_ids(data, part), *_ids(other, part)} for part in ("contacts", "forms"))
    for at, channel in enumerate(map(mapping, listed(data.get("channels")))):
        if "contact" in channel:
            ladder.one_of(channel["contact"], ("channels", at, "contact"), contacts, "contact")
        for place, name in enumerate(listed(channel.get("forms"))):
            ladder.one_of(name, ("channels", at, "forms", place), forms, "form")


def _ids(page: dict[str, Any], part: str) -> set[str]:
    return {str(each["id"]) for each in map(mapping, listed(page.get(part))) if "id" in each}


_BESIDE: dict[str, Callable[[Ladder, dict[str, Any], Path], None]] = {
    "contacts": _contact,
    "channels": _channel,
    "forms": _form,
    "printed": _printed,
}
