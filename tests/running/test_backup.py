"""A backup is everything, opens with its key alone, and becomes an installation again where nothing was."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running.cluster import cluster, programs
from tests.running.installation import Installation

TOLD = {
    "organisations": ["Bayside"],
    "members": ["Rosa Delgado"],
    "papers": ["%PDF-1.7 a ramp"],
    "called": ["ramp.pdf"],
}


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def house(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation that has lived, on either database; on PostgreSQL nobody in it is a superuser."""
    folder = tmp_path_factory.mktemp("house")
    if request.param == "sqlite":
        made = Installation(folder, {"DATABASE_URL": f"sqlite:///{folder}/house.sqlite3"})
        _live(made)
        yield made
        return
    if programs() is None:
        pytest.skip("needs PostgreSQL: on Debian, apt-get install postgresql")
    with cluster() as database:
        made = Installation(folder, database)
        _live(made)
        yield made


@pytest.fixture
def empty(house: Installation, tmp_path: Path) -> Iterator[Installation]:
    """Another machine: the same secrets, an empty cluster, empty folders."""
    if "WHOLEPERSON_OWNER_URL" not in house.database:
        yield Installation(tmp_path, {"DATABASE_URL": f"sqlite:///{tmp_path}/house.sqlite3"})
        return
    with cluster() as database:
        yield Installation(tmp_path, database)


def _live(house: Installation) -> None:
    assert house.command("migrate")[0] == 0
    house.play("live")
    code, made = house.command("backup", str(house.folder / "kept"))
    assert (code, made["documents"], made["last_block"]) == (0, 1, 2)


def test_it_becomes_an_installation_again_and_proves_its_trail(house: Installation, empty: Installation) -> None:
    code, restored = empty.command("restore", str(house.folder / "kept"))
    assert (code, restored["audit_holds"]) == (0, True)
    assert empty.play("tell") == TOLD
    code, proof = empty.command("verify", "audit")
    assert (code, proof["failed"]) == (0, [])
    assert proof["checked"] >= 5
    code, again = empty.command("restore", str(house.folder / "kept"))
    assert (code, again["error"]["code"]) == (2, "not_empty")


def test_nobody_is_named_in_it(house: Installation) -> None:
    kept = (house.folder / "kept").read_bytes()
    assert b"Rosa" not in kept
    assert b"Bayside" not in kept


def test_a_backup_is_never_written_over_another_and_needs_a_key(house: Installation) -> None:
    assert house.command("backup", str(house.folder / "kept"))[1]["error"]["code"] == "exists"
    keyless = Installation(house.folder, house.database, {**house.secrets, "WHOLEPERSON_BACKUP_KEY": "short"})
    assert keyless.command("backup", str(house.folder / "other"))[1]["error"]["code"] == "not_set"
    assert not (house.folder / "other").exists()


def test_what_was_sealed_while_it_was_made_is_not_in_it(house: Installation, tmp_path: Path) -> None:
    """The file of heads may already know a block that the copy of the database does not."""
    heads = house.folder / "heads" / "heads.jsonl"
    honest = heads.read_text()
    try:
        heads.write_text(honest + json.dumps({"number": 3, "head": "0" * 64, "rows": 1, "at": "2026"}) + "\n")
        assert house.command("backup", str(tmp_path / "kept"))[1]["last_block"] == 2
    finally:
        heads.write_text(honest)
