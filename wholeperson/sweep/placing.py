"""A folder made beside takes the place of an older one: whoever reads meets one or the other, and nothing half-written.

Between the two renames neither stands in the place. A process killed just there leaves the older one beside it; the
next one that begins puts it back.
"""

import shutil
from pathlib import Path


def put_in_place(made: Path, place: Path) -> None:
    """``made`` takes the name ``place``; what stood there is gone afterwards."""
    old = older(place)
    shutil.rmtree(old, ignore_errors=True)
    if place.exists():
        place.rename(old)
    made.rename(place)
    shutil.rmtree(old, ignore_errors=True)


def put_back(place: Path) -> None:
    """The older folder of a process that was killed between the renames."""
    if older(place).exists() and not place.exists():
        older(place).rename(place)


def older(place: Path) -> Path:
    """Where what stood in a place is until the new one stands there."""
    return place.with_name(f".{place.name}.old")
