"""What may stand below the line. The directions of imports are contracts in pyproject.toml; `make check` runs them."""

import pytest

from tests.house.tree import BELOW_THE_LINE, PACKAGE, imports, our_files, parse, python_files, shown


def test_the_policy_holds_no_python() -> None:
    """A rule that is code can be read by programmers only, cannot be compared by date, and need not say its source."""
    offenders = [shown(p) for p in our_files() if p.is_relative_to(PACKAGE / "policy") and p.suffix in {".py", ".pyi"}]
    assert not offenders, "\n".join(
        ["Write the rule in the vocabulary of the policy; what reads it lives in wholeperson/rules:", *offenders]
    )


@pytest.mark.parametrize("room", BELOW_THE_LINE)
def test_no_django_below_the_line(room: str) -> None:
    """Rules, sweep and formats must run where there is no web framework; an import inside a function counts too."""
    offenders = [
        f"{shown(path)}:{line} {name}"
        for path in python_files(PACKAGE / room)
        for _, name, line in imports(parse(path))
        if name.split(".")[0] == "django"
    ]
    assert not offenders, "\n".join(["Move this up into casework or a door, and pass plain values down:", *offenders])
