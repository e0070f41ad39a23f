"""Loads the policy, and keeps the checked documents so that the next command need not read YAML again."""

import hashlib
import json
import os
import tempfile
from pathlib import Path

from wholeperson import __version__
from wholeperson.rules.problems import Refused
from wholeperson.rules.reading.files import Documents, policy_folders, policy_paths, read_documents, stamp
from wholeperson.rules.reading.library import Policy, build


def load_policy(extra: Path | None = None, *, plan: str | None = None, cache: bool = True) -> Policy:
    """The policy, checked. ``extra``: a whole policy folder, or one with plans to lay over the packaged policy."""
    paths = policy_paths(policy_folders(extra))
    key = hashlib.sha256(f"{__version__}\n{stamp(paths)}".encode()).hexdigest()
    kept = _cached(key) if cache else None
    if kept is None:
        kept = checked(paths)
        if cache:
            _keep(key, kept)
    documents, versions, version = kept
    policy = build(documents, plan)
    policy.versions, policy.version = dict(versions), version
    if policy.plans.get(plan or "", {}).get("parameters"):
        from wholeperson.rules.reading.versions import stamp_versions

        stamp_versions(policy)
    return policy


def checked(paths: dict[str, Path]) -> tuple[Documents, dict[str, str], str]:
    """Read every file, refuse on any mistake, and stamp the versions."""
    # Only here: reading YAML and checking it is what the cache saves.
    from wholeperson.rules.reading.check_documents import check
    from wholeperson.rules.reading.versions import stamp_versions

    documents = read_documents(paths)
    problems = check(documents)
    if problems:
        raise Refused(*problems)
    policy = build(documents)
    stamp_versions(policy)
    return documents, policy.versions, policy.version


def cache_folder() -> Path:
    """Where kept documents lie: this user's own cache folder."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "wholeperson"


def _cached(key: str) -> tuple[Documents, dict[str, str], str] | None:
    try:
        kept = json.loads((cache_folder() / f"policy-{key[:32]}.json").read_bytes())
    except (OSError, ValueError):
        return None
    return Documents(kept["by_name"], {}, kept["codes"]), kept["versions"], kept["version"]


def _keep(key: str, kept: tuple[Documents, dict[str, str], str]) -> None:
    """Written beside and moved, so that a reader never meets half a file. Without a writable folder nothing is kept."""
    documents, versions, version = kept
    text = json.dumps(
        {"by_name": documents.by_name, "codes": documents.codes, "versions": versions, "version": version}
    )
    try:
        folder = cache_folder()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for old in folder.glob("policy-*.json"):
            old.unlink(missing_ok=True)
        handle, beside = tempfile.mkstemp(dir=folder, suffix=".part")
        with os.fdopen(handle, "w", encoding="utf-8") as opened:
            opened.write(text)
        Path(beside).replace(folder / f"policy-{key[:32]}.json")
    except OSError:
        return


__all__ = ["Refused", "cache_folder", "checked", "load_policy"]
