"""The command as its own process: what only a process has: closed and full streams, other encodings, its exit code."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.door import CACHE, GOOD

PERSON = '{"birth_date": "1980-05-04", "facts": [{"fact": "nickname", "value": "Ñandú"}], "id": "Ñandú"}'
ENVIRONMENT = {**os.environ, "WHOLEPERSON_POLICY": str(GOOD), "XDG_CACHE_HOME": CACHE}


def shell(command: str, *, stdin: bytes | str = PERSON, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run a line of shell; ``wp`` is the command."""
    return subprocess.run(
        ["bash", "-c", f'set -o pipefail; wp() {{ "{sys.executable}" -m wholeperson "$@"; }}; {command}'],
        input=stdin.encode() if isinstance(stdin, str) else stdin,
        capture_output=True,
        env={**ENVIRONMENT, **environment},
        timeout=60,
        check=False,
    )


def test_a_person_by_stdin() -> None:
    done = shell("wp check - --json")
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["person"] == "Ñandú"


@pytest.mark.parametrize(
    ("stdin", "code"),
    [
        (b"", "empty"),
        (b"\x80\x81\x82", "not_text"),
        (bytes(range(255, -1, -1)) * 16, "not_text"),
        (b"[" * 100_000, "too_deep"),
        (b"a: " + b"[" * 100_000, "too_deep"),
        (b"- " * 100_000, "too_deep"),
        (b"? " * 100_000, "key_not_text"),
        (b"{a: " * 100_000, "not_json"),
        (b'{"id": ' + b"9" * 10_000_000 + b"}", "number_too_long"),
    ],
    ids=lambda value: str(value)[:12],
)
def test_what_could_exhaust_a_process(stdin: bytes, code: str) -> None:
    done = shell("wp check - --json", stdin=stdin)
    assert (done.returncode, done.stderr) == (2, b"")
    assert json.loads(done.stdout)["error"]["code"] == code


@pytest.mark.parametrize(
    "command", ["wp check -", "wp check - --json", "wp policy facts", "wp --help", "wp check --help"]
)
def test_a_pipe_that_closes_early(command: str) -> None:
    """``head`` has seen enough: no complaint, and nothing that looks like a failure."""
    for reader in ("true", "head -c 1 > /dev/null"):
        done = shell(f"{command} | {reader}")
        assert (done.returncode, done.stderr) == (0, b"")


def test_both_pipes_close_early() -> None:
    done = shell("wp check gone 2>&1 | true; wp check - --json 2>&1 | true")
    assert b"Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    "command", ["wp check -", "wp check - --json", "wp policy list", "wp --help", "wp check gone --json"]
)
def test_a_disk_that_takes_no_more_stops_the_command(command: str, tmp_path: Path) -> None:
    """No file may hold a byte (``ulimit -f 0``): what a full disk does, on any system with a shell."""
    answer = tmp_path / "answer"
    done = shell(f'ulimit -f 0; {command} > "$ANSWER"', ANSWER=str(answer))
    assert (done.returncode, done.stdout, answer.read_bytes()) == (3, b"", b"")
    assert b"Traceback" not in done.stderr
    assert b"stopped by the system" in done.stderr


@pytest.mark.parametrize(
    ("redirected", "code"),
    [
        ("wp check - <&-", 2),
        ("wp check - >&-", 0),
        ("wp check gone 2>&-", 2),
        ("wp check gone >&- 2>&-", 2),
        ("wp ask <&-", 2),
    ],
)
def test_a_stream_that_is_closed(redirected: str, code: int) -> None:
    done = shell(redirected)
    assert done.returncode == code
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "utf-16"])
def test_whatever_encoding_the_terminal_says(encoding: str) -> None:
    """JSON is UTF-8 wherever it goes, and so is the text."""
    done = shell("wp check - --json", PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout.decode())["person"] == "Ñandú"
    assert shell("wp check - --lang es", PYTHONIOENCODING=encoding).returncode == 0


def test_a_name_that_is_no_text() -> None:
    done = shell(r"wp check $'\xff' --json")
    assert done.returncode == 2
    assert json.loads(done.stdout)["error"]["code"] == "no_file"


def test_no_colour_without_a_terminal() -> None:
    for environment in ({}, {"NO_COLOR": "1"}, {"FORCE_COLOR": "1", "TERM": "xterm-256color"}):
        done = shell("wp check -; wp check gone; wp policy show care", **environment)
        assert b"\x1b" not in done.stdout + done.stderr


def test_two_at_once_leave_a_cache_that_reads(tmp_path: Path) -> None:
    done = shell(" & ".join(["wp policy list --json"] * 4) + " & wait", XDG_CACHE_HOME=str(tmp_path))
    assert done.stderr == b""
    assert len({line for line in done.stdout.splitlines() if line}) == 1
    assert not list((tmp_path / "wholeperson").glob("*.part"))


def test_told_to_end_it_stops_with_one_document_and_the_code_that_says_so(tmp_path: Path) -> None:
    """The pipe is its input: once it can be opened for writing, the command has begun to read."""
    os.mkfifo(tmp_path / "person")
    command = [sys.executable, "-m", "wholeperson", "check", str(tmp_path / "person"), "--json"]
    reading = subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    with (tmp_path / "person").open("w"):
        reading.send_signal(signal.SIGTERM)
        out, err = reading.communicate(timeout=30)
    assert (reading.returncode, json.loads(out)["error"]["code"]) == (3, "stopped")
    assert b"Traceback" not in err
