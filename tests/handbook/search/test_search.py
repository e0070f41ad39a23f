"""What is found, in which order, by whom, however it is spelled and in whichever language."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests import pieces
from tests.casework.providers.streets import KEEPER, service
from tests.people import NOW, TODAY, World
from wholeperson.access.models import Person
from wholeperson.casework.providers import actions as providers
from wholeperson.handbook.search import actions as index_actions
from wholeperson.handbook.search.models import Entry, Spelling
from wholeperson.handbook.shelf import actions

pytestmark = pytest.mark.usefixtures("index")


def found(q: str, lang: str = "en", **more: str) -> dict[str, Any]:
    answer = Client().get("/search/", {"q": q, **more}, headers={"accept": "application/json", "accept-language": lang})
    assert answer.status_code == 200
    told: dict[str, Any] = json.loads(answer.content)
    assert set(told) == {"count", "results"}
    assert all(set(one) == {"kind", "title", "url"} for one in told["results"])
    return told


def urls(q: str, lang: str = "en", **more: str) -> list[str]:
    return [one["url"] for one in found(q, lang, **more)["results"]]


@pytest.mark.parametrize(
    ("q", "first"),
    [
        ("ECM", "/programs/ecm/"),
        ("Enhanced Care Management", "/programs/ecm/"),
        ("whole person care", "/programs/ecm/"),
        ("medical respite", "/programs/cs.recuperative_care/"),
        ("respite", "/programs/cs.respite/"),  # a word of its own name; the other bore it once
        ("respi", "/programs/cs.respite/"),
        ("housing deposits", "/programs/cs.housing_deposits/"),
        ("HTNS", "/programs/cs.htns/"),
        ("home modifications", "/programs/cs.eaa/"),
        ("25-521", "/bulletins/25-521/"),
        ("bulletin 25-521", "/bulletins/25-521/"),
        ("how each referral ended", "/bulletins/25-521/"),
        ("homeless families", "/programs/pof_1b_homeless_family_or_youth/"),
        ("1-877-661-6230", "/contacts/#contra_costa_health_plan-member_line"),
    ],
)
def test_a_name_or_number_comes_first(q: str, first: str) -> None:
    assert urls(q)[0] == first


def test_a_code_finds_every_program_it_is_billed_for() -> None:
    """H0043 is housing navigation, housing after a hospital, and Transitional Rent: the modifier tells them apart."""
    results = found("H0043")["results"]
    assert {one["url"] for one in results if one["kind"] == "program"} == {
        "/programs/cs.htns/", "/programs/cs.stphh/", "/programs/cs.transitional_rent/",
    }  # fmt: skip
    assert {one["url"] for one in results if one["kind"] == "code"} == {
        "/programs/cs.htns/#codes", "/programs/cs.stphh/#codes", "/programs/cs.transitional_rent/#codes",
    }  # fmt: skip


@pytest.mark.parametrize("typed", ["recuperatve", "recuperrative", "recuberative", "recupreative"])
def test_one_slip_is_forgiven(typed: str) -> None:
    assert "/programs/cs.recuperative_care/" in urls(f"{typed} care")[:3]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("respitte", "/programs/cs.respite/"), ("asthna", "/programs/cs.asthma_remediation/"),
        ("soberng center", "/programs/cs.sobering_center/"), ("transitionl rent", "/programs/cs.transitional_rent/"),
        ("maels", "/programs/cs.mtm_msf/"), ("enhansed care management", "/programs/ecm/"),
        ("refferal ended", "/bulletins/25-521/"),
    ],
)  # fmt: skip
def test_a_slip_still_finds_it_among_the_first_three(typed: str, meant: str) -> None:
    assert meant in urls(typed)[:3]


def test_every_word_of_every_program_survives_a_slip() -> None:
    """Of each program's name, its longest word with one letter left out, the others as they are."""
    missed = []
    for entry in Entry.objects.filter(language="en", kind__in=["program", "population"]):
        longest = max(entry.title.split(), key=len)
        typed = entry.title.replace(longest, longest[:2] + longest[3:], 1)[:60]
        if entry.url not in urls(typed)[:3]:
            missed.append((typed, entry.url))
    assert not missed


@pytest.mark.parametrize(
    ("q", "lang", "first"),
    [
        ("休養", "zh-tw", "/programs/cs.recuperative_care/"),
        ("休養照護", "zh-tw", "/programs/cs.recuperative_care/"),
        ("餐", "zh-tw", None),
        ("cuidado de recuperacion", "es", "/programs/cs.recuperative_care/"),
        ("Cuidado de Recuperación", "es", "/programs/cs.recuperative_care/"),
        ("ECM", "es", "/programs/ecm/"),
        ("medical respite", "es", "/programs/cs.recuperative_care/"),
        ("díganos cómo terminó", "es", "/bulletins/25-521/"),
        ("beds to get well", "es", "/bulletins/25-704/"),
        ("cuidado de recuperación", "en", "/programs/cs.recuperative_care/"),
    ],
)
def test_in_the_languages_of_the_site(q: str, lang: str, first: str | None) -> None:
    """Accents are nobody's duty, one Chinese sign is enough, and another language than the page's is found too."""
    results = urls(q, lang)
    assert results
    assert first is None or results[0] == first


@pytest.mark.parametrize("q", ["", "   ", "abc", "xq", "a" * 61, "a" * 1_000_000, "\x00\x00\x00\x00", "\u202e" * 8])
def test_too_short_too_long_or_nothing(q: str) -> None:
    assert found(q) == {"count": 0, "results": []}
    page = Client().get("/search/", {"q": q})
    assert page.status_code == 200
    assert len(page.content) < 40_000


@pytest.mark.parametrize(
    "q",
    ['"""" OR 1', "NEAR(care rent)", "named : care", "care* OR rent*", "-care +rent", "^care", "{care}", "care:*A",
     "'; DROP TABLE search_entry; --", "a & | ! ( )", "<script>alert(1)</script>", "%s %d %(x)s",
     "care\x00rent", "😀 care"],
)  # fmt: skip
def test_what_means_something_to_a_database_means_nothing_here(q: str) -> None:
    assert Client().get("/search/", {"q": q}).status_code == 200
    assert b"<script>alert" not in Client().get("/search/", {"q": q}).content
    assert found(q)["count"] >= 0


@pytest.mark.parametrize("kind", ["program", "population", "learning", "question", "code"])
def test_narrowed_by_kind(kind: str) -> None:
    assert {one["kind"] for one in found("care", kind=kind)["results"]} == {kind}


def test_what_is_no_kind_narrows_nothing() -> None:
    assert found("care", kind="nonsense", scope="nonsense", provider_type="nonsense") == found("care")


def test_a_part_that_is_none_is_said_with_those_there_are() -> None:
    page = Client().get("/search/", {"q": "care", "scope": "nope" + "<b>" * 99, "kind": ""}).content.decode()
    assert "The handbook has no part of this name: <strong>nope&lt;b&gt;" in page
    for part in ("guides", "communications", "learning", "contacts", "providers"):
        assert f'href="/search/?scope={part}&amp;q=care"' in page
    assert "no part of this name" not in Client().get("/search/", {"q": "care", "scope": "guides"}).content.decode()


def test_narrowed_by_provider_type() -> None:
    """A bulletin is for some; what names nobody is for all."""
    assert "/bulletins/25-521/" in urls("25-521", provider_type="hospitals")
    assert "/bulletins/25-521/" not in urls("25-521", provider_type="ancillary")
    assert "/programs/ecm/" in urls("ECM", provider_type="ancillary")


def test_narrowed_by_scope() -> None:
    assert {one["kind"] for one in found("care", scope="guides")["results"]} <= {"program", "population", "code"}
    assert {one["kind"] for one in found("referral", scope="communications")["results"]} == {"bulletin"}


def test_pages_hold_every_result_once() -> None:
    count = found("care")["count"]
    seen = [url for page in range(1, count // 20 + 2) for url in urls("care", page=str(page))]
    assert len(seen) == count > 20
    assert urls("care", page="last") == urls("care", page="1")
    assert urls("care", page="9999") == urls("care", page=str(count // 20 + 1))


@pytest.mark.parametrize("reached", ["draft", "waiting", "reviewed", "withdrawn", "superseded"])
def test_only_what_is_published_is_found(carla: Person, ada: Person, reached: str) -> None:
    """Neither the piece, nor how many there are, nor one of its words."""
    made = pieces.draft("bulletin", "26-900", by=carla, wordings={"en": ("Zebrafish news", "", "All about zebrafish.")})
    for verb, by, before in (("ask", carla, "draft"), ("approve", ada, "waiting"), ("publish", carla, "reviewed")):
        if reached != before and made.status == before:
            actions.take(made, verb, by=by, at=NOW)
    if reached == "withdrawn":
        actions.take(made, "withdraw", by=carla, at=NOW)
    if reached == "superseded":
        newer = actions.revise(made, by=carla, at=NOW)
        actions.rewrite(
            newer, content=pieces.content({"en": ("Other news", "", "All about others.")}), by=carla, at=NOW
        )
        for verb, by in (("ask", carla), ("approve", ada), ("publish", carla)):
            actions.take(newer, verb, by=by, at=NOW)
    assert found("zebrafish") == found("zebrafihs") == {"count": 0, "results": []}
    assert not Entry.objects.filter(said__contains="zebrafish").exists()
    assert b"ebrafish news" not in Client().get("/search/", {"q": "zebrafish"}).content
    index_actions.rebuild(index_actions.sources.everything(TODAY), version="again", at=NOW)
    assert not Entry.objects.filter(said__contains="zebrafish").exists()
    assert not Spelling.objects.filter(word="zebrafish").exists()


def test_published_is_found_at_once_and_in_its_newest_words(carla: Person, ada: Person) -> None:
    made = pieces.published("bulletin", "26-900", by=carla, second=ada, wordings={"en": ("Zebrafish", "", "Text")})
    assert urls("zebrafish") == urls("26-900") == ["/bulletins/26-900/"]
    newer = actions.revise(made, by=carla, at=NOW)
    actions.rewrite(newer, content=pieces.content({"en": ("Jellyfish", "", "Text")}), by=carla, at=NOW)
    for verb, by in (("ask", carla), ("approve", ada), ("publish", carla)):
        actions.take(newer, verb, by=by, at=NOW)
    assert urls("jellyfish") == ["/bulletins/26-900/"]
    assert "/bulletins/26-900/" not in urls("zebrafish")


def test_it_is_made_anew_only_when_something_changed() -> None:
    assert index_actions.refresh(at=NOW) is False


def test_a_provider_is_found_once_its_entry_has_changed_and_not_when_it_is_over(world: World) -> None:
    one = service(world, "Zanzibar Kitchen", "cs.mtm_msf")
    later = NOW + timedelta(minutes=1)
    providers.change(one, {"about": "Halal soup"}, by=KEEPER, at=later)
    assert index_actions.refresh(at=later) is True
    assert urls("zanzibar") == urls("zanzibar", "es") == [f"/providers/{one.organisation.public_id}/"]
    providers.move(one, "pause", by=KEEPER, at=later + timedelta(minutes=1))
    assert index_actions.refresh(at=later) is True
    assert urls("zanzibar") == []
    assert index_actions.refresh(at=later) is False
