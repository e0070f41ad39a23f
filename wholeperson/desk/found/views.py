"""Who may fit and is not served, by the last sweep, each with a button that begins a referral."""

from collections import Counter
from datetime import date
from typing import Any, cast
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from wholeperson.access.request import Request
from wholeperson.casework.eligibility import findings, policies
from wholeperson.casework.eligibility.actions import MAKE
from wholeperson.casework.members import actions as members
from wholeperson.casework.members import queries as of_members
from wholeperson.casework.referrals import programmes
from wholeperson.desk.found import served

ON_A_PAGE = 25
STANDS = [("", _("Nobody asked for it yet")), (served.ASKED, _("Asked for")), (served.GIVEN, _("Has it"))]


class Filters(forms.Form):
    """What the list is narrowed to; it stands in the address."""

    stands = forms.ChoiceField(label=_("Where it stands"), choices=STANDS, required=False)
    programme = forms.ChoiceField(label=_("Program"), required=False)
    county = forms.ChoiceField(label=_("County"), required=False)
    kind = forms.ChoiceField(label=_("What can be done"), required=False)

    def __init__(self, *given: Any, names: dict[str, str], counties: dict[str, str], **named: Any) -> None:
        super().__init__(*given, **named)
        kinds = {name: said for name, (said, _tone) in findings.KINDS.items()}
        for field, choices in (("programme", names), ("county", counties), ("kind", kinds)):
            cast(forms.ChoiceField, self.fields[field]).choices = [("", _("All")), *choices.items()]


@require_safe
def may_fit(request: Request) -> HttpResponse:
    """Lines for whoever may see these members; counts alone, and no small ones, for who looks after the network."""
    language = (get_language() or "en").lower()
    known = findings.names(language, request.today)
    counties = {name: row["name"] for name, row in policies.policy_on(request.today).counties.items()}
    filters = Filters(request.GET, names=known, counties=counties)
    asked = {name: value for name, value in filters.cleaned_data.items() if value} if filters.is_valid() else {}
    told: dict[str, Any] = {
        "filters": filters,
        "tallies": _tallies(request, known, counties, asked.get("programme", "")),
        "counts_only": not request.user.may("member.read"),
    }
    if not told["counts_only"]:
        told |= _lines(request, asked, known, language)
    return render(request, "desk/may_fit.html", told)


def _tallies(
    request: Request, known: dict[str, str], counties: dict[str, str], programme: str
) -> list[tuple[str, str, int | None]]:
    """Of one program where one is chosen; small numbers are hidden as they are among all."""
    every = findings.tallies(request.user, without=served.settled(request.today))
    found = [row for row in every if programme in ("", row[0])]
    names = counties | {findings.TOGETHER: str(_("Counties of 10 or fewer, together")), "": str(_("Not known"))}
    return [(known.get(one, one), names.get(county, county), many) for one, county, many in found]


def _lines(request: Request, asked: dict[str, str], known: dict[str, str], language: str) -> dict[str, Any]:
    stands = asked.get("stands", "")
    every = findings.found_for(request.user, on=request.today, asked=asked)
    found = served.narrowed(every, request.user, request.today, stands)
    told = list(found.values_list("pk", "programme"))  # once: what one may see is the dearest question of this page
    page = Paginator([key for key, _ in told], ON_A_PAGE).get_page(request.GET.get("page"))
    rows = list(findings.seen(request.user, page.object_list))
    shown = of_members.members_for(request.user).filter(pk__in={row.member_id for row in rows})
    members.look_at_list(shown, "found.list", by=request.user, at=request.now, how=asked)
    return {
        "page": page,
        "stands": stands,
        "rows": _with_referrals(request, rows, language, request.today),
        "counts": [(one, known.get(one, one), many) for one, many in _numbers(told)],
        "askable": _askable(request),
        "may_answer": request.user.may(MAKE),
    }


def _numbers(told: list[tuple[UUID, str]]) -> list[tuple[str, int]]:
    return findings.by_number(Counter(programme for _, programme in told).items())


def _with_referrals(
    request: Request, rows: list[Any], language: str, on: date
) -> list[tuple[findings.FoundLine, str | None]]:
    """Each line, and the open referral for it where there is one that may be looked at."""
    referred = served.open_referrals(rows, request.user) if request.user.may("referral.read") else {}
    return [(line, referred.get((line.row.member_id, line.row.programme)))
            for line in findings.lines(rows, language, on)]  # fmt: skip


def _askable(request: Request) -> set[str]:
    """The programs for which a referral can be begun here."""
    if not request.user.may("referral.ask"):
        return set()
    return set(programmes.askable()) - set(programmes.BY_ITSELF)
