"""A mother asks for herself on an old phone, and a shelter answers by link: each from the first page to the last."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visit

WAYS = [(360, "es", False), (1280, "en", True)]


def choose(page: Page, name: str, value: str) -> None:
    """The label, since the box itself is drawn by the style."""
    chosen = page.locator(f'input[name="{name}"][value="{value}"]').first.get_attribute("id")
    page.locator(f'label[for="{chosen}"]').first.click()


def submit(page: Page) -> None:
    page.locator("main form.wp-form button.usa-button").first.click()


def ask(visit: Visit, family: str, scripts: bool) -> str:
    """From the first page to the number."""
    page = visit.open("/").page
    page.locator('a[href="/refer/"]').first.click()
    submit(page)
    expect(page.locator(".wp-summary")).to_be_visible()
    if scripts:
        visit.is_sound(but="422")
    choose(page, "standing", "self")
    page.locator('input[name="given_name"]').fill("Marisol")
    page.locator('input[name="family_name"]').fill(family)
    page.locator('input[name="birth_date"]').fill("1991-05-04")
    page.locator('input[name="phone"]').fill("925 555 0142")
    choose(page, "safe_to_contact", "yes")
    choose(page, "programmes", "cs.recuperative_care")
    submit(page)
    number = page.locator(".wp-askno").inner_text()
    assert re.fullmatch(r"ask-[2-9a-z]{10}", number)
    if scripts:
        visit.is_sound(but="422")
    return number


@pytest.mark.parametrize(("width", "lang", "scripts"), WAYS, ids=["360 es no scripts", "1280 en"])
def test_a_mother_asks_and_looks_again(visit: Callable[..., Visit], width: int, lang: str, scripts: bool) -> None:
    phone = visit(width=width, lang=lang, scripts=scripts)
    number = ask(phone, f"Vega {lang}", scripts)
    phone.page.locator('form[action="/refer/leave/"] button').click()
    page = phone.open("/refer/again/").page
    page.locator('input[name="number"]').fill(number)
    page.locator('input[name="birth_date"]').fill("1991-05-05")
    submit(page)
    expect(page.locator(".wp-summary")).to_be_visible()
    page.locator('input[name="birth_date"]').fill("1991-05-04")
    submit(page)
    expect(page.locator(".wp-askno")).to_have_text(number)
    expect(page.locator(".wp-status")).to_have_text("Recibida" if lang == "es" else "Received")


def test_a_mother_answers_what_she_is_asked(visit: Callable[..., Visit]) -> None:
    """In her language, without scripts: the question stands beside its button, and that the answer came is said."""
    phone, asks = visit(width=390, lang="es", scripts=False), visit().be("plan_intake").open("/referrals/?show=open")
    number = ask(phone, "Paz", False)
    page = asks.open("/referrals/?show=open").page
    while not page.get_by_role("link", name="Marisol Paz").count():
        asks.open("/referrals/" + (page.locator('a[rel="next"]').get_attribute("href") or ""))
    page.get_by_role("link", name="Marisol Paz").click()
    page.get_by_role("link", name="Ask for what is missing").click()
    page.locator('label[for^="id_asking"]').first.click()
    page.locator('textarea[name="text"]').fill("¿Dónde está por la mañana?")
    submit(page)
    again = visit(width=390, lang="es", scripts=False).open("/refer/again/").page
    again.locator('input[name="number"]').fill(number)
    again.locator('input[name="birth_date"]').fill("1991-05-04")
    submit(again)
    expect(again.get_by_text("¿Dónde está por la mañana?")).to_be_visible()
    expect(again.get_by_text("Puede pedir más información a su plan de salud.")).to_be_visible()
    again.get_by_role("link", name="Responder").click()
    again.locator("main textarea").fill("En el parque, hasta las diez.")
    submit(again)
    expect(again.get_by_text("Gracias. Tenemos su respuesta.")).to_be_visible()


def test_a_shelter_answers_by_link(visit: Callable[..., Visit]) -> None:
    """The plan sends it; the shelter has no account, opens the link twice, and takes it with the code it was sent."""
    ask(visit(), "Luna", True)
    plan = visit().be("plan_intake").open("/referrals/")
    page = plan.page
    while not page.get_by_role("link", name="Marisol Luna").count():  # others may have asked before
        plan.open("/referrals/" + (page.locator('a[rel="next"]').get_attribute("href") or ""))
    page.get_by_role("link", name="Marisol Luna").click()
    plan.is_sound()
    page.get_by_role("button", name="Looked at: go on").click()
    page.locator('main a[href$="/steps/send/"]').click()
    plan.is_sound()
    page.locator('input[name="find"]').fill("Open Door")
    page.locator('form[role="search"] button').last.click()
    page.locator('main label[for^="f-org"]').first.click()
    page.get_by_role("button", name="Send it there").click()
    plan.is_sound()
    said = re.search(r"/r/[\w-]+/", page.locator(".usa-alert__text").first.inner_text())
    assert said, "the demo shows the link that the mail would have"

    shelter = visit(width=360)
    for _ in range(2):
        shelter.open(said[0])
    page = shelter.page
    assert "Marisol" not in page.content()
    shelter.is_sound()
    page.locator('form[action="/r/code/"] button').click()
    code = re.search(r"\d{6}", page.locator(".usa-alert__text").first.inner_text())
    assert code
    page.locator('input[name="code"]').fill(code[0])
    submit(page)
    expect(page.locator("h1")).to_have_text("Marisol Luna")
    assert "925 555 0142" not in page.content()
    shelter.is_sound()
    page.locator('main a[href="/r/do/accept/"]').click()
    page.locator('input[name="name"]').fill("Tom Ng")
    submit(page)
    expect(page.locator("main")).to_contain_text("925 555 0142")
    shelter.is_sound()
    page.locator('main a[href="/r/do/reach/"]').click()
    shelter.is_sound()
    page.locator('input[name="name"]').fill("Tom Ng")
    page.locator('label[for="id_successful_1"]').click()
    submit(page)
    expect(page.locator("main")).to_contain_text("The person is being reached")


def test_taking_it_is_one_press(visit: Callable[..., Visit]) -> None:
    """Whoever signs in accepts on the page itself, from the keyboard too; a no still asks why."""
    cody = visit(width=390).be("community_supports_worker").open("/referrals/?show=turn")
    page = cody.page
    page.get_by_role("link", name="Jimmy Calloway").click()
    expect(page.get_by_role("link", name="We cannot take it")).to_be_visible()
    page.get_by_role("button", name="We take it").press("Enter")
    expect(page.locator(".usa-alert__text").first).to_contain_text("You took it.")
    expect(page.locator("h1")).to_have_text("Jimmy Calloway")
    expect(page.get_by_role("button", name="We take it")).to_have_count(0)
    cody.is_sound()


@pytest.mark.parametrize(("width", "lang", "scripts"), WAYS, ids=["360 es no scripts", "1280 en"])
def test_what_waits_for_one_is_narrowed_and_the_address_keeps_it(
    visit: Callable[..., Visit], width: int, lang: str, scripts: bool
) -> None:
    paula = visit(width=width, lang=lang, scripts=scripts).be("plan_intake")
    page = paula.open("/referrals/?show=turn").page
    rows = page.locator("main tbody tr")
    every, words = rows.count(), rows.first.locator("td").nth(1).inner_text()

    def narrow(name: str, **chosen: str) -> None:
        if not page.locator("details[open]").count():
            page.locator("main details summary").first.click()
        page.locator(f'main select[name="{name}"]').select_option(**chosen)
        page.locator('main form[role="search"] button').click()
        if scripts:
            paula.is_sound()

    narrow("programme", label=words)
    assert 1 <= rows.count() <= every
    assert {rows.nth(at).locator("td").nth(1).inner_text() for at in range(rows.count())} == {words}
    assert "show=turn" in page.url
    assert "programme=" in page.url
    page.reload()
    expect(page.locator('main select[name="programme"] option:checked')).to_have_text(words)
    narrow("language", value="hmn")
    expect(rows).to_have_count(0)
    page.locator('main a[href="?show=turn"]').last.click()
    expect(rows).to_have_count(every)
