"""Mistakes of files and folders: what is not there, not text, or would silently not be read."""

import shutil
from pathlib import Path

import pytest

from tests.rules.reading.ladder import GOOD
from wholeperson.rules.problems import Problem, Refused
from wholeperson.rules.reading import files
from wholeperson.rules.reading.cache import load_policy
from wholeperson.rules.reading.library import Policy


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GOOD, tmp_path / "policy"))


@pytest.fixture
def packaged(monkeypatch: pytest.MonkeyPatch) -> None:
    """The good policy stands in for the one in the package."""
    monkeypatch.setattr(files, "PACKAGED", GOOD)


def refused(folder: Path) -> Problem:
    with pytest.raises(Refused) as caught:
        load_policy(folder, cache=False)
    first = caught.value.problems[0]
    assert all((first.problem, first.why, first.do, first.where.file))
    return first


def test_the_good_one_loads(policy: Path) -> None:
    assert isinstance(load_policy(policy, cache=False), Policy)


@pytest.mark.parametrize("name", ["facts", "events", "overlaps", "parameters", "sources", "counties"])
def test_a_document_is_missing(policy: Path, name: str) -> None:
    if name == "facts":  # without it the folder would be one of plans
        (policy / "facts.yaml").write_text("facts: {}\n")
        assert refused(policy).code == "missing_key"
    else:
        (policy / f"{name}.yaml").unlink()
        problem = refused(policy)
        assert (problem.code, problem.where.file) == ("missing_document", f"{name}.yaml")


def test_there_is_no_programme(policy: Path) -> None:
    for folder in ("populations_of_focus", "community_supports"):
        shutil.rmtree(policy / folder)
    assert "missing_document" in refused(policy).code


def test_an_empty_file(policy: Path) -> None:
    (policy / "overlaps.yaml").write_text("# nothing yet\n")
    problem = refused(policy)
    assert (problem.code, problem.where.file) == ("not_a_mapping", "overlaps.yaml")


@pytest.mark.parametrize("name", ["facts.yaml", "words/es.yaml", "codes/groups.csv"])
def test_a_file_is_not_text(policy: Path, name: str) -> None:
    (policy / name).write_bytes(b"\xff\xfe\x00rubbish")
    problem = refused(policy)
    assert (problem.code, problem.where.file) == ("not_text", name)


def test_a_folder_stands_where_a_file_should(policy: Path) -> None:
    (policy / "plans" / "rainy_plan.yaml").mkdir()
    assert refused(policy).code == "cannot_read"


def test_a_link_leads_nowhere(policy: Path) -> None:
    (policy / "plans" / "rainy_plan.yaml").symlink_to(policy / "gone.yaml")
    assert refused(policy).code == "cannot_read"


@pytest.mark.parametrize(
    "name",
    [
        "parameter.yaml",
        "plans/rainy_plan.yml",
        "plans/RAINY.YAML",
        "populations_of_focus/extra.csv",
        "population_of_focus/youth.yaml",
        "codes/more.yaml",
    ],
)
def test_a_file_that_would_not_be_read(policy: Path, name: str) -> None:
    path = policy / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("id: stray\n")
    problem = refused(policy)
    assert problem.code == "stray_file"
    assert name in problem.problem


@pytest.mark.parametrize(
    "name", ["README.md", "LICENSE", "codes/README.md", "coverage.yaml", ".hidden.yaml", "layouts/a.yaml"]
)
def test_a_file_that_may_lie_there(policy: Path, name: str) -> None:
    path = policy / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("anything\n")
    assert load_policy(policy, cache=False)


def test_there_is_no_such_folder(tmp_path: Path) -> None:
    assert refused(tmp_path / "gone").code == "no_policy_folder"
    (tmp_path / "file").write_text("x")
    assert refused(tmp_path / "file").code == "no_policy_folder"


def test_a_folder_with_no_policy_in_it(tmp_path: Path) -> None:
    """Else the packaged policy would answer, and nobody would know that theirs was not read."""
    assert refused(tmp_path).code == "no_policy_in_it"


PLAN = "id: rainy_plan\nname: Rainy Plan\ncounties: [rainy]\n"


def test_plans_are_laid_over_the_packaged_policy(packaged: None, tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "rainy_plan.yaml").write_text(PLAN)
    policy = load_policy(tmp_path, cache=False)
    assert {"rainy_plan", "sunny_plan"} <= policy.plans.keys()


def test_plans_alone_are_laid_over_it(packaged: None, tmp_path: Path) -> None:
    """A plan's folder that brought a programme of its own could narrow what the State gives."""
    for folder, name in (("plans", "rainy_plan.yaml"), ("shared", "no_home.yaml")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_text(PLAN)
    problem = refused(tmp_path)
    assert problem.code == "overlay_replaces"
    assert "shared/no_home" in problem.problem
