"""Every source carries the grade its sheet gives it: a better grade than that would let a rule refuse somebody."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

SOURCES = Path(__file__).resolve().parents[2] / "wholeperson" / "policy" / "sources.yaml"
Sources = dict[str, dict[str, str]]
NO_SHEETS = "WHOLEPERSON_SHEETS does not name the folder of the fact sheets: grades are not compared with them"
SHEETS = {"ecm": "", "community_supports": "CS.", "workflow_and_reentry": "WR.", "data_exchange": "DX."}
NOT_A_DOCUMENT = "DX.TRIED"  # the sheet's row for what was tried by hand: no address, and the grade "own"
CMS_OR_LAW = {"S26"}  # the sheet grades S26 to S29 "A where CMS or law": of the four only S26 is CMS's own

# Written from the sheets by hand: the sources that decide most, and the ones whose grade is easy to get wrong.
BY_HAND = {
    "A": "G26 CLRFAQ DHCSNEWS DHCS0105 LAO CCR WIC10951 CS.S8 CS.S9 CS.S13 CS.S14 CS.S15 CS.S33"
         " WR.J1 WR.J6 WR.J10 WR.J14 WR.J15 WR.K1 WR.K7 WR.S9 WR.S26 WR.P1 WR.P5 WR.F3"
         " DX.G26 DX.CLRPDF DX.CG834 DX.HSDS",
    "B": "CCHP HNCS CO1354 CO1353 CO1356 CO4002 CO1507 CO1330 KP LAC HN-E2E HN-JI HN-CLR CCAH CHG HPSJ"
         " CS.S1 CS.S2 CS.S2-old CS.S6 CS.S11 CS.S21 CS.S22 CS.S23 WR.S0 WR.S1 WR.S7c WR.S17 WR.S25"
         " DX.SEED0 DX.SEED1 DX.SFHP",
    "C": "RTFCODE CS.S7 CS.S7b CS.S7c CS.S10 CS.S31 WR.S18 WR.S19d WR.S20 DX.CLRCHG DX.CHG DX.ELD",
    "D": "CLRDECK HEQ COPE AURR CS.S4 CS.S5 CS.S16 CS.S-b12 CS.S25 CS.S29 WR.S10 WR.S27 WR.S29b WR.S34"
         " WR.S-PA WR.A-ECM-FAQ WR.J11 WR.J12 WR.J16 WR.J-LA WR.P4 WR.F11 WR.F-DREDF DX.CLRDECK DX.CAREP DX.C0057",
}  # fmt: skip


@pytest.fixture(scope="module")
def sources() -> Sources:
    return yaml.load(SOURCES.read_text("utf-8"), Loader=yaml.BaseLoader)["sources"]


@pytest.fixture(scope="module")
def sheets() -> Path:
    folder = os.environ.get("WHOLEPERSON_SHEETS")
    if not folder:
        pytest.skip(NO_SHEETS)
    return Path(folder)


def test_each_source_says_what_it_is_and_where(sources: Sources) -> None:
    for key, source in sources.items():
        assert set(source) - {"read", "pages"} == {"title", "grade", "where", "sheet"}, key
        assert source["grade"] in set("ABCD"), key
        assert key.startswith(SHEETS[source["sheet"]]), key
        assert source["title"].strip(), key
        assert source["where"].strip(), key
        assert not source["where"].startswith(("/", "~", "file:")), f"{key} names a place on one machine"


def test_only_the_ecm_sheets_keys_stand_bare(sources: Sources) -> None:
    bare = {key for key in sources if not key.startswith(("CS.", "WR.", "DX."))}
    assert bare == {key for key, source in sources.items() if source["sheet"] == "ecm"}
    assert len(bare) == 28


def test_the_two_seeds_stand_under_both_their_keys(sources: Sources) -> None:
    assert sources["CCHP"]["where"] == sources["CS.S1"]["where"]
    assert sources["HNCS"]["where"] == sources["CS.S2"]["where"]


@pytest.mark.parametrize("grade", sorted(BY_HAND))
def test_grades_noted_by_hand(sources: Sources, grade: str) -> None:
    keys = BY_HAND[grade].split()
    assert {key: sources[key]["grade"] for key in keys} == dict.fromkeys(keys, grade)


@pytest.mark.parametrize("sheet", sorted(SHEETS))
def test_grades_are_those_of_the_sheet(sources: Sources, sheets: Path, sheet: str) -> None:
    printed = dict(_printed(sheet, (sheets / f"{sheet}.md").read_text("utf-8")))
    printed.pop(NOT_A_DOCUMENT, None)
    ours = {key: source["grade"] for key, source in sources.items() if source["sheet"] == sheet}
    assert len(printed) > 20, f"the {sheet} sheet is no longer printed as this test reads it"
    assert ours == printed


def _printed(sheet: str, text: str) -> Iterator[tuple[str, str]]:
    """Key and grade as the sheet prints them."""
    rows = {"ecm": _grades_line, "workflow_and_reentry": _ranges}.get(sheet, _table)
    return ((SHEETS[sheet] + key, grade) for key, grade in rows(text))


def _grades_line(text: str) -> Iterator[tuple[str, str]]:
    line = re.search(r"^\*\*Grades\*\*.*?: (G26 .*?)\. A fact", text, re.M)
    assert line
    for pair in line[1].split(" · "):
        key, grade = pair.split()
        yield key, grade


def _table(text: str) -> Iterator[tuple[str, str]]:
    """Rows of the source table. One row may hold several keys; of several grades the weakest stands."""
    part = re.search(r"^\| (?:Id|Key) \|.*?\n\|[-| ]+\n(.*?)\n\n?---", text, re.M | re.S)
    assert part
    for line in part[1].splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        grades = re.match(r"[A-D](?:/[A-D])*", cells[-1])
        for key in _keys(cells[0]):
            # The row of S21 names its three documents and their three grades in one order; S21 alone is the first.
            yield key, (grades[0][0] if key == "S21" else max(grades[0].split("/"))) if grades else cells[-1]


def _keys(cell: str) -> Iterator[str]:
    """``S7 / S7b`` and ``CO1355/1356`` and ``SEED0/1``: a bare number takes the letters before it."""
    letters = ""
    for part in re.split(r"\s*/\s*", cell):
        letters = (re.match(r"[A-Z]+", part) or [letters])[0]
        yield letters + part if part.isdigit() else part


def _ranges(text: str) -> Iterator[tuple[str, str]]:
    """The grades line goes by ranges and by exceptions; a key with a suffix (S7b) follows its number."""
    line = re.search(r"\((J1-.*?)\) are A;.*?\((S0-.*?)\) are B;.*?\((S18-S20)\) is C; the rest D", text)
    assert line
    assert "S26-S29 where CMS or law" in line[1]
    assert "S11-S18 except S18" in line[2]
    best = (_span(line[1]) - _span("S26-S29")) | CMS_OR_LAW
    plans, code = _span(line[2].replace("except S18", "")) - {"S18"}, _span(line[3])
    for key in _listed(text):
        number = re.sub(r"(?<=\d)[a-z]$", "", key)
        yield key, "A" if number in best else "B" if number in plans else "C" if number in code else "D"


def _span(text: str) -> set[str]:
    """``J1-J10, J14`` as ten keys and one more."""
    found: set[str] = set()
    for letter, first, last in re.findall(r"([A-Z])(\d+)(?:-[A-Z](\d+))?", text):
        found |= {f"{letter}{number}" for number in range(int(first), int(last or first) + 1)}
    return found


def _listed(text: str) -> Iterator[str]:
    """The keys of section G: at the start of a line, after a slash, or after a semicolon before their title."""
    part = text.split("G. SOURCES (title - URL)")[1]
    key = r"(?:[SJKPF]\d+[a-z]?|J16-sps|S-PA|S-Undivided|A-ECM-FAQ|J-LA|F-[A-Za-z-]+)"
    for line in part.splitlines():
        if head := re.match(rf"{key}(?:/{key})*(?= )", line):
            yield from head[0].split("/")
            yield from re.findall(rf"; ({key}) ", line)
