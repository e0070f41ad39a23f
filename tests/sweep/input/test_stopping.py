"""Killed at any moment, the same command goes on and ends with the same bytes; until then there is no store."""

import hashlib
import random
import subprocess
import sys
import time
from pathlib import Path
from unittest import mock

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.commands.door import CACHE, run
from tests.sweep.input.tables import imported, rows, write
from wholeperson.rules.reading.cache import load_policy
from wholeperson.sweep.input import fingerprints, whole


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("members") / "in"
    ran = run("synth", "--members", "4000", "--seed", "3", "--out", str(folder), "--on", "2026-11-21", policy=None)
    assert ran.code == 0, ran
    return folder


def bytes_of(store: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(store.iterdir())}


def started(tables: Path, store: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "wholeperson", "sweep", "import", str(tables), "--store", str(store), "--json"]
    return subprocess.Popen(command, env={"XDG_CACHE_HOME": CACHE, "PATH": ""}, stdout=subprocess.PIPE)


def killed_and_begun_again(tables: Path, folder: Path, times: int) -> None:
    began = time.monotonic()
    assert started(tables, folder / "whole").wait(timeout=300) == 0
    took = time.monotonic() - began
    chance = random.Random(times)
    for _ in range(times):
        process = started(tables, folder / "killed")
        time.sleep(took * chance.uniform(0.2, 0.8))
        process.kill()
        process.wait()
        assert not (folder / "killed").exists() or (folder / "killed" / "store.json").is_file()
    assert started(tables, folder / "killed").wait(timeout=300) == 0
    assert bytes_of(folder / "killed") == bytes_of(folder / "whole")
    assert sorted(path.name for path in folder.iterdir()) == ["killed", "whole"], "nothing is left beside the stores"


def test_killed_a_few_times(tables: Path, tmp_path: Path) -> None:
    killed_and_begun_again(tables, tmp_path, 3)


@pytest.mark.long
def test_killed_ten_times(tables: Path, tmp_path: Path) -> None:
    killed_and_begun_again(tables, tmp_path, 10)


def test_the_same_tables_give_the_same_bytes_whatever_the_threads_and_memory(tables: Path, tmp_path: Path) -> None:
    assert imported(tables, tmp_path / "one", "--threads", "1").code == 0
    assert imported(tables, tmp_path / "two", "--threads", "2", "--memory", "500MB").code == 0
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "two")


def test_a_part_that_was_not_finished_is_never_read(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", members="member_id,county\nm1,fresno\nm2,fresno\n")
    beside = tmp_path / ".store.importing"
    beside.mkdir()
    (beside / "members-checked.parquet.new").write_bytes(b"half of it")
    (beside / "members-kept.parquet").write_bytes(b"of another import")
    assert imported(folder, tmp_path / "store").json["members"] == 2
    assert not beside.exists()


def stopped(folder: Path, store: Path, form: int) -> Path:
    """What code whose parts have this form leaves when it is stopped before the end, with another county in it."""
    with mock.patch.object(fingerprints, "FORMAT", form), mock.patch.object(whole, "_put_in_place") as last:
        last.side_effect = KeyboardInterrupt
        with pytest.raises(KeyboardInterrupt):
            whole.import_tables(folder, store, load_policy(), whole.Setting())
    part = store.with_name(f".{store.name}.importing") / "members.parquet"
    held = pq.read_table(part)
    at = held.schema.get_field_index("county")
    pq.write_table(held.set_column(at, "county", pa.array(["kern"])), part)
    return part


@pytest.mark.parametrize(("older", "county"), [(0, "kern"), (1, "fresno")], ids=["same code", "older code"])
def test_an_import_that_older_code_began_begins_again(older: int, county: str, tmp_path: Path) -> None:
    folder, store = write(tmp_path / "in", members="member_id,county\nm1,fresno\n"), tmp_path / "store"
    part = stopped(folder, store, fingerprints.FORMAT - older)
    whole.import_tables(folder, store, load_policy(), whole.Setting())
    assert rows(store, "members", "member_id, county") == [("m1", county)]
    assert not part.exists()


def test_an_older_store_is_replaced_and_anything_else_is_not(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", members="member_id\nm1\n")
    assert imported(folder, tmp_path / "store").json["members"] == 1
    write(tmp_path / "in", members="member_id\nm1\nm2\n")
    assert imported(folder, tmp_path / "store").json["members"] == 2
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("keep me")
    refused = imported(folder, tmp_path / "mine")
    assert refused.error["code"] == "not_a_store"
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]
