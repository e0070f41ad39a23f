"""Checks what a Community Support or a service before release says beside its criteria: limits, packets and more."""

from typing import Any

from wholeperson.rules.calendar import span
from wholeperson.rules.reading.check_nodes import Nodes, Spot
from wholeperson.rules.reading.ladder import TRUTH, Ladder, Path

KINDS = ("community_support", "pre_release")
GROUPS = ("housing", "recuperative", "home_like")
RULES = ("both", "either", "ecm_first")
UNITS = ("hours", "days", "cents", "months", "times", "units", "meals", "weeks")
PERS = ("calendar_year", "lifetime", "demonstration", "episode")
MEASURES = ("units", "cents")
REQUIRED = (True, False, "if_possible", "unless_waived")

# Lists of things said: the keys an item may have beside its id, its sentence and its truth.
ITEMS: dict[str, set[str]] = {
    "components": {"codes", "codes_from_2026", "parameter", "family", "from", "to"},
    "activities": {"component", "from", "to", "phase_out", "part", "family", "fact"},
    "requirements": {"parameter", "from", "to", "fact", "family", "component", "requires_live_facility", "readiness"},
    "not_included": {"from", "to", "fact", "component"},
    "documents": {"required", "when", "from", "to", "fact", "waived", "part_of", "part", "at_least", "component"},
    "versions": {"from", "to"},
    "windows": {"opens", "closes", "at_least", "when", "or_at", "parameter"},
    "milestones": {"by", "who", "only_alarms", "at", "within", "when"},
}
AUTHORIZATION = {
    "initial", "renewal", "who_may_request", "clock", "component_order", "pauses", "renewal_needs", "longest",
    "expedited", "clinician_order", "referred_by", "presumptive", "retroactive", "closed_loop_referral", "decision",
    "note", "within", "plan_lengths", "automatic",
}  # fmt: skip
LIMIT_NEEDS = {"id", "says", "unit", "allowed", "per"}
LIMIT_MAY = {"used", "exceptions", "from", "to", "when", "warns_only"} | TRUTH
ROW_MAY = {"program", "fact", "attested", "authorized_for", "during", "on", "with", "component", "from", "to"} | TRUTH


def check_support(nodes: Nodes, data: dict[str, Any], spot: Spot) -> None:
    """Everything beside the criteria."""
    ladder = nodes.ladder
    if data["kind"] == "community_support":
        ladder.one_of(data.get("group"), ("group",), GROUPS, "group")
    for key, may in ITEMS.items():
        for at, item in ladder.items(data.get(key, []), (key,)):
            _item(ladder, item, (key, at), may)
    for at, limit in ladder.items(data.get("limits", []), ("limits",)):
        _limit(ladder, limit, ("limits", at))
    for at, row in ladder.items(data.get("combinations", []), ("combinations",)):
        _combination(ladder, row, ("combinations", at))
    for at, name in ladder.items(data.get("questions", []), ("questions",)):
        ladder.one_of(name, ("questions", at), ladder.known.parameters, "open question")
    _authorization(ladder, data.get("authorization", {}))
    _providers(ladder, data.get("providers", {}))
    if "mandatory" in data and ladder.keys(data["mandatory"], ("mandatory",), ("from", "when"), TRUTH):
        ladder.day(data["mandatory"]["from"], ("mandatory", "from"), may_be_open=False)
        Nodes(ladder).check(data["mandatory"]["when"], ("mandatory", "when"), spot)


def _item(ladder: Ladder, item: Any, path: Path, may: set[str]) -> None:
    if ladder.keys(item, path, ("id", "says"), may | TRUTH):
        ladder.text(item["says"], (*path, "says"))
        ladder.truth(item, path, inherits=True)
        ladder.dates(item, path)
        ladder.identity(item["id"], (*path, "id"))
        if "required" in item:
            ladder.one_of(item["required"], (*path, "required"), REQUIRED, "value")


def _limit(ladder: Ladder, limit: Any, path: Path) -> None:
    """An amount, what it is counted in, and over which days."""
    if not ladder.keys(limit, path, LIMIT_NEEDS, LIMIT_MAY):
        return
    ladder.truth(limit, path, inherits=True)
    ladder.dates(limit, path)
    ladder.text(limit["says"], (*path, "says"))
    ladder.one_of(limit["unit"], (*path, "unit"), UNITS, "unit")
    per = limit["per"]
    if not (isinstance(per, str) and per.startswith("rolling ") and span(per.removeprefix("rolling "))):
        ladder.one_of(per, (*path, "per"), PERS, "period")
    _allowed(ladder, limit["allowed"], (*path, "allowed"))
    _used(ladder, limit.get("used", {}), (*path, "used"))


def _allowed(ladder: Ladder, allowed: Any, path: Path) -> None:
    if isinstance(allowed, dict):
        ladder.one_of(allowed.get("parameter"), path, ladder.known.parameters, "open question")
    elif allowed is not None and (not isinstance(allowed, int) or isinstance(allowed, bool)):
        ladder.say(path, "not_a_number", f"{allowed!s:.60} is not a whole number")


def _used(ladder: Ladder, used: Any, path: Path) -> None:
    if not ladder.keys(used, path, (), ("fact", "times", "codes", "measure", "days_of")):
        return
    if "fact" in used and ladder.one_of(used["fact"], (*path, "fact"), ladder.known.facts, "fact"):
        kind = ladder.known.facts[used["fact"]].get("type")
        if kind != "int":
            ladder.say((*path, "fact"), "fact_type", f"{used['fact']} is of type {kind}, here int is needed", ["int"])
    if "measure" in used:
        ladder.one_of(used["measure"], (*path, "measure"), MEASURES, "value")
    for at, each in ladder.items(used.get("days_of", []), (*path, "days_of")):
        ladder.one_of(each, (*path, "days_of", at), ladder.known.events, "event")


def _combination(ladder: Ladder, row: Any, path: Path) -> None:
    """Another program that touches this one: exactly one way to tell whether somebody is in it."""
    if not ladder.keys(row, path, ("id", "says", "rule"), ROW_MAY):
        return
    ladder.truth(row, path, inherits=True)
    ladder.dates(row, path)
    ladder.one_of(row["rule"], (*path, "rule"), RULES, "overlap rule")
    ways = row.keys() & {"program", "fact", "authorized_for", "during"}
    if len(ways) != 1:
        ladder.say(path, "program_or_fact", f"the row names {', '.join(sorted(ways)) or 'none of them'}")
    if "program" in row:
        ladder.one_of(row["program"], (*path, "program"), ladder.known.types.get("program", []), "program")
    for key in row.keys() & {"fact", "attested"}:
        ladder.one_of(row[key], (*path, key), ladder.known.facts, "fact")


def _authorization(ladder: Ladder, written: Any) -> None:
    if ladder.keys(written, ("authorization",), (), AUTHORIZATION | TRUTH):
        ladder.truth(written, ("authorization",), inherits=True)
        for key in written.keys() & {"initial", "renewal"}:
            if written[key] != "plan":
                ladder.length(written[key], ("authorization", key))


def _providers(ladder: Ladder, written: Any) -> None:
    if ladder.keys(written, ("providers",), (), {"types", "attestations"} | TRUTH):
        ladder.truth(written, ("providers",), inherits=True)
        for at, item in ladder.items(written.get("attestations", []), ("providers", "attestations")):
            _item(ladder, item, ("providers", "attestations", at), {"from", "to", "when"})
