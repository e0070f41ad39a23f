"""`verify` from the outside: one document, exit 1 where anything does not hold."""

import pytest

from tests.commands.door import run
from tests.people import NOW, World
from wholeperson.record import heads, sealing

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("what", ["audit", "decisions", "policy"])
def test_an_empty_house_holds(what: str) -> None:
    ran = run("verify", what, "--json")
    assert ran.code == 0
    assert ran.json == {"schema": "wholeperson/verify@1", "what": what, "checked": 0, "failed": [], "unsealed": 0}


def test_a_damaged_trail_is_told_with_exit_1(world: World) -> None:
    world.organisation("Bayside")
    sealing.seal(at=NOW)
    heads.file().unlink()
    ran = run("verify", "audit", "--json")
    assert ran.code == 1
    assert ran.json["checked"] == 1
    assert [set(one) for one in ran.json["failed"]] == [{"id", "why"}]
    assert "1 failed" in run("verify", "audit").out


def test_what_it_does_not_know_is_refused() -> None:
    assert run("verify", "everything", "--json").code == 2
