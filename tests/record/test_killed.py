"""A process that is killed in the middle, and many that write at once: one effect, and nothing lost.

On SQLite in a file, and on PostgreSQL where the tests run on it; each scene is a process of its own.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

PATIENCE = 60
Play = Callable[[str], "subprocess.Popen[str]"]


@pytest.fixture
def play(transactional_db: None, tmp_path: Path) -> Play:
    """Starts a scene on a database with one cold kettle in it."""
    url = f"sqlite:///{tmp_path}/scene.sqlite3"
    if connection.vendor == "postgresql":
        kept = connection.settings_dict
        url = f"postgres://{kept['USER']}@/{kept['NAME']}?host={kept['HOST']}"

    def started(scene: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-m", "tests.record.kettle.scenes", scene],
            env={**os.environ, "TEST_DATABASE_URL": url, "LETTER_BOX": str(tmp_path)},
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    ended(started("prepare"))
    return started


def ended(scene: "subprocess.Popen[str]") -> Any:
    out, _ = scene.communicate(timeout=PATIENCE)
    assert scene.returncode == 0
    return json.loads(out) if out else None


def killed(scene: "subprocess.Popen[str]") -> None:
    """Wait until it is in the middle, then end it as a power cut would."""
    assert scene.stdout
    assert scene.stdout.readline() == '"here"\n'
    scene.send_signal(signal.SIGKILL)
    scene.communicate(timeout=PATIENCE)


BEFORE = {"statuses": ["cold"], "steps": ["begin"], "rows": ["begin"]}
AFTER = {"statuses": ["hot"], "steps": ["begin", "boil"], "rows": ["begin", "boil"]}


def test_what_was_not_kept_did_not_happen_and_can_be_done_again(play: Play) -> None:
    killed(play("boil_and_hang_before_it_is_kept"))
    assert ended(play("tell")) == BEFORE
    ended(play("boil"))
    assert ended(play("tell")) == AFTER


def test_what_was_kept_happens_once_though_nobody_heard_of_it(play: Play) -> None:
    killed(play("boil_and_hang_before_the_answer"))
    assert ended(play("tell")) == AFTER
    ended(play("boil"))
    assert ended(play("tell")) == AFTER


def test_a_letter_that_was_handed_over_unnoted_comes_again_with_its_key(play: Play, tmp_path: Path) -> None:
    """At least once from us, and one effect there: nothing lost, nothing done twice."""
    ended(play("put_letter"))
    killed(play("post_and_hang_before_it_is_noted"))
    ended(play("post_an_hour_later"))
    ended(play("post_an_hour_later"))
    assert (tmp_path / "calls").read_text() == "letter-1\nletter-1\n"
    assert [one.name for one in tmp_path.glob("effect*")] == ["effect letter-1"]
    assert ended(play("tell"))["steps"] == ["begin", "begin", "send"]


def test_fifty_writers_at_once_meet_no_locked_database(play: Play) -> None:
    """Two processes of twenty-five threads, each with a connection of its own; every write is there."""
    both = [play("twenty_five_writers") for _ in range(2)]
    assert [ended(scene) for scene in both] == [{"failed": []}, {"failed": []}]
    told = ended(play("tell"))
    assert told["statuses"] == ["cold"] + ["hot"] * 250
    assert len(told["rows"]) == 1 + 2 * 250
