"""From an invitation to the desk and out again: every way to sign in, as somebody at a keyboard or a phone meets it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

import pytest
from playwright.sync_api import CDPSession, expect

from tests.access import codes
from tests.journeys.conftest import Visit
from tests.journeys.ways import walked

Arrive = Callable[..., Visit]
PASSWORD = "four-odd-words-lamp"
SCREENS = walked([(360, "en"), (1280, "es"), (360, "ar-xb")], [(360, "en")])
WAYS = walked(
    [(360, "en", True), (1280, "es", True), (360, "ar-xb", True), (1280, "en", False)], [(360, "en", True)]
)  # fmt: skip
CODES = 40
_number = count(1)


@dataclass
class Newcomer:
    """Somebody invited a moment ago, at the page on which they set up their second step."""

    visit: Visit
    email: str
    scripts: bool = True

    def finds_it_sound(self) -> None:
        """Without JavaScript nothing can ask the page; the same page is asked with it."""
        if self.scripts:
            self.visit.is_sound()

    def go(self, address: str) -> None:
        self.visit.open(address)

    def send(self, form: str = "main form.wp-form") -> None:
        self.visit.page.locator(f"{form} button:not([type=button])").first.click()

    def leave(self) -> None:
        self.visit.page.locator('form[action="/account/logout/"] button').first.click()

    def sign_in(self, password: str = PASSWORD) -> None:
        self.go("/account/login/")
        self.visit.page.locator("#id_login").fill(self.email)
        self.visit.page.locator("#id_password").fill(password)
        self.send()

    def show_again(self) -> None:
        """Where the page asks whether it is still you."""
        if "/reauthenticate/" in self.visit.page.url:
            self.visit.page.locator("#id_password").fill(PASSWORD)
            self.send()

    def printed_codes(self) -> list[str]:
        self.go("/account/security/recovery-codes/generate/")
        self.show_again()
        self.send()
        expect(self.visit.page.locator(".sheet code")).to_have_count(CODES)
        return [one.replace(" ", "") for one in self.visit.page.locator(".sheet code").all_inner_texts()]

    def is_at(self, path: str) -> None:
        expect(self.visit.page).to_have_url(re.compile(re.escape(path) + r"(\?.*)?$"))


def invited(visit: Arrive, role: str = "lead_care_manager") -> tuple[str, str]:
    """An administrator invites on the page; the link and the address."""
    email = f"guest{next(_number)}@tests.example"
    ada = visit().be("administrator").open("/organizations/")
    ada.page.get_by_role("link", name="Bayside Care Partners").click()
    ada.page.get_by_role("link", name="Invite somebody").click()
    ada.is_sound()
    ada.page.get_by_label("Email address").fill(email)
    ada.page.get_by_label("Role", exact=True).select_option(role)
    ada.page.get_by_role("button", name="Make the invitation").click()
    ada.is_sound()
    return ada.page.locator(".wp-card a").inner_text(), email


def newcomer(
    visit: Arrive, width: int = 1280, lang: str = "en", role: str = "lead_care_manager", scripts: bool = True
) -> Newcomer:
    """They open the link and choose a password; both pages are sound."""
    link, email = invited(visit, role)
    guest = visit(width=width, lang=lang, scripts=scripts)
    guest.page.set_default_timeout(10_000)
    guest.page.goto(link)
    nell = Newcomer(guest, email, scripts)
    nell.finds_it_sound()
    guest.page.locator("#id_name").fill("Nell Park")
    guest.page.locator("#id_password").fill(PASSWORD)
    nell.send()
    nell.is_at("/account/security/")
    nell.finds_it_sound()
    return nell


def virtual_key(nell: Newcomer) -> tuple[CDPSession, str]:
    """A key in the browser that is touched at once, and knows who touches it."""
    session = nell.visit.page.context.new_cdp_session(nell.visit.page)
    session.send("WebAuthn.enable")
    kind = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": kind})
    return session, made["authenticatorId"]


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize(("width", "lang"), SCREENS)
def test_invited_with_codes_on_paper(visit: Arrive, width: int, lang: str, scripts: bool) -> None:
    """The whole way without a phone and without JavaScript."""
    nell = newcomer(visit, width, lang, scripts=scripts)
    nell.go("/desk/")
    nell.is_at("/account/security/")
    nell.visit.page.locator('a[href="/account/security/recovery-codes/generate/"]').click()
    nell.finds_it_sound()
    sheet = nell.printed_codes()
    nell.finds_it_sound()
    nell.go("/desk/")
    nell.is_at("/desk/")
    nell.leave()

    nell.sign_in()
    nell.is_at("/account/security/authenticate/")
    nell.finds_it_sound()
    nell.visit.page.locator("#id_code").fill(sheet[0])
    nell.send()
    nell.is_at("/desk/")
    nell.leave()


@pytest.mark.parametrize(("width", "lang"), SCREENS)
def test_an_app_for_codes(visit: Arrive, width: int, lang: str) -> None:
    nell = newcomer(visit, width, lang)
    nell.visit.page.locator('a[href="/account/security/totp/activate/"]').click()
    nell.visit.is_sound()
    secret = nell.visit.page.locator("main code").inner_text()
    assert nell.visit.page.locator("main img").evaluate("one => one.naturalWidth") > 100
    nell.visit.page.locator("#id_code").fill("000000")
    nell.send()
    nell.visit.is_sound()
    secret = nell.visit.page.locator("main code").inner_text()
    nell.visit.page.locator("#id_code").fill(codes.now(secret))
    nell.send()
    nell.is_at("/account/security/recovery-codes/")
    nell.leave()
    nell.sign_in()
    nell.visit.page.locator("#id_code").fill(codes.now(secret, later=1))
    nell.send()
    nell.is_at("/desk/")


@pytest.mark.parametrize(("width", "lang"), SCREENS)
def test_a_passkey_needs_no_password(visit: Arrive, width: int, lang: str) -> None:
    nell = newcomer(visit, width, lang)
    session, key = virtual_key(nell)
    nell.visit.page.locator('a[href="/account/security/webauthn/add/"]').first.click()
    nell.visit.is_sound()
    nell.visit.page.locator("label[for=id_passwordless]").click()
    nell.visit.page.locator("#mfa_webauthn_add").click()
    nell.is_at("/account/security/recovery-codes/")
    nell.go("/account/security/webauthn/")
    nell.visit.is_sound()
    nell.leave()

    nell.go("/account/login/")
    nell.visit.is_sound()
    nell.visit.page.locator("#passkey_login").click()
    nell.is_at("/desk/")
    nell.leave()

    session.send("WebAuthn.clearCredentials", {"authenticatorId": key})
    nell.go("/account/login/")
    session.send("WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": False})
    nell.visit.page.locator("#passkey_login").click()
    expect(nell.visit.page.locator("[data-key-trouble]")).to_be_visible()
    nell.visit.is_sound()


def test_a_security_key_is_a_second_step(visit: Arrive) -> None:
    nell = newcomer(visit, 360)
    virtual_key(nell)
    nell.go("/account/security/webauthn/add/")
    nell.visit.page.locator("#mfa_webauthn_add").click()
    nell.is_at("/account/security/recovery-codes/")
    nell.leave()
    nell.sign_in()
    nell.is_at("/account/security/authenticate/")
    nell.visit.is_sound()
    nell.visit.page.locator("#mfa_webauthn_authenticate").click()
    nell.is_at("/desk/")


@pytest.mark.parametrize(("width", "lang", "scripts"), WAYS)
def test_five_wrong_passwords_and_the_door_stays_shut(visit: Arrive, width: int, lang: str, scripts: bool) -> None:
    nell = newcomer(visit, width, lang, scripts=scripts)
    nell.leave()
    for _ in range(5):
        nell.sign_in("not-the-password")
    nell.sign_in()
    nell.is_at("/account/login/")
    assert re.search("15 m[ií][nñ]", nell.visit.page.locator(".usa-alert--error").first.inner_text())
    nell.finds_it_sound()


@pytest.mark.parametrize(("width", "lang", "scripts"), WAYS)
def test_a_session_elsewhere_is_ended(visit: Arrive, width: int, lang: str, scripts: bool) -> None:
    nell = newcomer(visit, width, lang, scripts=scripts)
    sheet = nell.printed_codes()
    elsewhere = Newcomer(visit(), nell.email)
    elsewhere.sign_in()
    elsewhere.visit.page.locator("#id_code").fill(sheet[0])
    elsewhere.send()
    elsewhere.is_at("/desk/")

    nell.go("/account/sessions/")
    nell.finds_it_sound()
    nell.visit.page.locator('form[action^="/account/sessions/"] button').click()
    nell.finds_it_sound()
    elsewhere.go("/desk/")
    elsewhere.is_at("/account/login/")


@pytest.mark.parametrize(("width", "lang"), SCREENS)
@pytest.mark.parametrize("how", ["button", "time"])
def test_a_screen_locks_and_gives_the_form_back(visit: Arrive, width: int, lang: str, how: str) -> None:
    nell = newcomer(visit, width, lang, role="administrator")
    nell.printed_codes()
    page = nell.visit.page
    if how == "time":
        page.clock.install()
    nell.go("/organizations/")
    page.locator("main tbody a").first.click()
    page.locator('main a[href$="/invite/"]').click()
    page.locator("#id_email").fill("half@tests.example")
    page.locator("#id_role").select_option("auditor")
    if how == "time":
        page.clock.fast_forward("09:05")
        expect(page.locator("#lock-soon")).to_be_visible()
        nell.visit.is_sound()
        page.clock.fast_forward("01:00")
    else:
        page.locator("#lock button").click()
    nell.is_at("/account/reauthenticate/")
    nell.visit.is_sound()
    nell.go("/desk/")
    nell.is_at("/account/reauthenticate/")
    page.go_back()
    page.locator("#id_password").fill(PASSWORD)
    nell.send()
    expect(page.locator("#id_email")).to_have_value("half@tests.example")
    expect(page.locator("#id_role")).to_have_value("auditor")
    nell.visit.is_sound()


def test_a_form_that_asked_for_nothing_is_given_back_too(visit: Arrive) -> None:
    """Every form keeps its draft; here the last one somebody typed into."""
    nell = newcomer(visit, 360, role="administrator")
    nell.printed_codes()
    nell.go("/organizations/")
    page = nell.visit.page
    page.locator("main tbody a").first.click()
    page.locator('main a[href$="/numbers/"]').click()
    page.locator("#id_value").fill("12-34")
    page.locator("#lock button").click()
    nell.is_at("/account/reauthenticate/")
    page.locator("#id_password").fill(PASSWORD)
    nell.send()
    expect(page.locator("#id_value")).to_have_value("12-34")
    expect(page.get_by_text("We kept what you had typed.")).to_have_count(1)
    nell.visit.is_sound()


def test_a_key_unlocks(visit: Arrive) -> None:
    nell = newcomer(visit, 360)
    virtual_key(nell)
    nell.go("/account/security/webauthn/add/")
    nell.visit.page.locator("#mfa_webauthn_add").click()
    nell.is_at("/account/security/recovery-codes/")
    nell.go("/desk/")
    nell.visit.page.locator("#lock button").click()
    nell.is_at("/account/reauthenticate/")
    nell.visit.page.locator('a[href^="/account/security/webauthn/reauthenticate/"]').click()
    nell.visit.is_sound()
    nell.visit.page.locator("#mfa_webauthn_reauthenticate").click()
    nell.is_at("/desk/")


@pytest.mark.parametrize(("width", "lang"), SCREENS)
def test_what_is_not_for_you(visit: Arrive, width: int, lang: str) -> None:
    """A link that was used, one for somebody else, and a guessed one."""
    link, _ = invited(visit)
    other = visit(width=width, lang=lang).be("referrer")
    other.page.goto(link)
    other.complaints.clear()  # the browser says 403, and it was
    other.is_sound()
    stranger = visit(width=width, lang=lang).open("/invitation/guessed/")
    stranger.complaints.clear()  # the browser says 410, and it was
    stranger.is_sound()


@pytest.mark.parametrize(("width", "lang"), SCREENS)
@pytest.mark.parametrize("path", ["/roles/", "/organizations/", "/organizations/add/", "/account/sessions/"])
def test_the_pages_of_administrators_are_sound(visit: Arrive, width: int, lang: str, path: str) -> None:
    visit(width=width, lang=lang).be("administrator").open(path).is_sound()


def test_one_organisation_set_up(visit: Arrive) -> None:
    ada = visit(width=360).be("administrator").open("/organizations/")
    ada.page.get_by_role("link", name="Bayside Care Partners").click()
    ada.is_sound()
    ada.page.get_by_role("link", name="Add a number").click()
    ada.page.get_by_label("Number", exact=True).fill("1234567890")
    ada.page.get_by_role("button", name="Add").click()
    ada.is_sound(but="422")
    ada.page.get_by_label("Number", exact=True).fill("1234567893")
    ada.page.get_by_role("button", name="Add").click()
    expect(ada.page.get_by_text("1234567893")).to_be_visible()
    ada.page.get_by_role("link", name=re.compile("Say a last day: Lena Ortiz")).click()
    ada.is_sound(but="422")


@pytest.mark.long
def test_somebody_signs_in_by_keyboard_alone(visit: Arrive) -> None:
    """From the top of the page to the desk: the way in, both fields, the code, and no mouse."""
    nell = newcomer(visit)
    sheet = nell.printed_codes()
    nell.leave()
    nell.go("/account/login/")
    keys = nell.visit.page.keyboard
    reach(nell, "#id_login")
    keys.type(nell.email)
    reach(nell, "#id_password")
    keys.type(PASSWORD)
    keys.press("Enter")
    nell.is_at("/account/security/authenticate/")
    reach(nell, "#id_code")
    keys.type(sheet[0])
    keys.press("Enter")
    nell.is_at("/desk/")


def reach(nell: Newcomer, field: str) -> None:
    """Press Tab until it has the focus, as somebody without a mouse does."""
    for _ in range(40):
        if nell.visit.page.locator(f"{field}:focus").count():
            return
        nell.visit.page.keyboard.press("Tab")
    raise AssertionError(f"{field} cannot be reached by the keyboard")
