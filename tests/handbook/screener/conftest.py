"""The site asks the database every half minute which plans' overlays hold; of the answers it asks nothing."""

import pytest


@pytest.fixture(autouse=True)
def _overlays(db: None) -> None:
    """Whichever test comes when it is asked again."""
