"""The demo's own database, and the key that lies beside it; so that a command finds the demo that was made here."""

import os
import secrets
from pathlib import Path

DATABASE = "sqlite:///var/demo.sqlite3"
SQLITE = "sqlite:///"


def make_key() -> None:
    """Say in the environment that this is the demo, under a key of its own, which is made when there is none."""
    url = os.environ.setdefault("DATABASE_URL", DATABASE)
    key = key_of(url) or Path("var/demo.key")
    key.parent.mkdir(parents=True, exist_ok=True)
    if not key.exists():
        key.write_text(secrets.token_urlsafe(48), "utf-8")
    _use(key)


def find_key() -> bool:
    """Where no key is said, take the one beside the database, which only a demo leaves there. Whether there is one."""
    if os.environ.get("WHOLEPERSON_SECRET_KEY"):
        return False
    url = os.environ.get("DATABASE_URL") or DATABASE
    key = key_of(url)
    if key is None or not key.is_file() or not database_file(url).is_file():
        return False
    os.environ["DATABASE_URL"] = url
    _use(key)
    return True


def _use(key: Path) -> None:
    os.environ["WHOLEPERSON_DEMO"] = "1"
    os.environ.setdefault("WHOLEPERSON_SECRET_KEY", key.read_text("utf-8"))


def database_file(url: str) -> Path:
    """The file of a SQLite database."""
    return Path(url.removeprefix(SQLITE))


def key_of(url: str) -> Path | None:
    """Where a demo's key lies; only a database that is a file has something beside it."""
    return database_file(url).with_suffix(".key") if url.startswith(SQLITE) else None
