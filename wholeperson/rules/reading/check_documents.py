"""Checks every document of the policy against the vocabulary; returns all mistakes at once."""

from collections.abc import Callable
from typing import Any

from wholeperson.rules import language
from wholeperson.rules.problems import Problem
from wholeperson.rules.reading.check_nodes import Nodes
from wholeperson.rules.reading.check_plans import check_plan
from wholeperson.rules.reading.files import PROGRAMME_FOLDERS, Documents
from wholeperson.rules.reading.ladder import Ladder, Path

TRUTH = {"sheet", "cites", "mark"}
PROGRAMME_NEEDS = {"id", "name", "kind", "from", "sheet", "cites", "mark", "describes", "criteria"}
PROGRAMME_MAY = {
    "to", "number", "part_of", "group", "live", "authority", "exclusions", "conditions", "limits", "core_services",
    "authorization", "streamlined", "automatic_authorization", "discontinuation", "assignment", "change_of_provider",
    "follow_ons", "former_names", "abbreviations", "components", "activities", "documents", "providers", "codes",
    "combinations", "reviewed", "questions", "not_included", "versions", "requirements",
}  # fmt: skip
FACT_NEEDS = {"type", "ask", "proof", "absence", "privacy"}
FACT_MAY = {"values", "aliases", "evidence", "governed_by", "narrows", "person_field", "least", "most"} | TRUTH
EVENT_NEEDS = {"kind", "sources", "complete_from", "privacy"}
EVENT_MAY = {"attributes", "absorb", "merge", "pool", "final_action_only"} | TRUTH
PARAMETER_NEEDS = {"question", "default", "readings", "mark", "settled_by"}
OVERLAP_RULES = ("both", "either", "no", "ecm_first")


def check(documents: Documents) -> list[Problem]:
    """All mistakes of the policy; none when it may be used."""
    facts = _mapping(documents, "facts", "facts")
    events = _mapping(documents, "events", "events")
    programmes = {
        data.get("id"): data
        for folder in PROGRAMME_FOLDERS
        for data in documents.inside(folder).values()
        if isinstance(data, dict)
    }
    known = {name for name in programmes if isinstance(name, str)}
    problems: list[Problem] = []
    for name in documents.by_name:
        ladder = Ladder(documents, name)
        if not isinstance(documents.by_name[name], dict):
            ladder.say(
                (),
                "not_a_mapping",
                "keys and values are expected here",
                "each value needs its name",
                "write `key: value` lines",
            )
        else:
            _checker(name)(ladder, documents.by_name[name], Nodes(ladder, facts, events, known))
        problems += ladder.problems
    return problems + ([] if problems else _circles(documents, programmes))


def _mapping(documents: Documents, name: str, key: str) -> dict[str, Any]:
    document = documents.by_name.get(name)
    found = document.get(key) if isinstance(document, dict) else None
    return found if isinstance(found, dict) else {}


def _checker(name: str) -> Callable[[Ladder, dict[str, Any], Nodes], None]:
    folder = name.partition("/")[0]
    if folder in PROGRAMME_FOLDERS:
        return _programme
    named = {
        "facts": _facts,
        "events": _events,
        "parameters": _parameters,
        "overlaps": _overlaps,
        "shared": _shared,
        "plans": check_plan,
        "words": _words,
    }
    return named.get(folder, _anything)


def _anything(ladder: Ladder, data: dict[str, Any], nodes: Nodes) -> None:
    """Reference lists (sources, counties): their own tests hold them."""


def _named_after_file(ladder: Ladder, data: dict[str, Any]) -> None:
    stem = ladder.name.rpartition("/")[2]
    wanted = stem if "." in stem or not isinstance(data.get("id"), str) else data["id"].replace(".", "_")
    if wanted != stem:
        ladder.say(
            ("id",),
            "name_and_file",
            f"the id {data.get('id')} does not fit the file {stem}",
            "one rule is one file, found by its name",
            "rename one of the two",
            [stem],
        )


def _programme(ladder: Ladder, data: dict[str, Any], nodes: Nodes) -> None:
    if not ladder.keys(data, (), PROGRAMME_NEEDS, PROGRAMME_MAY):
        return
    _named_after_file(ladder, data)
    ladder.dates(data, ())
    ladder.truth(data, ())
    _live(ladder, data.get("live", {}))
    if "authority" in data and ladder.keys(data["authority"], ("authority",), ("until", "cites", "mark"), ()):
        ladder.day(data["authority"]["until"], ("authority", "until"))
        ladder.truth(data["authority"], ("authority",))
    nodes.check(data["criteria"], ("criteria",))
    exclusions = data.get("exclusions")
    if isinstance(exclusions, dict) and "overlaps" not in exclusions:
        nodes.check(exclusions, ("exclusions",))


def _live(ladder: Ladder, live: Any) -> None:
    if ladder.keys(live, ("live",), (), ("from", "by_county", "some_counties_from", "of")):
        for key in ("from", "some_counties_from"):
            ladder.day(live.get(key), ("live", key))


def _shared(ladder: Ladder, data: dict[str, Any], nodes: Nodes) -> None:
    if ladder.keys(data, (), ("id", "name", "from", "sheet", "cites", "mark", "block"), ("to",)):
        _named_after_file(ladder, data)
        ladder.dates(data, ())
        ladder.truth(data, ())
        # Its `reading` places are judged where it is used, under an any_of; its facts may be asked for above it.
        nodes.check(data["block"], ("block",), under_any=True)


def _facts(ladder: Ladder, data: dict[str, Any], nodes: Nodes) -> None:
    names: dict[str, str] = {}
    if not ladder.keys(data, (), ("facts",), ()):
        return
    for name, fact in data["facts"].items():
        path: Path = ("facts", name)
        if not ladder.keys(fact, path, FACT_NEEDS, FACT_MAY):
            continue
        ladder.one_of(fact["type"], (*path, "type"), language.FACT_TYPES, "type")
        ladder.one_of(fact["privacy"], (*path, "privacy"), language.PRIVACY, "privacy word")
        ladder.truth(fact, path)
        for at, source in enumerate(fact["proof"]):
            ladder.one_of(source, (*path, "proof", at), language.SOURCES, "source")
        _absence(ladder, fact["absence"], (*path, "absence"))
        for alias in (name, *fact.get("aliases", [])):
            if names.setdefault(alias, name) != name or (alias != name and alias in data["facts"]):
                ladder.say(
                    path,
                    "alias_twice",
                    f"{alias} names two facts",
                    "an answer would go to the wrong one",
                    "keep it as the name or alias of one fact",
                )
        if fact["type"] == "word" and not fact.get("values"):
            ladder.say(
                path,
                "no_values",
                "a fact of type word lists its values",
                "else any spelling would pass",
                "add `values:`",
            )


def _absence(ladder: Ladder, absence: Any, path: Path) -> None:
    if absence == "not_known":
        return
    if ladder.keys(absence, path, ("no_when_complete",), ()):
        for at, source in enumerate(absence["no_when_complete"]):
            ladder.one_of(source, (*path, "no_when_complete", at), language.SOURCES, "source")


def _events(ladder: Ladder, data: dict[str, Any], nodes: Nodes) -> None:
    if not ladder.keys(data, (), ("events", "attribute_types"), ()):
        return
    for name, event in data["events"].items():
        path: Path = ("events", name)
        if not ladder.keys(event, path, EVENT_NEEDS, EVENT_MAY):
            continue
        ladder.one_of(event["kind"], (*path, "kind"), ("event", "spell", "derived"), "kind")
        ladder.one_of(event["privacy"], (*path, "privacy"), language.PRIVACY, "privacy word")
        ladder.truth(event, path)
        for key in ("sources", "complete_from"):
            for at, source in enumerate(event[key]):
                ladder.one_of(source, (*path, key, at), language.SOURCES, "source")
        for other in [event["absorb"]["into"]] if "absorb" in event else list(event.get("pool", {})):
            ladder.one_of(other, path, data["events"], "event")


def _parameters(ladder: Ladder, data: dict[str, Any], nodes: Nodes) -> None:
    if not ladder.keys(data, (), ("parameters",), ()):
        return
    for name, parameter in data["parameters"].items():
        path: Path = ("parameters", name)
        if ladder.keys(parameter, path, PARAMETER_NEEDS, {"sheet", "cites"}):
            ladder.truth(parameter, path)
            if parameter["default"] not in parameter["readings"]:
                ladder.say(
                    (*path, "default"),
                    "default_is_a_reading",
                    "the default is not among the readings",
                    "we can only act on a reading somebody could hold",
                    "add it to `readings:`",
                )


def _overlaps(ladder: Ladder, data: dict[str, Any], nodes: Nodes) -> None:
    if not ladder.keys(data, (), ("id", "rows", "from", "sheet", "cites", "mark"), ("also_both", "waiting_list")):
        return
    for at, row in enumerate(data["rows"]):
        path: Path = ("rows", at)
        if ladder.keys(
            row, path, ("id", "says", "rule"), {"program", "fact", "attested", "with", "from", "to"} | TRUTH
        ):
            ladder.one_of(row["rule"], (*path, "rule"), OVERLAP_RULES, "overlap rule")
            ladder.dates(row, path)
            ladder.truth(row, path)
            for key in ("fact", "attested"):
                if key in row:
                    ladder.one_of(row[key], (*path, key), nodes.facts, "fact")


def _words(ladder: Ladder, data: dict[str, Any], nodes: Nodes) -> None:
    ladder.keys(data, (), ("language", "words"), ("phrases",))


def _circles(documents: Documents, programmes: dict[Any, Any]) -> list[Problem]:
    """Programmes that would wait for each other's answer."""
    waits = {name: _met(data.get("criteria")) for name, data in programmes.items()}
    found = []
    for name, data in programmes.items():
        reached, todo = set(), list(waits[name])
        while todo:
            other = todo.pop()
            if other not in reached:
                reached.add(other)
                todo += waits.get(other, [])
        if name in reached:
            file = next(key for key, each in documents.by_name.items() if each is data)
            ladder = Ladder(documents, file)
            ladder.say(
                ("criteria",),
                "circle",
                f"{name} waits for its own answer",
                "it could never be decided",
                "break the circle of `meets`",
                sorted(reached),
            )
            found += ladder.problems
    return found


def _met(node: Any) -> list[str]:
    if isinstance(node, list):
        return [name for each in node for name in _met(each)]
    if not isinstance(node, dict):
        return []
    return ([node["meets"]] if "meets" in node else []) + [name for value in node.values() for name in _met(value)]
