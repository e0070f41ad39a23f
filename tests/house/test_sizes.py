"""Functions and files stay small enough to be read in one go."""

from tests.house import sizes
from tests.house.tree import PACKAGE

LONGEST_FUNCTION = 60
LONGEST_FILE = 500
P90_FILE = 300


def test_no_function_is_longer_than_a_screen() -> None:
    """A function that does not fit on a screen is not read, it is scrolled; in its middle is where mistakes live."""
    offenders = [f"{s.where}: {s.lines} lines" for s in sizes.functions() if s.lines > LONGEST_FUNCTION]
    assert not offenders, _remedy(
        offenders, f"Longer than {LONGEST_FUNCTION} lines. Give each step a function with the name of what it does"
    )


def test_no_file_is_longer_than_a_sitting() -> None:
    """A file is one subject. At five hundred lines, tables not counted, it has become two."""
    offenders = [f"{s.where}: {s.lines} lines" for s in sizes.files() if s.lines > LONGEST_FILE]
    assert not offenders, _remedy(
        offenders,
        f"Longer than {LONGEST_FILE} lines. Split by subject; values that are data go into a top-level table or "
        "into the policy",
    )


def test_nine_files_in_ten_are_short() -> None:
    """The largest file is an exception only while the others are small: nine in ten keep to three hundred lines."""
    measured = sizes.files(PACKAGE)
    offenders = [f"{s.where}: {s.lines} lines" for s in sorted(measured, reverse=True) if s.lines > P90_FILE]
    assert sizes.p90(measured) <= P90_FILE, _remedy(
        [sizes.measure("files", measured), *offenders], "Split the longest of these by subject"
    )


def _remedy(offenders: list[str], what_to_do: str) -> str:
    return "\n".join([f"{what_to_do}:", *offenders])
