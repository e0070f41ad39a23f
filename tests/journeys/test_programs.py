"""Somebody finds a program and how to ask for it: on a phone and a desk, with and without scripts, and by keyboard."""

import re
from collections.abc import Callable

import brotli
import pytest
from playwright.sync_api import Page, Response, expect

from tests.journeys.conftest import Visit
from tests.journeys.ways import walked

MOST = 120_000  # bytes of the home page's first load, compressed
ASKED = [
    "/programs/", "/programs/calaim/", "/programs/ecm/",
    "/programs/justice-involved/?plan=contra_costa_health_plan",
    "/programs/cs.transitional_rent/?plan=health_net&county=los_angeles",
    "/programs/cs.eaa/guide/?plan=contra_costa_health_plan&on=2030-01-01",
    "/programs/changes/?since=2025-06-30&on=2026-01-01",
]  # fmt: skip
SCREENS = [(360, "en"), (1280, "es"), (360, "zh-TW"), (1280, "ar-xb")]
IN_WORDS = [(360, "es", True), (1280, "zh-TW", True), (360, "ar-xb", True)]
WRONG = ["/programs/housing-deposit/", "/programs/zzz/", "/programs/ecm/?on=2026-13-01&plan=x&county=y"]


@pytest.mark.parametrize(("width", "lang"), walked(SCREENS, [(360, "en")]))
def test_every_page_of_the_programs_is_sound(visit: Callable[..., Visit], width: int, lang: str) -> None:
    somebody = visit(width=width, lang=lang)
    for address in ASKED:
        somebody.open(address).is_sound()
    for address in WRONG:
        somebody.open(address).is_sound(but="Failed to load resource")


@pytest.mark.parametrize(
    ("width", "lang", "scripts"),
    walked([(360, "en", True), (1280, "en", True), *IN_WORDS, (360, "en", False), (1280, "en", False)],
           [(360, "en", True), (1280, "zh-TW", True), (360, "en", False)]),
)  # fmt: skip
def test_a_daughter_looks_for_help_for_her_father(
    visit: Callable[..., Visit], width: int, lang: str, scripts: bool
) -> None:
    """From the first page to what meals are, who may get them, and whom to call in her county."""
    daughter = visit(width=width, lang=lang, scripts=scripts).open("/")
    page = daughter.page
    page.locator('main a[href$="#home_like"]').click()
    page.locator('main a[href="/programs/cs.mtm_msf/"]').click()
    expect(page.locator('[data-says="phrases.free_and_voluntary"]')).to_be_visible()
    page.locator("#plan").select_option("contra_costa_health_plan")
    page.locator("main form.wp-chooser button").click()
    expect(page.locator("#ask .wp-status--good")).to_be_visible()  # this plan offers it in this county
    expect(page.get_by_role("link", name="1-877-661-6230")).to_have_count(2)  # two lines, by the option that is told
    assert "plan=contra_costa_health_plan" in page.url
    if scripts:
        daughter.is_sound()


@pytest.mark.parametrize(
    ("width", "lang", "scripts"),
    walked([(360, "en", True), (1280, "en", True), *IN_WORDS, (360, "en", False)],
           [(360, "en", True), (360, "en", False)]),
)  # fmt: skip
def test_a_shelter_worker_checks_transitional_rent_in_her_county(
    visit: Callable[..., Visit], width: int, lang: str, scripts: bool
) -> None:
    """Nobody prints it for her plan; it is owed to some all the same, and the page says to whom."""
    worker = visit(width=width, lang=lang, scripts=scripts).open("/programs/")
    page = worker.page
    page.locator("#plan").select_option("contra_costa_health_plan")
    page.locator("#county").select_option("contra_costa")
    page.locator("main form.wp-chooser button").click()
    page.locator('main a[href^="/programs/cs.transitional_rent/"]').click()
    expect(page.locator("#ask .wp-status--good")).to_be_visible()  # every plan must offer it to some
    expect(page.locator("#who .wp-tree").nth(1)).to_be_visible()  # to whom
    if lang == "en":
        expect(page.get_by_text("at most six months in any twelve")).to_be_visible()
    if scripts:
        worker.is_sound()


@pytest.mark.long
@pytest.mark.parametrize(
    ("first", "then", "county"),
    [
        ("a[href$='#home_like']", "a[href='/programs/cs.mtm_msf/']", ""),
        ("a[href='/programs/']", "a[href='/programs/cs.transitional_rent/']", "contra_costa"),
    ],
    ids=["a daughter", "a shelter worker"],
)
def test_the_same_by_keyboard_alone(visit: Callable[..., Visit], first: str, then: str, county: str) -> None:
    """Tab, Enter, and the letters of a list."""
    reader = visit(width=1280).open("/")
    page = reader.page
    for step in (first, then):
        tab_to(page, step)
        with page.expect_navigation():
            page.keyboard.press("Enter")
    tab_to(page, "#plan")
    page.keyboard.type("Contra")
    if county:
        tab_to(page, "#county")
        page.keyboard.type("Contra")
    tab_to(page, "form.wp-chooser button")
    page.keyboard.press("Enter")
    expect(page.locator("#ask .wp-status--good")).to_be_visible()
    expect(page).to_have_url(re.compile(f"plan=contra_costa_health_plan&county={county}"))
    reader.is_sound()


def tab_to(page: Page, what: str) -> None:
    """As often as it takes; a keyboard that is caught, or never comes there, fails."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("what => document.activeElement.matches(what)", what):
            return
    raise AssertionError(f"{page.url} has no way by Tab to {what}")


def test_a_hospital_biller_finds_the_code_by_keyboard_alone(visit: Callable[..., Visit]) -> None:
    """Tab, Enter and nothing else, from the head of the page to the row of the table."""
    biller = visit(width=1280).open("/programs/")
    page = biller.page
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the main part")).to_be_focused()
    page.keyboard.press("Enter")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Recuperative Care":
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Recuperative Care")
    row = page.get_by_role("row").filter(has_text="T2033")
    expect(row).to_contain_text("U6")
    expect(row).to_contain_text("a day of recuperative care")
    biller.is_sound()


@pytest.mark.parametrize("lang", ["en", "zh-TW", "ar-xb"])
def test_the_first_load_of_the_home_page_is_light_and_stays_here(visit: Callable[..., Visit], lang: str) -> None:
    """All that the browser asks for, each text as brotli packs it; nothing from anywhere else."""
    answers: list[Response] = []
    somebody = visit(width=1280, lang=lang)

    def note(answer: Response) -> None:
        answers.append(answer)

    somebody.page.on("response", note)
    somebody.open("/").page.wait_for_load_state("networkidle")
    assert {each.url.split("/")[2] for each in answers} == {somebody.site.split("/")[2]}
    sizes = {each.url.removeprefix(somebody.site): _on_the_wire(each) for each in answers}
    assert sum(sizes.values()) <= MOST, sizes
    assert len(sizes) > 3


def _on_the_wire(answer: Response) -> int:
    """Fonts are packed already."""
    body = answer.body()
    return len(body) if answer.url.endswith(".woff2") else len(brotli.compress(body))
