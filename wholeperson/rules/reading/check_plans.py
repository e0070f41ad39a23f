"""Checks one plan's overlay: it may add and elect, it may never narrow what the State gives."""

from itertools import combinations
from typing import Any

from wholeperson.rules.calendar import as_day
from wholeperson.rules.reading.check_clocks import check_plan_clocks
from wholeperson.rules.reading.check_pages import check_page
from wholeperson.rules.reading.ladder import TRUTH, Ladder, Path
from wholeperson.rules.reading.listed import listed, mapping

PLAN_NEEDS = {"id", "name", "counties"}
PLAN_MAY = {
    "from", "to", "elections", "printed", "channels", "contacts", "groups", "guide", "clocks", "lengths", "parameters",
    "forms", "documents", "page", "shares_page_with", "sheet", "cites", "mark", "provider_types",
}  # fmt: skip
NARROWING = ("criteria", "exclusions", "eligibility", "all_of", "requires", "none_of")
ALWAYS_OFFERED = ("benefit", "population_of_focus")


def check_plan(ladder: Ladder, data: dict[str, Any]) -> None:
    """The plan's own keys, its elections and the open questions it settles for itself."""
    for key in NARROWING:
        if key in data:
            ladder.say((key,), "overlay_narrows", f"a plan may not add {key}", sorted(PLAN_MAY))
    if not ladder.keys(data, (), PLAN_NEEDS, PLAN_MAY | set(NARROWING)):
        return
    ladder.named_after_file(data)
    ladder.texts(data, (), "name")
    ladder.dates(data, ())
    ladder.truth(data, ())
    ladder.each_of(data["counties"], ("counties",), ladder.known.counties, "county")
    _elections(ladder, data)
    _settled(ladder, data.get("parameters"))
    check_page(ladder, data)
    check_plan_clocks(ladder, data)


def _elections(ladder: Ladder, data: dict[str, Any]) -> None:
    elections = ladder.items(data.get("elections", []), ("elections",))
    for at, election in elections:
        path: Path = ("elections", at)
        if ladder.keys(election, path, ("programme", "counties", "offered", "from"), {"to", "components"} | TRUTH):
            _election(ladder, election, path, listed(data["counties"]) or [*ladder.known.counties])
    for (_, first), (at, second) in combinations(elections, 2):
        if _disagree(mapping(first), mapping(second)):
            problem = "it says otherwise than an election above, of the same days and county"
            ladder.say(("elections", at), "elections_disagree", problem)


def _election(ladder: Ladder, election: dict[str, Any], path: Path, counties: list[Any]) -> None:
    name = election["programme"]
    if ladder.one_of(name, (*path, "programme"), ladder.known.authorizable, "programme"):
        kind = ladder.known.programmes.get(name, {}).get("kind")
        if kind in ALWAYS_OFFERED:
            ladder.say((*path, "programme"), "nothing_to_elect", f"{name} is not a plan's to elect")
    ladder.each_of(election["counties"], (*path, "counties"), counties, "county")
    ladder.flag(election["offered"], (*path, "offered"))
    ladder.dates({key: value for key, value in election.items() if (key, value) != ("to", None)}, path)
    ladder.truth(election, path, inherits=True)
    if "components" in election:
        ladder.say((*path, "components"), "one_component", "a plan may not offer one component alone")


def _disagree(first: dict[str, Any], second: dict[str, Any]) -> bool:
    """Whether two elections answer differently for some county on some day."""
    shared = [each for each in listed(first.get("counties")) if each in listed(second.get("counties"))]
    return (
        bool(shared)
        and first.get("programme") == second.get("programme")
        and first.get("offered") != second.get("offered")
        and _begins_before_end(first, second)
        and _begins_before_end(second, first)
    )


def _begins_before_end(first: dict[str, Any], second: dict[str, Any]) -> bool:
    begins, ends = as_day(first.get("from")), as_day(second.get("to"))
    return begins is not None and (ends is None or begins <= ends)


def _settled(ladder: Ladder, settled: Any) -> None:
    """Each open question a plan settles takes one of its readings."""
    if settled is None:
        return
    if not isinstance(settled, dict):
        ladder.say(("parameters",), "not_a_mapping", "open questions and their readings are expected here")
        return
    for name, value in settled.items():
        path: Path = ("parameters", name)
        if ladder.one_of(name, path, ladder.known.parameters, "open question"):
            ladder.one_of(value, path, listed(ladder.known.parameters[name].get("readings")), "reading")
