"""The age bands in which members are counted, each by the age with which it begins."""

from typing import Final

BANDS: Final = ((0, "0-5"), (6, "6-11"), (12, "12-17"), (18, "18-20"), (21, "21-25"), (26, "26-44"), (45, "45-64"),
                (65, "65+"))  # fmt: skip


def band(age: int) -> str:
    return next(name for least, name in reversed(BANDS) if age >= least)
