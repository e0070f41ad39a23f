"""Checks clocks and holidays: each rule can be counted, what it waits for can be told, each day has its place."""

from fnmatch import fnmatchcase
from typing import Any

from wholeperson.rules.calendar import as_day
from wholeperson.rules.clocks.written import FALLS, STARTS, TOLD, UNITS, WAYS, WHEN
from wholeperson.rules.reading.ladder import TRUTH, Ladder, Path
from wholeperson.rules.reading.listed import listed, mapping

CLOCK_MAY = {"to", "told", "cutoff"} | TRUTH
SET_MAY = {"but_not", "unless_named", "beside"}
RULE_MAY = {"starts", "way", "falls", "when", "stops", "counts_first_day", "reading", "from", "to"} | TRUTH
NO_HOURS = {"starts", "way", "falls", "stops", "counts_first_day"}
# What a rule may wait for, and what must be tellable for it.
WAITS = {"extended": "extended", "expedited": "expedited", "complete": "complete"}


def check_clocks(ladder: Ladder, data: dict[str, Any]) -> None:
    """Every clock, and every id only once."""
    if not ladder.keys(data, (), ("id", "clocks"), ()):
        return
    ladder.named_after_file(data)
    clocks = mapping(data["clocks"])
    if ladder.keys(data["clocks"], ("clocks",), (), clocks):
        seen = set(clocks)
        for name, clock in clocks.items():
            path: Path = ("clocks", name)
            ladder.identity(name, path)
            if ladder.keys(clock, path, ("says", "received", "sheet", "from", "sets"), CLOCK_MAY):
                _clock(ladder, clock, path, seen)


def _clock(ladder: Ladder, clock: dict[str, Any], path: Path, seen: set[str]) -> None:
    ladder.texts(clock, path, "says", "received", "sheet")
    ladder.dates(clock, path)
    ladder.each_of(clock.get("told", []), (*path, "told"), TOLD, "option")
    if "cutoff" in clock:
        ladder.flag(clock["cutoff"], (*path, "cutoff"))
    sets = ladder.items(clock["sets"], (*path, "sets"))
    for at, each in sets:
        if ladder.keys(each, (*path, "sets", at), ("id", "programmes", "rules"), SET_MAY):
            _set(ladder, each, (*path, "sets", at), listed(clock.get("told")), seen)
    chosen = [at for at, each in sets if mapping(each).get("unless_named") is True]
    if len(chosen) > 1 or (len(sets) == 1 and not chosen):
        problem = f"{len(chosen)} of its sets stand for requests that name no programme"
        ladder.say((*path, "sets"), "one_unless_named", problem)


def _set(ladder: Ladder, data: dict[str, Any], path: Path, told: list[Any], seen: set[str]) -> None:
    ladder.identity(data["id"], (*path, "id"))
    for at, pattern in ladder.items(data["programmes"], (*path, "programmes")):
        if not any(fnmatchcase(each, str(pattern)) for each in ladder.known.authorizable):
            ladder.say((*path, "programmes", at), "unknown_programme", f"{pattern!s:.60} fits no programme")
    ladder.each_of(data.get("but_not", []), (*path, "but_not"), ladder.known.authorizable, "programme")
    if "unless_named" in data:
        ladder.flag(data["unless_named"], (*path, "unless_named"))
    for key in ("rules", "beside"):
        for at, rule in ladder.items(data.get(key, []), (*path, key)):
            place: Path = (*path, key, at)
            if ladder.keys(rule, place, ("id", "says", "amount", "unit", "mark"), RULE_MAY):
                _rule(ladder, rule, place, told, seen, beside=key == "beside")
    if not any("when" not in mapping(each) for each in listed(data["rules"])):
        ladder.say((*path, "rules"), "nothing_governs", "no rule of this set holds without more")


def _rule(ladder: Ladder, rule: dict[str, Any], path: Path, told: list[Any], seen: set[str], *, beside: bool) -> None:
    if ladder.identity(rule["id"], (*path, "id")) and rule["id"] in seen:
        ladder.say((*path, "id"), "id_twice", f"{rule['id']} stands in this file already")
    seen.add(str(rule["id"]))
    ladder.text(rule["says"], (*path, "says"))
    ladder.dates(rule, path)
    ladder.truth(rule, path)
    _whole(ladder, rule["amount"], (*path, "amount"), least=1, most=3650)
    ladder.one_of(rule["unit"], (*path, "unit"), UNITS, "unit")
    _turns(ladder, rule, path, told, beside=beside)
    for key in ("stops", "counts_first_day"):
        if key in rule:
            ladder.flag(rule[key], (*path, key))
    if "reading" in rule and ladder.one_of(
        rule["reading"], (*path, "reading"), ladder.known.parameters, "open question"
    ):
        readings = listed(ladder.known.parameters[rule["reading"]].get("readings"))
        ladder.one_of(rule.get("counts_first_day", False), (*path, "counts_first_day"), readings, "reading")


def _turns(ladder: Ladder, rule: dict[str, Any], path: Path, told: list[Any], *, beside: bool) -> None:
    """From what it counts and when it holds; what it waits for must be something that can be told."""
    starts, when = (STARTS, WHEN[2:]) if beside else (STARTS[:2], WHEN[:2])
    for key, allowed in (("starts", starts), ("way", WAYS), ("falls", FALLS), ("when", when)):
        if key in rule:
            ladder.one_of(rule[key], (*path, key), allowed, "turn")
    waits = {WAITS.get(str(rule.get(key))) for key in ("starts", "when")} | {"paused" if rule.get("stops") else None}
    for name in sorted(each for each in waits if each and each not in told):
        ladder.say(path, "never_told", f"it waits for {name}, which nobody may tell this clock", map(str, told))
    if rule["unit"] == "elapsed_hour" and NO_HOURS & rule.keys():
        ladder.say(path, "hours_elapse", f"hours have no {', '.join(sorted(NO_HOURS & rule.keys()))}")


def check_holidays(ladder: Ladder, data: dict[str, Any]) -> None:
    """Every day once, between the first and the last, with the name of a holiday."""
    if not ladder.keys(data, (), ("id", "first", "last", "names", "days"), ()):
        return
    ladder.named_after_file(data)
    ladder.day(data["first"], ("first",))
    ladder.day(data["last"], ("last",))
    names = []
    for at, each in ladder.items(data["names"], ("names",)):
        if ladder.keys(each, ("names", at), ("id", "says"), ()) and ladder.identity(each["id"], ("names", at, "id")):
            ladder.text(each["says"], ("names", at, "says"))
            names.append(each["id"])
    first, last, seen = str(data["first"]), str(data["last"]), set()
    for at, row in ladder.items(data["days"], ("days",)):
        if ladder.keys(row, ("days", at), ("on", "holiday"), ("observed",)):
            ladder.one_of(row["holiday"], ("days", at, "holiday"), names, "holiday")
            ladder.day(row["on"], ("days", at, "on"))
            if "observed" in row:
                ladder.flag(row["observed"], ("days", at, "observed"))
            if as_day(row["on"]) and (not first <= row["on"] <= last or str(row["on"]) in seen):
                problem = f"{row['on']} stands here twice, or not from {first} to {last}"
                ladder.say(("days", at, "on"), "holiday_place", problem)
            seen.add(str(row["on"]))


def check_plan_clocks(ladder: Ladder, data: dict[str, Any]) -> None:
    """The hour after which a plan counts what arrives for the next day."""
    hours = data.get("clocks", {})
    if ladder.keys(hours, ("clocks",), (), ("cutoff_hour",)) and "cutoff_hour" in hours:
        _whole(ladder, hours["cutoff_hour"], ("clocks", "cutoff_hour"), most=23)


def _whole(ladder: Ladder, value: Any, path: Path, *, least: int = 0, most: int) -> None:
    """A number itself; an open question cannot be counted with."""
    ladder.number(str(value) if isinstance(value, dict) else value, path, least=least, most=most)
