"""A network manager finds the county without beds, who is full there, and who wants to begin."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visit
from tests.journeys.test_becoming_a_provider import sound
from tests.journeys.ways import walked

WAYS = [(1280, "en", True), (360, "es", True), (360, "en", False)]


@pytest.mark.parametrize(("width", "lang", "scripts"), walked(WAYS, WAYS[:1]))
def test_a_network_manager_finds_the_county_without_beds(
    visit: Callable[..., Visit], width: int, lang: str, scripts: bool
) -> None:
    nate = visit(width=width, lang=lang, scripts=scripts).be("network_manager")
    page = nate.page
    page.locator('main a[href="/capacity/"]').click()
    page.locator("#id_service").select_option("cs.recuperative_care")
    page.locator("form.wp-look button.usa-button").click()
    full = page.locator(".wp-capacity__gap a")
    expect(full).to_have_text("Solano")
    expect(page.locator('svg a[aria-label^="Contra Costa:"] text').last).to_have_text("3")
    sound(nate, scripts)
    full.click()
    expect(page.locator(".wp-hits__one h3")).to_have_text("Mesa Respite")
    page.go_back()
    page.locator('main a[href="/applications/?service=cs.recuperative_care"]').click()
    expect(page.locator("#id_service")).to_have_value("cs.recuperative_care")
