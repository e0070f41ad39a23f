"""Where each line of a seed and each paragraph of a sheet is encoded, or why it is not."""

from typing import Any


def counted(document: dict[str, Any]) -> list[dict[str, Any]]:
    """For each covered document: how many places are encoded, and how many are left out with a reason."""
    rows = []
    for name, places in (document.get("documents") or {}).items():
        encoded = sum(1 for each in places if each.get("encoded"))
        rows.append({"document": name, "places": len(places), "encoded": encoded, "not_encoded": len(places) - encoded})
    return rows
