"""Makes layouts of documents: a dialect says only what differs from the layout it is like."""

from collections.abc import Mapping
from typing import Any, Final

from wholeperson.formats.files.layout import CONFIDENCES, OPTIONAL, Column, Condition, Layout, Layouts

YES_NO: Final = {True: ("Y", "Yes", "1", "True"), False: ("N", "No", "0", "False")}
WHOLE: Final = ("name", "file", "version", "direction", "one_row_for", "says", "rhythm", "form", "unique", "sheet",
                "cites", "mark")  # fmt: skip

Document = Mapping[str, Any]


def build(documents: Mapping[str, Any], grades: Mapping[str, str]) -> Layouts:
    """Layouts by id, of documents that the lint found nothing wrong with. ``grades``: source → A, B, C or D."""
    made = {name: _layout(resolved(name, documents), grades) for name in documents}
    return dict(sorted(made.items()))


def resolved(name: str, documents: Mapping[str, Any]) -> dict[str, Any]:
    """A document with all that it takes over."""
    own: Document = documents[name]
    if "like" not in own:
        return dict(own)
    whole = {key: value for key, value in documents[own["like"]].items() if key in WHOLE}
    whole |= {key: value for key, value in own.items() if key not in ("change", "add", "drop", "order")}
    columns = [dict(each) for each in documents[own["like"]]["columns"] if each["key"] not in own.get("drop", ())]
    by_key = {each["key"]: each for each in columns}
    for change in own.get("change", ()):
        by_key[change["key"]].update(_changed(by_key[change["key"]], change))
    whole["columns"] = _placed(columns, own.get("add", ()), own.get("order"))
    return whole


def _changed(before: Document, change: Document) -> dict[str, Any]:
    """Another heading keeps the former among the ones that are known."""
    new = dict(change)
    if "head" in change:
        known = [*change.get("also", ()), before["head"], *before.get("also", ())]
        new["also"] = [each for each in dict.fromkeys(known) if each != change["head"]]
    return new


def _placed(columns: list[dict[str, Any]], added: Any, order: list[str] | None) -> list[dict[str, Any]]:
    made = list(columns)
    for each in added:
        new = {key: value for key, value in each.items() if key != "after"}
        at = next((at for at, one in enumerate(made) if one["key"] == each.get("after")), len(made) - 1)
        made.insert(at + 1, new)
    if order:
        made.sort(key=lambda each: order.index(each["key"]) if each["key"] in order else len(order))
    return made


def _layout(data: dict[str, Any], grades: Mapping[str, str]) -> Layout:
    rhythm = data.get("rhythm", {})
    cites = tuple(data.get("cites", ()))
    return Layout(
        id=data["id"],
        name=data["name"],
        file=data["file"],
        version=data["version"],
        direction=data["direction"],
        says=data["says"],
        one_row_for=data["one_row_for"],
        columns=tuple(_column(each, grades) for each in data["columns"]),
        unique=tuple(data.get("unique", ())),
        kinds=tuple(data["form"]["kinds"]),
        confidence=_sure(data["mark"], cites, grades),
        plan=data.get("plan"),
        plan_names=tuple(data.get("plan_names", ())),
        like=data.get("like"),
        rhythm=rhythm.get("says", ""),
        caution=data.get("caution", ""),
        sheet=data.get("sheet", ""),
        cites=cites,
    )


def _column(data: dict[str, Any], grades: Mapping[str, str]) -> Column:
    cites = tuple(data.get("cites", ()))
    when = data.get("when")
    return Column(
        key=data["key"],
        head=data["head"],
        also=tuple(data.get("also", ())),
        type=data["type"],
        required=data.get("required", OPTIONAL),
        privacy=data["privacy"],
        confidence=_sure(data["mark"], cites, grades),
        identifier=data.get("identifier", data["type"] in ("cin", "npi", "tin")),
        role=data.get("role"),
        format=data.get("format"),
        width=data.get("width"),
        values=_values(data),
        closed=data.get("closed", data["type"] == "yes_no"),
        when=Condition(when["key"], when["is"]) if when else None,
        not_before=data.get("not_before"),
        says=data.get("says", ""),
        sheet=data.get("sheet", ""),
        cites=cites,
        parts={part: _sure(mark, cites, grades) for part, mark in data.get("marks", {}).items()},
    )


def _values(data: Document) -> dict[str | bool, tuple[str, ...]]:
    if data["type"] == "yes_no":
        words = data.get("values", {})
        return {
            meaning: tuple(dict.fromkeys((*_spelled(words.get(name)), *YES_NO[meaning])))
            for meaning, name in ((True, "y"), (False, "n"))
        }
    return {meaning: _spelled(spellings) for meaning, spellings in data.get("values", {}).items()}


def _spelled(value: Any) -> tuple[str, ...]:
    return () if value is None else tuple(value) if isinstance(value, list) else (value,)


def _sure(mark: str, cites: tuple[str, ...], grades: Mapping[str, str]) -> str:
    """The mark of the sheet and the best grade of its sources; memory and inference confirm nothing."""
    if mark != "source-verified" or not cites:
        return CONFIDENCES[2]
    return CONFIDENCES[0] if any(grades.get(each.partition(" ")[0], "D") in "AB" for each in cites) else CONFIDENCES[1]
