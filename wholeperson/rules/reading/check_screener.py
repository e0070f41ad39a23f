"""Checks what the screener begins with and how it asks: each row names programmes and facts that there are."""

from typing import Any, Final

from wholeperson.rules.reading.ladder import Ladder, Path
from wholeperson.rules.reading.listed import mapping

LEAVES: Final = ("clinician", "plan")
FORMS: Final = ("age",)


def check_screener(ladder: Ladder, data: dict[str, Any]) -> None:
    """Groups of situations, plainer questions, what is left to others to answer, and where danger is asked about."""
    needed = ("id", "groups", "situations", "questions", "left_to", "urgent", "mark")
    if not ladder.keys(data, (), needed, ("sheet", "cites")):
        return
    ladder.named_after_file(data)
    ladder.truth(data, ())
    seen: set[str] = set()
    groups = [str(mapping(group).get("id")) for _, group in ladder.items(data["groups"], ("groups",))]
    for at, group in ladder.items(data["groups"], ("groups",)):
        _row(ladder, group, ("groups", at), seen, ("id", "says"), ())
    for at, row in ladder.items(data["situations"], ("situations",)):
        path: Path = ("situations", at)
        if _row(ladder, row, path, seen, ("id", "says", "group", "looks_at"), ("tells", "first", "urgent")):
            _situation(ladder, row, path, groups)
    for at, row in ladder.items(data["questions"], ("questions",)):
        path = ("questions", at)
        if _row(ladder, row, path, seen, ("id", "says"), ("as",)):
            ladder.one_of(row["id"], (*path, "id"), ladder.known.facts, "fact")
            if "as" in row:
                ladder.one_of(row["as"], (*path, "as"), FORMS, "kind")
    if ladder.keys(data["left_to"], ("left_to",), (), LEAVES):
        for who, facts in data["left_to"].items():
            ladder.each_of(facts, ("left_to", who), ladder.known.facts, "fact")
    ladder.each_of(data["urgent"], ("urgent",), ladder.known.facts, "fact")


def _row(ladder: Ladder, row: Any, path: Path, seen: set[str], needed: tuple[str, ...], may: tuple[str, ...]) -> bool:
    """Whether it is a row with an id of its own that says something."""
    if not ladder.keys(row, path, needed, may):
        return False
    ladder.identity(row["id"], (*path, "id"))
    ladder.text(row["says"], (*path, "says"))
    if str(row["id"]) in seen:
        ladder.say((*path, "id"), "id_twice", f"{row['id']} is already the id of another of these")
    seen.add(str(row["id"]))
    return True


def _situation(ladder: Ladder, row: dict[str, Any], path: Path, groups: list[str]) -> None:
    ladder.one_of(row["group"], (*path, "group"), groups, "group")
    ladder.each_of(row["looks_at"], (*path, "looks_at"), ladder.known.programmes, "programme")
    ladder.each_of(row.get("first", []), (*path, "first"), ladder.known.facts, "fact")
    if "urgent" in row:
        ladder.flag(row["urgent"], (*path, "urgent"))
    for name, value in mapping(row.get("tells", {})).items():
        if ladder.one_of(name, (*path, "tells"), ladder.known.facts, "fact"):
            is_bool = ladder.known.facts[name].get("type") == "bool"
            if not is_bool or not isinstance(value, bool):
                problem = f"{name} is told {value!s:.60}: only yes-or-no facts are told"
                ladder.say((*path, "tells", name), "not_true_or_false", problem, ["true", "false"])
