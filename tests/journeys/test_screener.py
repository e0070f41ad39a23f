"""At the screener: a daughter for her father, somebody who fled, a mother on an old phone. Nothing stays behind."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visit

AWAY = "https://www.weather.gov/"


def heading(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


def press(page: Page, name: str) -> None:
    """Press, and wait for the step that follows."""
    before = page.locator("input[name=state]").first.input_value()
    page.get_by_role("button", name=name, exact=True).first.click()
    expect(page.locator("input[name=state]").first).not_to_have_value(before)


def to_the_end(page: Page, say: str, age: str, next_: str, sound: Callable[[], None] = lambda: None) -> int:
    """Answer everything alike; how many questions it took."""
    count = 0
    while page.locator("#question").count():
        sound()
        if page.locator("#value").count():
            page.locator("#value").fill(age)
            press(page, next_)
        else:
            press(page, say)
        count += 1
        assert count < 30
    return count


@pytest.mark.parametrize(("width", "scripts"), [(360, True), (1280, True), (360, False)])
def test_a_daughter_looks_for_help_for_her_father(visit: Callable[..., Visit], width: int, scripts: bool) -> None:
    daughter = visit(width=width, scripts=scripts).open("/screener/")
    page = daughter.page
    sound = daughter.is_sound if scripts else lambda: None  # axe needs scripts
    sound()
    page.get_by_text("Someone I help").click()
    page.get_by_label("Is cared for at home by someone who needs a rest").check()
    page.get_by_label("Needs help to wash, dress, eat or move about").check()
    press(page, "Next")
    assert heading(page) == "Does someone care for the person at home, and need a rest from it?"
    expect(page.get_by_text("“The person” is the one you help.")).to_be_visible()
    sound()
    press(page, "Yes")
    second = heading(page)
    press(page, "Back")
    assert heading(page) == "Does someone care for the person at home, and need a rest from it?"
    press(page, "Yes")
    assert heading(page) == second
    assert to_the_end(page, "I don't know", "78", "Next") <= 12
    assert heading(page) == "What may fit"
    expect(page.get_by_role("link", name="Respite Services")).to_be_visible()
    expect(page.get_by_text("“I would like to ask for Respite Services for someone I help.”")).to_be_visible()
    sound()
    page.get_by_label("Which health plan?").select_option("Contra Costa Health Plan")
    press(page, "Show its number")
    expect(page.get_by_role("link", name="1-877-661-6230")).to_be_visible()
    expect(page.get_by_role("link", name="1-800-675-6110")).to_have_count(0)
    with page.expect_download() as kept:
        page.get_by_role("button", name="Keep it as a file on this device").click()
    assert kept.value.suggested_filename == "notes.txt"
    assert "Respite Services" in kept.value.path().read_text("utf-8")


def left_behind(page: Page) -> dict[str, Any]:
    """What the browser holds for us: stores, cookies and addresses of the history."""
    held: dict[str, Any] = page.evaluate(
        """async () => ({local: {...localStorage}, session: {...sessionStorage}, address: location.href,
           databases: (await indexedDB.databases()).length, caches: (await caches.keys()).length})"""
    )
    return held | {"cookies": page.context.cookies()}


def test_someone_who_fled_leaves_fast(visit: Callable[..., Visit]) -> None:
    fled = visit(width=360)
    page = fled.page
    page.route(AWAY, lambda route: route.fulfill(body="<h1>Sunny</h1>", content_type="text/html"))
    fled.open("/screener/")
    page.get_by_label("Has to get away from someone who hurts or stalks them").check()
    press(page, "Next")
    press(page, "I'd rather not say")
    press(page, "I'd rather not say")
    held = left_behind(page)
    assert held["address"] == f"{fled.site}/screener/"
    assert not held["local"]
    assert not held["session"]
    assert (held["databases"], held["caches"]) == (0, 0)
    assert not [one for one in held["cookies"] if "csrf" in one["name"] or "session" in one["name"]]
    page.get_by_role("link", name="Leave fast").click()
    page.wait_for_url(AWAY)
    page.go_back()
    page.wait_for_url(f"{fled.site}/screener/")
    assert heading(page) == "What is going on?"
    assert page.locator("input:checked").count() == 1  # "I do", as on every first page
    assert "violence" not in json.dumps(left_behind(page))


def test_escape_twice_leaves_and_once_does_not(visit: Callable[..., Visit]) -> None:
    fled = visit(width=1280)
    page = fled.page
    page.route(AWAY, lambda route: route.fulfill(body="<h1>Sunny</h1>", content_type="text/html"))
    fled.open("/screener/")
    page.keyboard.press("Escape")
    assert heading(page) == "What is going on?"
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.wait_for_url(AWAY)


def test_without_scripts_the_way_out_is_a_link(visit: Callable[..., Visit]) -> None:
    page = visit(width=360, scripts=False).open("/screener/").page
    page.route(AWAY, lambda route: route.fulfill(body="<h1>Sunny</h1>", content_type="text/html"))
    page.get_by_role("link", name="Leave fast").click()
    page.wait_for_url(AWAY)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_mother_reads_spanish_on_an_old_phone(visit: Callable[..., Visit], scripts: bool) -> None:
    mother = visit(width=360, lang="es", scripts=scripts).open("/screener/")
    page = mother.page
    assert heading(page) == "¿Qué está pasando?"
    page.get_by_label("Está embarazada, o lo estuvo en los últimos 12 meses").check()
    press(page, "Siguiente")
    sound = mother.is_sound if scripts else lambda: None
    assert to_the_end(page, "Sí", "24", "Siguiente", sound) <= 12
    assert heading(page) == "Qué podría servir"
    assert page.locator("html").get_attribute("lang") == "es"
    sound()
    page.get_by_role("button", name="Pedir ayuda ahora").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Pedir ayuda ahora")
    sound()


@pytest.mark.parametrize(("width", "lang"), [(1280, "zh-TW"), (360, "ar-xb")])
def test_it_is_sound_in_every_script_and_from_either_side(visit: Callable[..., Visit], width: int, lang: str) -> None:
    somebody = visit(width=width, lang=lang).open("/screener/")
    page = somebody.page
    somebody.is_sound()
    for name in ("no_home", "food", "drugs"):
        page.locator(f"input[value={name}]").check()
    page.locator("#step form button").first.click()
    page.wait_for_selector("#question")
    somebody.is_sound()
    page.locator("button[value=results]").click()
    page.wait_for_selector(".wp-result")
    somebody.is_sound()
    page.locator("#bar button[value=ask]").click()
    page.wait_for_selector(".wp-step[data-page=ask]")
    somebody.is_sound()


def test_a_language_in_the_middle_keeps_the_answers(visit: Callable[..., Visit]) -> None:
    page = visit(width=360).open("/screener/").page
    page.get_by_label("Is cared for at home by someone who needs a rest").check()
    press(page, "Next")
    page.get_by_role("button", name="español").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "¿Cuida alguien a la persona en casa y necesita descansar de eso?"
    )
    press(page, "Sí")
    assert heading(page) == "Qué podría servir"


def test_everything_is_done_with_the_keyboard(visit: Callable[..., Visit]) -> None:
    """Tab, space and enter alone; after each step the reader stands at its heading."""
    page = visit(width=1280).open("/screener/").page
    walk_to(page, "Is cared for at home by someone who needs a rest")
    page.keyboard.press("Space")
    walk_to(page, "Next")
    page.keyboard.press("Enter")
    expect(page.locator("#question")).to_be_focused()
    walk_to(page, "Yes")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("What may fit")
    expect(page.get_by_role("heading", level=1)).to_be_focused()


def walk_to(page: Page, name: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("(document.activeElement.labels?.[0] || document.activeElement).innerText.trim()") == name:
            return
    raise AssertionError(f"the keyboard does not reach {name}")


def test_the_browsers_own_back_goes_through_the_steps(visit: Callable[..., Visit]) -> None:
    page = visit(width=360).open("/screener/").page
    page.get_by_label("Has no home now").check()
    press(page, "Next")
    first = heading(page)
    page.locator("#value").fill("46")
    press(page, "Next")
    second = heading(page)
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text(first)
    page.go_forward()
    expect(page.get_by_role("heading", level=1)).to_have_text(second)
    page.go_back()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("What is going on?")
    expect(page.get_by_label("Has no home now")).to_be_checked()


def test_a_wrong_number_is_said_where_the_reader_is(visit: Callable[..., Visit]) -> None:
    somebody = visit(width=360).open("/screener/")
    page = somebody.page
    page.get_by_label("Has no home now").check()
    press(page, "Next")
    page.locator("#value").fill("old")
    page.get_by_role("button", name="Next", exact=True).click()
    expect(page.get_by_role("alert").first).to_contain_text("a number from 0 to 125")
    expect(page.locator("#value")).to_be_focused()
    somebody.is_sound(but="422")


def test_without_a_connection_nothing_is_lost(visit: Callable[..., Visit]) -> None:
    somebody = visit(width=360).open("/screener/")
    page = somebody.page
    page.get_by_label("Has no home now").check()
    press(page, "Next")
    page.context.set_offline(True)
    page.locator("#value").fill("46")
    page.get_by_role("button", name="Next").click()
    expect(page.locator("#no-line")).to_be_visible()
    page.context.set_offline(False)
    press(page, "Next")
    expect(page.locator("#no-line")).to_be_hidden()


def test_the_summary_prints_without_buttons(visit: Callable[..., Visit]) -> None:
    page = visit(width=1280).open("/screener/").page
    page.get_by_label("Is cared for at home by someone who needs a rest").check()
    press(page, "Next")
    press(page, "Yes")
    page.emulate_media(media="print")
    assert page.locator("button:visible").count() == 0
    expect(page.get_by_role("heading", name="What you told us")).to_be_visible()
    expect(page.get_by_role("link", name="1-877-661-6230")).to_be_visible()
