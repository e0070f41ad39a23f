"""What is printed: nothing to press is on the sheet, and nothing is cut at its edge."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tests.journeys.conftest import Visit
from tests.journeys.ways import walked

# what is left between the margins of 1.5 cm, at 96 pixels to the inch: Letter upright, and the smaller A4
SHEET = (702, 680)
PRESSED = """() => [...document.querySelectorAll(
    'button, input:not([type=hidden]), select, textarea, .usa-button, nav'
  )].filter(one => one.checkVisibility()).map(one => one.outerHTML.slice(0, 120))"""
CUT = """() => {
  const edge = document.documentElement.clientWidth + 1
  const inside = one => one.closest('svg, .wp-heard, .usa-sr-only, .usa-skipnav')
  return [...document.querySelectorAll('main *')].filter(one => !inside(one) && one.checkVisibility()
    && one.getBoundingClientRect().width > 1 && one.getBoundingClientRect().right > edge)
    .map(one => one.outerHTML.slice(0, 120))
}"""
PAGES = [
    ("plan_intake", "/desk/"), ("plan_intake", reverse("work")), ("plan_intake", "/referrals/"), ("analyst", "/loop/"),
    ("analyst", "/equity/"), ("analyst", "/may-fit/"), ("network_manager", "/capacity/"),
    ("provider_intake", "/exchange/month/charts/"),
    ("provider_biller", "/billing/"), ("facility_custody_staff", "/releases/"), ("lead_care_manager", "/today/"),
    ("referrer", "/providers/"), ("auditor", "/trail/"),
]  # fmt: skip


def on_paper(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(media="print")
    assert page.evaluate(PRESSED) == []
    assert page.evaluate(CUT) == []
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider <= 0, f"{page.url} is {wider} pixels wider than the sheet"


@pytest.mark.parametrize(("role", "address"), walked(PAGES, PAGES[1:4] + PAGES[-4:]))
def test_a_page_of_a_role(visit: Callable[..., Visit], role: str, address: str) -> None:
    page = visit().be(role).open(address).page
    assert "There is no such page" not in page.content(), f"{address} is no page of {role}"
    for width in SHEET:
        on_paper(page, width)


@pytest.mark.parametrize(("lang", "scripts"), walked([("en", True), ("es", True)], [("es", True)]))
def test_what_anybody_takes_along(visit: Callable[..., Visit], lang: str, scripts: bool) -> None:
    """The page of a program, its directory, the answers of the screener's first page."""
    somebody = visit(lang=lang, scripts=scripts)
    for address in ("/programs/", "/programs/ecm/", "/programs/cs.mtm_msf/", "/providers/", "/learn/"):
        for width in SHEET:
            on_paper(somebody.open(address).page, width)


def test_one_members_story_and_the_sheet_of_a_request(visit: Callable[..., Visit]) -> None:
    somebody = visit().be("plan_intake").open("/referrals/?show=open")
    page = somebody.page
    page.locator("main tbody th a").first.click()
    for address in (page.url, page.locator("main a[href$='/sheet/']").first.get_attribute("href") or ""):
        page.goto(address if address.startswith("http") else somebody.site + address)
        for width in SHEET:
            on_paper(page, width)
    somebody.open("/members/").page.locator("main a[href^='/members/mem-']").first.click()
    for what in ("", "story/", "facts/", "consents/"):
        somebody.page.goto(somebody.page.url.split("?")[0].split("story/")[0].split("facts/")[0] + what)
        for width in SHEET:
            on_paper(somebody.page, width)
