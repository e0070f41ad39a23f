"""The scene, with both walls standing or the first one taken away."""

import pytest

from tests.isolation.asking import ANYONE, Asker
from tests.isolation.scene import Scene
from tests.people import World
from wholeperson.access.roles import ROLES
from wholeperson.casework.members import scoping
from wholeperson.record import wall

SCOPED = (scoping.Scoped, scoping.Reasons, scoping.Reviewed)


@pytest.fixture
def scene(world: World) -> Scene:
    return Scene.set(world)


@pytest.fixture
def askers(scene: Scene) -> dict[str, Asker]:
    return {who: Asker(scene.people.get(who)) for who in [*ROLES, ANYONE]}


@pytest.fixture
def only_the_second_wall(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if every query had forgotten to ask for whom. Only PostgreSQL has a second wall."""
    if not wall.stands():
        pytest.skip("SQLite has no second wall; on PostgreSQL this runs")
    for one in SCOPED:
        monkeypatch.setattr(one, "for_user", lambda rows, user: rows.all())
