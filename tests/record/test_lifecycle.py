"""The table of lawful steps: what it says, and which mistakes it refuses."""

import pytest

from tests.record.kettle.models import KETTLE
from wholeperson.record.lifecycle import Lifecycle


def test_it_tells_every_status_and_which_ones_end() -> None:
    assert KETTLE.statuses == ("cold", "hot", "given")
    assert KETTLE.ends == ("given",)


def test_a_verb_means_something_only_where_the_table_says() -> None:
    assert KETTLE.find("boil", "hot") is None
    move = KETTLE.find("boil", "cold")
    assert move
    assert (move.target, move.permission, move.needs, move.clock) == ("hot", "kettle.boil", ("water",), "cools")


def test_a_verb_cannot_lead_two_ways_from_one_status() -> None:
    with pytest.raises(ValueError, match="says twice"):
        Lifecycle(of="x", begins="a", moves=[("go", "a", "b", "x.go"), ("go", "a", "c", "x.go")])


def test_a_status_that_nothing_leads_to_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="nothing leads to \\['z'\\]"):
        Lifecycle(of="x", begins="a", moves=[("go", "a", "b", "x.go"), ("come", "z", "b", "x.go")])
