"""A database with data in it comes to this version: nothing is lost, and what is new fits what was there."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.running.cluster import cluster, programs
from tests.running.installation import Installation

Rows = dict[str, list[dict[str, Any]]]
FIRST = ("record 0001", "access 0001", "members 0001")


@dataclass
class Upgraded:
    """An installation on this version, and every row of it before and after it came there."""

    house: Installation
    told_before: str
    before: Rows
    after: Rows


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def upgraded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Upgraded]:
    """From what the first migrations made, with the rows of earlier.sql; on PostgreSQL nobody in it is a superuser."""
    folder = tmp_path_factory.mktemp("house")
    if request.param == "postgresql" and programs() is None:
        pytest.skip("needs PostgreSQL: on Debian, apt-get install postgresql")
    with ground(folder, request.param) as house:
        house.play("begin_as_before", WP_EARLIER=json.dumps(FIRST), **as_owner(house))
        before = house.play("rows", **as_owner(house))
        told = house.command("verify", "audit")[1]["error"]["code"]
        assert house.command("migrate")[0] == 0
        yield Upgraded(house, told, before, house.play("rows", **as_owner(house)))


@contextmanager
def ground(folder: Path, kind: str) -> Iterator[Installation]:
    """An installation where nothing is yet."""
    if kind == "sqlite":
        yield Installation(folder, {"DATABASE_URL": f"sqlite:///{folder}/house.sqlite3"})
        return
    with cluster() as database:
        yield Installation(folder, database)


def as_owner(one: Installation) -> dict[str, str]:
    owner = one.database.get("WHOLEPERSON_OWNER_URL")
    return {"DATABASE_URL": owner} if owner else {}


def test_all_that_was_in_it_is_there(upgraded: Upgraded) -> None:
    assert {table: len(rows) for table, rows in upgraded.before.items()} == {
        "access_identifier": 1, "access_membership": 3, "access_organisation": 2, "access_person": 2,
        "members_identifier": 1, "members_member": 1, "members_relationship": 2, "record_auditrow": 1, "record_beat": 1,
        "record_house": 1, "record_step": 1,
    }  # fmt: skip
    for table, rows in upgraded.before.items():
        now = upgraded.after[table]
        assert [{column: row[column] for column in old} for old, row in zip(rows, now, strict=True)] == rows


def test_until_then_this_version_does_not_start(upgraded: Upgraded) -> None:
    assert upgraded.told_before == "database_behind"


def test_what_is_new_fits_what_was_there(upgraded: Upgraded) -> None:
    names = [row["public_id"] for row in upgraded.after["access_membership"]]
    assert len(set(names)) == 3
    assert all(re.fullmatch("rol-[2-9a-z]{10}", name) for name in names)
    assert [row["is_house"] for row in upgraded.after["access_organisation"]] == [False, False]


def test_what_was_written_once_before_is_guarded_after(upgraded: Upgraded) -> None:
    """Also what stood there already; and on PostgreSQL who serves pages sees no member without asking as somebody."""
    seen = 0 if as_owner(upgraded.house) else 1
    told = upgraded.house.play("probe")
    assert told == {"members": seen, "record_step": "refused", "record_auditrow": "refused"}


def test_going_back_is_restoring_the_backup_from_before(upgraded: Upgraded, tmp_path: Path) -> None:
    """docs/run.md: a backup, a later version, and back again by restoring it where nothing is.

    Whoever goes back to an older release and forgets the backup is told, before a page asks for what is gone.
    """
    house, kept = upgraded.house, str(tmp_path / "before")
    assert house.command("backup", kept)[0] == 0
    house.play("change_as_a_later_version", **as_owner(house))
    code, told = house.command("verify", "audit")
    assert (code, told["error"]["code"]) == (2, "database_ahead")
    with ground(tmp_path, "postgresql" if as_owner(house) else "sqlite") as anew:
        code, restored = anew.command("restore", kept)
        assert (code, restored["audit_holds"]) == (
            1,
            False,
        )  # earlier.sql was never signed: that is told
        assert anew.play("rows", **as_owner(anew)) == upgraded.after
