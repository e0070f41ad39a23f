"""The directory in a browser: somebody looks for a bed tonight; whoever keeps it says what is free."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visit


@pytest.mark.parametrize(("width", "lang", "scripts"), [(1280, "en", True), (360, "es", True)])
def test_somebody_looks_for_a_bed(visit: Callable[..., Visit], width: int, lang: str, scripts: bool) -> None:
    anyone = visit(width=width, lang=lang, scripts=scripts).open("/providers/")
    page = anyone.page
    sound(anyone, scripts)
    page.locator("#id_service").select_option("cs.recuperative_care")
    page.locator("#id_county").select_option("contra_costa")
    page.locator("form.wp-look button.usa-button").click()
    expect(page).to_have_url(
        f"{anyone.site}/providers/?service=cs.recuperative_care&county=contra_costa&zip=&within=&plan=&language=&age="
        "&who=&text="
    )
    expect(page.locator(".wp-hits__one")).to_have_count(2)
    anyone.open("/providers/?service=cs.recuperative_care&zip=94553&within=50&accessible=lift&who=women")
    sound(anyone, scripts)
    page.locator(".wp-narrowed a").nth(4).click()
    expect(page.locator(".wp-narrowed a")).to_have_count(4)
    page.get_by_role("link", name="Harbor Street House").click()
    expect(page.get_by_text("77 Invented Street")).to_be_visible()
    sound(anyone, scripts)


@pytest.mark.parametrize(("width", "scripts"), [(360, True)])
def test_whoever_keeps_it_says_what_is_free(visit: Callable[..., Visit], width: int, scripts: bool) -> None:
    ines = visit(width=width, scripts=scripts).be("provider_intake").open("/directory/")
    page = ines.page
    sound(ines, scripts)
    page.get_by_role("link", name="Enhanced Care Management", exact=True).click()
    sound(ines, scripts)
    page.go_back()
    page.get_by_role("link", name="Say what is free").first.click()
    sound(ines, scripts)
    page.get_by_role("button", name="Yes, still so").click()
    expect(page.get_by_text("Thank you. It is shown as of now.")).to_be_visible()
    ines.open("/directory/places/new/")
    sound(ines, scripts)


def sound(visit: Visit, scripts: bool) -> None:
    if scripts:
        visit.is_sound()
