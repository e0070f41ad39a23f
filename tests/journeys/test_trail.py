"""An auditor answers who read a record last month and who changed it, and takes the answer along."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visit


@pytest.mark.parametrize(("width", "lang"), [(390, "es"), (1280, "en")])
def test_who_read_and_who_changed(visit: Callable[..., Visit], width: int, lang: str) -> None:
    anders = visit(width=width, lang=lang).be("auditor")
    page = anders.page
    page.locator('main a[href="/trail/"]').click()
    page.locator("input[name=number]").fill("91234567A")
    page.locator("main form.wp-form button.usa-button").click()
    expect(page.locator("main table")).to_contain_text("Renee Brooks")
    assert "91234567" not in page.url
    anders.is_sound()
    page.locator("select[name=what]").select_option("wrote")
    page.locator("main form.wp-form button.usa-button").click()
    expect(page.locator("main table")).to_contain_text("Un contacto" if lang == "es" else "A contact")
    expect(page.locator("main table")).not_to_contain_text("Renee Brooks")
    with page.expect_download() as taken:
        page.locator('main a[href^="/trail/rows.csv"]').click()
    assert "Lena Ortiz" in Path(taken.value.path()).read_text("utf-8-sig")
    anders.is_sound()
