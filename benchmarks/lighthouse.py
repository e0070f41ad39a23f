"""Ten public pages as Lighthouse sees them, on a phone: accessibility and best practice, 100 of 100 each.

``make bench NAME=lighthouse``. Needs a Chromium; Lighthouse itself comes from npm into a folder of its own, or is the
one that WHOLEPERSON_LIGHTHOUSE names.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.run import Measured
from tests import demo
from tests.browser import chromium

VERSION = "13"
KINDS = ("accessibility", "best-practices")
FLAGS = "--headless=new --no-sandbox --disable-gpu"
PAGES = {
    "home": "/",
    "programs": "/programs/",
    "ecm": "/programs/ecm/",
    "transitional_rent": "/programs/cs.transitional_rent/?plan=health_net&county=los_angeles",
    "meals": "/programs/cs.mtm_msf/?plan=contra_costa_health_plan",
    "guide": "/programs/cs.eaa/guide/?plan=contra_costa_health_plan",
    "calaim": "/programs/calaim/",
    "justice_involved": "/programs/justice-involved/?plan=health_net",
    "changes": "/programs/changes/?since=2025-06-30",
    "screener": "/screener/",
}


def measure() -> Measured:
    """Points that are missing from 100, for each page and kind; none may be."""
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder, demo.running() as site:
        program = os.environ.get("WHOLEPERSON_LIGHTHOUSE") or installed(Path(folder))
        for name, address in PAGES.items():
            for kind, missing in missing_points(program, site + address, Path(folder) / f"{name}.json").items():
                figures[f"{name}_{kind.replace('-', '_')}_missing"] = missing
    return {"figures": figures, "ratios": {}, "bars": dict.fromkeys(figures, 0.0)}


def installed(folder: Path) -> str:
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    command = [
        "npm",
        "install",
        "--no-audit",
        "--no-fund",
        "--silent",
        "--prefix",
        str(folder),
        f"lighthouse@{VERSION}",
    ]
    subprocess.run(command, check=True, env=environment)
    return str(folder / "node_modules" / ".bin" / "lighthouse")


def missing_points(program: str, url: str, out: Path) -> dict[str, float]:
    """What each kind lacks; names on stderr what cost a point."""
    bin_folder = Path(sys.executable).parent
    environment = {
        **os.environ,
        "CHROME_PATH": chromium() or "",
        "PATH": f"{bin_folder}{os.pathsep}{os.environ.get('PATH', '')}",
    }
    command = [program, url, f"--only-categories={','.join(KINDS)}", "--output=json", f"--output-path={out}", "--quiet"]
    subprocess.run([*command, f"--chrome-flags={FLAGS}"], check=True, env=environment, timeout=300)
    told = json.loads(out.read_text("utf-8"))
    found = {kind: round(100 - 100 * told["categories"][kind]["score"], 1) for kind in KINDS}
    costs = [key for key, audit in told["audits"].items() if audit.get("score") is not None and audit["score"] < 1]
    sys.stderr.write(f"{url} {found} {costs}\n")
    return found
