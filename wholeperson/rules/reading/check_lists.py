"""Checks the tables that rules point at: overlaps, sources, counties, code sets."""

from collections.abc import Iterator
from typing import Any

from wholeperson.rules import language
from wholeperson.rules.calendar import as_day
from wholeperson.rules.reading.check_nodes import Nodes
from wholeperson.rules.reading.ladder import TRUTH, Ladder, Path
from wholeperson.rules.reading.listed import mapping

OVERLAP_RULES = ("both", "either", "no", "ecm_first")
ROW_MAY = {"program", "fact", "attested", "with", "from", "to"} | TRUTH
SOURCE_MAY = {"sheet", "where", "read", "pages"}
GRADES = ("A", "B", "C", "D")


def check_overlaps(ladder: Ladder, data: dict[str, Any]) -> None:
    """The table, row by row."""
    if not ladder.keys(
        data, (), ("id", "rows", "from", "sheet", "cites", "mark"), ("to", "records", "also_both", "waiting_list")
    ):
        return
    ladder.identity(data["id"], ("id",))
    ladder.dates(data, ())
    ladder.truth(data, ())
    ladder.each_of(data.get("records", []), ("records",), language.SOURCES, "source")
    nodes = Nodes(ladder)
    for at, row in ladder.items(data["rows"], ("rows",)):
        if ladder.keys(row, ("rows", at), ("id", "says", "rule"), ROW_MAY):
            _row(nodes, row, ("rows", at))
    for at, each in ladder.items(data.get("also_both", []), ("also_both",)):
        ladder.text(each, ("also_both", at))
    if "waiting_list" in data:
        _waiting(ladder, data["waiting_list"], ("waiting_list",))


def _waiting(ladder: Ladder, waiting: Any, path: Path) -> None:
    if ladder.keys(waiting, path, ("fact", "rule"), TRUTH):
        ladder.one_of(waiting["fact"], (*path, "fact"), ladder.known.facts, "fact")
        ladder.one_of(waiting["rule"], (*path, "rule"), OVERLAP_RULES, "overlap rule")
        ladder.truth(waiting, path, inherits=True)


def _row(nodes: Nodes, row: dict[str, Any], path: Path) -> None:
    ladder = nodes.ladder
    if ladder.identity(row["id"], (*path, "id")):
        nodes.name(row["id"], (*path, "id"), "in this file")
    ladder.texts(row, path, "says", "with")
    ladder.one_of(row["rule"], (*path, "rule"), OVERLAP_RULES, "overlap rule")
    ladder.dates(row, path, may_be_open=True)
    ladder.truth(row, path, inherits=True)
    told = [key for key in ("program", "fact") if key in row]
    if len(told) != 1:
        problem = f"this row names {' and '.join(told) or 'neither program nor fact'}"
        ladder.say(path, "program_or_fact", problem, ["program", "fact"])
    if "program" in row:
        ladder.one_of("enrolled_in", path, ladder.known.events, "event")
        ladder.one_of(row["program"], (*path, "program"), ladder.known.types.get("program", ()), "program")
    if "fact" in row and ladder.one_of(row["fact"], (*path, "fact"), ladder.known.facts, "fact"):
        nodes.fact_type(row["fact"], (*path, "fact"), "bool")
    nodes.attested(row, path, "fact" if "fact" in row else "enrolled_in")


def check_sources(ladder: Ladder, data: dict[str, Any]) -> None:
    """What citations point to, and how far each may be trusted."""
    for path, source in _named(ladder, data, "sources"):
        if ladder.keys(source, path, ("title", "grade"), SOURCE_MAY):
            ladder.texts(source, path, "title", "where", "sheet", "read")
            ladder.one_of(source["grade"], (*path, "grade"), GRADES, "grade")
            if "pages" in source:
                ladder.number(source["pages"], (*path, "pages"), least=1)


def check_counties(ladder: Ladder, data: dict[str, Any]) -> None:
    """What is known of each county, each with its mark."""
    for path, county in _named(ladder, data, "counties"):
        ladder.identity(path[-1], path)
        if ladder.keys(county, path, ("name",), mapping(county)):
            ladder.text(county["name"], (*path, "name"))
            for key in county.keys() - {"name"}:
                if ladder.keys(county[key], (*path, key), ("value", "mark"), TRUTH):
                    ladder.truth(county[key], (*path, key))


def _named(ladder: Ladder, data: dict[str, Any], what: str) -> Iterator[tuple[Path, Any]]:
    """What the document lists by name, each with its place; nothing when the list itself is wrong."""
    if ladder.keys(data, (), (what,), ()) and ladder.keys(data[what], (what,), (), mapping(data[what])):
        for name, each in data[what].items():
            yield (what, name), each


def check_codes(ladder: Ladder, rows: list[dict[str, str]]) -> None:
    """Each code with its days, its mark and its source."""
    for at, row in enumerate(rows):
        for key in ("from", "to"):
            if row[key]:
                ladder.day(row[key], (at, key))
        first, last = as_day(row["from"]), as_day(row["to"])
        if first and last and last < first:
            ladder.say((at, "to"), "ends_before_it_begins", f"it ends on {last}, before it begins on {first}")
        ladder.one_of(row["mark"], (at, "mark"), language.MARKS, "mark")
        if row["cite"]:
            ladder.one_of(row["cite"], (at, "cite"), ladder.known.sources, "source")
        elif row["mark"] == "source-verified":
            ladder.say((at, "mark"), "verified_by_nothing", f"{row['code']} is source-verified and cites no source")
