"""The pictures of docs/tour.md, from a demo with its county: `.venv/bin/python -m tests.tour`. Few, small, invented."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Page, sync_playwright

from tests import demo
from tests.browser import launch

FOLDER = Path("docs/pictures")


class Shot(NamedTuple):
    """One picture: whose page, which links are pressed from their first page, and how wide the screen is."""

    name: str
    role: str
    press: tuple[str, ...] = ()
    width: int = 1100


SHOTS = [
    Shot("be-anyone", ""),
    Shot("what-waits", "plan_intake"),
    Shot("the-plans-queue", "plan_intake", ("Referrals",), 1280),
    Shot("came-back", "plan_intake", ("Referrals", "Wei Zhang")),
    Shot("who-has-room", "plan_intake", ("Referrals", "Wei Zhang", "Choose where it goes")),
    Shot("today-on-a-phone", "lead_care_manager", ("Your people",), 390),
    Shot("who-may-fit", "analyst", ("Who may fit",)),
]


def main() -> None:
    with demo.running(county=True) as site, sync_playwright() as playwright:
        take(launch(playwright), site)


def take(browser: Browser, site: str, folder: Path = FOLDER) -> None:
    """Walk to each and keep what stands on the first screen."""
    for shot in SHOTS:
        context = browser.new_context(viewport={"width": shot.width, "height": 720}, locale="en")
        page = context.new_page()
        _arrive(page, site, shot)
        page.screenshot(path=folder / f"{shot.name}.png")
        context.close()


def _arrive(page: Page, site: str, shot: Shot) -> None:
    page.goto(f"{site}/demo/")
    if shot.role:
        page.locator(f'form[action="/demo/as/{shot.role}"] button').click()
    for name in shot.press:
        _follow(page, name)


def _follow(page: Page, name: str) -> None:
    found: Callable[[], int] = page.locator("main").get_by_role("link", name=name).count
    while not found() and page.get_by_role("link", name="Next").count():
        page.get_by_role("link", name="Next").first.click()
    page.locator("main").get_by_role("link", name=name).first.click()


if __name__ == "__main__":
    main()
