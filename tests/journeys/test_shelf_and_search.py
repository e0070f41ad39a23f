"""Finding and writing what anyone may read: in a browser, in every language, by keyboard, and without scripts."""

from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visit
from tests.journeys.ways import walked

Arrive = Callable[..., Visit]
WAYS = [(360, "en", True), (1280, "es", True), (360, "zh-TW", True), (1280, "ar-xb", True), (360, "en", False)]
SOME_WAYS = walked(WAYS, [(1280, "es", True), (360, "zh-TW", True), (360, "en", False)])
NOT_FOUND = {"en": "Nothing found.", "es": "No se encontró nada.", "zh-TW": "沒有找到。"}
_number = count(100)


def sound(visit: Visit, scripts: bool = True) -> None:
    if scripts:
        visit.is_sound(but="422")


def ask(visit: Visit, text: str) -> None:
    """Typed, and sent with the Enter key."""
    visit.page.locator("main #q").fill(text)
    visit.page.locator("main #q").press("Enter")


@pytest.mark.parametrize(("width", "lang", "scripts"), SOME_WAYS)
def test_a_hospital_biller_finds_a_code_by_material_number(visit: Arrive, width: int, lang: str, scripts: bool) -> None:
    biller = visit(width=width, lang=lang, scripts=scripts).open("/search/")
    sound(biller, scripts)
    ask(biller, "26-118")
    first = biller.page.locator("#found h3 a").first
    expect(first).to_contain_text("26-118")
    sound(biller, scripts)
    first.click()
    expect(biller.page.get_by_role("heading", level=1)).to_contain_text("New codes for food")
    sound(biller, scripts)
    biller.open("/search/")
    ask(biller, "S9977")
    expect(biller.page.locator("#found h3 a").first).to_have_attribute("href", "/programs/cs.mtm_msf/")
    sound(biller, scripts)


@pytest.mark.parametrize(("width", "lang", "scripts"), SOME_WAYS)
def test_a_reader_searches_with_a_typo(visit: Arrive, width: int, lang: str, scripts: bool) -> None:
    reader = visit(width=width, lang=lang, scripts=scripts).open("/search/")
    ask(reader, "medical resspite")
    expect(reader.page.locator('#found h3 a[href="/programs/cs.recuperative_care/"]').first).to_be_visible()
    expect(reader.page.locator("#found mark").first).to_be_visible() if lang == "en" else None
    sound(reader, scripts)
    ask(reader, "qqzzqqzz")
    expect(reader.page.locator("#found .wp-nothing")).to_be_visible()
    if lang in NOT_FOUND:
        expect(reader.page.locator("#search-state")).to_have_text(NOT_FOUND[lang])
    sound(reader, scripts)
    ask(reader, "ECM")
    expect(reader.page.locator("#found h3 a").first).to_have_attribute("href", "/programs/ecm/")
    sound(reader, scripts)


def test_a_screen_reader_is_told_of_all_four_states(visit: Arrive) -> None:
    """Not asked, searching, so many of so many, nothing: in one place that stays."""
    reader = visit().open("/search/")
    state = reader.page.locator("#search-state")
    expect(state).to_have_attribute("role", "status")
    expect(state).to_have_text("Nothing asked yet.")
    reader.page.evaluate("document.dispatchEvent(new Event('htmx:beforeRequest'))")
    expect(state).to_have_text("Searching…")
    ask(reader, "housing")
    expect(state).to_contain_text(" results")
    expect(reader.page).to_have_url(f"{reader.site}/search/?q=housing&kind=&provider_type=")
    ask(reader, "qqzzqqzz")
    expect(state).to_have_text("Nothing found.")


def test_results_are_narrowed_and_turned_by_keyboard(visit: Arrive) -> None:
    reader = visit(width=360).open("/search/?q=care")
    page = reader.page
    page.locator("main summary").press("Enter")
    page.locator("#kind").select_option("code")
    page.locator("main form.wp-search button").press("Enter")
    expect(page.locator("#found .wp-note").first).to_have_text("Billing code")
    page.locator("#kind").select_option("")
    page.locator("#provider_type").select_option("hospitals")
    page.locator("main form.wp-search button").press("Enter")
    expect(page.locator("#found .wp-note").first).to_have_text("Program")
    page.locator("#found a[rel=next]").press("Enter")
    expect(page.locator("#search-state")).to_contain_text("11 to ")
    expect(page.locator("#provider_type")).to_have_value("hospitals")
    reader.is_sound()


@pytest.mark.parametrize(("width", "scripts"), [(360, True), (1280, True), (360, False)])
def test_an_editor_writes_a_bulletin_a_second_reviews_and_it_is_found(
    visit: Arrive, tmp_path: Path, width: int, scripts: bool
) -> None:
    number = f"27-{next(_number)}"
    carla, ada = (visit(width=width, scripts=scripts).be(role) for role in ("content_editor", "administrator"))
    carla.page.locator('main a[href="/shelf/"]').click()
    sound(carla, scripts)
    carla.page.get_by_role("link", name="Write something new").click()
    carla.page.get_by_role("button", name="Keep the draft").click()
    sound(carla, scripts)  # the errors
    carla.page.get_by_text("Bulletin", exact=True).click()
    carla.page.get_by_label("Number or word").fill(number)
    carla.page.get_by_label("Title in English").fill("Lanternfish season")
    carla.page.get_by_label("Text in English").fill("## Now\n\nLook at the [program](/programs/ecm/).")
    carla.page.get_by_role("button", name="Keep the draft").click()
    sound(carla, scripts)
    address = carla.page.url.removeprefix(carla.site)
    with_a_file(carla, tmp_path, scripts)
    carla.page.get_by_role("button", name="Ask for review").click()
    expect(carla.page.get_by_role("button", name="Let it through")).to_have_count(0)
    reader = visit(width=width, scripts=scripts).open(f"/search/?q={number}")
    expect(reader.page.locator("#found h3")).to_have_count(0)
    ada.open(address)
    sound(ada, scripts)
    ada.page.get_by_role("button", name="Let it through").click()
    carla.open(address).page.get_by_role("button", name="Publish").click()
    sound(carla, scripts)
    reader.open(f"/search/?q={number}").page.locator("#found h3 a").first.click()
    expect(reader.page.get_by_role("heading", level=1)).to_have_text("Lanternfish season")
    expect(reader.page.get_by_role("link", name="Where the fish are")).to_be_visible()
    sound(reader, scripts)


def with_a_file(carla: Visit, folder: Path, scripts: bool) -> None:
    """One that is not what it says is refused, and the page says so."""
    disguised, real = folder / "fish.pdf", folder / "real fish.pdf"
    disguised.write_bytes(b"MZ\x90\x00 this runs")
    real.write_bytes(b"%PDF-1.7\n")
    carla.page.get_by_role("link", name="Files", exact=True).click()
    for file in (disguised, real):
        carla.page.get_by_label("What is in it?").fill("Where the fish are")
        carla.page.locator('input[name="file"]').set_input_files(file)
        carla.page.get_by_role("button", name="Add", exact=True).click()
        sound(carla, scripts)
    carla.page.get_by_role("link", name="Done with files").click()
    expect(carla.page.get_by_role("link", name="Where the fish are")).to_be_visible()


SCREENS = [
    (360, "en"),
    (1280, "zh-TW"),
    *(pytest.param(*each, marks=pytest.mark.long) for each in [(1280, "es"), (360, "ar-xb")]),
]


@pytest.mark.parametrize(("width", "lang"), SCREENS)
@pytest.mark.parametrize(
    "address",
    ["/bulletins/", "/bulletins/25-521/", "/bulletins/?provider_type=ancillary&page=9", "/learn/",
     "/learn/homelessness/", "/learn/leaving-custody/", "/questions/", "/contacts/",
     "/contacts/?for=member", f"/search/?q={'a' * 61}"],
)  # fmt: skip
def test_what_anyone_may_read(visit: Arrive, address: str, width: int, lang: str) -> None:
    visit(width=width, lang=lang).open(address).is_sound()


def test_a_member_keeps_what_they_have_been_through(visit: Arrive) -> None:
    rosa = visit(width=360).be("member").open("/learn/older-adults/")
    rosa.page.get_by_role("button", name="I have been through it").click()
    rosa.is_sound()
    rosa.open("/learn/")
    expect(rosa.page.get_by_text("You have been through 1 of 9")).to_be_visible()
    rosa.is_sound()
