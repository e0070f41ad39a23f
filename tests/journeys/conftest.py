"""A demo and a browser for the journeys. Each ends with the same questions to the page; see `Visit.is_sound`."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests import demo
from tests.browser import chromium, launch

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass
class Visit:
    """Somebody at a page, with everything that the browser complained about."""

    page: Page
    site: str
    complaints: list[str] = field(default_factory=list)

    def open(self, address: str) -> "Visit":
        self.page.goto(self.site + address)
        return self

    def be(self, role: str) -> "Visit":
        """Become somebody of the demo, and stand on their first page."""
        self.open("/demo/").page.locator(f'form[action="/demo/as/{role}"] button').click()
        return self

    def is_sound(self, *, but: str | None = None) -> None:
        """Nobody is shut out, nothing has to be scrolled sideways, and the browser has nothing to complain about.

        ``but``: what it may complain about here; it may come at any moment after the page.
        """
        self.page.wait_for_load_state()  # a press returns with the first byte of the next page, which is no page yet
        found = Axe().run(self.page, options={"runOnly": RULES, "resultTypes": ["violations"]})
        assert found.violations_count == 0, found.generate_report()
        wider = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, f"{self.page.url} is {wider} pixels wider than the screen"
        assert not [one for one in self.complaints if but is None or but not in one]


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    with demo.running() as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if chromium() is None:
        pytest.skip("no Chromium on this machine: journeys in a browser are not proved")
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright keeps a loop running beside Django
    with sync_playwright() as playwright:
        opened = launch(playwright)
        yield opened
        opened.close()


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Callable[..., Visit]]:
    """Open a window: `visit(width=360, lang="es")`."""
    opened: list[BrowserContext] = []

    def arrive(width: int = 1280, lang: str = "en", scripts: bool = True) -> Visit:
        context = browser.new_context(
            viewport={"width": width, "height": 800}, locale=lang, java_script_enabled=scripts
        )
        opened.append(context)
        made = Visit(context.new_page(), site)
        made.page.on("console", lambda said: made.complaints.append(said.text) if said.type == "error" else None)
        made.page.on("pageerror", lambda error: made.complaints.append(str(error)))
        return made

    yield arrive
    for context in opened:
        context.close()
