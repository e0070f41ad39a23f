"""The sweep's report in a browser: fit for a phone, for paper, and for people who do not see it."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.sweep.report.conftest import membership_of_a_hundred
from tests.sweep.report.reading import swept

WIDTHS = (360, 1280)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    return swept(membership_of_a_hundred(folder), folder / "out") / "report.html"


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_and_nothing_slides_sideways(browser: Browser, report: Path, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(report.as_uri())
    assert asked == [report.as_uri()]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert not [each["id"] for each in Axe().run(page).response["violations"]]
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.close()
