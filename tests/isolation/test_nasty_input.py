"""Whatever is sent to an address, it answers: never by breaking, and never with a script that was sent.

Each form is read as a browser would, and sent again with values that no browser sends.
"""

import re

import pytest
from django.db import transaction
from django.http import HttpResponse

from tests.isolation.asking import TABLE, Asker, address
from tests.isolation.scene import Scene

LIKE_OTHERS = ("plan_reviewer", "member", "network_manager", "lead_care_manager")
LONG = [pytest.param(who, marks=pytest.mark.long) for who in LIKE_OTHERS]
ONCE = [pytest.param(who, marks=pytest.mark.once) for who in ("administrator",)]
WHO = [*ONCE, "supervisor", "anyone", *LONG]
NAMED = re.compile(r"""<(?:input|select|textarea|button)[^>]* name="([a-zA-Z0-9_-]+)\"""")
NASTY = {
    "nothing": "\0",
    "too long": "x" * 70_000,
    "a formula": "=cmd|' /C calc'!A0",
    "no number": "-9" * 400,
    "a quote": "' OR 1=1; --",
    "a script": "<script>alert(1)</script>",
    "no letter": "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
    "an id of something else": "00000000-0000-0000-0000-000000000000",
    "a day that never was": "2026-02-30",
}
QUERIES = (
    "?page=0&page=-1&page=99999999999999999999",
    "?sort=password&sort=name__x",
    "?q=%00&on=%00&next=%00",
    "?%00=1",
)


@pytest.mark.parametrize("who", WHO)
def test_no_address_breaks(scene: Scene, askers: dict[str, Asker], who: str) -> None:
    asker = askers[who]
    asker.client.raise_request_exception = False
    broken = [said for name in TABLE for said in _broken(scene, asker, name)]
    assert not broken, "\n".join(broken)


def _broken(scene: Scene, asker: Asker, name: str) -> list[str]:
    where = address(scene, name)
    said = []
    page = asker.ask("get", where)
    names = set(NAMED.findall(page.content.decode())) if _is_page(page) else set()
    for kind, value in NASTY.items() if names else ():
        answer = asker.ask("post", where, **dict.fromkeys(names, value))
        if answer.status_code >= 500:
            said.append(f"{name} · {kind}: {answer.status_code}")
        if b"<script>alert(1)" in answer.content:
            said.append(f"{name} · {kind}: says it back as it came")
    for query in QUERIES:
        if (answer := asker.ask("get", where + query)).status_code >= 500:
            said.append(f"{name} · {query}: {answer.status_code}")
    return said


def _is_page(answer: HttpResponse) -> bool:
    return answer.status_code == 200 and "text/html" in answer.get("Content-Type", "")


@pytest.mark.parametrize("header", ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"])
def test_no_other_method_gets_past_the_gate(scene: Scene, askers: dict[str, Asker], header: str) -> None:
    """Neither by a header or a field that some frameworks hear, nor by HEAD or OPTIONS."""
    outsider = askers["content_editor"].client
    where = address(scene, "member")
    named = {f"HTTP_{header.upper().replace('-', '_')}": "GET"}
    assert outsider.post(where, {"_method": "GET"}, **named).status_code == 404
    assert [outsider.generic(method, where).status_code for method in ("HEAD", "OPTIONS", "PUT", "TRACE")] == [404] * 4
    carer = askers["lead_care_manager"].client
    with transaction.atomic():
        assert carer.generic("HEAD", where).status_code == 200
    assert [carer.generic(method, where).status_code for method in ("OPTIONS", "PUT", "DELETE", "TRACE")] == [405] * 4


def test_an_address_is_not_reached_by_writing_it_otherwise(scene: Scene, askers: dict[str, Asker]) -> None:
    outsider = askers["content_editor"].client
    where = address(scene, "member")
    ways = (where.upper(), f"/{where}", f"/roles/..{where}", where.replace("/", "%2F"), f"{where}%00", f"{where};x=1")
    assert {outsider.get(way).status_code for way in ways} <= {301, 400, 404}
