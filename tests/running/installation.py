"""An installation for tests: its own environment and folders, and every command in a process of its own."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.house.tree import ROOT

SECRETS = {
    "WHOLEPERSON_SECRET_KEY": "of-a-test-installation-" * 3,
    "WHOLEPERSON_KEYS": "first-key-of-a-test-installation-0123456789",
    "WHOLEPERSON_INDEX_KEY": "index-key-of-a-test-installation-0123456789",
    "WHOLEPERSON_BACKUP_KEY": "backup-key-of-a-test-installation-0123456789",
}


@dataclass
class Installation:
    """Commands run in it as an administrator would run them."""

    folder: Path
    database: dict[str, str]
    secrets: dict[str, str] = field(default_factory=lambda: dict(SECRETS))

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("WHOLEPERSON_", "DJANGO_"))}
        folders = {f"WHOLEPERSON_{one.upper()}": str(self.folder / one) for one in ("heads", "documents", "static")}
        return {**kept, **self.database, **folders, **self.secrets, "WHOLEPERSON_NOW": "2026-11-21T09:00-08:00"}

    def command(self, *arguments: str) -> tuple[int, Any]:
        """Exit code and the one document on stdout."""
        program = [sys.executable, "-m", "wholeperson", *arguments, "--json"]
        done = subprocess.run(
            program, env=self.environment, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
        )
        assert done.stdout, done.stderr
        return done.returncode, json.loads(done.stdout)

    def play(self, scene: str, **more: str) -> Any:
        """A scene of tests/running/scenes.py, with the site's own settings."""
        done = subprocess.run(
            [sys.executable, "-m", "tests.running.scenes", scene],
            env={**self.environment, **more}, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout) if done.stdout else None
