"""Services as tables: one CSV for each kind of thing, with datapackage.json, in a zip.

``flat`` and ``nested`` are each other's way back: what hangs on something becomes a row that names it.
"""

import csv
import io
import json
import math
import zipfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from wholeperson.formats.hsds.shape import BRANCHES, COLUMNS, NUMBERS, Branch, columns, required
from wholeperson.formats.hsds.whole import Service

Row = dict[str, Any]
Tables = dict[str, list[Row]]
LARGEST = 200_000_000  # bytes of all tables together, unpacked
SAME = (2026, 1, 1, 0, 0, 0)  # the same services give the same bytes


class NotTables(ValueError):
    """What was given is no such zip; the words say why."""


def flat(services: Sequence[Service]) -> Tables:
    """Each thing once, however often it was told."""
    found: dict[str, dict[str, Row]] = defaultdict(dict)
    for service in services:
        _lay_down("service", service, {}, found)
    return {kind: list(found[kind].values()) for kind in COLUMNS if found[kind]}


def _lay_down(kind: str, thing: Mapping[str, Any], named: Row, found: dict[str, dict[str, Row]]) -> None:
    branches = BRANCHES.get(kind, {})
    row = {name: value for name, value in thing.items() if name not in branches and name in columns(kind)} | named
    for key, branch in branches.items():
        below: Any = thing.get(key)
        if below and branch.many:
            for one in below:
                _lay_down(branch.kind, one, _named(kind, thing, branch), found)
        elif below:
            row[branch.column] = below["id"]
            _lay_down(branch.kind, below, {}, found)
    found[kind].setdefault(thing["id"], {}).update(row)


def _named(kind: str, thing: Mapping[str, Any], branch: Branch) -> Row:
    said = {branch.column: thing["id"]}
    return said | {"link_entity": kind} if branch.kind == "attribute" else said


def nested(tables: Mapping[str, Sequence[Row]]) -> list[Service]:
    by_id = {kind: {row["id"]: row for row in rows} for kind, rows in tables.items()}
    below: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    hung = {(branch.kind, branch.column) for every in BRANCHES.values() for branch in every.values() if branch.many}
    for kind, column in hung:
        for row in tables.get(kind, ()):
            if row.get(column):
                below[kind, column, row[column]].append(row)
    return [_lift("service", row, by_id, below) for row in tables.get("service", ())]


def _lift(
    kind: str, row: Row, by_id: Mapping[str, Mapping[str, Row]], below: Mapping[tuple[str, str, str], list[Row]]
) -> Service:
    thing = dict(row)
    for key, branch in BRANCHES.get(kind, {}).items():
        if branch.many:
            hanging = below.get((branch.kind, branch.column, row["id"]), [])
            drop = {branch.column, "link_entity"}
            lifted = [_lift(branch.kind, _without(one, drop), by_id, below) for one in hanging]
        else:
            one = by_id.get(branch.kind, {}).get(thing.pop(branch.column, ""))
            lifted = [_lift(branch.kind, one, by_id, below)] if one else []
        if lifted:
            thing[key] = lifted if branch.many else lifted[0]
    return thing


def _without(row: Row, names: set[str]) -> Row:
    return {name: value for name, value in row.items() if name not in names}


def write(services: Sequence[Service]) -> bytes:
    into = io.BytesIO()
    tables = flat(services)
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as whole:
        _put(whole, "datapackage.json", json.dumps(_package(tables), indent=1))
        for kind, rows in tables.items():
            text = io.StringIO()
            table = csv.DictWriter(text, columns(kind), lineterminator="\r\n")
            table.writeheader()
            table.writerows(rows)
            _put(whole, f"{kind}.csv", text.getvalue())
    return into.getvalue()


def _put(whole: zipfile.ZipFile, name: str, text: str) -> None:
    info = zipfile.ZipInfo(name, SAME)
    info.compress_type = zipfile.ZIP_DEFLATED
    whole.writestr(info, text.encode())


def _package(tables: Tables) -> dict[str, Any]:
    return {
        "name": "human_services_data",
        "profile": "tabular-data-package",
        "resources": [{"name": kind, "path": f"{kind}.csv", "profile": "tabular-data-resource", "schema": _schema(kind)}
                      for kind in tables],
    }  # fmt: skip


def _schema(kind: str) -> dict[str, Any]:
    must = required(kind)
    fields = [
        {"name": name, "type": "number" if name in NUMBERS else "string", "constraints": {"required": name in must}}
        for name in columns(kind)
    ]
    return {"fields": fields, "primaryKey": "id"}


def read(content: bytes) -> list[Service]:
    """The services of such a zip. A cell that is empty is not there."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as whole:
            if sum(one.file_size for one in whole.infolist()) > LARGEST:
                raise NotTables("unpacked this is larger than 200 MB: send it in parts")
            names = {one.filename.rsplit("/", 1)[-1]: one for one in whole.infolist()}
            tables = {kind: _rows(kind, whole.read(names[f"{kind}.csv"])) for kind in COLUMNS if f"{kind}.csv" in names}
    except (zipfile.BadZipFile, RuntimeError, OSError) as wrong:
        raise NotTables(f"this is no zip: {wrong}") from wrong
    if "service" not in tables:
        raise NotTables("there is no service.csv in it")
    return nested(tables)


def _rows(kind: str, content: bytes) -> list[Row]:
    try:
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    except (UnicodeDecodeError, csv.Error) as wrong:
        raise NotTables(f"{kind}.csv cannot be read: {wrong}") from wrong
    if rows and "id" not in rows[0]:
        raise NotTables(f"{kind}.csv has no column id")
    return [
        {name: _typed(name, value) for name, value in row.items() if name and value} for row in rows if row.get("id")
    ]


def _typed(name: str, value: str) -> Any:
    """A number where the column holds numbers; what is none stays as it is, and checking says so."""
    if name not in NUMBERS:
        return value
    try:
        number = float(value)
    except ValueError:
        return value
    if not math.isfinite(number):
        return value
    return int(number) if number.is_integer() else number
