"""The pages read the overlays that hold, once in half a minute: here there are none, and it was asked already."""

from collections.abc import Iterator

import pytest

from wholeperson.casework.eligibility import policies


@pytest.fixture(autouse=True)
def no_overlay_holds(db: None) -> Iterator[None]:
    policies.forget()
    policies._approved.all()
    yield
    policies.forget()
