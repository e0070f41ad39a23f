"""What the measurement of the sweep compares us with answers as we do: a peer that answers otherwise proves nothing."""

from pathlib import Path

import numpy as np
import pytest

from benchmarks.sweeping import ours
from benchmarks.sweeping.compared import our_answers
from benchmarks.sweeping.plain import Peer
from wholeperson.rules.calendar import as_day

ON, MEMBERS = "2026-11-21", 500


@pytest.fixture(scope="module")
def swept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five hundred drawn members and all planted ones, imported and decided for the fixed fifteen."""
    folder = tmp_path_factory.mktemp("peers")
    ours.synth(MEMBERS, 7, ON, str(folder / "in"))()
    ours.bring_in(str(folder / "in"), str(folder / "store"))()
    ours.decide(str(folder / "store"), ON, str(folder / "decided"), list(ours.FIFTEEN))()
    return folder


def test_plain_python_answers_as_we_do(swept: Path) -> None:
    """Every member, drawn or planted at an edge, every one of the fifteen."""
    day = as_day(ON)
    assert day is not None
    ours_said = our_answers(swept / "decided", ours.FIFTEEN, 10 * MEMBERS)
    theirs = np.array(Peer(str(swept / "store"), day).decide(0, len(ours_said)))
    assert len(theirs) > MEMBERS
    assert {0, 1, 2} == set(np.unique(theirs))
    assert not (theirs != ours_said).sum()
