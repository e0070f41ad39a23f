"""An analyst goes from who may fit and is not served to a referral, and to the person's whole story."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visit
from tests.journeys.test_becoming_a_provider import sound
from tests.journeys.ways import walked

WAYS = [(1280, "en", True), (360, "es", False)]


@pytest.mark.parametrize(("width", "lang", "scripts"), walked(WAYS, WAYS[:1]))
def test_an_analyst_asks_for_somebody(visit: Callable[..., Visit], width: int, lang: str, scripts: bool) -> None:
    anil = visit(width=width, lang=lang, scripts=scripts).be("analyst").open("/may-fit/")
    page = anil.page
    sound(anil, scripts)
    ask = page.locator('a.usa-button[href*="program="]').first
    asked = ask.get_attribute("href") or ""
    ask.click()
    expect(page.locator('input[name="programmes"]:checked')).to_have_count(1)
    for field, value in (("standing", "plan"), ("safe_to_contact", "yes"), ("agrees", "on")):
        chosen = page.locator(f'input[name="{field}"]' + (f'[value="{value}"]' if value != "on" else ""))
        page.locator(f'label[for="{chosen.get_attribute("id")}"]').click()
    with page.expect_navigation():
        page.locator("main form button.usa-button").first.click()
    anil.open("/may-fit/")
    expect(page.locator(f'a[href="{asked}"]')).to_have_count(0)
    anil.open("/may-fit/?stands=asked")
    page.locator('main a[href^="/referrals/ref-"]').first.click()
    page.locator('main a[href^="/members/mem-"]').first.click()
    page.locator('main a[href$="/story/"]').click()
    expect(page.locator(".wp-story__event").first).to_be_visible()
    sound(anil, scripts)
    anil.open("/loop/")
    sound(anil, scripts)
