"""What one test approved holds for no other."""

from collections.abc import Iterator

import pytest

from wholeperson.casework.eligibility import policies


@pytest.fixture(autouse=True)
def remembered() -> Iterator[None]:
    policies.forget()
    yield
    policies.forget()
