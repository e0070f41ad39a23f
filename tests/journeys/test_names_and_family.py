"""In a browser: somebody's name changes and finds them by both; who speaks for a minor is named, and ended."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visit

EVERY_WAY = [(1280, True), (360, False)]


@pytest.mark.parametrize(("width", "scripts"), EVERY_WAY)
def test_a_name_changes_and_the_one_before_finds_them(visit: Callable[..., Visit], width: int, scripts: bool) -> None:
    paula = visit(width=width, scripts=scripts).be("plan_intake").open("/members/")
    page, new = paula.page, f"Zhang-{'Lee' if scripts else 'Moon'}"
    page.get_by_label("Name, birth date or CIN").fill("Wei Zhang")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="Wei Zhang").click()
    page.get_by_role("link", name="Change their name").click()
    if scripts:
        paula.is_sound()
    page.get_by_role("button", name="Keep this name").click()
    expect(page.get_by_text("This field is required").first).to_be_visible()
    page.locator("label", has_text="Their legal name changed").click()
    page.get_by_label("Last name").fill(new)
    page.get_by_label("How do you know?").fill("Their new card.")
    page.get_by_role("button", name="Keep this name").click()
    expect(page.get_by_text("Kept. A search finds them by the name before, too.")).to_be_visible()
    expect(page.get_by_text(f"Wei {new}", exact=True).first).to_be_visible()
    if scripts:
        paula.is_sound(but="422")
    page.goto(f"{paula.site}/members/")
    page.get_by_label("Name, birth date or CIN").fill(new)
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_role("link", name=f"Wei {new}")).to_be_visible()


def test_who_speaks_for_a_minor(visit: Callable[..., Visit]) -> None:
    """Named with an account that then sees the record, and ended."""
    paula = visit(width=390).be("plan_intake").open("/members/")
    page = paula.page
    page.get_by_label("Name, birth date or CIN").fill("Tyrell Banks")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="Banks").click()
    page.get_by_role("link", name="Family and who speaks for them").click()
    expect(page.get_by_role("heading", name="Private things of a minor stay theirs")).to_be_visible()
    page.locator("summary", has_text="Write down who speaks for them").click()
    page.get_by_label("Their name").fill("Rosa Delgado")
    page.get_by_label("By which document?").select_option(label="Parent of a minor")
    page.locator("label", has_text="May decide for the person").click()
    page.get_by_label("Email address of their account").fill("plan_intake@demo.example")
    paula.is_sound()
    page.get_by_role("button", name="Keep Write down who speaks for them").click()
    expect(page.get_by_text("You cannot open the record to this address.").first).to_be_visible()
    paula.is_sound(but="422")
    page.get_by_label("Email address of their account").fill("member@demo.example")
    page.get_by_role("button", name="Keep Write down who speaks for them").click()
    expect(page.get_by_text("Rosa Delgado · Sees what is needed to care for them")).to_be_visible()
    expect(page.get_by_role("heading", name="Rosa Delgado")).to_be_visible()
    paula.is_sound(but="422")
    page.locator("summary", has_text="End it").click()
    page.get_by_label("Why does it end?").fill("Somebody else is the guardian now.")
    page.get_by_role("button", name="End it now").click()
    expect(page.get_by_text("Ended. Their account sees nothing by it any more.")).to_be_visible()
    expect(page.get_by_text("Nobody.", exact=True)).to_be_visible()
    paula.is_sound(but="422")
