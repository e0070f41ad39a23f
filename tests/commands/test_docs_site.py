"""The documentation as a site: every page is there, and no link on it is broken."""

from html.parser import HTMLParser
from pathlib import Path

import pytest

from wholeperson.commands import docs_site
from wholeperson.commands.docs_pages.life import lifecycles, picture
from wholeperson.record.lifecycle import Lifecycle

ROOT = Path(__file__).resolve().parents[2]


class Page(HTMLParser):
    """Where a page leads, and what a link may aim at on it."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.places: set[str] = set()
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.links += [value for name in ("href", "src") if (value := told.get(name))]
        self.places |= {value for name in ("id",) if (value := told.get(name))}


@pytest.mark.once
def test_no_link_of_the_site_is_broken(tmp_path: Path) -> None:
    many = docs_site.build(ROOT, tmp_path)
    pages = {path: Page(path) for path in tmp_path.rglob("*.html")}
    assert len(pages) == many + 1
    broken = [
        f"{path.relative_to(tmp_path)}: {link}" for path, page in pages.items() for link in page.links
        if not link.startswith(("http", "mailto:")) and not leads(path, link, pages)
    ]  # fmt: skip
    assert not broken, broken


def leads(page: Path, link: str, pages: dict[Path, Page]) -> bool:
    name, _, place = link.partition("#")
    target = (page.parent / name).resolve() if name else page
    return target.is_file() and (not place or place in pages[target].places)


def test_a_page_keeps_its_place_and_a_file_goes_along() -> None:
    text = (
        "# A `b` page\n\n[other](other.md#x) ![picture](p/a.svg) [out](https://example.org)\n\n| a |\n| --- |\n| 1 |\n"
    )
    html, beside = docs_site.render(text, Path("docs/made/page.md"))
    assert '<h1 id="a-b-page">' in html
    assert 'href="other.html#x"' in html
    assert 'href="https://example.org"' in html
    assert '<link rel="stylesheet" href="../../style.css">' in html
    assert "<title>A b page · Whole Person</title>" in html
    assert beside == {Path("docs/made/p/a.svg")}


def test_every_step_of_a_life_is_drawn_once() -> None:
    moves = [
        ("light", "off", "on", "lamp.use"), ("break", "off", "gone", "x"), ("break", "on", "gone", "x"),
        ("put_out", "on", "off", "x"),
    ]  # fmt: skip
    life = Lifecycle(of="lamp", begins="off", moves=moves)
    drawn = picture(life)
    assert [drawn.count(f">{word}<") for word in ("light", "break", "put out", "off", "on", "gone")] == [1] * 6
    assert drawn.count("<circle") == 1 + 4  # where it begins, and where each step leads from
    assert drawn.count('h12z"') == 3
    assert {"referral", "authorization", "consent"} <= {one.of for one in lifecycles()}
