"""A cell that begins like a formula: written so that no spreadsheet computes it, read so that nobody is fooled."""

import re

BEGINS = re.compile(r"'*[=+\-@]")
GUARDED = re.compile(r"'+[=+\-@]")
QUOTED = re.compile(r'="([^"]*)"')  # how some write digits so that their zeros stay
COMPUTING = "=@+-"
COMPUTES = re.compile(r"[=@]|[+-].*[(!|]")


def guarded(text: str) -> str:
    """The text with an apostrophe before what a spreadsheet would compute, or before such an apostrophe."""
    return f"'{text}" if BEGINS.match(text) else text


def unguarded(text: str) -> str:
    """The text as it was before ``guarded``; and digits out of ``="0042"``."""
    if text[:1] not in ("'", "="):  # nearly every cell
        return text
    if GUARDED.match(text):
        return text[1:]
    found = QUOTED.fullmatch(text)
    return found[1] if found else text


def computes(text: str) -> bool:
    """Whether a spreadsheet that is given this would run something."""
    return bool(COMPUTES.match(text))
