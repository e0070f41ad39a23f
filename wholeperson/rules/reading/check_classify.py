"""Checks how claims become events: which lines make one, how long it lasts, and what its attributes are then."""

import re
from typing import Any, Final

from wholeperson.rules.reading.check_leaves import where
from wholeperson.rules.reading.ladder import TRUTH, Ladder, Path
from wholeperson.rules.reading.listed import listed, mapping

# what one event is made for: (the keys it needs, the keys it may have)
WAYS: Final[dict[str, tuple[set[str], set[str]]]] = {
    "claim": ({"lines"}, {"else_one_for_day", "still", "attributes"}),
    "line": ({"codes"}, set()),
    "diagnosis": (set(), set()),
    "pregnancy": ({"begins_by", "ends_by", "gathers"}, set()),
}
CLAIM_TYPES: Final = ("institutional", "professional", "dental", "vision", "undetermined")

# what may be asked of a claim line: word → the form of its codes, and one that fits
FORMS: Final = {
    "bill_type": (re.compile(r"^[0-9]{2}$"), "13"),
    "revenue_center": (re.compile(r"^[0-9]{4}(-[0-9]{4})?$"), "0450-0459"),
    "place_of_service": (re.compile(r"^[0-9]{2}$"), "23"),
    "admit_type": (re.compile(r"^[0-9]$"), "3"),
}
DISPOSITION: Final = re.compile(r"^[0-9]{2}$")


def check_classify(ladder: Ladder, event: dict[str, Any], path: Path) -> None:
    """The event's `classify`, where it has one."""
    if "classify" not in event:
        return
    data, path = event["classify"], (*path, "classify")
    way = mapping(data).get("one_for")
    needed, may = WAYS.get(way, (set(), set())) if isinstance(way, str) else (set(), set())
    if way is not None and not ladder.one_of(way, (*path, "one_for"), WAYS, "way to count"):
        return
    if not ladder.keys(data, path, {"one_for"} | needed, may | TRUTH):
        return
    ladder.truth(data, path, inherits=True)
    if event["kind"] == "derived" or "claims" not in listed(event["sources"]):
        ladder.say(path, "classify_place", "claims do not tell of this event")
    for key in ("lines", "else_one_for_day"):
        for at, each in ladder.items(data.get(key, []), (*path, key)):
            _condition(ladder, each, (*path, key, at), of_a_claim=False)
    _still(ladder, event, data, path)
    for at, each in ladder.items(data.get("attributes", []), (*path, "attributes")):
        _attribute(ladder, each, event, (*path, "attributes", at))
    for key in ("codes", "begins_by", "ends_by"):
        if key in data:
            ladder.one_of(data[key], (*path, key), ladder.known.documents.codes, "code set")
    if "gathers" in data:
        ladder.counted_in(data["gathers"], (*path, "gathers"), "day")


def _still(ladder: Ladder, event: dict[str, Any], data: dict[str, Any], path: Path) -> None:
    """The discharge dispositions of who is still there."""
    if "still" in data and event["kind"] == "event":
        ladder.say((*path, "still"), "spell_only", "nobody stays in what happens on a day")
    for at, each in ladder.items(data.get("still", []), (*path, "still")):
        _code(ladder, each, (*path, "still", at), DISPOSITION, "30")


def _attribute(ladder: Ladder, rule: Any, event: dict[str, Any], path: Path) -> None:
    if ladder.keys(rule, path, ("attribute", "is", "when"), TRUTH):
        ladder.truth(rule, path, inherits=True)
        name = rule["attribute"]
        if ladder.one_of(name, (*path, "attribute"), mapping(event.get("attributes")), "attribute"):
            where(ladder, {name: rule["is"]}, (*path, "is"), event)
        _condition(ladder, rule["when"], (*path, "when"), of_a_claim=True)


def _condition(ladder: Ladder, condition: Any, path: Path, *, of_a_claim: bool) -> None:
    """Everything that is asked of a line; of the codes listed, any. A claim has a first diagnosis, a line has none."""
    if not ladder.keys(condition, path, (), {*FORMS, "claim_type"} | ({"primary"} if of_a_claim else set())):
        return
    if not condition:
        ladder.say(path, "empty_group", "nothing is asked of the line")
    for key, (form, example) in FORMS.items():
        for at, each in ladder.items(condition[key], (*path, key)) if key in condition else ():
            _code(ladder, each, (*path, key, at), form, example)
    if "claim_type" in condition:
        ladder.each_of(condition["claim_type"], (*path, "claim_type"), CLAIM_TYPES, "claim type")
    if "primary" in condition:
        ladder.one_of(condition["primary"], (*path, "primary"), ladder.known.documents.codes, "code set")


def _code(ladder: Ladder, code: Any, path: Path, form: re.Pattern[str], example: str) -> None:
    if not (isinstance(code, str) and form.match(code)):
        ladder.say(path, "not_a_claim_code", f"{code!s:.20} is not such a code", [example])
