"""Opening a record that no reason lets one see, in an emergency; and looking at each that was opened so."""

import contextlib

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wholeperson.access.request import Request
from wholeperson.casework.members import actions, queries
from wholeperson.casework.members.forms import BreakGlassForm, JudgeForm
from wholeperson.record.refusals import Overtaken, Unlawful


@require_http_methods(["GET", "HEAD", "POST"])
def break_glass(request: Request) -> HttpResponse:
    if request.method == "POST" and actions.has_tried_too_often(request.user, at=request.now):
        return render(request, "members/break_glass_too_often.html", status=429)
    form = BreakGlassForm(request.POST if request.method == "POST" else None, person=request.user)
    if not form.is_bound or not form.is_valid() or form.member is None:
        if form.is_bound:
            actions.keep_attempt(by=request.user, at=request.now)
        told = {"form": form, "may_emergency": request.user.may("break_glass.emergency")}
        return render(request, "members/break_glass.html", told, status=422 if form.errors else 200)
    actions.break_glass(
        form.member, kind=form.cleaned_data["kind"], reason=form.cleaned_data["reason"],
        organisation_id=form.cleaned_data["organisation"].pk, by=request.user, at=request.now,
    )  # fmt: skip
    return HttpResponseRedirect(reverse("member", args=[form.member.public_id]), status=303)


@require_safe
def review(request: Request) -> HttpResponse:
    return render(request, "members/break_glass_review.html", {"glasses": queries.glasses_for(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
def judge(request: Request, glass_id: str) -> HttpResponse:
    glass = queries.glasses_for(request.user).filter(public_id=glass_id).first()
    if glass is None:
        raise Http404
    actions.look_at_glass(glass, by=request.user, at=request.now)
    form = JudgeForm(request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid() or glass.status != "to_review":
        told = {"glass": glass, "form": form}
        return render(request, "members/break_glass_judge.html", told, status=422 if form.errors else 200)
    with contextlib.suppress(Overtaken, Unlawful):  # another reviewer was faster: the list shows what they found
        actions.judge(glass, **form.cleaned_data, by=request.user, at=request.now)
    return HttpResponseRedirect(reverse("break_glass_review"), status=303)
