"""A few verbs do everything, each is found by `make` alone, and the page a newcomer reads names it."""

import re
import subprocess

import pytest

from tests.house.tree import ROOT

PAGES = ("README.md", "CONTRIBUTING.md")


def targets() -> list[str]:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return re.findall(r"^([a-z][a-z-]*):(?!=)", makefile, flags=re.MULTILINE)


@pytest.fixture(scope="module")
def printed() -> str:
    done = subprocess.run(["make", "--silent", "-C", str(ROOT)], capture_output=True, text=True, check=True)
    return done.stdout


@pytest.mark.parametrize("target", targets())
def test_make_alone_prints_it(target: str, printed: str) -> None:
    """A verb that the help does not print is known to its author only."""
    assert re.search(rf"^  make {target} +\S", printed, flags=re.MULTILINE), (
        f"Say after ## on the line of the target what `{target}` is for"
    )


@pytest.mark.parametrize("target", targets())
def test_a_page_says_when_to_use_it(target: str) -> None:
    """The help says what a verb does; the page says when somebody needs it."""
    text = "\n".join((ROOT / page).read_text(encoding="utf-8") for page in PAGES)
    assert re.search(rf"make {target}(?![a-z-])", text), f"Say in CONTRIBUTING.md when to run `make {target}`"


def test_the_readme_names_the_test_command() -> None:
    """.ci/run runs the command that the README shows, so that what a newcomer types is what is proved."""
    fenced = re.findall(
        r"^```.*?\n(.*?)^```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
    assert any(re.search(r"^\s*(\$ )?make test\b(?!-)", block, re.MULTILINE) for block in fenced), (
        "Show `make test` on a line of its own in a fenced block of README.md"
    )
