"""A meal company applies and comes back next week: in each language, without scripts, by keyboard.

What is written on the pages differs from language to language, so things are found by their place and their name.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visit
from tests.journeys.ways import walked

EVERY_WAY = [
    (360, "en", True), (1280, "en", True), (360, "es", True), (1280, "zh-TW", True), (360, "ar-xb", True),
    (360, "en", False),
]  # fmt: skip
WAYS = [f"{width} {lang} {'scripts' if scripts else 'no scripts'}" for width, lang, scripts in EVERY_WAY]


AT_EVERY_CHANGE = [(360, "es", True), (360, "en", False)]
SOME_WAYS = walked(EVERY_WAY, AT_EVERY_CHANGE, WAYS)


def sound(visit: Visit, scripts: bool = True) -> None:
    if scripts:
        visit.is_sound(but="422")  # a form with an error is answered so


def choose(page: Page, name: str, value: str) -> None:
    """The label, since the box itself is drawn by the style."""
    chosen = page.locator(f'input[name="{name}"][value="{value}"]').get_attribute("id")
    page.locator(f'label[for="{chosen}"]').click()


def submit(page: Page) -> None:
    page.locator("main form.wp-form button.usa-button").first.click()


def begin(visit: Visit, who: str, scripts: bool) -> str:
    """From the first page to the private link, by way of a form sent empty."""
    page = visit.page
    visit.open("/become-a-provider/")
    sound(visit, scripts)
    page.locator('main a[href="/become-a-provider/begin/"]').first.click()
    sound(visit, scripts)
    submit(page)
    expect(page.locator(".wp-summary")).to_be_focused()
    sound(visit, scripts)
    page.get_by_text("Golden Poppy Health Plan", exact=True).click()
    page.locator('input[name="legal_name"]').fill(f"Harbor Meals {who}")
    page.locator('input[name="contact_name"]').fill("Hana Mills")
    page.locator('input[name="contact_email"]').fill(f"hana.{who}@harbor.example".replace(" ", "."))
    submit(page)
    sound(visit, scripts)
    link = page.locator(".wp-link a").get_attribute("href")
    assert link
    return link


def fill(visit: Visit, scripts: bool) -> None:
    """Every step, and a paper; a file that is not what it says costs nothing."""
    page = visit.page
    page.locator('main a[href="/become-a-provider/mine/organization/"]').click()
    sound(visit, scripts)
    page.locator('input[name="npi"]').fill("1234567890")
    choose(page, "kind", "community_supports_provider")
    submit(page)
    sound(visit, scripts)
    page.locator('input[name="npi"]').fill("1234567893")
    submit(page)
    sound(visit, scripts)
    submit(page)  # the contact is there already
    sound(visit, scripts)
    choose(page, "supports", "cs.mtm_msf")
    submit(page)
    sound(visit, scripts)
    choose(page, "counties", "contra_costa")
    choose(page, "languages", "es")
    page.locator('main form.wp-form button[name="later"]').click()
    sound(visit, scripts)


@pytest.mark.parametrize(("width", "lang", "scripts"), SOME_WAYS)
def test_a_meal_company_applies_and_comes_back_next_week(
    visit: Callable[..., Visit], tmp_path: Path, width: int, lang: str, scripts: bool
) -> None:
    who = f"{width} {lang} {scripts}"
    hana = visit(width=width, lang=lang, scripts=scripts)
    link = begin(hana, who, scripts)
    hana.page.locator('main a[href="/become-a-provider/mine/"]').click()
    sound(hana, scripts)
    fill(hana, scripts)
    again = visit(width=width, lang=lang, scripts=scripts)
    again.page.goto(link)  # next week, at another computer
    sound(again, scripts)
    for step in ("room", "team", "statements"):
        again.open(f"/become-a-provider/mine/{step}/")
        if step == "room":
            again.page.locator('input[name="cs.mtm_msf"]').fill("120")
        sound(again, scripts)
        submit(again.page)
    papers(again, tmp_path, scripts)
    again.open("/become-a-provider/mine/")
    again.page.locator('button[value="send"]').click()
    expect(again.page.locator('[aria-current="step"]')).to_be_visible()
    sound(again, scripts)
    decided(visit, again, who, width, lang, scripts)


def papers(visit: Visit, folder: Path, scripts: bool) -> None:
    disguised, real = folder / "license.pdf", folder / "real license.pdf"
    disguised.write_bytes(b"MZ\x90\x00 this runs")
    real.write_bytes(b"%PDF-1.7\n")
    visit.open("/become-a-provider/mine/papers/")
    sound(visit, scripts)
    for file in (disguised, real):
        choose(visit.page, "item", "license")
        visit.page.locator('input[name="file"]').set_input_files(file)
        visit.page.locator("form[enctype] button").click()
        sound(visit, scripts)
    expect(visit.page.get_by_text("real license.pdf", exact=True)).to_be_visible()


def decided(visit: Callable[..., Visit], hana: Visit, who: str, width: int, lang: str, scripts: bool) -> None:
    """The plan asks something, and the applicant reads it."""
    nate = visit(width=width, lang=lang, scripts=scripts).be("network_manager")
    nate.open("/applications/")
    sound(nate, scripts)
    nate.open("/applications/?text=nobody+is+called+so")
    sound(nate, scripts)
    nate.open("/applications/")
    nate.page.get_by_role("link", name=f"Harbor Meals {who}").first.click()
    sound(nate, scripts)
    nate.page.locator('main a[href$="/steps/ask/"]').click()
    sound(nate, scripts)
    nate.page.locator('textarea[name="said"]').fill("Who is your dietitian?")
    submit(nate.page)
    sound(nate, scripts)
    hana.open("/become-a-provider/mine/")
    expect(hana.page.get_by_text("Who is your dietitian?")).to_be_visible()
    sound(hana, scripts)


def test_it_is_begun_by_keyboard_alone(visit: Callable[..., Visit]) -> None:
    hana = visit(width=1280).open("/become-a-provider/begin/")
    keys = hana.page.keyboard
    hana.page.locator('input[name="plan"]').first.focus()
    for words in ("Harbor Meals by keyboard", "Hana Mills", "keyboard@harbor.example"):
        keys.press("Tab")
        keys.type(words)
    keys.press("Tab")
    expect(hana.page.locator("main form button.usa-button")).to_be_focused()  # no machine's field on the way
    keys.press("Enter")
    expect(hana.page.locator(".wp-link a")).to_be_visible()
    hana.open("/become-a-provider/mine/services/")
    hana.page.locator('input[value="cs.mtm_msf"]').focus()
    keys.press("Space")
    expect(hana.page.locator('input[value="cs.mtm_msf"]')).to_be_checked()
    keys.press("Enter")
    expect(hana.page).to_have_url(f"{hana.site}/become-a-provider/mine/places/")


@pytest.mark.parametrize("address", ["/become-a-provider/link/", "/applications/statements/"])
@pytest.mark.parametrize(("width", "lang"), [(360, "en"), (1280, "zh-TW"), (360, "ar-xb")])
def test_the_other_pages_are_sound(visit: Callable[..., Visit], address: str, width: int, lang: str) -> None:
    visit(width=width, lang=lang).be("network_manager").open(address).is_sound()
