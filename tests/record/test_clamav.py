"""The scanner itself: ClamAV's own service, with one signature that we write down here, since none can be fetched."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from wholeperson.record.scanning import Clamd
from wholeperson.rules.problems import Refused

# what every scanner calls a virus so that scanners can be tried; in two halves, or ours would take this file away
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-" + rb"ANTIVIRUS-TEST-FILE!$H+H*"
PATIENCE = 20.0  # seconds


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Its socket, while it runs."""
    program = shutil.which("clamd", path="/usr/sbin:/usr/local/sbin:/usr/bin") or shutil.which("clamd")
    if program is None:
        pytest.skip("ClamAV is not installed (on Debian: apt-get install clamav-daemon)")
    folder = tmp_path_factory.mktemp("clam")
    (folder / "signatures").mkdir()
    (folder / "signatures" / "own.ndb").write_text(f"Own.Try:0:0:{EICAR.hex()}\n")
    door, settings = folder / "door", folder / "clamd.conf"
    settings.write_text(f"DatabaseDirectory {folder / 'signatures'}\nLocalSocket {door}\nForeground yes\n")
    with subprocess.Popen([program, f"--config-file={settings}"], stdout=subprocess.DEVNULL) as running:
        wait_for(door, running)
        yield str(door)
        running.terminate()


def wait_for(door: Path, running: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + PATIENCE
    while not door.exists():
        assert running.poll() is None, "it ended before it began"
        assert time.monotonic() < until, "it did not begin"
        time.sleep(0.1)


def test_what_it_knows_is_found_and_the_rest_is_let_in(service: str) -> None:
    scanner = Clamd(service)
    assert scanner.found_in(EICAR) == "Own.Try.UNOFFICIAL"
    assert scanner.found_in(b"%PDF-1.7 Rosa needs a ramp") == ""
    assert scanner.found_in(b"x" * (20 * 1024 * 1024)) == "", "as large as we take one"


def test_what_is_too_large_for_it_is_not_taken(service: str) -> None:
    """It hangs up in the middle; nobody looked into it, so it is not let in."""
    with pytest.raises(Refused, match="does not answer"):
        Clamd(service).found_in(b"x" * (101 * 1024 * 1024))
