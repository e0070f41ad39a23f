"""The report: whole in one file, its pictures saying what its tables and the run's files say."""

import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.sweep.report.reading import rows
from wholeperson.rules.reading.cache import load_policy

POLICY = load_policy()
NAMES = {each.name: each.id for each in POLICY.programmes.values()}
ANSWERS = {"yes": "yes", "not known": "not_known", "no": "no"}


class Read(HTMLParser):
    """The page taken apart: tags, the addresses they name, tables, bars."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.addresses: list[str] = []
        self.tables: dict[str, list[list[str]]] = {}
        self.bars: list[dict[str, str | None]] = []
        self.caption, self.cell = "", ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags[tag] += 1
        self.addresses += [str(given[key]) for key in ("href", "src", "srcset", "action", "data") if key in given]
        if "data-value" in given:
            self.bars.append(given)
        if tag == "tr":
            self.tables.setdefault(self.caption, []).append([])
        self.cell = tag if tag in ("td", "th", "caption") else ""

    def handle_data(self, data: str) -> None:
        if self.cell == "caption":
            self.caption = data
        elif self.cell:
            self.tables[self.caption][-1].append(data)

    def handle_endtag(self, tag: str) -> None:
        self.cell = ""


@pytest.fixture(scope="module")
def page(many: Path) -> Read:
    return Read((many / "report.html").read_text("utf-8"))


def test_it_asks_the_network_for_nothing(many: Path, page: Read) -> None:
    text = (many / "report.html").read_text("utf-8")
    assert not page.addresses
    assert not re.search(r"https?:|//[a-z]|url\(|@import|@font-face", text)
    assert not {"script", "link", "iframe", "object", "embed", "img", "base"} & set(page.tags)


def test_the_tables_say_what_the_summary_says(many: Path, page: Read) -> None:
    told = {
        (row["programme"], row["answer"]): row["members"] for row in rows(many / "summary.csv") if row["by"] == "all"
    }
    seen = 0
    for caption, lines in page.tables.items():
        if caption.startswith("Members by answer: "):
            for name, *cells in lines[1:]:
                for answer, cell in zip(("yes", "not_known", "no"), cells, strict=True):
                    meant = told.get((NAMES[name], answer), "0")
                    assert cell.replace(",", "") == (meant or "hidden"), (name, answer)
                    seen += 1
    assert seen == 3 * 32


def test_the_bars_say_what_the_tables_say(page: Read) -> None:
    """Every bar's number stands in its table, in the row of its name."""
    lines = {(caption, line[0]): line[1:] for caption, each in page.tables.items() for line in each[1:]}
    for bar in page.bars:
        holding = [line for (_, name), line in lines.items() if name == bar["data-row"]]
        assert any(f"{int(str(bar['data-value'])):,}" in line for line in holding), bar
    assert len(page.bars) > 30


def test_no_number_of_few_is_on_it(page: Read) -> None:
    """But zero: a count of nobody tells of nobody. Ages and names stand in heads, never in cells."""
    cells = [cell for lines in page.tables.values() for line in lines[1:] for cell in line[1:]]
    numbers = [int(cell.replace(",", "")) for cell in cells if cell.replace(",", "").isdecimal()]
    assert numbers
    assert all(number == 0 or number >= 11 for number in numbers)
    assert all(int(str(bar["data-value"])) >= 11 for bar in page.bars)


def test_others_read_no_private_question(page: Read) -> None:
    asked = [line[0] for line in page.tables.get("Open answers that one question would settle", [])[1:]]
    private = {each.ask for each in POLICY.facts.values() if each.privacy not in ("open", "identifies")}
    assert asked
    assert not private & set(asked)


def test_every_picture_has_a_name_and_a_table(page: Read) -> None:
    assert page.tags["figure"] == page.tags["svg"] == page.tags["table"]
    assert page.tags["h1"] == page.tags["main"] == 1


def test_of_a_plan_of_few_the_page_tells_no_answer(out: Path) -> None:
    """Seven members: a zero beside one hidden number would say what all of them were told."""
    page = Read((out / "report.html").read_text("utf-8"))
    answers = [line[1:] for caption, lines in page.tables.items() if caption.startswith("Members by") for line in lines]
    assert len(answers) >= 32
    assert {cell for cells in answers for cell in cells} <= {"hidden", "yes", "not known", "no"}
    assert not page.bars
