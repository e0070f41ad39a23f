"""The pages in the languages people ask for, from right to left where that is how it is read."""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client

from wholeperson.site import words

pytestmark = pytest.mark.django_db
PUBLIC = ("/", "/living-styles/", "/nothing-here/")  # sign-in has words of a library, which translates its own


@pytest.fixture(scope="module", autouse=True)
def compiled() -> None:
    words.compile_all()


@pytest.mark.parametrize(
    ("asked", "said", "lang"),
    [
        ("es-MX,es;q=0.9", "Ayuda para toda la persona", "es"),
        ("zh-TW,zh;q=0.9", "全人的協助", "zh-hant"),
        ("zh-HK", "全人的協助", "zh-hant"),
        ("fr", "Help for the whole person", "en"),
    ],
)
def test_the_browser_is_answered_in_its_language(client: Client, asked: str, said: str, lang: str) -> None:
    page = client.get("/", headers={"accept-language": asked}).content.decode()
    assert said in page
    assert f'<html lang="{lang}" dir="ltr">' in page


def test_who_chooses_a_language_keeps_it_and_stays_on_the_page(client: Client) -> None:
    answer = client.post("/language/", {"language": "es", "next": "/account/login/"})
    assert (answer.status_code, answer["Location"]) == (302, "/account/login/")
    assert "Iniciar sesión" in client.get("/account/login/").content.decode()


def test_a_language_read_from_the_right_is_mirrored(client: Client) -> None:
    page = client.get("/", headers={"accept-language": "ar-xb"}).content.decode()
    assert '<html lang="ar-xb" dir="rtl">' in page
    assert "built/site.rtl.css" in page


@pytest.mark.parametrize("address", PUBLIC)
def test_nothing_on_a_page_is_said_in_english_alone(client: Client, address: str) -> None:
    """In the language of other faces every sentence of ours stands in brackets; what does not was never marked."""
    texts = Texts()
    texts.feed(client.get(address, headers={"accept-language": "ar-xb"}).content.decode())
    assert not [text for text in texts.found if re.search("[A-Za-z]{2}", SAME.sub("", text))]


SAME = re.compile(
    "⟦.*?⟧|Whole Person|Rosa Delgado|Lena Ortiz|Ines Tran|Paula Reyes|Contra Costa"
    "|English|español|tfel ot thgiR|Nov. 21, 2026"
)


class Texts(HTMLParser):
    """What a page says."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        if text := data.strip(" \n·|"):
            self.found.append(text)
