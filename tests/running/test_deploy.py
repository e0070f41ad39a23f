"""What deploy/ writes fits what is here: commands that exist, settings that are read, scripts that parse."""

import re
import subprocess

import pytest

from tests.house.tree import PACKAGE, ROOT, python_files
from wholeperson.commands.main import COMMANDS

DEPLOY = ROOT / "deploy"
SCRIPTS = ("install", "as-owner", "as-web")


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_parses(script: str) -> None:
    subprocess.run(["bash", "-n", str(DEPLOY / script)], check=True, timeout=10)


def test_every_command_it_runs_is_one_of_ours() -> None:
    texts = [path.read_text("utf-8") for path in (*DEPLOY.glob("systemd/*"), *(DEPLOY / name for name in SCRIPTS))]
    run = {word for text in texts for word in re.findall(r"bin/wholeperson\"? ([a-z-]+)", text)}
    assert {"serve", "work", "migrate", "backup"} <= run <= set(COMMANDS)


def test_every_setting_it_writes_is_read_somewhere() -> None:
    written = set(re.findall(r"^#?(WHOLEPERSON_[A-Z_]+|DATABASE_URL)=", (DEPLOY / "install").read_text("utf-8"), re.M))
    read = "".join(path.read_text("utf-8") for path in python_files(PACKAGE))
    assert {"WHOLEPERSON_KEYS", "WHOLEPERSON_BACKUP_KEY", "DATABASE_URL"} <= written
    assert [name for name in sorted(written) if name not in read] == []


def test_every_command_of_the_page_is_one_of_ours() -> None:
    page = (ROOT / "docs" / "run.md").read_text("utf-8")
    said = set(re.findall(r"(?:as-owner|as-web|`wholeperson) ([a-z-]+)", page))
    assert {"invite", "backup", "restore", "verify", "export-organisation", "keys"} <= said <= set(COMMANDS)


def test_a_release_can_be_built_from_the_locks_alone() -> None:
    """The installer takes uv and what builds this package out of the lock by name: each with all that it needs."""
    script = (DEPLOY / "install").read_text("utf-8")
    named = re.search(r"\^\(([a-z|-]+)\)==", script)
    assert named
    lock = (ROOT / "requirements-dev.lock").read_text("utf-8")
    blocks = re.split(r"\n(?=[a-z0-9])", lock)
    needed = {block.partition("==")[0] for block in blocks if re.search(r"#\s+(?:via )?hatchling$", block, re.M)}
    assert needed | {"uv", "hatchling"} <= set(named[1].split("|"))
