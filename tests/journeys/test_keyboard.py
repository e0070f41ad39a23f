"""The newest pages without a mouse: Tab comes to everything that can be used, one sees where it is, Enter does it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visit

MOST = 150  # presses of Tab; no page has so much on it
# what can be used in the page's own part, and shows; of a group of radio buttons the keyboard stops at one
MARK = """one => one.type === 'radio' ? 'radio ' + one.name
  : one.tagName + ' ' + (one.name || one.getAttribute('href') || one.textContent.trim())"""
BOXES = "'.usa-radio__input, .usa-checkbox__input'"
USABLE = f"""() => {{
  const mark = {MARK}
  const shows = one => one.checkVisibility({{visibilityProperty: true}}) || one.matches({BOXES})
  const folded = one => one.closest('details:not([open])') && !one.matches('details > summary')
  const kinds = ['a[href]', 'button', 'input:not([type=hidden])', 'select', 'textarea', 'summary']
  return [...document.querySelectorAll(kinds.map(kind => 'main ' + kind))]
    .filter(one => !one.disabled && !folded(one) && shows(one)).map(mark)
}}"""
FOCUSED = f"""() => {{
  const mark = {MARK}
  const one = document.activeElement
  if (!one || !one.closest('main')) return null
  const seen = one.matches({BOXES}) ? one.nextElementSibling : one
  const styles = [getComputedStyle(seen), getComputedStyle(seen, '::before')]
  const rings = style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0
  return {{said: mark(one), drawn: styles.some(style => rings(style) || style.boxShadow !== 'none')}}
}}"""


def walk(page: Page) -> None:
    """From the top of the page to its end: everything is come to, in turn, and is drawn round when it is."""
    wanted = list(page.evaluate(USABLE))
    met: list[str] = []
    page.locator(".usa-skipnav").focus()
    for _ in range(MOST):
        page.keyboard.press("Tab")
        here = page.evaluate(FOCUSED)
        if here is None:
            if met:
                break
            continue
        # within a day the browser goes from month to day to its own button, which it draws round itself
        assert here["drawn"] or here["said"] in met[-1:], f"{page.url}: nobody sees that {here['said']} has the focus"
        met.append(here["said"])
    assert set(wanted) <= set(met), f"{page.url}: Tab never comes to {set(wanted) - set(met)}"


def come_to(page: Page, wanted: str) -> None:
    """Press Tab until it has the focus."""
    for _ in range(MOST):
        if page.locator(f"{wanted}:focus").count():
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{page.url}: {wanted} cannot be reached by the keyboard")


def enter(page: Page, wanted: str) -> None:
    """Come to it and press Enter: another page follows."""
    come_to(page, wanted)
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.fixture
def lena(visit: Callable[..., Visit]) -> Visit:
    """At the record of a member."""
    somebody = visit().be("lead_care_manager").open("/members/")
    somebody.page.locator("main a[href^='/members/mem-']").first.click()
    return somebody


def of_member(somebody: Visit, what: str) -> Page:
    """That page of the member whose record is open."""
    somebody.page.goto(somebody.page.url.rstrip("/") + what)
    return somebody.page


def test_who_leaves_and_when(visit: Callable[..., Visit]) -> None:
    somebody = visit().be("facility_custody_staff").open("/releases/")
    walk(somebody.page)
    enter(somebody.page, "main a[href^='/releases/tell/']")
    walk(somebody.page)
    somebody.is_sound()


def test_what_may_be_billed(visit: Callable[..., Visit]) -> None:
    somebody = visit().be("provider_biller").open("/billing/")
    walk(somebody.page)
    somebody.is_sound()


def test_the_mail_of_a_member(lena: Visit) -> None:
    page = of_member(lena, "/reach/mail/")
    walk(page)
    come_to(page, "#id_address")
    page.keyboard.type("no mailbox")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(".usa-error-message").first).to_be_visible()
    come_to(page, "#id_address")
    lena.is_sound(but="422")


def test_language_and_food(lena: Visit) -> None:
    page = of_member(lena, "/needs/")
    walk(page)
    for place in range(page.locator("main details > summary").count()):
        page.locator("main details > summary").nth(place).focus()
        page.keyboard.press("Enter")
        walk(page)
    lena.is_sound()


def test_the_review_of_a_care_plan(visit: Callable[..., Visit]) -> None:
    somebody = visit().be("lead_care_manager").open("/today/")
    page = somebody.page
    page.get_by_role("link", name="Rosa Delgado").first.click()
    walk(page)
    enter(page, "main a[href$='/review/']")
    walk(page)
    somebody.is_sound()


def test_a_file_and_its_excel(visit: Callable[..., Visit]) -> None:
    """The Excel is taken along by Enter."""
    somebody = visit().be("provider_intake").open("/exchange/")
    page = somebody.page
    walk(page)
    enter(page, "main a[href^='/exchange/fil-']")
    walk(page)
    come_to(page, "main a[href$='/fix-list/']")
    with page.expect_download() as taken:
        page.keyboard.press("Enter")
    assert taken.value.suggested_filename.endswith(".xlsx")
    somebody.is_sound()
