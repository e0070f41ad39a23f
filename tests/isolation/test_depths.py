"""Rows that say themselves how deep one must see, with the second wall alone: what is read is written down by hand."""

import pytest

from tests.people import NOW, TODAY, World
from tests.walls import served
from wholeperson.access.queries import stand
from wholeperson.casework.members.models import Fact
from wholeperson.casework.members.scoping import tell_the_wall
from wholeperson.record import wall

DEPTHS = ("minimal", "care", "sensitive", "part2")
SEEN = [  # who looks, how deep the reason of their house reaches, what they read
    ("provider_biller", "part2", ["minimal"]),
    ("provider_intake", "minimal", ["minimal"]),
    ("provider_intake", "part2", ["minimal", "care"]),
    ("lead_care_manager", "care", ["minimal", "care"]),
    ("lead_care_manager", "sensitive", ["minimal", "care", "sensitive"]),
    ("lead_care_manager", "part2", ["minimal", "care", "sensitive", "part2"]),
    ("administrator", "part2", []),
]


@pytest.mark.usefixtures("only_the_second_wall")
@pytest.mark.parametrize(("role", "granted", "read"), SEEN)
def test_a_row_is_read_as_deep_as_reason_and_role_reach(world: World, role: str, granted: str, read: list[str]) -> None:
    rosa, james = world.member("Rosa"), world.member("James")
    world.relate(rosa, "Bayside", scope=granted)
    world.relate(james, "Elsewhere", scope="part2")
    with wall.opened("tests"):
        for depth in DEPTHS:
            Fact.objects.create(member=rosa, fact=depth, scope=depth, source="referrer", learnt=TODAY)
            Fact.objects.create(member=james, fact="of somebody else's", scope=depth, source="referrer", learnt=TODAY)
    person = stand(world.person("Some One", role, at="Bayside"), on=TODAY, at=NOW)
    with served():
        tell_the_wall(person)
        assert sorted(Fact.objects.values_list("fact", flat=True), key=DEPTHS.index) == read
