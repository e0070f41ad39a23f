"""Which engine decides: the same word for the same code, so that what is decided again knows whether it is another."""

import hashlib
from functools import cache
from pathlib import Path

from wholeperson import __version__

SHOWN = 12


@cache
def engine_version() -> str:
    """The release, and a fingerprint of every module of the rules. Another fingerprint need not decide otherwise."""
    root = Path(__file__).parent
    whole = hashlib.sha256()
    for path in sorted(root.rglob("*.py")):
        whole.update(f"{path.relative_to(root).as_posix()}\n".encode() + path.read_bytes())
    return f"{__version__}+{whole.hexdigest()[:SHOWN]}"
