"""Nothing of the answers stays: not in the database, the cache, a cookie, an address, a log, nor in a browser."""

import json
import logging
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client

from tests.handbook.screener.steps import Visitor
from tests.people import World
from wholeperson.site import logs


def rows() -> dict[str, int]:
    """How many rows each table has; the cache's and the sessions' too."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        found = {}
        for name in names:
            cursor.execute(f'select count(*) from "{name}"')
            found[name] = cursor.fetchone()[0]
    assert {"django_session", *(model._meta.db_table for model in apps.get_models() if model._meta.managed)} <= set(
        names
    )
    return found


def walk(client: Client) -> Visitor:
    visitor = Visitor(client).begin("violence", "drugs", who="other")
    visitor.until_results({"birth_date": 47}, otherwise="yes")
    visitor.press(do="ask").press(do="results").press(do="results", language="es")
    client.post("/screener/keep/", {"state": visitor.state})
    return visitor


def test_no_table_grows_and_nothing_is_asked(client: Client, django_assert_num_queries: Any) -> None:
    client.get("/screener/")  # asks which overlays hold, and remembers it for half a minute
    before = rows()
    with django_assert_num_queries(0):
        walk(client)
    assert rows() == before


def test_no_cookie_is_set(client: Client) -> None:
    walk(client)
    assert not client.cookies


def test_nothing_is_left_of_somebody_who_is_signed_in(world: World, client: Client) -> None:
    """Their session is theirs already; it learns nothing of the answers."""
    client.force_login(world.person("Lena Ortiz", "lead_care_manager", at="Bayside"))
    visitor = Visitor(client)
    before = rows()
    visitor.begin("violence").until_results({"birth_date": 47}, otherwise="yes")
    assert rows() == before
    kept = json.dumps(dict(client.session.items()), default=str)
    assert not [word for word in ("violence", "fleeing", "birth_date") if word in kept]


def test_a_locked_screen_keeps_no_draft_of_it(world: World, client: Client) -> None:
    client.force_login(world.person("Lena Ortiz", "lead_care_manager", at="Bayside"))
    session: Any = client.session
    session["locked"] = 99
    session.save()
    visitor = Visitor(client).begin("violence")
    assert visitor.answer.status_code == 200
    assert rows()["access_draft"] == 0


def test_no_page_is_stored_by_the_browser(client: Client) -> None:
    for answer in (Visitor(client).answer, walk(client).answer):
        assert "no-store" in answer["Cache-Control"]
        assert "private" in answer["Cache-Control"]


def test_the_file_is_not_stored_either_and_has_a_name_that_says_nothing(client: Client) -> None:
    visitor = walk(client)
    answer = client.post("/screener/keep/", {"state": visitor.state})
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Disposition"] == 'attachment; filename="notes.txt"'
    assert answer["Content-Type"] == "text/plain; charset=utf-8"


def test_no_form_sends_anything_in_an_address(client: Client) -> None:
    html = walk(client).html
    forms = [part.partition(">")[0] for part in html.split("<form")[1:]]
    assert forms
    assert all('method="post"' in form for form in forms)
    assert not [form for form in forms if "?" in form]


def test_the_cache_is_not_asked(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        type(cache._connections[cache._alias]), "set", lambda *_, **__: pytest.fail("the cache is used")
    )
    walk(client)


def test_the_log_tells_the_page_and_no_answer(client: Client) -> None:
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(logs.formatter())
    root, ours = logging.getLogger(), logging.getLogger("wholeperson")
    before = (root.level, ours.level)
    root.addHandler(handler)
    root.setLevel("DEBUG")
    ours.setLevel("INFO")
    walk(client)
    root.removeHandler(handler)
    root.setLevel(before[0])
    ours.setLevel(before[1])
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    answered = [line for line in lines if line["event"] == "answered"]
    assert {line["view"] for line in answered} == {"screener", "screener_keep"}
    assert {*answered[0]} == {"event", "view", "method", "status", "seconds", "level", "logger", "at"}
    assert not [word for word in ("violence", "birth_date", "fleeing", "state") if word in written.getvalue()]


def test_every_page_has_the_way_out_and_the_way_to_ask(client: Client) -> None:
    visitor = Visitor(client)
    for _ in range(3):
        assert 'href="https://www.weather.gov/" rel="noreferrer nofollow"' in visitor.html
        visitor.begin("violence") if not visitor.fact else visitor.say("yes")
    assert "Call 911" in Visitor(client).html
    assert "Call 988" in Visitor(client).html
    assert settings.SECURE_REFERRER_POLICY == "same-origin"
