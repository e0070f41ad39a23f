"""Nothing leaves a demo or the tests, and what is handed to a job names nobody."""

import ast
import os
import re
import subprocess
import sys

from django.conf import settings

from tests.house.tree import PACKAGE, ROOT, names_used, parse, python_files, shown

# what the world is reached with; only the channels of the outbox may
WAYS_OUT = ("smtplib", "socket.create_connection", "urllib.request", "http.client", "requests", "httpx", "ftplib")
THE_CHANNELS = {
    "wholeperson/record/post.py": "the mail channel of the outbox",
    "wholeperson/commands/demo.py": "asks its own first page whether it answers",
}


def started(**environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from wholeperson.site import settings; print(settings.WHOLEPERSON_CHANNELS)"],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=60,
        env={**os.environ, "WHOLEPERSON_SECRET_KEY": "x" * 40, "DATABASE_URL": "sqlite:///:memory:", **environment},
    )  # fmt: skip


def test_the_tests_have_no_channel() -> None:
    assert settings.WHOLEPERSON_CHANNELS == {}


def test_a_demo_has_no_channel_and_cannot_be_given_one() -> None:
    mail = "smtp://user:password@mail.example.org:587?from=whole.person@example.org"
    assert started(WHOLEPERSON_DEMO="1").stdout.strip() == "{}"
    refused = started(WHOLEPERSON_DEMO="1", WHOLEPERSON_MAIL=mail)
    assert refused.returncode
    assert "nothing may leave it" in refused.stderr
    assert "mail" in started(WHOLEPERSON_DEMO="", WHOLEPERSON_MAIL=mail).stdout


def test_only_a_channel_reaches_out() -> None:
    """What a page or an action sends by itself is sent from a demo too, and twice, and when nothing came of it."""
    offenders = [
        f"{shown(path)}:{line} {name}"
        for path in python_files(PACKAGE)
        if shown(path) not in THE_CHANNELS
        for name, _, line in names_used(parse(path))
        if name.startswith(WAYS_OUT)
    ]
    assert not offenders, "\n".join(["Put it into the outbox (wholeperson.record.outbox.put):", *offenders])


def test_a_job_is_given_ids() -> None:
    """Jobs wait in a table that every administrator reads: a name there has left its record."""
    offenders = [
        f"{shown(path)}:{node.lineno} {node.name}({argument.arg})"
        for path in python_files(PACKAGE)
        for node in ast.walk(parse(path))
        if isinstance(node, ast.FunctionDef) and any("task" in ast.unparse(mark) for mark in node.decorator_list)
        for argument in [*node.args.args, *node.args.kwonlyargs]
        if not re.fullmatch(r"context|id|\w+_ids?", argument.arg)
    ]
    assert not offenders, "\n".join(["Give the id, and let the job read the rest:", *offenders])
