"""A process told to live on another day whose threads still wake: faketime with a true monotonic clock."""

import shutil
import subprocess
from pathlib import Path

DAY = "WHOLEPERSON_TESTS_DAY"  # a demo of the tests lives on this day, while the browser and the tests live today


def environment(day: str) -> dict[str, str]:
    """What to add to the environment of a process; nothing without a day."""
    if not day:
        return {}
    faketime = shutil.which("faketime")
    assert faketime, "faketime is not installed (on Debian: apt-get install faketime)"
    preloaded = subprocess.check_output([faketime, day, "printenv", "LD_PRELOAD"], text=True).strip()
    told = {"LD_PRELOAD": preloaded, "FAKETIME": f"@{day}", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
    return told | {"PYTHONPATH": str(Path(__file__).parent)}
