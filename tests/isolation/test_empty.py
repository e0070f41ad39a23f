"""On the first day nobody stands here but who works here: every page that a link leads to is there, and says so."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from wholeperson.site import permits
from wholeperson.site.demo import people, seed

TODAY = datetime(2026, 11, 21, 17, tzinfo=UTC)
MOST = 25  # queries of a page
LINK = re.compile(r'<a\b[^>]*?\bhref="([^"#]+)', re.S)
BODY = re.compile(r"<tbody[^>]*>(.*?)</tbody>", re.S)
NO_LIST = re.compile(r"<(ul|ol|dl)\b[^>]*>\s*</\1>")
NOUGHT = re.compile(r">\s*0 [a-z]+\s*<")
CHOICE = re.compile(r'<select name="(\w+)"[^>]*\brequired\b[^>]*>(.*?)</select>', re.S)


@pytest.mark.long
@pytest.mark.django_db
def test_every_page_of_every_role_is_there_and_says_that_nothing_is() -> None:
    seed.cast(at=TODAY)
    seen: set[str] = set()
    wrong = [f"{role} · {told}" for role in people.PEOPLE for told in wrong_for(role, seen)]
    assert not wrong, "\n".join(wrong)
    assert "capacity" in seen
    assert "hand_over" in seen
    assert len(seen) > MOST


def wrong_for(role: str, seen: set[str]) -> Iterator[str]:
    """What does not hold on a page that this role reaches; `seen` gathers which pages those were."""
    client = Client(raise_request_exception=False)
    waiting, asked = [client.post(f"/demo/as/{role}")["Location"]], set()
    client.get(waiting[0])  # what a first request has to find out is found out
    while waiting:
        address = waiting.pop(0)
        if (kind := kind_of(address)) in asked or (kind[0] in seen and is_for_anyone(kind[0])):
            continue
        asked.add(kind)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
        if told := wrong_with(answer, len(queries)):
            yield f"{address}: {told}"
        waiting += [urljoin(address, one) for one in links(answer)]
    seen |= {name for name, _asked in asked}


def wrong_with(answer: HttpResponse, queries: int) -> str:
    main = answer.content.decode().partition("<main")[2] if is_page(answer) else ""
    faults = {
        f"answers {answer.status_code}": answer.status_code >= 400,
        f"asks {queries} times": queries > MOST,
        "a list without anything": bool(NO_LIST.search(main)),
        "counts nought, and says no more": bool(NOUGHT.search(main)) and "wp-nothing" not in main,
        "a table without anything": any(not says_anything(rows) for rows in BODY.findall(main)),
        "nothing to choose": any(options.count("<option") < 2 and '"">' in options.replace(" selected", "")
                                 for _name, options in CHOICE.findall(main)),
    }  # fmt: skip
    return ", ".join(fault for fault, holds in faults.items() if holds)


def says_anything(rows: str) -> bool:
    """A row, and in one of them a number that is not nought, or another word than that of every row."""
    found = {tuple(re.findall(r"<td[^>]*>(.*?)</td>", row, re.S)) for row in rows.split("</tr>") if "<td" in row}
    return len(found) > 1 or (bool(found) and not any(cell.strip() == "0" for cell in found.pop()))


def links(answer: HttpResponse) -> list[str]:
    """Where the page leads on this site."""
    if 300 <= answer.status_code < 400:
        return [answer["Location"]]
    found = map(unescape, LINK.findall(answer.content.decode())) if is_page(answer) else ()
    return [one for one in found if one.startswith(("/", "?")) and not one.startswith("//")]


def is_page(answer: HttpResponse) -> bool:
    return "html" in answer.get("Content-Type", "")


def kind_of(address: str) -> tuple[str, frozenset[str]]:
    """Which page, and by what it is narrowed; one of each kind is enough where nothing stands."""
    parts = urlsplit(address)
    return resolve(parts.path).view_name, frozenset(parse_qs(parts.query))


def is_for_anyone(name: str) -> bool:
    """The same for every role, and read once."""
    return permits.PERMITS[name] == permits.ANYONE
