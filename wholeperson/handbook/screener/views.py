"""The pages of the screener. Every step is one form that carries all answers; nothing of it is kept here."""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from wholeperson.access.request import Request
from wholeperson.casework.members.screening import sign
from wholeperson.handbook import reading
from wholeperson.handbook.screener import asking, handing_over, reading_forms, summary
from wholeperson.handbook.screener.answers import Answers, Expired, Unreadable, seal, unseal
from wholeperson.handbook.screener.finding import Found, find
from wholeperson.handbook.screener.guide import AGE, Guide, guide_of
from wholeperson.handbook.screener.results import results

AWAY = "https://www.weather.gov/"  # where the quick exit leads: a plain page that many people look at


# The form changes nothing on the server, so a forged one does nothing either; without the token there is no cookie.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def screener(request: Request) -> HttpResponse:
    """The first page; with a form, the page that its button asks for."""
    if request.method != "POST":
        return _shown(request, "start", _fresh(request))
    try:
        answers = _carried(request)
    except (Unreadable, Expired) as trouble:
        return _shown(request, "mended", _fresh(request), status=422, expired=isinstance(trouble, Expired))
    with translation.override(answers.language):
        return _step(request, answers)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: Request) -> HttpResponse:
    """The summary as a text file, for whoever chooses to keep it."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("screener"))
    try:
        answers = _carried(request)
    except (Unreadable, Expired) as trouble:
        return _shown(request, "mended", _fresh(request), status=422, expired=isinstance(trouble, Expired))
    with translation.override(answers.language):
        guide = _guide(request)
        text = summary.as_text(guide, answers, find(guide, answers, request.today), request.today)
    headers = {"Content-Disposition": 'attachment; filename="notes.txt"'}
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers=headers)


def _step(request: Request, answers: Answers) -> HttpResponse:
    """What the button that was pressed asks for."""
    guide = _guide(request)
    answers, do, wrong = reading_forms.read(request.POST, answers, guide)
    if wrong:
        return _question(request, answers, guide, request.POST["fact"], wrong=wrong, status=422)
    if do.startswith("change:"):
        return _question(request, answers, guide, do.removeprefix("change:"))
    if do == "start":
        return _shown(request, do, answers)
    found = find(guide, answers, request.today)
    if do == "ask":
        cards = results(guide, answers, found)
        screening = sign(handing_over.screening(guide, answers, cards, request.today), at=request.now)
        return _shown(request, do, answers, screening=screening)
    if found.next is None or do == "results" or len(answers.given) >= answers.most:
        return _results(request, answers, guide, found)
    return _question(request, answers, guide, found.next, found=found)


def _question(
    request: Request,
    answers: Answers,
    guide: Guide,
    fact: str,
    *,
    found: Found | None = None,
    wrong: str = "",
    status: int = 200,
) -> HttpResponse:
    found = found or find(guide, answers, request.today)
    given = answers.of(fact)
    known = guide.policy.facts[fact]
    return _shown(
        request,
        "question",
        answers,
        status=status,
        fact=fact,
        question=guide.question(fact),
        kind="age" if fact == AGE else known.type,
        privacy=known.privacy,
        urgent=guide.is_urgent(fact),
        choices=[(value, guide.words.phrase(value)) for value in known.values],
        given=given,
        number=answers.asked.index(fact) + 1 if given else len(answers.given) + 1,
        left=max(min(found.open, answers.most - len(answers.given)) - 1, 0),
        wrong=wrong,
    )


def _results(request: Request, answers: Answers, guide: Guide, found: Found) -> HttpResponse:
    cards = results(guide, answers, found)
    return _shown(
        request,
        "results",
        answers,
        results=cards,
        screening=sign(handing_over.screening(guide, answers, cards, request.today), at=request.now),
        given=summary.told(guide, answers),
        ticked=[guide.situations[name] for name in answers.ticked],
        text=summary.as_text(guide, answers, found, request.today),
        more=found.next is not None,
        urgent=summary.is_urgent(guide, answers),
        hungry=summary.is_hungry(answers),
        today=request.today,
    )


def _shown(request: Request, page: str, answers: Answers, *, status: int = 200, **words: Any) -> HttpResponse:
    """One of the pages, with what stands on all of them."""
    guide = _guide(request)
    around = {
        "away": AWAY,
        "answers": answers,
        "state": seal(answers),
        "groups": guide.groups,
        "plans": asking.plans(guide.policy),
        "numbers": asking.numbers(guide.policy, answers.plan),
        "languages": [(code, *_named(code)) for code, _ in settings.LANGUAGES],
        "page": page,
        "refer": _refer(),
    }
    return render(request, f"screener/{page}.html", {**around, **words}, status=status)


def _named(code: str) -> tuple[str]:
    return (str(translation.get_language_info(code)["name_local"]),)


def _refer() -> str:
    """Where a request for help is written, where that page is there."""
    try:
        return reverse("refer_with_answers")
    except NoReverseMatch:
        return ""


def _fresh(request: Request) -> Answers:
    return Answers(begun=request.now, language=get_language() or "en")


def _carried(request: Request) -> Answers:
    """What the form carries; a form without anything is a fresh beginning."""
    state = request.POST.get("state", "")
    answers = unseal(state, _guide(request), at=request.now) if state else _fresh(request)
    asked_for = request.POST.get("language", "")
    if asked_for in dict(settings.LANGUAGES):
        answers = replace(answers, language=asked_for)
    return answers


def _guide(request: Request) -> Guide:
    """With the overlays that hold today: whose number is shown may have changed with one."""
    policy = reading.policy(on=request.today)
    return guide_of(policy, reading.SPOKEN.get(get_language() or "en", "en"))
