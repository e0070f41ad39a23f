"""What the measurement of the sweep compares us with answers as we do: a peer that answers otherwise proves nothing."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from benchmarks.sweep import refuse_fewer
from benchmarks.sweeping import clinical, fiscal, ours
from benchmarks.sweeping.compared import our_answers
from benchmarks.sweeping.job import Failed
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


@pytest.mark.long
def test_cql_execution_answers_as_we_do(swept: Path) -> None:
    """The same, of the engine that clinical quality measures are run with; npm fetches it into the test's folder."""
    if not shutil.which("npm"):
        pytest.skip("npm is not installed")
    ours_said = our_answers(swept / "decided", ours.FIFTEEN, 10 * MEMBERS)
    _, theirs = clinical.answers(str(swept / "store"), ON, len(ours_said), swept / "clinical")
    assert theirs.shape == ours_said.shape
    assert not (theirs != ours_said).sum()


@pytest.mark.long
def test_openfisca_answers_as_we_do(swept: Path, tmp_path: Path) -> None:
    """The same, of four programmes and the engine of taxes and benefits; pip fetches it into a folder of the test."""
    try:
        fiscal.install(tmp_path)
    except Failed as why:
        pytest.skip(f"OpenFisca-Core cannot be fetched from PyPI: {why}")
    ours.decide(str(swept / "store"), ON, str(swept / "four"), list(fiscal.FOUR))()
    ours_said = our_answers(swept / "four", fiscal.FOUR, 10 * MEMBERS)
    _, theirs = fiscal.answers(str(swept / "store"), ON, len(ours_said), tmp_path)
    assert {0, 1, 2} == set(np.unique(theirs))
    assert theirs.shape == ours_said.shape
    assert not (theirs != ours_said).sum()


def test_a_part_of_the_policy_is_not_measured() -> None:
    """The numbers are those of the policy that `policy list` prints, or there are none."""
    with pytest.raises(SystemExit, match="swept 15 programmes"):
        refuse_fewer(15)
