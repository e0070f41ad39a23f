"""An old phone, or a careful browser: everything works without JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visit


@pytest.mark.parametrize("scripts", [True, False])
def test_somebody_signs_in_looks_and_leaves(visit: Callable[..., Visit], scripts: bool) -> None:
    lena = visit(width=360, scripts=scripts).be("lead_care_manager")
    expect(lena.page.get_by_role("heading", level=1)).to_have_text("Welcome, Lena Ortiz")
    lena.page.get_by_role("link", name="Members", exact=True).first.click()
    lena.page.get_by_role("link", name="Rosa Delgado").click()
    expect(lena.page.get_by_role("heading", level=1)).to_have_text("Rosa Delgado")
    lena.page.get_by_role("button", name="Sign out").click()
    lena.open("/members/")
    assert "/account/login/" in lena.page.url


@pytest.mark.parametrize("scripts", [True, False])
def test_an_error_is_where_the_reader_is(visit: Callable[..., Visit], scripts: bool) -> None:
    somebody = visit(width=360, scripts=scripts).open("/living-styles/")
    somebody.page.get_by_role("button", name="Send").click()
    summary = somebody.page.get_by_role("alert", name="Something here needs another look")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name="Name: This field is required.").click()
    if scripts:
        expect(somebody.page.get_by_label("Name", exact=True)).to_be_focused()
        somebody.complaints.clear()  # 422, as it should be
        somebody.is_sound()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_language_is_one_tap_away(visit: Callable[..., Visit], scripts: bool) -> None:
    somebody = visit(width=360, scripts=scripts).open("/")
    somebody.page.get_by_role("button", name="español").click()
    expect(somebody.page.get_by_role("heading", level=1)).to_have_text("Ayuda para toda la persona")
