"""What the README shows is what a newcomer sees."""

import re
from pathlib import Path

import pytest

from wholeperson.commands.main import main

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")


def test_the_picture_is_what_the_example_prints(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    command = re.search(r"wholeperson (check examples/rosa.yaml .*)", (ROOT / "Makefile").read_text("utf-8"))
    assert command
    assert main(command[1].split()) == 0
    assert capsys.readouterr().out in README


def test_only_the_demo_says_that_it_is_ready() -> None:
    """Whoever waits for the line of `make demo` must not be answered by the set-up before it."""
    said = re.findall(r"echo (.*)", (ROOT / "Makefile").read_text("utf-8"))
    assert said
    assert [line for line in said if "ready" in line] == []


def test_the_rule_it_shows_is_the_policys() -> None:
    written = (ROOT / "wholeperson/policy/populations_of_focus/pof_2a_adult_avoidable_use.yaml").read_text("utf-8")
    shown = re.search(r"```yaml\n- (\{id: visits.*?\})\n```", README, re.S)
    assert shown
    assert " ".join(shown[1].split()) in " ".join(written.split())
