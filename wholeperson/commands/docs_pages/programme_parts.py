"""What a programme's file says beside its criteria: services, authorization, limits, reasons to end.

Whatever a file brings is shown by the words of its keys, so that a new part needs no line here.
"""

from typing import Any

from wholeperson.commands.docs_pages import markdown
from wholeperson.commands.docs_pages.criteria import nested
from wholeperson.commands.docs_pages.pen import Pen
from wholeperson.commands.docs_pages.phrases import spaced, spelled, titled
from wholeperson.rules.reading.library import Policy, Programme
from wholeperson.rules.reading.make_nodes import asks
from wholeperson.rules.reading.standing import beside

# Shown elsewhere on the page, or by a section of their own.
SHOWN = frozenset(
    "id name kind number part_of from to live authority sheet cites mark describes criteria exclusions conditions "
    "former_names abbreviations combinations group questions reviewed versions".split()
)
LABELS = {"never": "Never a reason"}  # where the word of the file would say too little
TRUTH = ("id", "says", "sheet", "cites", "mark")


def parts(programme: Programme, pen: Pen) -> str:
    """A section for each part."""
    kept = {key: data for key, data in programme.data.items() if key not in SHOWN and data}
    return "\n\n".join(_part(key, data, programme, pen) for key, data in kept.items())


def questions(programme: Programme) -> list[str]:
    """The open questions that the file names beside its criteria."""
    named = list(programme.data.get("questions") or ())
    return named + [name for key, data in programme.data.items() if key not in SHOWN for name in _asked(data)]


def _asked(data: Any) -> list[str]:
    return [name for each in (data if isinstance(data, list) else [data]) for name in asks(each)]


def _part(key: str, data: Any, programme: Programme, pen: Pen) -> str:
    mark = str(programme.data["mark"])
    if isinstance(data, list):
        return markdown.section(titled(key), markdown.bullets(_item(each, mark, pen) for each in data))
    if not isinstance(data, dict):
        return markdown.section(titled(key), _settled(data, pen))
    items = markdown.bullets(_item(each, data.get("mark", mark), pen) for each in data.get("items", ()))
    truth = f"Written in: {pen.truth(data)}." if "mark" in data else ""
    return markdown.section(
        titled(key), items, _settings(data, pen), _tables(data, pen), _when(data, programme, pen), truth
    )


def _item(item: Any, mark: str, pen: Pen) -> str:
    """A sentence, what is said with it, and where it is written when that is not where all of the part is."""
    if not isinstance(item, dict):
        return _settled(item, pen)
    truth = pen.truth({"mark": mark, **item}) if item.keys() & {"cites", "mark"} else ""
    return " · ".join(filter(None, [_settled(item, pen), truth]))


def _settings(data: dict[str, Any], pen: Pen) -> str:
    kept = {key: each for key, each in data.items() if key not in (*TRUTH, "items", "when")}
    return markdown.bullets(
        f"{LABELS.get(key) or titled(key)}: {_settled(each, pen)}"
        for key, each in kept.items()
        if not _by_programme(each, pen)
    )


def _settled(value: Any, pen: Pen) -> str:
    if isinstance(value, list):
        return "; ".join(_settled(each, pen) for each in value)
    if isinstance(value, dict) and set(value) != {"parameter"}:
        rest = [f"{spaced(key)}: {_settled(each, pen)}" for key, each in value.items() if key not in TRUTH]
        return " · ".join(filter(None, [value.get("says", ""), ", ".join(rest)]))
    if isinstance(value, str) and value in pen.policy.facts:
        return pen.fact(value)
    return pen.programme(value) if isinstance(value, str) and value in pen.policy.programmes else pen.value(value)


def _tables(data: dict[str, Any], pen: Pen) -> str:
    """What is said for each programme by itself."""
    tables = [
        markdown.table(
            ["for", spaced(key)], [[pen.programme(name), _settled(one, pen) or "none"] for name, one in each.items()]
        )
        for key, each in data.items()
        if _by_programme(each, pen)
    ]
    return "\n\n".join(tables)


def _by_programme(value: Any, pen: Pen) -> bool:
    return isinstance(value, dict) and bool(value) and value.keys() <= pen.policy.programmes.keys()


def _when(data: dict[str, Any], programme: Programme, pen: Pen) -> str:
    """A part that holds for some members only says for whom in the words of criteria."""
    return nested(beside(programme, data, "when", pen.policy), pen) if isinstance(data.get("when"), dict) else ""


def begin_at_once(programme: Programme, policy: Policy, pen: Pen) -> str:
    """For a population: the providers of the benefit that need not wait for the plan's decision."""
    above = policy.programmes.get(programme.data.get("part_of", ""))
    types = above.data.get("streamlined", {}).get("provider_types", {}).get(programme.id) if above else None
    if above is None or types is None:
        return ""
    told = markdown.bullets(map(spelled, types)) or "No kind of provider is listed for this population."
    more = f"The terms stand with {pen.programme(above.id)}."
    return markdown.section("Providers that may begin before the plan decides", told, more)
