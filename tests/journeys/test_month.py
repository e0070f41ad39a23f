"""A provider's month in a browser: a care manager's morning, a file with drifted headings, the end of the month."""

import re
from collections.abc import Callable
from time import monotonic

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.conftest import Visit

EVERY_WAY = [(1280, True), (360, False)]
DRIFTED = (
    "MEMBER  CIN,Last name,First name,DOB,Primary Phone,MCP_Name,Homeless,MIF Reporting Period,PCP name,"
    "Authorizatin End Date,Resdidential Address,City,Medi-Cal Redetermination Date,POF 1 Homelessness\r\n"
    "92345675{letter},Ng,Ada,04/05/1966,(510) 555-0148,Contra Costa Health Plan,N,202611,Dr. Moss,"
    "10/31/2027,12 Elm St,Concord,,Y\r\n"
    "92345675,Ng,Bo,04/05/1966,(510) 555-0149,Contra Costa Health Plan,N,202611,Dr. Moss,"
    "10/31/2027,12 Elm St,Concord,,Y\r\n"
)


MOST_TAPS, MOST_SECONDS = 5, 30


class Thumb:
    """One thumb: how often it taps, and how long it waits for what comes of it."""

    def __init__(self) -> None:
        self.taps, self.seconds = 0, 0.0

    def tap(self, what: Locator, until: Locator | None = None) -> None:
        begins = monotonic()
        what.click()
        if until is not None:
            expect(until).to_be_visible()
        self.taps, self.seconds = self.taps + 1, self.seconds + monotonic() - begins


def sound(visit: Visit, scripts: bool) -> None:
    if scripts:
        visit.is_sound(but="422")


@pytest.mark.parametrize(("width", "scripts"), EVERY_WAY)
def test_a_care_managers_morning(visit: Callable[..., Visit], width: int, scripts: bool) -> None:
    """From the desk to a contact that is kept: no more than five taps, and done in half a minute."""
    lena, thumb = visit(width=width, scripts=scripts).be("lead_care_manager"), Thumb()
    page = lena.page
    thumb.tap(page.get_by_role("link", name="Your people", exact=True))
    sound(lena, scripts)
    thumb.tap(page.get_by_role("link", name="Record a contact Tam Pham"))
    sound(lena, scripts)
    thumb.tap(page.get_by_text("Yes", exact=True))
    thumb.tap(page.get_by_role("button", name="Keep"), until=page.get_by_text("Kept: Tam Pham"))
    assert thumb.taps <= MOST_TAPS
    assert thumb.seconds <= MOST_SECONDS
    page.get_by_role("link", name="Tam Pham", exact=True).click()
    expect(page.get_by_text("Being reached", exact=True)).to_be_visible()
    sound(lena, scripts)


@pytest.mark.parametrize(("width", "scripts"), EVERY_WAY)
def test_a_contact_with_the_wrong_person_is_struck_out(visit: Callable[..., Visit], width: int, scripts: bool) -> None:
    """It was somebody else who answered: it goes from the case, and stays among all contacts, struck out."""
    lena = visit(width=width, scripts=scripts).be("lead_care_manager").open("/today/")
    page, note = lena.page, f"Another man answered {width}"
    page.get_by_role("link", name="Record a contact Jimmy Calloway").click()
    page.get_by_text("No", exact=True).click()
    page.get_by_label("Note").fill(note)
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_text("Kept: Jimmy Calloway")).to_be_visible()
    page.get_by_role("link", name="Jimmy Calloway", exact=True).click()
    wrong = page.locator(".wp-story__event", has_text=note)
    wrong.locator("summary", has_text="This is wrong").click()
    sound(lena, scripts)
    wrong.get_by_role("button", name="Strike it out").click()
    expect(page.get_by_text("Struck out. It no longer counts.")).to_be_visible()
    expect(page.get_by_text(note)).to_have_count(0)
    page.get_by_role("link", name="The whole record").click()
    page.get_by_role("link", name="Contacts", exact=True).click()
    expect(page.get_by_text("by Lena Ortiz on").first).to_be_visible()
    sound(lena, scripts)


def test_who_leads_nobodys_care_strikes_out_their_own(visit: Callable[..., Visit]) -> None:
    """A call for a Community Support, by whoever made it: from the request to the contact, with one thumb."""
    cody = visit(width=360, scripts=False).be("community_supports_worker").open("/referrals/")
    page = cody.page
    page.get_by_role("link", name="Ended", exact=True).click()
    page.get_by_role("link", name="Rosa Delgado").first.click()
    page.get_by_role("link", name="Contacts", exact=True).click()
    expect(page.get_by_role("heading", name="Contacts")).to_be_visible()
    page.locator("summary", has_text="This is wrong").first.click()
    page.get_by_role("button", name="Strike it out").first.click()
    expect(page.get_by_text("Struck out. It no longer counts.")).to_be_visible()
    expect(page.get_by_text("by Cody Wells on").first).to_be_visible()


@pytest.mark.parametrize(("width", "scripts"), EVERY_WAY)
def test_a_file_with_drifted_headings_arrives(visit: Callable[..., Visit], width: int, scripts: bool) -> None:
    """One row is right, of the other the CIN is cut short; nothing is done before somebody says so."""
    ines = visit(width=width, scripts=scripts).be("provider_intake").open("/exchange/")
    page = ines.page
    page.get_by_role("button", name="Check the file").click()
    sound(ines, scripts)
    page.get_by_label("From which plan?").select_option(label="Golden Poppy Health Plan")
    letter = "EFG"[EVERY_WAY.index((width, scripts))]
    file = {"name": f"mif {letter}.csv", "mimeType": "text/csv", "buffer": DRIFTED.format(letter=letter).encode()}
    page.get_by_label("The file", exact=True).set_input_files(file)
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_text("Some rows are set aside")).to_be_visible()
    expect(page.get_by_role("rowheader", name="Authorizatin End Date")).to_be_visible()
    sound(ines, scripts)
    page.get_by_role("button", name="Load 1 row").click()
    expect(page.get_by_role("link", name="See the people")).to_be_visible()
    sound(ines, scripts)


def test_a_large_file_is_checked_while_one_looks(visit: Callable[..., Visit]) -> None:
    """It is kept at once; the page says that it is being checked, and by itself what was found."""
    ines = visit(width=360).be("provider_intake").open("/exchange/")
    page = ines.page
    page.get_by_label("From which plan?").select_option(label="Golden Poppy Health Plan")
    heads, _, row = DRIFTED.partition("\r\n")
    rows = [row.replace("12 Elm St", "1" * 500).format(letter="H").partition("\r\n")[0]] * 2_000
    file = {"name": "large.csv", "mimeType": "text/csv", "buffer": "\r\n".join([heads, *rows]).encode()}
    page.get_by_label("The file", exact=True).set_input_files(file)
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_text("We are checking it")).to_be_visible()
    expect(page.get_by_role("link", name="Look again")).to_be_visible()
    ines.is_sound()
    expect(page.get_by_role("heading", name="How far it came")).to_be_visible(timeout=60_000)
    ines.is_sound()


def test_two_records_that_may_be_of_one_person(visit: Callable[..., Visit]) -> None:
    """Side by side, told apart, asked again, joined as one person's, and taken back."""
    ines = visit(width=360).be("provider_intake").open("/members/")
    page = ines.page
    page.get_by_role("link", name="May be the same person").click()
    names = "Grace Okoye · Gracie Okoye"
    expect(page.get_by_role("heading", name=names)).to_be_visible()
    ines.is_sound()
    page.get_by_role("button", name="They are two people").click()
    expect(page.get_by_text("Two people", exact=True)).to_be_visible()
    ines.is_sound()
    page.get_by_role("button", name="Look at them again").click()
    expect(page.get_by_role("button", name="They are two people")).to_be_visible()
    page.get_by_role("link", name="They are one person").click()
    page.locator("label", has_text="Grace Okoye · ").click()
    page.get_by_label("How do you know").fill("She showed both cards.")
    ines.is_sound()
    page.get_by_role("button", name="Join them").click()
    expect(page.get_by_text("One person", exact=True)).to_be_visible()
    ines.is_sound()
    page.get_by_role("link", name="Grace Okoye", exact=True).click()
    expect(page.get_by_text("Also recorded as")).to_be_visible()
    ines.is_sound()
    page.get_by_role("link", name="Change their name").click()
    expect(page.get_by_role("heading", name="Another record of this person bears another name")).to_be_visible()
    expect(page.get_by_role("link", name="Gracie Okoye")).to_be_visible()
    ines.is_sound()
    page.locator("label", has_text="They want to be called otherwise").click()
    page.get_by_label("What they want to be called").fill("Amaka")
    page.get_by_label("How do you know?").fill("She said so.")
    page.locator("label", has_text="Gracie Okoye, born").click()
    ines.is_sound()
    page.get_by_role("button", name="Keep this name").click()
    expect(page.get_by_text("Kept. A search finds them by the name before, too.")).to_be_visible()
    expect(page.get_by_text("Amaka Okoye (Gracie Okoye)")).to_be_visible()
    ines.is_sound()
    ines.open("/members/twice/").page.get_by_role("link", name="Undo: they are two").click()
    page.get_by_label("Why are they two?").fill("They are sisters.")
    page.get_by_role("button", name="Undo: they are two").click()
    expect(page.get_by_role("link", name="They are one person")).to_be_visible()


PLANS = ["Blossom Valley Health", "Golden Poppy Health Plan", "Heart of the Delta Health", "Redwood Coast Care"]
LED_BY_NOBODY = ("Golden Poppy Health Plan", "Redwood Coast Care")  # one person of each


def test_the_end_of_the_month_for_four_plans(visit: Callable[..., Visit]) -> None:
    """Once a plan has read the tests: name who led, look, make the files. What is made stays."""
    ines = visit(width=360).be("provider_intake").open("/exchange/month/?month=2026-10")
    page = ines.page
    ines.is_sound()
    golden = page.locator(".wp-card", has=page.get_by_role("link", name="Golden Poppy Health Plan", exact=True)).first
    expect(golden.get_by_text("Nobody leads the care of 1 person")).to_be_visible()
    expect(golden.get_by_text("No contact with 2 people")).to_be_visible()
    for name in PLANS:
        page.get_by_role("link", name=f"Look {name}").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(name)
        if page.get_by_label("When did the plan accept it?").count():
            page.get_by_label("When did the plan accept it?").fill("2026-11-02")
            page.get_by_role("button", name="The plan accepted our test file").click()
        if name in LED_BY_NOBODY:
            page.get_by_label("Who led their care?").select_option(label="Lena Ortiz")
            page.get_by_role("button", name="Name for").click()
        page.get_by_role("button", name=re.compile(r"^Make \d file")).click()
        ines.is_sound()
        with page.expect_download() as taken:
            page.get_by_role("link", name="Take the file along").first.click()
        assert "2026-10" in taken.value.suggested_filename
        ines.open("/exchange/month/?month=2026-10")
    expect(page.get_by_text("Nobody leads the care")).to_have_count(0)
    ines.is_sound()


def test_a_contact_is_kept_while_the_network_is_gone(visit: Callable[..., Visit]) -> None:
    """On the phone, locked; sent once when the network is back. Signing out asks first, and leaves nothing there."""
    lena = visit(width=360).be("lead_care_manager")
    page = lena.page

    def kept() -> str:
        return str(page.evaluate("JSON.stringify(localStorage)"))

    def written_down(note: str) -> None:
        page.get_by_role("link", name="Record a contact Rosa Delgado").click()
        page.get_by_text("No", exact=True).click()
        page.get_by_label("Note").fill(note)
        page.context.set_offline(True)
        page.get_by_role("button", name="Keep").click()
        expect(page.get_by_text("There is no network")).to_be_visible()

    lena.open("/today/")
    written_down("Nobody at the gate")
    assert "contact:" in kept()
    assert "gate" not in kept()
    assert page.locator("#phone").get_attribute("data-key") not in kept()
    page.get_by_role("button", name="Keep").click()
    page.context.set_offline(False)
    expect(page.get_by_text("Kept: Rosa Delgado")).to_be_visible(timeout=15_000)
    assert kept() == "{}"
    page.get_by_role("link", name="Rosa Delgado", exact=True).click()
    expect(page.get_by_text("Nobody at the gate")).to_have_count(1)
    lena.open("/today/")
    written_down("Still nobody")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("A contact was not sent yet")).to_be_visible()
    assert "contact:" in kept()
    page.context.set_offline(False)
    expect(page.get_by_text("Kept: Rosa Delgado")).to_be_visible(timeout=15_000)
    page.get_by_role("link", name="Record a contact Rosa Delgado").click()
    page.get_by_label("Note").fill("Only typed")
    page.wait_for_function("localStorage.length === 1")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign out")).to_have_count(0)
    assert kept() == "{}"


def test_a_contact_waits_for_the_same_persons_next_session(visit: Callable[..., Visit]) -> None:
    """The session ends without network: somebody else there reads nothing of it, and it goes out when she is back."""
    lena = visit(width=390).be("lead_care_manager").open("/today/")
    page = lena.page
    page.get_by_role("link", name="Record a contact Rosa Delgado").click()
    page.get_by_text("No", exact=True).click()
    page.get_by_label("Note").fill("The door was locked")
    page.context.set_offline(True)
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_text("There is no network")).to_be_visible()
    page.goto("about:blank")
    page.context.clear_cookies(name="sessionid")
    page.context.set_offline(False)
    lena.be("supervisor").open("/today/")
    expect(page.get_by_text("Somebody else's contact waits here")).to_be_visible()
    assert "locked" not in str(page.evaluate("JSON.stringify(localStorage)"))
    lena.is_sound(but="ERR_INTERNET_DISCONNECTED")
    page.context.clear_cookies(name="sessionid")
    lena.be("lead_care_manager").open("/today/")
    expect(page.get_by_text("Kept: Rosa Delgado")).to_be_visible(timeout=15_000)
    assert page.evaluate("localStorage.length") == 0
    page.get_by_role("link", name="Rosa Delgado", exact=True).click()
    expect(page.get_by_text("The door was locked")).to_have_count(1)


def test_a_member_asks_not_to_be_called(visit: Callable[..., Visit]) -> None:
    """Written down once, it stands in place of the number, until they may be reached again."""
    lena = visit(width=360).be("lead_care_manager").open("/today/")
    page = lena.page
    page.get_by_role("link", name="Luis Herrera", exact=True).click()
    page.get_by_role("link", name="How to reach them").click()
    page.locator("summary", has_text="Change a rule of contact").click()
    page.get_by_text("Do not contact", exact=True).click()
    page.get_by_role("button", name="Keep Change a rule of contact").click()
    expect(page.get_by_role("heading", name="Do not contact")).to_be_visible()
    lena.is_sound()
    card = lena.open("/today/").page.locator(".wp-card", has_text="Luis Herrera").first
    expect(card.get_by_text("Do not contact")).to_be_visible()
    expect(card.locator("a[href^='tel:']")).to_have_count(0)
    lena.is_sound()
    page.go_back()
    page.get_by_role("button", name="They may be reached again").click()
    expect(page.get_by_role("heading", name="Do not contact")).to_have_count(0)


def test_a_caseload_goes_to_somebody_else(visit: Callable[..., Visit]) -> None:
    """All of it in one action, and back."""
    sam = visit(width=360).be("supervisor")
    page = sam.page
    for leaving, taking in (("Lena Ortiz", "Sam Whitfield"), ("Sam Whitfield", "Lena Ortiz")):
        sam.open("/today/?team").page.get_by_role("link", name="Hand over").click()
        page.get_by_label("Who hands over?").select_option(label=leaving)
        page.get_by_label("Who takes over?").select_option(label=taking)
        page.get_by_role("button", name="Hand over").click()
        expect(page.get_by_text("a new Lead Care Manager")).to_be_visible()
        sam.is_sound()
        expect(page.get_by_text(f"· {leaving}")).to_have_count(0)
