"""The page of a plan: what it is known to offer, how to reach it, its forms, and what its own page prints."""

from collections.abc import Iterable, Iterator
from typing import Any

from wholeperson.commands.docs_pages import markdown
from wholeperson.commands.docs_pages.markdown import BREAK, code, listed
from wholeperson.commands.docs_pages.pen import Pen
from wholeperson.commands.docs_pages.phrases import spaced, titled
from wholeperson.rules.reading.library import Policy
from wholeperson.rules.reading.pages import page

PRINTED = (
    "What a page prints is not what a plan offers, and it decides nothing here. Where it is narrower than what the "
    "State gives, `wholeperson policy deviations` lists it."
)
ASK = "What does not stand here is not known to be offered or refused: the plan is asked."


def plan_page(plan: dict[str, Any], policy: Policy) -> str:
    """The page."""
    pen, told = Pen(policy, "../"), page(plan, policy.plans)
    counties = listed(map(_county(policy), plan["counties"]), "and")
    return markdown.page(
        plan["name"],
        f"{code(plan['id'])}, in {counties}. {_shared(plan, policy)}".strip(),
        markdown.section("Offered", _elections(plan, pen), markdown.bullets(_by_every_plan(pen)), ASK),
        markdown.section("Ways in", markdown.bullets(_channels(told["channels"]))),
        markdown.section("Contacts", markdown.table(CONTACT, map(_contact, told["contacts"]))),
        markdown.section("Forms", markdown.table(("form", "for", "note"), _forms(told["forms"], pen))),
        markdown.section("Groups of its page", markdown.bullets(_groups(told["groups"], pen))),
        markdown.section("Provider types", markdown.bullets(each["name"] for each in told["provider_types"])),
        markdown.section("Guide", _guide(told["guide"])),
        markdown.section("What its page prints", PRINTED, markdown.table(WORDING, _printed(told["printed"], pen))),
    )


CONTACT = ("for", "how", "what for", "last seen to work")
WORDING = ("programme", "prints", "narrower than the State's, which is", "where")


def _county(policy: Policy) -> Any:
    return lambda name: policy.counties.get(name, {}).get("name", name)


def _shared(plan: dict[str, Any], policy: Policy) -> str:
    other = plan.get("shares_page_with")
    return f"It shares the page of [{policy.plans[other]['name']}]({other}.md)." if other else ""


def _elections(plan: dict[str, Any], pen: Pen) -> str:
    rows = [
        [
            pen.programme(each["programme"]),
            "offered" if each["offered"] else "not offered",
            listed(map(_county(pen.policy), each["counties"]), "and"),
            f"from {each['from']}" + (f" to {each['to']}" if each.get("to") else ""),
        ]
        for each in plan.get("elections", ())
    ]
    return markdown.table(("programme", "", "counties", "days"), rows)


def _by_every_plan(pen: Pen) -> Iterator[str]:
    """What is not a plan's to elect, for those of whom the programme's own page says so."""
    for each in pen.policy.programmes.values():
        if each.kind == "benefit":
            yield f"{pen.programme(each.id)}: every plan offers it"
        elif each.mandatory:
            yield f"{pen.programme(each.id)}: every plan must offer it to some members from {each.mandatory[0]}"


def _channels(channels: Iterable[dict[str, Any]]) -> Iterator[str]:
    for each in channels:
        steps = "".join(f"{BREAK}  {at}. {step['says']}" for at, step in enumerate(each.get("steps", ()), start=1))
        liked = ", the plan's own advice" if each.get("recommended") else ""
        name = each.get("name") or each.get("site", {}).get("name") or titled(each["id"])
        yield f"**{name}** ({_audience(each)}{liked}): {each.get('says', '')}{steps}"


def _audience(item: dict[str, Any]) -> str:
    return listed(map(spaced, item["for"]), "and")


def _contact(contact: dict[str, Any]) -> list[str]:
    option = f", option {contact['option']}" if "option" in contact else ""
    hours = contact.get("hours")
    when = (
        f", {titled(hours['days'][0])} to {titled(hours['days'][-1])}, {hours['from']} to {hours['to']}"
        if hours
        else ""
    )
    how = f"{spaced(contact['kind'])} {contact['value']}{option}{when}"
    return [_audience(contact), how, contact.get("says", ""), contact["last_verified"] or "never"]


def _forms(forms: Iterable[dict[str, Any]], pen: Pen) -> Iterator[list[str]]:
    for each in forms:
        kind = "" if each["kind"] == "referral" else f" ({spaced(each['kind'])})"
        yield [f"{each['name']}{kind}", "; ".join(map(pen.programme, each.get("programmes", ()))), each.get("says", "")]


def _groups(groups: Iterable[dict[str, Any]], pen: Pen) -> Iterator[str]:
    for each in groups:
        yield f"**{each['name']}**: {'; '.join(map(pen.programme, each['programmes']))}"


def _guide(guide: dict[str, Any] | None) -> str:
    if not guide:
        return ""
    return "\n\n".join(filter(None, [guide.get("says", ""), markdown.bullets(part["says"] for part in guide["parts"])]))


def _printed(printed: Iterable[dict[str, Any]], pen: Pen) -> Iterator[list[str]]:
    for each in printed:
        wider = each["state"] if each["narrower"] else ""
        yield [pen.programme(each["programme"]), each["says"], wider, pen.truth(each)]
