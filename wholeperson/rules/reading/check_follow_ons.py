"""Checks what leads to what: each row says after what, then what, and how far it goes by itself."""

from typing import Any, Final

from wholeperson.rules.reading.ladder import TRUTH, Ladder, Path
from wholeperson.rules.reading.listed import listed, mapping

HAPPENED: Final = ("asked", "answer", "authorized", "served", "done", "stay")
BESIDE: Final = ("without", "enrolled_in")
ANSWERS: Final = ("yes", "no", "not_known")
AS: Final = ("propose", "task", "automatic")


def check_follow_ons(ladder: Ladder, data: dict[str, Any]) -> None:
    """The services that are not ours, and the rows."""
    if not ladder.keys(data, (), ("services", "follow_ons"), ()):
        return
    services = mapping(data["services"])
    if ladder.keys(data["services"], ("services",), (), services):
        for name, service in services.items():
            ladder.identity(name, ("services", name))
            if ladder.keys(service, ("services", name), ("says",), ()):
                ladder.text(service["says"], ("services", name, "says"))
    seen: set[str] = set()
    for at, row in ladder.items(data["follow_ons"], ("follow_ons",)):
        path: Path = ("follow_ons", at)
        if ladder.keys(row, path, ("id", "says", "when", "then", "mark"), TRUTH | {"every"}):
            _row(ladder, row, path, services)
            if str(row["id"]) in seen:
                ladder.say((*path, "id"), "id_twice", f"{row['id']} is already the id of another of these")
            seen.add(str(row["id"]))


def _row(ladder: Ladder, row: dict[str, Any], path: Path, services: dict[str, Any]) -> None:
    ladder.identity(row["id"], (*path, "id"))
    ladder.text(row["says"], (*path, "says"))
    ladder.truth(row, path)
    if "every" in row:
        ladder.length(row["every"], (*path, "every"))
    if ladder.keys(row["when"], (*path, "when"), (), ("programmes", *HAPPENED, *BESIDE)):
        _when(ladder, row["when"], (*path, "when"))
    if ladder.keys(row["then"], (*path, "then"), ("as",), ("programme", "service")):
        _then(ladder, row["then"], (*path, "then"), services)


def _when(ladder: Ladder, when: dict[str, Any], path: Path) -> None:
    told = [key for key in HAPPENED if key in when]
    if len(told) != 1 or ("programmes" in when) == ("stay" in when):
        problem = f"this row tells of {' and '.join(told) or 'nothing that happened'}"
        ladder.say(path, "after_what", problem, HAPPENED)
    ladder.each_of(when.get("programmes", []), (*path, "programmes"), ladder.known.authorizable, "programme")
    for key in {"asked", "authorized", "served"} & when.keys():
        if when[key] is not True:
            ladder.say((*path, key), "not_true_or_false", f"{when[key]!s:.60} is not true", ["true"])
    if "answer" in when:
        ladder.one_of(when["answer"], (*path, "answer"), ANSWERS, "answer")
    if "done" in when and all(str(name) in ladder.known.programmes for name in listed(when.get("programmes"))):
        ladder.one_of(when["done"], (*path, "done"), (True, *_components(ladder, when)), "component")
    for key in {"stay", "without"} & when.keys():
        known = ladder.one_of(when[key], (*path, key), ladder.known.events, "event")
        if known and key == "stay" and ladder.known.events[when[key]].get("kind") != "spell":
            ladder.say((*path, key), "not_a_spell", f"{when[key]} is not a spell")
    if "enrolled_in" in when:
        ladder.one_of(when["enrolled_in"], (*path, "enrolled_in"), ladder.known.types.get("program", ()), "program")


def _components(ladder: Ladder, when: dict[str, Any]) -> list[str]:
    """The components of the programmes named."""
    named = [ladder.known.programmes[str(name)] for name in listed(when.get("programmes"))]
    return [str(part.get("id")) for each in named for part in map(mapping, listed(each.get("components")))]


def _then(ladder: Ladder, then: dict[str, Any], path: Path, services: dict[str, Any]) -> None:
    ladder.one_of(then["as"], (*path, "as"), AS, "way to follow")
    if ("programme" in then) == ("service" in then):
        ladder.say(path, "then_what", "this row needs a programme or a service, and only one", ["programme", "service"])
    if "programme" in then:
        ladder.one_of(then["programme"], (*path, "programme"), ladder.known.authorizable, "programme")
    if "service" in then:
        ladder.one_of(then["service"], (*path, "service"), services, "service")
