"""Where each line of a seed and each paragraph of a sheet is encoded, or why it is not.

The list lies beside the policy and is no part of it: it decides nothing, so reading a person never reads it.
"""

from pathlib import Path
from typing import Any

from wholeperson.rules.reading.yaml_lines import read_yaml_file


def read_coverage(folder: Path) -> dict[str, Any]:
    """The list of a policy folder; empty where the folder has none."""
    path = folder / "coverage.yaml"
    if not path.is_file():
        return {}
    document: dict[str, Any] = read_yaml_file(path, path.name)[0] or {}
    return document


def counted(document: dict[str, Any]) -> list[dict[str, Any]]:
    """For each covered document: how many places are encoded, and how many are left out with a reason."""
    rows = []
    for name, places in (document.get("documents") or {}).items():
        encoded = sum(1 for each in places if each.get("encoded"))
        rows.append({"document": name, "places": len(places), "encoded": encoded, "not_encoded": len(places) - encoded})
    return rows
