"""A demo of its own on a free port, for journeys and pictures; thrown away afterwards."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from tests import later

TODAY = "2026-11-21T09:00-08:00"


@contextmanager
def running(*, county: bool = False) -> Iterator[str]:
    """Its address, by the name under which passkeys work. `county`: with the three hundred around the known people."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    settings = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO_", "DATABASE_"))}
    settings |= {"WHOLEPERSON_NOW": TODAY, "WHOLEPERSON_PSEUDO": "1"}
    settings |= later.environment(os.environ.get(later.DAY, ""))
    with tempfile.TemporaryDirectory() as folder:
        shown = subprocess.Popen(
            [sys.executable, "-m", "wholeperson", "demo", "--port", str(port), *([] if county else ["--cast-only"])],
            cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=settings,
        )  # fmt: skip
        try:
            assert shown.stdout
            assert shown.stdout.readline().startswith("ready "), "the demo did not start"
            yield f"http://localhost:{port}"
        finally:
            shown.send_signal(signal.SIGTERM)
            shown.wait(15)
