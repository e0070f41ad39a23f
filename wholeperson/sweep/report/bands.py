"""The age bands in which members are counted, each by the age with which it begins."""

from typing import Final

BANDS: Final = ((0, "0-5"), (6, "6-11"), (12, "12-17"), (18, "18-20"), (21, "21-25"), (26, "26-44"), (45, "45-64"),
                (65, "65+"))  # fmt: skip


def band(age: int) -> str:
    """Whoever was asked for before they were born counts with the youngest."""
    return next(name for least, name in reversed(BANDS) if max(age, 0) >= least)
