"""In which ways a journey is walked: at every change in those that differ most, in the others when there is time.

One way is a tuple of what the journey is parametrised with: the width in pixels, the language, whether scripts run.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import pytest


def walked(ways: Sequence[tuple[Any, ...]], now: Iterable[tuple[Any, ...]], ids: Sequence[str] = ()) -> list[Any]:
    """Every way as pytest takes it; those that are not for `now` belong to the long run."""
    at_once, named = set(now), ids or [None] * len(ways)
    assert at_once <= set(ways), at_once - set(ways)
    return [
        pytest.param(*way, id=name, marks=[] if way in at_once else [pytest.mark.long])
        for way, name in zip(ways, named, strict=True)
    ]
