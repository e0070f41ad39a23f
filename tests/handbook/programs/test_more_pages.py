"""What is CalAIM, the page for facilities, what changed, and the guide on paper."""

import re

import pytest
from django.test import Client

from wholeperson.handbook.programs import printed, views


def test_the_liaison_is_reached_without_a_letter_begun(client: Client) -> None:
    """A mail link would open a letter in which somebody writes a name; the address stands there to be copied."""
    page = client.get("/programs/justice-involved/?plan=contra_costa_health_plan").content.decode()
    assert "CCHPJusticeInvolvedLiaison@cchealth.org" in page
    assert "mailto:" not in page
    assert "Do not write a member's name" in page
    telephone = client.get("/programs/justice-involved/?plan=health_net").content.decode()
    assert 'href="tel:1-800-526-1898"' in telephone


@pytest.mark.parametrize(
    "address",
    [
        "/programs/justice-involved/?plan=health_net",
        "/programs/ecm/?plan=health_net",
        "/programs/cs.eaa/guide/?plan=contra_costa_health_plan",
        "/programs/pof_1a_homeless_adult/?plan=calviva_health",
    ],
)
def test_every_link_to_a_place_of_the_page_finds_it(client: Client, address: str) -> None:
    page = client.get(address).content.decode()
    wanted = set(re.findall(r'href="#([^"]+)"', page))
    assert wanted
    assert wanted <= set(re.findall(r'id="([^"]+)"', page))


def test_no_page_begins_a_letter(client: Client) -> None:
    for name in ("ecm", "cs.htns", "ji.pre_release_adult"):
        assert "mailto:" not in client.get(f"/programs/{name}/?plan=contra_costa_health_plan").content.decode()


def test_what_changed_is_said_in_words(client: Client) -> None:
    page = client.get("/programs/changes/?since=2025-12-31&on=2026-01-01").content.decode()
    assert "has been granted Transitional Rent, so the plan pays rent for a while" in page
    same = client.get("/programs/changes/?since=2026-02-01&on=2026-02-02").content.decode()
    assert "Nothing changed between these days" in same
    assert client.get("/programs/changes/?since=x").status_code == 400


@pytest.mark.parametrize("lang", ["en", "es", "zh-hant"])
def test_every_page_says_free_and_voluntary(client: Client, lang: str) -> None:
    says = {"en": "nobody has to take", "es": "nadie está obligado a recibir", "zh-hant": "可以不接受"}[lang]
    page = client.get("/programs/cs.eaa/", headers={"accept-language": lang}).content.decode()
    assert says in page


def _not_there() -> None:
    raise printed.NotPrinted("no_library", "cannot load library 'libpango-1.0-0'")


def test_without_the_library_the_page_is_offered(client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(printed, "_library", _not_there)
    page = client.get("/programs/ecm/guide.pdf?plan=health_net")
    assert page.status_code == 503
    assert "lacks the part that makes PDFs (libpango)" in page.content.decode()
    assert 'href="/programs/ecm/guide/?plan=health_net"' in page.content.decode()


def test_a_letter_without_a_font_stops_the_guide(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    """U+10FFFD is for private use: no font of a system draws it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with pytest.raises(printed.NotPrinted, match="no_glyph: U\\+10FFFD"):
        printed.pdf('<html lang="en"><head><title>x</title></head><body><p>\U0010fffd</p></body></html>', "http://x/")
    assert not list(tmp_path.rglob("*.pdf"))


def test_a_guide_is_made_once_and_only_so_many_are_kept(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(printed, "MOST_KEPT", 2)
    made: list[str] = []

    def library() -> object:
        return lambda html, base: made.append(html) or html.encode()

    monkeypatch.setattr(printed, "_library", library)
    for html in ("a", "b", "b", "c", "c"):
        assert printed.pdf(html, "http://x/") == html.encode()
    assert made == ["a", "b", "c"]
    assert len(list(tmp_path.rglob("guide-*.pdf"))) == 2
    assert not list(tmp_path.rglob("*.part"))


def test_one_address_has_so_many_guides_made_and_reads_the_others_as_pages(
    client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path
) -> None:
    """What lies ready is handed out still: it costs nothing."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(printed, "_library", lambda: lambda html, base: b"%PDF")
    monkeypatch.setitem(views.LIMITS, "guide_pdf", "1/h/ip")
    addresses = [f"/programs/{name}/guide.pdf" for name in ("ecm", "cs.respite", "ecm")]
    first, second, again = (client.get(one, REMOTE_ADDR="192.0.2.77") for one in addresses)
    assert [one.status_code for one in (first, second, again)] == [200, 429, 200]
    assert "Many guides were made for your network in this hour." in second.content.decode()
    assert 'href="/programs/cs.respite/guide/"' in second.content.decode()
