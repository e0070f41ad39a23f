"""Loads the policy, and keeps the checked documents so that the next command need not read YAML again."""

import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import Any

from wholeperson import __version__
from wholeperson.rules.problems import Refused
from wholeperson.rules.reading.files import Documents, policy_folders, policy_paths, read_documents, stamp
from wholeperson.rules.reading.library import Policy, build

Kept = tuple[Documents, dict[str, str], str]  # the documents, the version of each programme and that of all


def load_policy(
    extra: Path | None = None,
    *,
    plan: str | None = None,
    language: str | None = None,
    cache: bool = True,
    decides: bool = True,
) -> Policy:
    """The policy, checked. ``extra``: a whole policy folder, or one with plans to lay over the packaged policy.

    ``language``: the only one it will speak beside English; all of them when left out. ``decides``: whether anybody
    will be decided about; a command that only counts days leaves the programmes out.
    """
    paths = policy_paths(policy_folders(extra))
    key = hashlib.sha256(f"{__version__}\n{stamp(paths)}".encode()).hexdigest()
    kept = _cached(key, language) if cache else None
    if kept is None:
        kept = checked(paths)
        if cache:
            _keep(key, kept)
    documents, versions, version = kept
    policy = build(documents, plan, decides=decides)
    policy.versions, policy.version = dict(versions), version
    if decides and policy.plans.get(plan or "", {}).get("parameters"):
        from wholeperson.rules.reading.versions import stamp_versions

        stamp_versions(policy)
    return policy


def checked(paths: dict[str, Path]) -> Kept:
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


def cache_folder() -> Path | None:
    """Where kept documents lie: this user's own cache folder, where they have one."""
    base = os.environ.get("XDG_CACHE_HOME")
    try:
        return (Path(base) if base else Path.home() / ".cache") / "wholeperson"
    except RuntimeError:  # nobody's home: a bare container
        return None


def _cached(key: str, language: str | None) -> Kept | None:
    """What was kept, with the sentences of one language or of all: they are as long as all the rules together."""
    folder = cache_folder()
    try:
        kept = json.loads(_file(folder, key).read_bytes()) if folder else None
        if not folder or not kept:
            return None
        by_name = kept["by_name"]
        for name in kept["languages"]:
            if language in (None, name):
                by_name[f"words/{name}"] = json.loads(_file(folder, key, name).read_bytes())
        return Documents(by_name, {}, kept["codes"]), kept["versions"], kept["version"]
    except (OSError, ValueError, LookupError, TypeError):  # not there, half a file, or not ours
        return None


def _file(folder: Path, key: str, language: str = "") -> Path:
    return folder / f"policy-{key[:32]}{language and '-'}{language}.json"


def _keep(key: str, kept: Kept) -> None:
    """Written beside and moved, so that a reader never meets half a file. Without a writable folder nothing is kept."""
    documents, versions, version = kept
    languages = {name: data for name, data in documents.inside("words").items() if name != "en"}
    by_name = {name: data for name, data in documents.by_name.items() if name.removeprefix("words/") not in languages}
    whole = {"by_name": by_name, "codes": documents.codes, "versions": versions, "version": version}
    folder = cache_folder()
    try:
        if folder:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            for old in (*folder.glob("policy-*.json"), *folder.glob("*.part")):
                old.unlink(missing_ok=True)
            for name, data in languages.items():
                _write(_file(folder, key, name), data)
            _write(_file(folder, key), {**whole, "languages": list(languages)})  # last: who finds it finds the others
    except OSError:
        return


def _write(path: Path, data: dict[str, Any]) -> None:
    handle, beside = tempfile.mkstemp(dir=path.parent, suffix=".part")
    with os.fdopen(handle, "w", encoding="utf-8") as opened:
        json.dump(data, opened)
    Path(beside).replace(path)


__all__ = ["Refused", "cache_folder", "checked", "load_policy"]
