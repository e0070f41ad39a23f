"""One page for a fact, and the list of all of them by programme."""

from collections.abc import Iterator
from typing import Any

from wholeperson.commands.docs_pages import markdown
from wholeperson.commands.docs_pages.markdown import code
from wholeperson.commands.docs_pages.pen import Pen
from wholeperson.commands.docs_pages.phrases import PRIVACY, TYPES, spaced
from wholeperson.commands.docs_pages.translations import translated
from wholeperson.rules.reading.library import Fact, Policy, Programme
from wholeperson.rules.reading.standing import Standing, Uses, standings

UP = "../"
HEARD = "It is heard only where nobody has answered, and only for yes."


def fact_page(fact: Fact, policy: Policy, uses: Uses) -> str:
    """The page."""
    pen = Pen(policy, UP)
    data = policy.documents.by_name["facts"]["facts"][fact.name]
    return markdown.page(
        code(fact.name),
        markdown.table(["in", "question", ""], [["English", fact.ask, ""], *map(list, _questions(fact, policy))]),
        markdown.bullets(_about(fact, data, pen)),
        markdown.section(
            "Who proves it", "Whose word is stronger when two disagree, strongest first:", _proof(fact, pen)
        ),
        markdown.section("When nothing is on record", _silence(fact, pen)),
        markdown.section("What speaks for it", markdown.bullets(_evidence(data, pen)), HEARD) if fact.evidence else "",
        markdown.section("Where it is used", _used(fact, policy, uses, pen)),
    )


def _questions(fact: Fact, policy: Policy) -> list[tuple[str, str, str]]:
    return translated(f"fact.{fact.name}", policy)


def _about(fact: Fact, data: dict[str, Any], pen: Pen) -> Iterator[str]:
    yield f"The answer is {TYPES[fact.type]}{_bounds(fact, data)}."
    yield f"Privacy: `{fact.privacy}`: {PRIVACY[fact.privacy]}."
    if fact.aliases:
        yield f"Also accepted under the name {markdown.listed(map(code, fact.aliases))}."
    yield f"Written in: {pen.truth(data)}."


def _bounds(fact: Fact, data: dict[str, Any]) -> str:
    if fact.values:
        return f": {', '.join(map(code, fact.values))}"
    told = [f"{word} {data[key]}" for key, word in (("least", "from"), ("most", "up to")) if key in data]
    return f" {' '.join(told)}" if told else ""


def _proof(fact: Fact, pen: Pen) -> str:
    lines = [f"{at}. {pen.source(each)} (`{each}`)" for at, each in enumerate(fact.proof, 1)]
    if fact.governed_by:
        governs = pen.sources(fact.governed_by, "and")
        lines += ["", f"Where {governs} have it, nobody else is heard."]
    return "\n".join(lines)


def _silence(fact: Fact, pen: Pen) -> str:
    if not fact.no_when_complete:
        return "Silence says nothing: the answer is *not known* until somebody tells it."
    complete = pen.sources(fact.no_when_complete)
    return f"It means *no* where we hold all of this through the day asked about: {complete}. Else it is *not known*."


def _evidence(data: dict[str, Any], pen: Pen) -> Iterator[str]:
    """Codes and facts that say yes where nobody has spoken; never no."""
    for rule in data.get("evidence", ()):
        yield f"{_speaks(rule, pen)} ({pen.truth({'cites': data.get('cites', ()), **rule})})"


def _speaks(rule: dict[str, Any], pen: Pen) -> str:
    if "fact" in rule:
        return f"a yes to {pen.fact(rule['fact'])}"
    if "aid_codes" in rule:
        rows = [row for row in pen.policy.documents.codes["aid_codes"] if row["group"] == rule["aid_codes"]]
        codes = ", ".join(f"{code(row['code'])} {row['label']}" for row in rows)
        return f"an aid code of {spaced(rule['aid_codes'])} in {pen.codes('aid_codes')} on that day: {codes}"
    count = len(pen.policy.documents.codes[rule["codes"]])
    return f"a diagnosis in {pen.codes(rule['codes'])} ({count} codes) within {pen.value(rule['within'])}"


def _used(fact: Fact, policy: Policy, uses: Uses, pen: Pen) -> str:
    rows = [(pen.programme(each.programme.id), _says(each), _how(each, fact.name)) for each in uses.of_fact[fact.name]]
    others = [
        f"It speaks for {pen.fact(name)}."
        for name, data in policy.documents.by_name["facts"]["facts"].items()
        if any(rule.get("fact") == fact.name for rule in data.get("evidence", ()))
    ]
    if policy.documents.by_name["overlaps"].get("waiting_list", {}).get("fact") == fact.name:
        others.append("It tells of a waiting list, which is no enrolment: it changes no answer.")
    parts = [markdown.table(["programme", "criterion", "how"], dict.fromkeys(rows)), markdown.bullets(others)]
    return "\n\n".join(filter(None, parts)) or "No criterion uses it yet."


def _says(standing: Standing) -> str:
    return standing.node.says or code(standing.node.id or standing.node.op)


def _how(standing: Standing, name: str) -> str:
    node = standing.node
    if node.attested != name:
        return "asked"
    if node.is_group:
        return "one answer for the whole group"
    return "a number told beside the records" if node.op in ("count", "days") else "an answer beside the records"


# ── the list ──


def index_page(policy: Policy, uses: Uses) -> str:
    """Every fact, under each programme that uses it."""
    pen = Pen(policy, UP)
    parts = [_of_programme(each, policy, pen) for each in policy.programmes.values()]
    unused = [name for name in policy.facts if not uses.of_fact[name]]
    head = f"{len(policy.facts)} facts may be known of a member. A fact that several programmes use stands under each."
    return markdown.page("Facts", head, *parts, markdown.section("Used by no criterion", _table(unused, policy)))


def _of_programme(programme: Programme, policy: Policy, pen: Pen) -> str:
    names = dict.fromkeys(name for each in standings(programme, policy) for name in each.facts)
    return markdown.section(pen.programme(programme.id), _table(list(names), policy))


def _table(names: list[str], policy: Policy) -> str:
    rows = [
        [f"[{code(each.name)}]({each.name}.md)", each.ask, TYPES[each.type], code(each.privacy)]
        for each in map(policy.facts.__getitem__, names)
    ]
    return markdown.table(["fact", "question", "answer", "privacy"], rows)
