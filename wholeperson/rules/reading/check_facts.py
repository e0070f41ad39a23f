"""Checks what may be known and what may happen: facts, events and open questions."""

from typing import Any

from wholeperson.rules import language
from wholeperson.rules.reading.check_classify import check_classify
from wholeperson.rules.reading.check_leaves import where
from wholeperson.rules.reading.ladder import TRUTH, Ladder, Path, spelled
from wholeperson.rules.reading.listed import mapping

FACT_NEEDS = {"type", "ask", "proof", "absence", "privacy"}
FACT_MAY = {"values", "aliases", "evidence", "governed_by", "least", "most"} | TRUTH
# The rules look these up by name.
NEEDED_FACTS = {"birth_date": "date", "race_ethnicity": "list"}
NEEDED_ATTRIBUTES = {"enrolled_in": "program", "authorized_for": "program", "diagnosis": "code"}
GAP = "tolerated_coverage_gap"

EVENT_NEEDS = {"kind", "sources", "complete_from", "privacy"}
EVENT_MAY = {"attributes", "complete_by", "absorb", "merge", "pool", "final_action_only", "classify"} | TRUTH
EVENT_KINDS = ("event", "spell", "derived")
PARAMETER_NEEDS = {"question", "default", "readings", "mark", "settled_by"}


def check_facts(ladder: Ladder, data: dict[str, Any]) -> None:
    """Every fact, the names they go by, and those the rules cannot do without."""
    if not _named(ladder, data, "facts"):
        return
    for name in NEEDED_FACTS.keys() - data["facts"].keys():
        ladder.say(("facts",), "missing_key", f"{name} is missing", [name])
    for name, fact in data["facts"].items():
        path: Path = ("facts", name)
        ladder.identity(name, path)
        if ladder.keys(fact, path, FACT_NEEDS, FACT_MAY):
            _fact(ladder, name, fact, path)
    _aliases(ladder, data["facts"])


def _fact(ladder: Ladder, name: str, fact: dict[str, Any], path: Path) -> None:
    allowed = [NEEDED_FACTS[name]] if name in NEEDED_FACTS else language.FACT_TYPES
    ladder.one_of(fact["type"], (*path, "type"), allowed, "type")
    ladder.one_of(fact["privacy"], (*path, "privacy"), language.PRIVACY, "privacy word")
    ladder.text(fact["ask"], (*path, "ask"))
    ladder.truth(fact, path)
    for key in ("proof", "governed_by"):
        if key in fact:
            ladder.each_of(fact[key], (*path, key), language.SOURCES, "source")
    _absence(ladder, fact, path)
    _values(ladder, fact, path)
    for at, rule in ladder.items(fact.get("evidence", []), (*path, "evidence")):
        _evidence(ladder, rule, fact, (*path, "evidence", at))


def _absence(ladder: Ladder, fact: dict[str, Any], path: Path) -> None:
    absence, path = fact["absence"], (*path, "absence")
    if absence == "not_known" or not ladder.keys(absence, path, ("no_when_complete",), ()):
        return
    ladder.each_of(absence["no_when_complete"], (*path, "no_when_complete"), language.SOURCES, "source")
    if fact["type"] != "bool":
        ladder.say(path, "absence_place", f"a fact of type {fact['type']!s:.20} cannot be no", ["not_known"])


def _values(ladder: Ladder, fact: dict[str, Any], path: Path) -> None:
    """Values where they are chosen from, bounds where there are numbers."""
    if ("values" in fact or fact["type"] == "word") and (
        not fact.get("values") or fact["type"] not in ("word", "list")
    ):
        problem = f"a fact of type {fact['type']!s:.20} {'has' if 'values' in fact else 'lists no'} values"
        ladder.say(path, "values_place", problem)
    for at, each in ladder.items(fact.get("values", []), (*path, "values")):
        ladder.text(each, (*path, "values", at))
    for key in ("least", "most"):
        if key in fact:
            ladder.number(fact[key], (*path, key), least=-(10**6))
            if fact["type"] != "int":
                ladder.say((*path, key), "bounds_place", f"a fact of type {fact['type']!s:.20} has no {key}")


def _evidence(ladder: Ladder, rule: Any, fact: dict[str, Any], path: Path) -> None:
    """Codes, an aid code or another fact that carry this one."""
    if not ladder.keys(rule, path, (), {"codes", "within", "aid_codes", "fact"} | TRUTH):
        return
    ladder.truth(rule, path, inherits=True)
    kinds = [key for key in ("codes", "aid_codes", "fact") if key in rule]
    if len(kinds) != 1 or ("within" in rule) != (kinds == ["codes"]):
        ladder.say(path, "one_evidence", f"{' and '.join(sorted(rule)) or 'nothing'} is no rule of evidence")
        return
    if fact["type"] != "bool":
        ladder.say(path, "evidence_place", f"a fact of type {fact['type']!s:.20} has evidence", ["bool"])
    known = {"codes": ladder.known.documents.codes, "aid_codes": ladder.known.aid_groups, "fact": ladder.known.facts}
    what = {"codes": "code set", "aid_codes": "aid group", "fact": "fact"}[kinds[0]]
    ladder.one_of(rule[kinds[0]], (*path, kinds[0]), known[kinds[0]], what)
    if "within" in rule:
        ladder.length(rule["within"], (*path, "within"))


def _aliases(ladder: Ladder, facts: dict[str, Any]) -> None:
    """A name belongs to one fact."""
    owners: dict[str, str] = {name: name for name in facts}
    for name, fact in facts.items():
        path: Path = ("facts", name, "aliases")
        for at, alias in ladder.items(mapping(fact).get("aliases", []), path):
            if ladder.text(alias, (*path, at)) and owners.setdefault(alias, name) != name:
                ladder.say((*path, at), "alias_twice", f"{alias:.60} names {owners[alias]} too")


def check_events(ladder: Ladder, data: dict[str, Any]) -> None:
    """Every event, its attributes and what is derived from it."""
    if not _named(ladder, data, "events", "attribute_types"):
        return
    for name, values in data["attribute_types"].items():
        plain = bool if name == "bool" else str
        for at, each in ladder.items(values, ("attribute_types", name)):
            if type(each) is not plain:
                ladder.say(("attribute_types", name, at), "value_type", f"{spelled(each):.60} is no {plain.__name__}")
    for name, event in data["events"].items():
        path: Path = ("events", name)
        ladder.identity(name, path)
        if ladder.keys(event, path, EVENT_NEEDS, EVENT_MAY):
            _event(ladder, name, event, path)


def _event(ladder: Ladder, name: str, event: dict[str, Any], path: Path) -> None:
    ladder.one_of(event["kind"], (*path, "kind"), EVENT_KINDS, "kind")
    ladder.one_of(event["privacy"], (*path, "privacy"), language.PRIVACY, "privacy word")
    ladder.truth(event, path)
    for key in ("sources", "complete_from"):
        ladder.each_of(event[key], (*path, key), language.SOURCES, "source")
    attributes = event.get("attributes", {})
    needed = {NEEDED_ATTRIBUTES[name]} if name in NEEDED_ATTRIBUTES else set()
    if ladder.keys(attributes, (*path, "attributes"), needed, mapping(attributes)):
        for key, kind in attributes.items():
            known = (*ladder.known.types, "int", "text", "words", "date", "programme")
            ladder.one_of(kind, (*path, "attributes", key), known, "type")
    if "final_action_only" in event:
        ladder.flag(event["final_action_only"], (*path, "final_action_only"))
    _complete_by(ladder, event, path)
    check_classify(ladder, event, path)
    _derived(ladder, event, path)


def _complete_by(ladder: Ladder, event: dict[str, Any], path: Path) -> None:
    """Whose complete record lists which program."""
    named, path = event.get("complete_by", {}), (*path, "complete_by")
    if ladder.keys(named, path, (), mapping(named)):
        for program, sources in named.items():
            ladder.one_of(program, (*path, program), ladder.known.types.get("program", ()), "program")
            ladder.each_of(sources, (*path, program), language.SOURCES, "source")


def _derived(ladder: Ladder, event: dict[str, Any], path: Path) -> None:
    """What is merged, absorbed or pooled."""
    kinds = {name: each.get("kind") for name, each in ladder.known.events.items()}
    if "merge" in event and ladder.keys(event["merge"], (*path, "merge"), ("gap",), ()):
        ladder.counted_in(event["merge"]["gap"], (*path, "merge", "gap"), "day")
        if event["kind"] == "event":
            ladder.say((*path, "merge"), "spell_only", "what happens on a day is merged")
    if "absorb" in event and ladder.keys(event["absorb"], (*path, "absorb"), ("into",), ()):
        into = event["absorb"]["into"]
        if ladder.one_of(into, (*path, "absorb", "into"), kinds, "event") and kinds[into] != "spell":
            ladder.say((*path, "absorb", "into"), "spell_only", f"{into} does not last")
    if ("pool" in event) != (event["kind"] == "derived"):
        ladder.say(
            path, "derived_from", f"it is a {event['kind']!s:.20} {'with' if 'pool' in event else 'without'} pool"
        )
    elif "pool" in event:
        _pool(ladder, event["pool"], (*path, "pool"))


def _pool(ladder: Ladder, pool: Any, path: Path) -> None:
    if not isinstance(pool, dict) or not pool:
        ladder.say(path, "not_a_mapping", "events and their attributes are expected here")
        return
    for name, wanted in pool.items():
        if ladder.one_of(name, (*path, name), ladder.known.events, "event"):
            if ladder.known.events[name].get("kind") == "derived":
                ladder.say((*path, name), "derived_from", f"{name} is derived itself")
            where(ladder, wanted, (*path, name), ladder.known.events[name])


def check_parameters(ladder: Ladder, data: dict[str, Any]) -> None:
    """Every open question, its readings and the default among them."""
    if not _named(ladder, data, "parameters"):
        return
    if GAP not in data["parameters"]:
        ladder.say(("parameters",), "missing_key", f"{GAP} is missing", [GAP])
    for name, parameter in data["parameters"].items():
        path: Path = ("parameters", name)
        ladder.identity(name, path)
        if ladder.keys(parameter, path, PARAMETER_NEEDS, TRUTH):
            ladder.texts(parameter, path, "question", "settled_by")
            ladder.truth(parameter, path)
            _readings(ladder, name, parameter, path)


def _readings(ladder: Ladder, name: str, parameter: dict[str, Any], path: Path) -> None:
    readings = [each for _, each in ladder.items(parameter["readings"], (*path, "readings"))]
    for at, each in enumerate(readings):
        if isinstance(each, dict | list) or each is None:
            ladder.say((*path, "readings", at), "not_a_text", "a reading is one value")
        elif name == GAP:
            ladder.counted_in(each, (*path, "readings", at), "day")
    default = parameter["default"]
    if isinstance(parameter["readings"], list) and not any(
        type(default) is type(each) and default == each for each in readings
    ):
        problem = "the default is not among the readings"
        ladder.say((*path, "default"), "default_is_a_reading", problem, map(str, readings))


def _named(ladder: Ladder, data: dict[str, Any], *keys: str) -> bool:
    """A document of names and their definitions."""
    complete = ladder.keys(data, (), keys, ())
    for key in keys:
        if key in data and not isinstance(data[key], dict):
            ladder.say((key,), "not_a_mapping", "names and their definitions are expected here")
            complete = False
    return complete
