"""Somebody answers an open question on a member's page and is told what it changed: with scripts, and on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visit
from tests.journeys.test_becoming_a_provider import sound

WAYS = [(360, "es", False), (1280, "en", True)]


@pytest.mark.parametrize(("width", "lang", "scripts"), WAYS)
def test_a_care_manager_answers_a_question(visit: Callable[..., Visit], width: int, lang: str, scripts: bool) -> None:
    lena = visit(width=width, lang=lang, scripts=scripts).be("lead_care_manager").open("/members/")
    lena.page.locator('main a[href^="/members/mem-"]').filter(has_text="Rosa").first.click()
    lena.page.locator('main a[href$="/programs/"]').click()
    sound(lena, scripts)
    question = lena.page.locator("#questions fieldset").first
    asked = question.locator("legend").inner_text()
    question.locator("label").first.click()
    lena.page.locator("#questions button.usa-button").click()
    expect(lena.page.locator("#questions")).not_to_contain_text(asked)
    sound(lena, scripts)
    lena.page.locator(".wp-card h3 a").first.click()
    expect(lena.page.locator(".wp-why").first).to_be_visible()
    sound(lena, scripts)
