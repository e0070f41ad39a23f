"""The commands of the web site: what they say where something is missing, and that they end when told to."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from wholeperson.commands.main import main

CLEAN = {
    name: value for name, value in os.environ.items() if not name.startswith(("WHOLEPERSON_", "DJANGO_", "DATABASE"))
}
KEY = {"WHOLEPERSON_SECRET_KEY": "k" * 40}


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "wholeperson", *arguments],
        cwd=folder, env={**CLEAN, **environment}, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("command", ["serve", "work", "tick", "migrate"])
def test_a_missing_part_is_named_and_ends_with_4(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "django", None)
    assert main([command]) == 4
    assert "the Python package django is not installed" in capsys.readouterr().err


def test_without_a_secret_nothing_starts(tmp_path: Path) -> None:
    done = run(tmp_path, "tick", "--json")
    assert (done.returncode, done.stderr) == (2, "")
    said = json.loads(done.stdout)
    assert said["error"]["code"] == "not_set"
    assert "WHOLEPERSON_SECRET_KEY" in said["error"]["problem"]


def test_a_database_that_is_behind_is_refused_until_it_is_migrated(tmp_path: Path) -> None:
    behind = run(tmp_path, "tick", **KEY)
    assert behind.returncode == 2
    assert "run `wholeperson migrate` first" in behind.stderr
    assert run(tmp_path, "migrate", **KEY).returncode == 0
    done = run(tmp_path, "tick", "--json", **KEY)
    assert (done.returncode, json.loads(done.stdout)["schema"]) == (0, "wholeperson/tick@1")


def test_an_installation_serves_its_pages_and_their_style(tmp_path: Path) -> None:
    """Not the demo: the files of the pages are collected, and named by what is in them."""
    port = free_port()
    assert run(tmp_path, "migrate", **KEY).returncode == 0
    shown = subprocess.Popen(
        [sys.executable, "-m", "wholeperson", "serve", "--port", str(port), "--workers", "1"],
        cwd=tmp_path, env={**CLEAN, **KEY},
    )  # fmt: skip
    try:
        page = asked(port, "/").read().decode()
        style = re.search(r'href="(/static/built/site\.[0-9a-f]+\.css)"', page)
        assert style
        assert "immutable" in asked(port, style[1]).headers["Cache-Control"]
        assert "Demo" not in page
    finally:
        shown.terminate()
        shown.wait(20)


def asked(port: int, address: str) -> HTTPResponse:
    """The answer, once somebody answers."""
    for _ in range(600):
        connection = HTTPConnection("localhost", port, timeout=10)
        try:
            connection.request("GET", address)
            return connection.getresponse()
        except ConnectionRefusedError:
            time.sleep(0.1)
    raise AssertionError("nobody answered for a minute")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def test_the_demo_says_when_it_is_ready_and_ends_when_told_to(tmp_path: Path) -> None:
    port = free_port()
    shown = subprocess.Popen(
        [sys.executable, "-m", "wholeperson", "demo", "--port", str(port), "--cast-only"],
        cwd=tmp_path, env=CLEAN, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert shown.stdout
        said = shown.stdout.readline()
        assert re.fullmatch(rf"ready http://127\.0\.0\.1:{port}/\n", said)
        for host in ("127.0.0.1", "localhost"):
            with urllib.request.urlopen(f"http://{host}:{port}/healthz", timeout=10) as answer:
                assert json.load(answer)["database"] == "ok"
        shown.send_signal(signal.SIGTERM)
        assert shown.wait(10) == 0
        proved = run(tmp_path, "verify", "audit", "--json")  # the demo that was made here, without another word
        assert (proved.returncode, json.loads(proved.stdout)["failed"]) == (0, [])
        assert "this is the demo" in proved.stderr
    finally:
        shown.kill()


def test_the_demo_does_not_take_another_for_itself(capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever listens on the port already would answer in its place."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert main(["demo", "--port", str(port)]) == 2
    assert f"nobody can listen at 127.0.0.1:{port}" in capsys.readouterr().err


@pytest.mark.parametrize(
    "asked_for",
    [
        ("demo", "--port", "99999"), ("demo", "--port", "0"), ("serve", "--port", "-1"),
        ("serve", "--workers", "0"), ("work", "--pause", "nan"), ("work", "--pause", "-1"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_a_number_that_cannot_be_is_refused(asked_for: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*asked_for, "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "usage"


def test_a_policy_that_is_not_there_is_refused_before_anything_starts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["serve", "--policy", str(tmp_path / "gone"), "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "no_policy_folder"
