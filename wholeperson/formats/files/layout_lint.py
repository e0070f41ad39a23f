"""Looks for what is wrong with the documents of layouts, all of it at once."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from wholeperson.formats.files import layouts as making
from wholeperson.formats.files.layout import ALWAYS, DIRECTIONS, KINDS, REQUIRED, squeezed
from wholeperson.formats.files.layout_mistakes import MISTAKES
from wholeperson.formats.files.values import FORMATS, TYPES

Path = tuple[str | int, ...]
PRIVACY: Final = ("open", "identifies", "sensitive", "part2")
MARKS: Final = ("source-verified", "memory", "uncertain", "inference", "design")
PARTS: Final = ("type", "format", "values", "required", "when", "position")
TRUTH: Final = ("sheet", "cites", "mark")
NEEDED: Final = ("id", "name", "file", "version", "direction", "one_row_for", "says", "form", "columns", "mark")
MAY: Final = ("plan", "plan_names", "caution", "unique", "rhythm", "sheet", "cites")
DIALECT: Final = ("id", "name", "like", "plan", "mark")
DIALECT_MAY: Final = ("plan_names", "caution", "version", "says", "one_row_for", "rhythm", "form", "unique", "sheet",
                      "cites", "change", "add", "drop", "order")  # fmt: skip
COLUMN: Final = ("key", "head", "type", "privacy", "mark")
COLUMN_MAY: Final = ("also", "required", "identifier", "role", "format", "width", "values", "closed", "when",
                     "not_before", "says", "sheet", "cites", "marks", "because")  # fmt: skip


class Mistake(NamedTuple):
    """Something wrong with a layout: in which document, where in it, what, why, what to do, what would be allowed."""

    code: str
    document: str
    path: Path
    problem: str
    why: str
    do: str
    allowed: tuple[str, ...] = ()


class Lint:
    """Collects the mistakes of one document."""

    def __init__(self, name: str, documents: Mapping[str, Any], sources: Collection[str]) -> None:
        self.name, self.documents, self.sources = name, documents, sources
        self.found: list[Mistake] = []

    def say(self, path: Path, code: str, problem: str, allowed: Iterable[object] = ()) -> None:
        """Note one."""
        self.found.append(Mistake(code, self.name, path, problem, *MISTAKES[code], tuple(map(str, allowed))))

    def keys(self, data: Any, path: Path, needed: Collection[str], may: Collection[str]) -> bool:
        """Whether it is a mapping with all that it needs."""
        if not isinstance(data, dict):
            self.say(path, "layout_not_a_mapping", "keys and values are expected here", (*needed, *may))
            return False
        for key in data.keys() - {*needed, *may}:
            self.say((*path, key), "layout_unknown_key", f"{key:.60} is no word of a layout here", (*needed, *may))
        for key in sorted(set(needed) - data.keys()):
            self.say(path, "layout_missing_key", f"{key} is missing", [key])
        return set(needed) <= data.keys()

    def texts(self, data: dict[str, Any], path: Path, *keys: str) -> bool:
        """Whether those that are there are words."""
        wrong = [key for key in keys if key in data and not (isinstance(data[key], str) and data[key].strip())]
        for key in wrong:
            self.say((*path, key), "layout_not_a_text", "words are expected here")
        return not wrong

    def listed(self, data: dict[str, Any], path: Path, key: str) -> list[Any]:
        """The list under a key, or nothing."""
        if key in data and not isinstance(data[key], list):
            self.say((*path, key), "layout_not_a_list", "a list is expected here")
        found = data.get(key)
        return found if isinstance(found, list) else []

    def words(self, data: dict[str, Any], path: Path, key: str) -> list[str]:
        """A list of words under a key."""
        found = self.listed(data, path, key)
        for at, each in enumerate(found):
            if not (isinstance(each, str) and each.strip()):
                self.say((*path, key, at), "layout_not_a_text", "words are expected here")
        return [each for each in found if isinstance(each, str)]

    def one_of(self, value: Any, path: Path, allowed: Collection[Any]) -> bool:
        """Whether it is one of a closed list."""
        known = isinstance(value, str | int | bool) and value in allowed
        if not known:
            self.say(path, "layout_unknown_word", f"{value!s:.60} is not known here", allowed)
        return known

    def truth(self, data: dict[str, Any], path: Path) -> None:
        """Known marks and sources; nothing verified without one."""
        self.one_of(data.get("mark"), (*path, "mark"), MARKS)
        cites = self.words(data, path, "cites")
        for at, each in enumerate(cites):
            self.one_of(each.partition(" ")[0], (*path, "cites", at), self.sources)
        if data.get("mark") == "source-verified" and not cites:
            self.say((*path, "mark"), "layout_verified_by_nothing", "it is marked source-verified and cites no source")


def lint(documents: Mapping[str, Any], sources: Collection[str]) -> list[Mistake]:
    """Everything wrong with documents by id; nothing when ``layouts.build`` may make them."""
    found: list[Mistake] = []
    for name in documents:
        one = Lint(name, documents, sources)
        _document(one, documents[name])
        found += one.found
    if found:
        return found  # what a dialect makes of a broken layout would be called wrong too
    return [each for name in documents for each in _resolved(name, documents, sources)]


def _document(lint: Lint, data: Any) -> None:
    dialect = isinstance(data, dict) and "like" in data
    if not lint.keys(data, (), DIALECT if dialect else NEEDED, DIALECT_MAY if dialect else MAY):
        return
    lint.texts(data, (), "id", "name", "file", "version", "one_row_for", "says", "caution", "sheet", "plan")
    if data["id"] != lint.name:
        lint.say(("id",), "layout_name_and_file", f"the id {data['id']!s:.60} is not the file's name", [lint.name])
    _about(lint, data)
    lint.truth(data, ())
    if dialect:
        _dialect(lint, data)
        return
    for at, column in enumerate(lint.listed(data, (), "columns")):
        _column(lint, column, ("columns", at), whole=True)


def _about(lint: Lint, data: dict[str, Any]) -> None:
    if "direction" in data:
        lint.one_of(data["direction"], ("direction",), DIRECTIONS)
    if "form" in data and lint.keys(data["form"], ("form",), ("kinds", "mark"), ("sheet", "cites", "says")):
        for at, each in enumerate(lint.words(data["form"], ("form",), "kinds")):
            lint.one_of(each, ("form", "kinds", at), KINDS)
        lint.truth(data["form"], ("form",))
    if "rhythm" in data and lint.keys(data["rhythm"], ("rhythm",), ("says", "mark"), ("sheet", "cites")):
        lint.texts(data["rhythm"], ("rhythm",), "says")
        lint.truth(data["rhythm"], ("rhythm",))
    lint.words(data, (), "unique")
    if lint.words(data, (), "plan_names") and "plan" not in data:
        lint.say(("plan_names",), "layout_plan_place", "it names a plan and says not which")


def _dialect(lint: Lint, data: dict[str, Any]) -> None:
    like = lint.documents.get(data["like"]) if isinstance(data["like"], str) else None
    if not isinstance(like, dict) or "like" in like or not isinstance(like.get("columns"), list):
        generic = [name for name, each in lint.documents.items() if isinstance(each, dict) and "like" not in each]
        lint.say(("like",), "layout_like_nothing", f"{data['like']!s:.60} is no layout to be like", generic)
        return
    known = [each.get("key") for each in like["columns"] if isinstance(each, dict)]
    for at, change in enumerate(lint.listed(data, (), "change")):
        if isinstance(change, dict) and change.get("key") not in known:
            lint.say(("change", at, "key"), "layout_no_such_column", f"{change.get('key')!s:.60} is no column", known)
        _column(lint, change, ("change", at), whole=False)
    for at, each in enumerate(lint.words(data, (), "drop")):
        if each not in known:
            lint.say(("drop", at), "layout_no_such_column", f"{each:.60} is no column", known)
    for at, added in enumerate(lint.listed(data, (), "add")):
        _column(lint, added, ("add", at), whole=True)
    lint.words(data, (), "order")


def _column(lint: Lint, data: Any, path: Path, *, whole: bool) -> None:
    if not lint.keys(data, path, COLUMN if whole else ("key", "mark"), (*COLUMN, *COLUMN_MAY, "after")):
        return
    lint.texts(data, path, "key", "head", "says", "sheet", "because", "role")
    if not making_id(data["key"]):
        lint.say((*path, "key"), "layout_not_an_id", f"{data['key']!s:.60} cannot be a key", ["birth_date"])
    for key, allowed in (("type", TYPES), ("privacy", PRIVACY), ("required", REQUIRED), ("role", ("plan",))):
        if key in data:
            lint.one_of(data[key], (*path, key), allowed)
    for key in ("identifier", "closed"):
        if key in data:
            lint.one_of(data[key], (*path, key), (True, False))
    if "width" in data and (isinstance(data["width"], bool) or not isinstance(data["width"], int) or data["width"] < 1):
        lint.say((*path, "width"), "layout_unknown_word", "this is no number of signs", ["30"])
    lint.words(data, path, "also")
    lint.truth(data, path)
    _parts(lint, data, path)


def _parts(lint: Lint, data: dict[str, Any], path: Path) -> None:
    if "marks" in data and lint.keys(data["marks"], (*path, "marks"), (), PARTS):
        for part, mark in data["marks"].items():
            lint.one_of(mark, (*path, "marks", part), MARKS)
    if "when" in data:
        lint.keys(data["when"], (*path, "when"), ("key", "is"), ())
    if "values" in data and lint.keys(data["values"], (*path, "values"), (), list(data["values"])):
        for meaning, spelled in data["values"].items():
            if not _spelled(spelled):
                lint.say(
                    (*path, "values", meaning), "layout_not_a_text", "a word, or a list of words, is expected here"
                )


def _spelled(value: Any) -> bool:
    words = value if isinstance(value, list) else [value]
    return bool(words) and all(isinstance(each, str) and each.strip() for each in words)


def making_id(value: Any) -> bool:
    """Whether it may be a key."""
    return isinstance(value, str) and value.isascii() and value.isidentifier() and value == value.lower()


def _resolved(name: str, documents: Mapping[str, Any], sources: Collection[str]) -> Iterator[Mistake]:
    """What can only be seen when a dialect has taken over what it is like."""
    lint = Lint(name, documents, sources)
    data = making.resolved(name, documents)
    columns = data["columns"]
    keys = [each["key"] for each in columns]
    if ("plan" in data) != ("like" in documents[name]):
        lint.say((), "layout_plan_place", "a dialect and only a dialect names its plan")
    for key in sorted({each for each in keys if keys.count(each) > 1}):
        lint.say(("columns",), "layout_key_twice", f"{key} is the key of two columns")
    for key in (*data.get("unique", ()), *documents[name].get("order", ())):
        if key not in keys:
            lint.say(("unique",), "layout_no_such_column", f"{key:.60} is no column", keys)
    if not _names_somebody([each for each in columns if each.get("required") == ALWAYS]):
        lint.say(
            ("columns",), "layout_no_member_key", "neither a CIN nor a whole name and birth date is always required"
        )
    _headings(lint, columns)
    for column in columns:
        _consistent(lint, column, {each["key"]: each for each in columns})
    yield from lint.found


def _names_somebody(always: list[dict[str, Any]]) -> bool:
    """By a number, or as people are named who have none at hand."""
    keys = {each["key"] for each in always}
    return any(each["type"] == "cin" for each in always) or keys >= {"first_name", "last_name", "birth_date"}


def _headings(lint: Lint, columns: list[dict[str, Any]]) -> None:
    seen: dict[str, str] = {}
    for column in columns:
        for heading in {squeezed(each) for each in (column["head"], *column.get("also", ()))}:
            other = seen.setdefault(heading, column["key"])
            if other != column["key"]:
                problem = f"{column['key']} and {other} go by one heading"
                lint.say(("columns", column["key"]), "layout_heading_twice", problem)


def _consistent(lint: Lint, column: dict[str, Any], columns: dict[str, dict[str, Any]]) -> None:
    path: Path = ("columns", column["key"])
    marks, because = column.get("marks", {}), column.get("because")
    values = column.get("values")
    if values and column["type"] not in ("word", "yes_no"):
        lint.say((*path, "values"), "layout_values_place", f"the type is {column['type']}")
    if column["type"] == "word" and not values:
        lint.say((*path, "values"), "layout_missing_key", "a word needs `values:`", ["values"])
    if "format" in column and column["format"] not in FORMATS.get(column["type"], ()):
        lint.say((*path, "format"), "layout_format_place", f"{column['format']} is no form of {column['type']}")
    unsure = marks.get("required", "memory") != "source-verified" and column["type"] != "cin" and not because
    if column.get("required") == ALWAYS and unsure:
        lint.say((*path, "required"), "layout_always_unsure", f"{column['key']} is always required")
    if column.get("closed") and marks.get("values", column["mark"]) != "source-verified" and not because:
        lint.say((*path, "closed"), "layout_closed_unsure", f"the list of {column['key']} is closed")
    meant: dict[str, str] = {}
    for meaning, each in (values or {}).items():
        for word in each if isinstance(each, list) else [each]:
            if meant.setdefault(squeezed(word), meaning) != meaning:
                lint.say((*path, "values", meaning), "layout_value_twice", f"{word:.60} stands for two meanings")
    _points(lint, column, columns, path)


def _points(lint: Lint, column: dict[str, Any], columns: dict[str, dict[str, Any]], path: Path) -> None:
    """Where a column speaks of another."""
    other = column.get("not_before")
    if other is not None and columns.get(other, {}).get("type") != "date":
        lint.say((*path, "not_before"), "layout_no_such_column", f"{other!s:.60} is no column of dates")
    when = column.get("when")
    if when is None:
        return
    if when["key"] not in columns:
        lint.say((*path, "when"), "layout_no_such_column", f"{when['key']!s:.60} is no column", columns)
        return
    about = columns[when["key"]]
    known = (True, False) if about["type"] == "yes_no" else tuple(about.get("values", {}))
    if when["is"] not in known:
        lint.say((*path, "when", "is"), "layout_no_such_value", f"{when['is']!s:.60} is no value of it", known)
