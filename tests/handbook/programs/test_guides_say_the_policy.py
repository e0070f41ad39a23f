"""Every guide against the policy it is made from: nothing of the policy is missing, and nothing comes from elsewhere.

The policy is read a second time straight from its files (policy_as_written.py); the page is taken apart into pieces.
"""

import re
from collections import Counter
from datetime import date
from functools import cache
from io import BytesIO

import pytest
from django.test import Client
from django.utils import translation
from pypdf import PdfReader

from tests.handbook.programs import policy_as_written as written
from tests.handbook.programs.page_as_read import Piece, read
from wholeperson.casework.providers.asked import AT_ONCE
from wholeperson.handbook.programs import labels, views
from wholeperson.site import words

DAYS = ("2025-06-30", "2026-11-21")
PLANS = ("contra_costa_health_plan", "calviva_health")
SPOKEN = {"en": "en", "es": "es", "zh-hant": "zh-Hant"}
NAMES = tuple(written.programmes())
BETWEEN = re.compile(r"[\s·:,–•]+")


def guide(client: Client, name: str, day: str, plan: str, lang: str) -> list[Piece]:
    page = client.get(f"/programs/{name}/guide/?on={day}&plan={plan}", headers={"accept-language": lang})
    assert page.status_code == 200
    return read(page.content.decode(), only="wp-guide")


@pytest.mark.parametrize("lang", SPOKEN)
@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("day", DAYS)
def test_nothing_is_missing_and_nothing_comes_from_elsewhere(client: Client, day: str, plan: str, lang: str) -> None:
    wrong = []
    for name in NAMES:
        pieces = guide(client, name, day, plan, lang)
        wrong += [f"{name}: {each}" for each in _missing(pieces, name, day, plan)]
        wrong += [f"{name}: {each}" for each in _from_elsewhere(pieces, name, day, plan, lang)]
    assert not wrong, "\n".join(wrong[:40])


def _missing(pieces: list[Piece], name: str, day: str, plan: str) -> list[str]:
    on = date.fromisoformat(day)
    said = {each.marks.get("data-says") for each in pieces}
    lost = sorted(written.must_say(name, on) - said)
    rows = _rows(pieces)
    lost += [f"code {each}" for each in written.codes(name, on) ^ rows]
    lost += [
        f"name {each}"
        for each in _names(name) ^ {one.text for one in pieces if one.marks.get("data-says") == f"{name}.names"}
    ]
    asked_for = written.programmes()[name].get("part_of", name)
    told = written.plan(plan)
    forms = [each["name"] for each in told["forms"] if asked_for in each.get("programmes", ())]
    channels = [each for each in told["channels"] if asked_for in each.get("programmes", ())]
    texts = {each.text for each in pieces}
    lost += [f"form {each}" for each in forms if each not in texts]
    lost += [f"channel {each['id']}" for each in channels if each.get("says") and each["says"] not in texts]
    by_id = {each["id"]: each["value"] for each in told["contacts"]}
    return lost + [
        by_id[each["contact"]] for each in channels if "contact" in each and by_id[each["contact"]] not in texts
    ]


def _names(name: str) -> set[str]:
    data = written.programmes()[name]
    return {*data.get("former_names", ()), *data.get("abbreviations", ())}


def _rows(pieces: list[Piece]) -> set[tuple[str, str, str]]:
    rows: dict[str, list[str]] = {}
    for each in pieces:
        if "data-code" in each.marks:
            rows.setdefault(each.marks["data-code"], []).append(each.text)
    found = set()
    for cells in rows.values():
        modifiers = cells[1] if re.fullmatch(r"[A-Z0-9]{2}( [A-Z0-9]{2})*", cells[1]) else ""
        rest = cells[2:] if modifiers else cells[1:]
        found.add((cells[0], modifiers, " ".join(rest[1:-1])))
    return found


def _from_elsewhere(pieces: list[Piece], name: str, day: str, plan: str, lang: str) -> list[str]:
    """A piece says a sentence of the policy, a code, a citation, a name or a contact of it, or words of the frame."""
    policy, told = written.in_language(SPOKEN[lang]), written.plan(plan)
    wrong = []
    for each in pieces:
        key, text = each.marks.get("data-says", ""), each.text
        if key in policy:
            right = text == " ".join(policy[key].split())
        elif key.endswith(".names"):
            right = text in _names(name)
        elif key in ("plan.name", "county.name"):
            right = text in (told["name"], "Contra Costa")
        elif key.startswith(f"{plan}."):
            right = _is_the_plans(key, text, told)
        elif key.startswith(f"{name}.providers."):
            right = _is_a_kind_of_provider(key.rpartition(".")[2], text)
        elif key.startswith(f"{name}.at_once."):
            right = _may_begin(key.rpartition(".")[2], text, name, day, lang)
        elif key.endswith(".number"):
            right = text == written.programmes()[name]["number"]
        elif "data-code" in each.marks:
            right = True  # compared row by row
        elif each.marks.get("id", "").startswith("source-"):
            right = _is_source(each, lang)
        elif each.marks.get("href", "").startswith("#source-"):
            right = text in written.cited()
        else:
            right = _is_frame(text, lang)
        if not right:
            wrong.append(f"{key or each.marks.get('class')}: {text}")
    return wrong


def _is_a_kind_of_provider(word: str, text: str) -> bool:
    said = text.lower().replace("community supports ", "cs ").replace(" ", "_")
    return said == word and word in written.provider_types()


def _may_begin(kind: str, text: str, name: str, day: str, lang: str) -> bool:
    with translation.override(lang):
        return kind in written.at_once(name, date.fromisoformat(day)) and text == str(AT_ONCE[kind])


def _is_the_plans(key: str, text: str, told: dict) -> bool:
    """``PLAN.contacts.ID.value``: of which list, of which item, which word of it; a step of a channel by its own id."""
    _, listed, name, *word = key.split(".")
    item = next(each for each in told[listed] if each["id"] == name)
    if not word:
        return text == item["says"]
    if word[0] == "name":
        return text == (item.get("name") or item["site"]["name"])
    if word[0] == "hours":
        return re.findall(r"[\d:]+", text) == [item["hours"]["from"], item["hours"]["to"]]
    if word[0] == "option":
        return re.findall(r"\d+", text) == [item["option"]]
    return (
        text == item["value"]
        if word[0] == "value"
        else text in [one["says"] for one in item["steps"] if one["id"] == word[0]]
    )


def _is_source(piece: Piece, lang: str) -> bool:
    key = piece.marks["id"].removeprefix("source-")
    source = written.document("sources")["sources"][key]
    with translation.override(lang):
        mine = {key, source["title"], str(labels.GRADES[source["grade"]])}
    return piece.text in mine or set(piece.text.split(", ")) <= _places(key)


@cache
def _places(key: str) -> frozenset[str]:
    return frozenset(each.removeprefix(f"{key} ") for each in written.cited() if each.startswith(f"{key} "))


def _is_frame(text: str, lang: str) -> bool:
    """Words of the frame are in the room's catalogue; what fills a hole in them is a day, a length or a short word."""
    whole, with_holes = _frame(lang)
    parts = [each.strip(" :,·") for each in text.split(" · ") if BETWEEN.sub("", each)]
    return all(each in whole or any(one.fullmatch(each) for one in with_holes) for each in parts)


@cache
def _frame(lang: str) -> tuple[set[str], list[re.Pattern[str]]]:
    """What the room's catalogue says: whole sentences, and those with holes."""
    room = next(each for each in words.rooms() if each.name == "programs")
    with translation.override(lang):
        said = [_in_words(each) for each in words.keys(room)]
    flat = [each.strip(" :,") for one in said for each in one]
    holes = [re.compile(re.sub(r"%\\\(\w+\\\)[sd]", ".{1,60}", re.escape(each))) for each in flat if "%(" in each]
    return {each for each in flat if "%(" not in each}, holes


def _in_words(key: words.Key) -> tuple[str, ...]:
    """Another room may say the same, and the first catalogue wins: Django is asked what stands on the page."""
    if isinstance(key, str):
        return (translation.gettext(key),)
    return translation.ngettext(*key, 1), translation.ngettext(*key, 2)


def test_a_sentence_that_the_policy_does_not_say_is_found() -> None:
    """The comparison itself: a changed number, a sentence of nobody, and a code that is none are noticed."""
    good = Piece("A mortgage", {"data-says": "cs.transitional_rent.no_mortgage"})
    assert not _from_elsewhere([good], "cs.transitional_rent", DAYS[1], PLANS[0], "en")
    for bad in (
        Piece("A mortgage of any kind", good.marks),
        Piece("Nobody over 65 may have it", {}),
        Piece("G26 pp.999", {"href": "#source-G26"}),
        Piece("1-800-555-0100", {"data-says": "contra_costa_health_plan.contacts.member_line.value"}),
    ):
        assert _from_elsewhere([bad], "cs.transitional_rent", DAYS[1], PLANS[0], "en") == [
            f"{bad.marks.get('data-says') or None}: {bad.text}"
        ]
    assert "cs.transitional_rent.no_mortgage" in _missing([], "cs.transitional_rent", DAYS[1], PLANS[0])


# ── on paper ──

SOME = [("cs.eaa", "en"), ("pof_1a_homeless_adult", "es"), ("cs.respite", "zh-hant")]


@pytest.mark.parametrize(("name", "lang"), SOME)
def test_the_pdf_says_what_the_page_says(client: Client, name: str, lang: str) -> None:
    _same_on_paper(client, name, DAYS[1], PLANS[0], lang)


@pytest.mark.long
@pytest.mark.parametrize("lang", SPOKEN)
@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("name", NAMES)
def test_every_pdf_says_what_its_page_says(
    client: Client, monkeypatch: pytest.MonkeyPatch, name: str, day: str, plan: str, lang: str
) -> None:
    monkeypatch.setitem(views.LIMITS, "guide_pdf", "10000/h/ip")
    _same_on_paper(client, name, day, plan, lang)


def _same_on_paper(client: Client, name: str, day: str, plan: str, lang: str) -> None:
    """The same letters, the same number of times: a dropped line, a hole or a word too many is noticed."""
    pieces = guide(client, name, day, plan, lang)
    heard = [each.text for each in pieces if "wp-heard" not in each.marks["class"].split()]
    answer = client.get(f"/programs/{name}/guide.pdf?on={day}&plan={plan}", headers={"accept-language": lang})
    assert answer.status_code == 200, answer.content.decode()
    assert answer["Content-Type"] == "application/pdf"
    paper = PdfReader(BytesIO(answer.content))
    assert paper.trailer["/Root"]["/MarkInfo"]["/Marked"].value
    assert paper.trailer["/Root"]["/Lang"].lower() == lang
    assert paper.metadata is not None
    assert paper.metadata.title
    assert b"pdfuaid" in paper.trailer["/Root"]["/Metadata"].get_object().get_data()
    on_paper = "".join(re.sub(r"\d+ / \d+\s*$", "", page.extract_text().rstrip()) for page in paper.pages)
    assert _letters(on_paper) == _letters("".join(heard))


def _letters(text: str) -> Counter[str]:
    return Counter(re.sub(r"[\s•◦▪‣\[\]\u00ad‐-]+|\d+\. ", "", text))


def test_paper_and_page_are_made_of_one_piece() -> None:
    """Both include the same template; whoever adds to one adds to the other."""
    from django.template.loader import get_template

    for outer in ("_guide_page.html", "guide_on_paper.html"):
        assert '{% include "programs/_guide.html" %}' in get_template(f"programs/{outer}").template.source
