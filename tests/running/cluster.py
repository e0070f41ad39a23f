"""A PostgreSQL cluster of a test's own: empty, with the roles of an installation, gone afterwards."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.house.tree import ROOT

FAST = "-c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off"


def programs() -> Path | None:
    """Where PostgreSQL's programs are; the newest."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    return found[-1].parent if found else None


@contextmanager
def cluster() -> Iterator[dict[str, str]]:
    """The addresses of an installation's two roles in it, as its environment names them."""
    bin_folder = programs()
    assert bin_folder
    folder = Path(tempfile.mkdtemp(prefix="wp-"))  # short: a socket's path may have a hundred letters
    if os.getuid() == 0:  # PostgreSQL does not run as root
        os.chown(folder, pwd.getpwnam("postgres").pw_uid, -1)
    _run(
        folder,
        bin_folder / "initdb",
        "-D",
        folder / "data",
        "-U",
        "postgres",
        "--auth=trust",
        "-E",
        "UTF8",
        "--no-sync",
    )
    options = f"-k {folder} {FAST}"
    _run(folder, bin_folder / "pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log", "-o", options, "start")
    try:
        roles = ROOT / "deploy" / "roles.sql"
        _run(folder, bin_folder / "psql", "-q", "-h", folder, "-U", "postgres", "-v", "ON_ERROR_STOP=1", "-f", roles)
        yield {
            "DATABASE_URL": f"postgres://wholeperson_web@/wholeperson?host={folder}",
            "WHOLEPERSON_OWNER_URL": f"postgres://wholeperson@/wholeperson?host={folder}",
        }
    finally:
        _run(folder, bin_folder / "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop")
        shutil.rmtree(folder)


def _run(folder: Path, *command: str | Path) -> None:
    as_whom = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.getuid() == 0 else {}
    text = [str(part) for part in command]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "text": True, "timeout": 60}
    done = subprocess.run(text, cwd=folder, check=False, **quiet, **as_whom)
    assert done.returncode == 0, done.stderr
