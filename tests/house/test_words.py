"""The repository speaks of the project alone: no address of one machine, no index, no word about how it was made.

The words are put together from parts, so that this file does not find itself.
"""

import re

import pytest

from tests.house.tree import our_files, shown

ORG = r"\.org"
INDEX_HOSTS = [f"{name}{ORG}" for name in ("pypi", "python" + "hosted", "npm" + "js", r"deb\.debian", "anaconda")]
FOLDERS = "|".join(["wo" + "rk", "fa" + "rm", "ro" + "ot", "tm" + "p"])
PLANS = "|".join(["anchors", "contract", "data", "design", "hooks", "performance", "policy", "seeds", "stack"])
MAKERS = ["Cla" + "ude", "Anth" + "ropic", "Chat" + "GPT", "[LA][LI]M?-gen" + "erated", "AI-ass" + "isted"]

FORBIDDEN = {
    "an index host": (
        "|".join(INDEX_HOSTS),
        "locks and settings name packages and hashes; hosts are each machine's own",
    ),
    "a path of one machine": (
        rf"(?<![A-Za-z0-9_.~$}})-])/(?:{FOLDERS})(?![A-Za-z0-9_.-])",
        "make it relative to the checkout, take it from the environment, or use a temporary folder",
    ),
    "a folder beside the checkout": (
        rf"\b{'sha' + 'red'}/(?:{PLANS})\b|{'bash_' + 'jobs'}|{'before-' + 'stop'}",
        "find it by an environment variable that .ci/run sets, or say the fact here in our own words",
    ),
    "a word about how this was made": (
        rf"\b(?:{'|'.join(MAKERS)}|{'steering ' + 'repo'})\b",
        "the project speaks of what it does; leave its making out",
    ),
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_says(what: str) -> None:
    """A path or a host of one machine breaks on every other; a word about the workplace means nothing to a reader."""
    pattern, remedy = FORBIDDEN[what]
    looked_for = re.compile(pattern)
    offenders = [
        f"{shown(path)}:{number} {line.strip()[:100]}"
        for path in our_files()
        for number, line in enumerate(_text(path).splitlines(), start=1)
        if looked_for.search(line)
    ]
    assert not offenders, "\n".join([f"{what} may not be committed; {remedy}:", *offenders])


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("an index host", "--index-url https://py" + "pi.org/simple"),
        ("a path of one machine", "see /wo" + "rk/main/x"),
        ("a path of one machine", 'open("/tm' + 'p/x")'),
        ("a folder beside the checkout", "../sha" + "red/policy/ecm.md"),
        ("a word about how this was made", "by Cla" + "ude"),
    ],
)
def test_the_check_finds_its_word(what: str, line: str) -> None:
    """A pattern built from parts is easily built wrong; each must find what it is for."""
    assert re.search(FORBIDDEN[what][0], line)


@pytest.mark.parametrize("line", ["https://example.org/work/plan", "a shared/own room", "mother-root/x", "social/work"])
def test_the_check_leaves_plain_words_alone(line: str) -> None:
    """A check that cries at ordinary words is soon switched off."""
    assert not any(re.search(pattern, line) for pattern, _ in FORBIDDEN.values())


def _text(path) -> str:
    raw = path.read_bytes()
    return "" if b"\0" in raw else raw.decode("utf-8", errors="replace")
