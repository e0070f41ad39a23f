"""What a role reaches is marked to be translated, the words of Python too: labels, buttons, heads of tables, hints."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from django.test import Client

from tests.access.test_roles import CONTRACT
from wholeperson.rules.language import Node
from wholeperson.rules.reading.cache import load_policy
from wholeperson.rules.reading.library import Programme
from wholeperson.rules.reading.make_nodes import walk
from wholeperson.rules.words import Words
from wholeperson.site import words
from wholeperson.site.demo import applications, directory, people, seed

OURS = {"label", "legend", "button", "dt", "caption", "summary", "option"}
ID = re.compile(r"[a-z]{3}-[2-9a-z]{10}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
OF_SOMEBODY = re.compile(r"\b[0-9]{8}[A-Z]\b")  # a label by which a member is chosen names them with their number
SAME = {"English", "español", "繁體中文", "tfel ot thgiR", "CIN", "NPI", "TIN", "Whole Person"}
SAME |= {name for name, *_ in people.ORGANISATIONS.values()} | {name for name, *_ in applications.APPLICATIONS}
SAME |= {name for _key, name, *_ in directory.TOWNS}
SAME |= {name for name, *_ in people.PEOPLE.values()} | {
    "Concord",
    "Martinez",
    "Linh Nguyen",
    "Bob Tanner",
}  # towns, whom a plan names, and who asks


@pytest.fixture(scope="module", autouse=True)
def compiled() -> None:
    words.compile_all()


@pytest.mark.long
@pytest.mark.django_db
def test_what_somebody_reads_is_said_in_their_language() -> None:
    seed.fill(at=datetime(2026, 11, 21, 17, tzinfo=UTC))
    bare = {text for role in CONTRACT for text in not_marked(Client(), role)} - SAME - of_the_policy()
    assert not bare, "\n".join(["Mark these where they are written:", *sorted(bare)])


def of_the_policy() -> set[str]:
    """What it says has translations of its own, and none in the language of other faces."""
    known = load_policy()
    names = {one.name for one in known.programmes.values()} | {plan["name"] for plan in known.plans.values()}
    names |= {county["name"] for county in known.counties.values()}
    said = {node.says for one in known.programmes.values() for node in every_node(one) if node.says}
    said |= {text for one in known.programmes.values() for text in every_text(one.data)}
    return names | said | set(Words(known).english.values()) | {fact.ask for fact in known.facts.values()}


def every_text(data: object) -> Iterator[str]:
    """What a program's file says in sentences: what it is, its papers, what it holds."""
    if isinstance(data, str):
        whole = " ".join(data.split())
        yield from (whole, f"{whole.partition('. ')[0].removesuffix('.')}.")  # a list shows the first sentence alone
    elif isinstance(data, Mapping):
        for each in data.values():
            yield from every_text(each)
    elif isinstance(data, Sequence):
        for each in data:
            yield from every_text(each)


def every_node(programme: Programme) -> list[Node]:
    begins = programme.mandatory
    return [*programme.nodes, *(walk(begins[1]) if begins else ())]


def not_marked(client: Client, role: str) -> set[str]:
    """What a role reads in English on any page that it reaches from its first one."""
    waiting, seen, bare = [client.post(f"/demo/as/{role}")["Location"]], set[str](), set[str]()
    while waiting:
        address = waiting.pop()
        if ID.sub("ID", address) in seen:
            continue
        seen.add(ID.sub("ID", address))
        answer = client.get(address, headers={"accept-language": "ar-xb"})
        if "html" not in answer.get("Content-Type", "") or answer.status_code != 200:
            continue
        page = answer.content.decode()
        bare |= {text for text in said(page) if "⟦" not in text}
        main = page.partition("<main")[2].partition("</main>")[0]
        waiting += [href for href in re.findall(r'href="(/[^"#?]*)"', main) if not href.startswith("/account/")]
    return bare


def said(page: str) -> list[str]:
    reader = Reader()
    reader.feed(page)
    return [text for text in reader.found if re.search("[A-Za-z]{2}", text) and not OF_SOMEBODY.search(text)]


class Reader(HTMLParser):
    """The words in the elements that are always ours, never somebody's data."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in OURS or (tag == "th" and ("scope", "col") in attrs):
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.inside and self.inside[-1] == tag:
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        if self.inside and data.strip():
            self.found.append(data.strip())
