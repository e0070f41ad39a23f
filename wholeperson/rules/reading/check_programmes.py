"""Checks one programme: its criteria, when and where it lives, and what is said beside them."""

from datetime import date
from typing import Any

from wholeperson.rules.calendar import as_day
from wholeperson.rules.reading.check_nodes import Nodes, Spot
from wholeperson.rules.reading.check_supports import KINDS as SUPPORTS
from wholeperson.rules.reading.check_supports import check_support
from wholeperson.rules.reading.ladder import TRUTH, Ladder, Path
from wholeperson.rules.reading.listed import listed, mapping

PROGRAMME_NEEDS = {"id", "name", "kind", "from", "sheet", "cites", "mark", "describes", "criteria"}
PROGRAMME_MAY = {
    "to", "number", "part_of", "group", "live", "authority", "exclusions", "conditions", "limits", "core_services",
    "authorization", "streamlined", "automatic_authorization", "discontinuation", "assignment", "change_of_provider",
    "follow_ons", "former_names", "abbreviations", "components", "activities", "documents", "providers", "codes",
    "combinations", "mandatory", "name_is_a_reason",
    "windows", "milestones", "reviewed", "questions", "not_included", "versions",
    "requirements",
}  # fmt: skip
KINDS = ("benefit", "population_of_focus", "community_support", "pre_release")

# What stands beside the criteria: the keys of each part, and how those that are more than words are read.
PARTS: dict[str, set[str]] = {
    "core_services": {"items"},
    "authorization": {"initial", "renewal", "clock", "decision", "may_request", "consent_required"},
    "streamlined": {
        "from", "to", "length", "counts_first_day", "urge_referral_before_end", "initial_only", "requires",
        "provider_types",
    },
    "discontinuation": {"items", "never"},
    "assignment": {"within", "preference"},
    "change_of_provider": {"within"},
}  # fmt: skip
LENGTHS = ("initial", "renewal", "length")
FLAGS = ("consent_required", "initial_only", "counts_first_day")
LISTS = ("may_request", "requires", "never", "preference")


def check_programme(ladder: Ladder, data: dict[str, Any]) -> None:
    """One programme, whole."""
    if not ladder.keys(data, (), PROGRAMME_NEEDS, PROGRAMME_MAY):
        return
    ladder.named_after_file(data)
    ladder.texts(data, (), "name", "describes", "number")
    ladder.one_of(data["kind"], ("kind",), KINDS, "kind")
    ladder.dates(data, ())
    ladder.truth(data, ())
    _live(ladder, data.get("live", {}))
    _authority(ladder, data)
    if "part_of" in data:
        ladder.one_of(data["part_of"], ("part_of",), ladder.known.programmes, "programme")
    first, last = as_day(data["from"]), as_day(data.get("to"))
    spot, nodes = Spot(first or date.min, last or date.max), Nodes(ladder)
    nodes.check(data["criteria"], ("criteria",), spot)
    _exclusions(nodes, data, spot)
    support = data["kind"] in SUPPORTS
    if support:
        check_support(nodes, data, spot)
    for name in PARTS.keys() & data.keys() - ({"authorization"} if support else set()):
        _part(nodes, name, data[name])
    for at, item in ladder.items(data.get("automatic_authorization", []), ("automatic_authorization",)):
        _item(nodes, item, ("automatic_authorization", at))
    for key in ("follow_ons", "limits"):
        ladder.items(data.get(key, []), (key,))
    for key in ("former_names", "abbreviations"):
        _words(ladder, data.get(key, []), (key,))


def _live(ladder: Ladder, live: Any) -> None:
    """One day for the whole State, or the county's own day."""
    if not ladder.keys(live, ("live",), (), ("from", "by_county", "some_counties_from", "of")):
        return
    for key in ("from", "some_counties_from"):
        if key in live:
            ladder.day(live[key], ("live", key))
    if ("some_counties_from" in live) != ("of" in live):
        missing = "of" if "of" not in live else "some_counties_from"
        ladder.say(("live",), "missing_key", f"{missing} is missing", [missing])
    keys = {key for county in ladder.known.counties.values() for key, each in county.items() if isinstance(each, dict)}
    for key in ("by_county", "of"):
        if key in live and ladder.one_of(live[key], ("live", key), keys, "county key"):
            _every_county(ladder, live[key], ("live", key))


def _every_county(ladder: Ladder, key: str, path: Path) -> None:
    without = [
        name for name, county in ladder.known.counties.items() if not as_day(mapping(county.get(key)).get("value"))
    ]
    if without:
        ladder.say(path, "county_without_day", f"{', '.join(without[:5])} have no day under {key}")


def _authority(ladder: Ladder, data: dict[str, Any]) -> None:
    path: Path = ("authority",)
    if "authority" in data and ladder.keys(data["authority"], path, ("until", "cites", "mark"), ("sheet",)):
        ladder.day(data["authority"]["until"], (*path, "until"))
        ladder.truth(data["authority"], path)


def _exclusions(nodes: Nodes, data: dict[str, Any], spot: Spot) -> None:
    """What rules somebody out, and what must be chosen between: written out, or the rows of the overlap table."""
    ladder = nodes.ladder
    tables = [mapping(ladder.known.documents.by_name.get("overlaps")).get("id")]
    for key, may in (("exclusions", ("says", "attested")), ("conditions", ())):
        part, path = data.get(key), (key,)
        if key not in data:
            continue
        if isinstance(part, dict) and "overlaps" in part:
            ladder.keys(part, path, ("overlaps",), may)
            ladder.one_of(part["overlaps"], (*path, "overlaps"), tables, "overlap table")
            ladder.texts(part, path, "says")
            if not nodes.attested(part, path, "none_of") and key == "exclusions":
                _each_is_asked(ladder, path)
        elif key == "exclusions" and isinstance(part, dict) and "none_of" in part:
            nodes.check(part, path, spot)
        elif key == "exclusions":
            nodes.check(part, path, Spot(spot.first, spot.last, helps=False))
        else:
            ladder.keys(part, path, ("overlaps",), ())


def _each_is_asked(ladder: Ladder, path: Path) -> None:
    """Where nobody can be asked for the whole table, each program that rules somebody out has a question."""
    rows = map(mapping, listed(mapping(ladder.known.documents.by_name.get("overlaps")).get("rows")))
    for row in rows:
        if row.get("rule") == "no" and "program" in row and "attested" not in row:
            problem = f"neither the table nor its row {row.get('id')!s:.60} has an `attested` fact"
            ladder.say(path, "nobody_to_ask", problem)


def _part(nodes: Nodes, name: str, part: Any) -> None:
    """One of the parts beside the criteria."""
    ladder, path = nodes.ladder, (name,)
    if not ladder.keys(part, path, (), PARTS[name] | TRUTH):
        return
    ladder.truth(part, path, inherits=True)
    ladder.dates(part, path)
    for at, item in ladder.items(part.get("items", []), (*path, "items")):
        _item(nodes, item, (*path, "items", at))
    for key in part.keys() & set(LENGTHS):
        ladder.length(part[key], (*path, key))
    for key in part.keys() & set(FLAGS):
        ladder.flag(part[key], (*path, key), may_be_open=True)
    for key in part.keys() & set(LISTS):
        _words(ladder, part[key], (*path, key))
    for key in part.keys() & {"within", "urge_referral_before_end"}:
        _working_days(ladder, part[key], (*path, key))
    decision = part.get("decision", {})
    if ladder.keys(decision, (*path, "decision"), (), ("standard", "expedited")):
        for key, each in decision.items():
            ladder.counted_in(each, (*path, "decision", key), "business day", "calendar day", "hour")
    if "provider_types" in part:
        _provider_types(ladder, part["provider_types"], (*path, "provider_types"))


def _working_days(ladder: Ladder, value: Any, path: Path) -> None:
    """A length of time, or a number of business days."""
    if isinstance(value, str) and "business" in value:
        ladder.counted_in(value, path, "business day")
    else:
        ladder.length(value, path)


def _provider_types(ladder: Ladder, types: Any, path: Path) -> None:
    if ladder.keys(types, path, (), mapping(types)):
        for name, each in types.items():
            ladder.one_of(name, (*path, name), ladder.known.programmes, "programme")
            _words(ladder, each, (*path, name))


def _words(ladder: Ladder, words: Any, path: Path) -> None:
    for at, each in ladder.items(words, path):
        ladder.text(each, (*path, at))


def _item(nodes: Nodes, item: Any, path: Path) -> None:
    """Something said in a list: an id and a sentence."""
    if nodes.ladder.keys(item, path, ("id", "says"), TRUTH):
        nodes.ladder.text(item["says"], (*path, "says"))
        nodes.ladder.truth(item, path, inherits=True)
        if nodes.ladder.identity(item["id"], (*path, "id")):
            nodes.name(item["id"], (*path, "id"), "in this file")
