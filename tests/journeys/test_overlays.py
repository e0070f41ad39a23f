"""An administrator uploads an overlay, a second one approves it: in each language, without scripts, on a phone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visit
from tests.journeys.test_becoming_a_provider import EVERY_WAY, SOME_WAYS, sound
from wholeperson.rules.reading.files import PACKAGED

TEXT = (PACKAGED / "plans" / "contra_costa_health_plan.yaml").read_text("utf-8")
WRONG = "  - {programme: cs.free_cars, counties: [contra_costa], offered: true, from: 2030-01-01, cites: [CCHP]}\n"


@pytest.mark.parametrize(("width", "lang", "scripts"), SOME_WAYS)
def test_an_administrator_uploads_an_overlay_and_a_second_one_approves(
    visit: Callable[..., Visit], tmp_path: Path, width: int, lang: str, scripts: bool
) -> None:
    ada = visit(width=width, lang=lang, scripts=scripts).be("administrator").open("/policy/overlays/")
    sound(ada, scripts)
    ada.open("/policy/overlays/new/")
    sound(ada, scripts)
    day = f"2030-02-{EVERY_WAY.index((width, lang, scripts)) + 1:02}"
    file = tmp_path / "plan.yaml"
    file.write_text(TEXT.replace("elections:\n", f"elections:\n{WRONG}", 1), "utf-8")
    ada.page.locator('select[name="plan"]').select_option("contra_costa_health_plan")
    ada.page.locator('input[name="file"]').set_input_files(file)
    ada.page.locator('input[name="effective_on"]').fill(day)
    ada.page.locator("main form.wp-form button.usa-button").click()
    expect(ada.page.get_by_text("cs.free_cars is not a known programme")).to_be_visible()
    sound(ada, scripts)
    text = ada.page.locator('textarea[name="text"]')
    text.fill(text.input_value().replace(WRONG, WRONG.replace("cs.free_cars", "cs.sobering_center")))
    ada.page.locator("main form.wp-form button.usa-button").click()
    expect(ada.page.locator('form[action$="/withdraw/"]')).to_be_visible()
    expect(ada.page.locator('form[action$="/approve/"]')).to_have_count(0)  # never by the one who uploaded it
    sound(ada, scripts)
    aiko = visit(width=width, lang=lang, scripts=scripts).be("second_administrator")
    aiko.page.goto(ada.page.url)
    sound(aiko, scripts)
    aiko.page.locator('form[action$="/approve/"] button').click()
    expect(aiko.page.locator('form[action$="/approve/"]')).to_have_count(0)
    sound(aiko, scripts)
