"""An intake coordinator clears thirty: from the first page over the list to what came of each."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visit
from tests.journeys.ways import walked

WAYS = [(360, False), (1280, True), (360, True), (1280, False)]
HELP = ["ecm", "cs.mtm_msf", "cs.recuperative_care"]


def ask_for_ten(visit: Visit, family: str) -> None:
    """Ten people need three kinds of help each: thirty requests. What the form sends, without filling it ten times."""
    page = visit.open("/referrals/new/").page
    token = page.locator('main input[name="csrfmiddlewaretoken"]').first.input_value()
    for number in range(10):
        said = {
            "csrfmiddlewaretoken": token, "key": f"{family}{number}", "given_name": f"Person{number}",
            "family_name": family, "birth_date": "1980-01-02", "county": "contra_costa",
            "plan": "contra_costa_health_plan", "spoken": "en", "phone": "", "where": "", "safe_to_contact": "yes",
            "standing": "plan", "urgency": "standard", "urgency_reason": "", "comment": "", "wished": "", "cin": "",
            "agrees": "on",
        }  # fmt: skip
        body = "&".join([*(f"{name}={value}" for name, value in said.items()), *(f"programmes={one}" for one in HELP)])
        answer = page.request.post(
            page.url, data=body, max_redirects=0,
            headers={"Content-Type": "application/x-www-form-urlencoded", "Referer": page.url},
        )  # fmt: skip
        assert answer.status == 303, answer.text()


@pytest.mark.parametrize(("width", "scripts"), walked(WAYS, WAYS[:2]))
def test_an_intake_coordinator_clears_thirty(visit: Callable[..., Visit], width: int, scripts: bool) -> None:
    paula = visit(width=width, scripts=scripts).be("plan_intake")
    ask_for_ten(paula, f"Ofthirty{width}{scripts}")
    page = paula.open("/desk/").page

    def sound() -> None:
        if scripts:
            paula.is_sound()

    sound()
    page.locator(".wp-tally__one--soon a").click()
    page.locator("#step").select_option(label="Look at it")
    page.get_by_role("button", name="Show").click()
    sound()
    page.locator("#verb").select_option("screen")
    page.get_by_role("button", name="With all on this page").click()
    expect(page.locator(".wp-many__lines > li").first).to_be_visible()  # counted once the page is there
    lines = page.locator(".wp-many__lines > li").count()
    assert 30 <= lines <= 50
    sound()
    page.get_by_role("button", name="Looked at: go on").click()
    expect(page.get_by_text(f"{lines} done.")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text=re.compile("Done"))).to_have_count(lines)
    sound()
    page.get_by_role("link", name="Back to your work").click()
    page.get_by_label("Keep what is shown now as").fill("My mornings")
    page.get_by_role("button", name="Keep this view").click()
    page.get_by_role("link", name="My mornings").click()
    expect(page.get_by_role("link", name=re.compile("^Soon"))).to_have_attribute("aria-current", "page")
    page.get_by_role("button", name="Remove My mornings").click()
    expect(page.get_by_role("link", name="My mornings")).to_have_count(0)


@pytest.mark.parametrize(("width", "scripts"), walked([(360, False), (1280, True)], [(1280, True)]))
def test_two_sources_that_differ_are_put_right(visit: Callable[..., Visit], width: int, scripts: bool) -> None:
    """Rosa says that she can keep food cold, the hospital says not: Lena saw the place."""
    lena = visit(width=width, scripts=scripts).be("lead_care_manager").open("/desk/work/")
    page = lena.page

    def sound() -> None:
        if scripts:
            lena.is_sound()

    page.locator("#kind").select_option(label="What sources disagree on")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("Two sources say different things")).to_have_count(1)
    sound()
    page.get_by_role("link", name="Rosa Delgado").click()
    differs = page.get_by_text("Another source says something else")
    expect(differs).to_have_count(2)
    wrong = page.locator("dl").filter(has_text=re.compile(r"cook or warm it\?\s*No\b"))
    folded = wrong.locator("xpath=following-sibling::details[1]")
    folded.locator("summary").click()
    folded.get_by_text("Yes", exact=True).click()
    folded.get_by_label("What did you see?").fill("A fridge and a stove.")
    folded.get_by_role("button", name="Put it right").click()
    expect(differs).to_have_count(0)
    sound()
    lena.open("/desk/work/?kind=unsettled")
    expect(page.get_by_text("Nothing waits that fits what you asked for.")).to_be_visible()
    page.get_by_role("link", name="Show all that is to be done").click()
    expect(page.get_by_role("heading", level=1, name="Your work")).to_be_visible()
