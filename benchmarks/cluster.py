"""The sweep on a Spark cluster of one master and two workers on this machine, against the embedded engine: same bytes?

Not for speed (three processes share what one had): it records that a membership too large for one machine can be swept
by several, and how. Needs the extra `spark` and Java; WHOLEPERSON_BENCH_MEMBERS sets the size, 2,000 unless told.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks.run import Measured

MASTER = ("127.0.0.1", 7177)
URL = f"spark://{MASTER[0]}:{MASTER[1]}"
ON = "2026-11-21"
FILES = ("determinations.parquet", "patterns.parquet", "states.parquet")


def measure() -> Measured:
    """Seconds on the cluster and on the embedded engine, and the files that differ."""
    members = int(os.environ.get("WHOLEPERSON_BENCH_MEMBERS", "2000"))
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        wholeperson("synth", "--members", str(members), "--seed", "1", "--out", str(folder / "in"), "--on", ON)
        wholeperson("sweep", "import", str(folder / "in"), "--store", str(folder / "store"))
        alone = swept(folder, "duckdb")
        workers = stack.enter_context(cluster(folder))
        together = swept(folder, "spark")
        differing = [name for name in FILES if different(folder, name)]
    figures = {"members": float(members), "workers": float(workers), "duckdb_s": alone, "spark_cluster_s": together,
               "files_that_differ": float(len(differing))}  # fmt: skip
    return {"figures": figures, "ratios": {}, "bars": {"files_that_differ": 0.0}}


def different(folder: Path, name: str) -> bool:
    return (folder / "duckdb" / name).read_bytes() != (folder / "spark" / name).read_bytes()


def swept(folder: Path, engine: str) -> float:
    """Seconds of one run on an engine."""
    start = time.monotonic()
    wholeperson("sweep", "run", str(folder / "store"), "--on", ON, "--out", str(folder / engine), "--engine", engine)
    return round(time.monotonic() - start, 1)


def wholeperson(*arguments: str) -> None:
    command = [sys.executable, "-m", "wholeperson", *arguments]
    environment = {**os.environ, "WHOLEPERSON_SPARK_MASTER": URL, "SPARK_LOCAL_IP": MASTER[0]}
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)


@contextmanager
def cluster(folder: Path) -> Iterator[int]:
    """A master and two workers of one core each; ended with the block."""
    import pyspark

    program = str(Path(pyspark.__file__).parent / "bin" / "spark-class")
    environment = {**os.environ, "SPARK_LOCAL_IP": MASTER[0], "SPARK_WORKER_DIR": str(folder / "work"),
                   "PYSPARK_PYTHON": sys.executable}  # fmt: skip
    name = "org.apache.spark.deploy"
    commands = [
        [program, f"{name}.master.Master", "--host", MASTER[0], "--port", str(MASTER[1]), "--webui-port", "7178"]
    ]
    commands += [[program, f"{name}.worker.Worker", "--host", MASTER[0], "--cores", "1", "--memory", "1500m",
                  "--webui-port", str(7179 + at), URL] for at in range(2)]  # fmt: skip
    started: list[subprocess.Popen[bytes]] = []
    try:
        for command in commands:
            started.append(
                subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
            )
            time.sleep(8)
        yield len(started) - 1
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait(timeout=30)
