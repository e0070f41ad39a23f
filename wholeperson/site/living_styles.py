"""``/living-styles/``: the pieces our pages are made of, with a form that can be sent to see its errors."""

from datetime import timedelta

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from wholeperson.access.request import Request


class Specimen(forms.Form):
    """One field of every kind. What is sent is looked at and forgotten."""

    name = forms.CharField(label=_("Name"), help_text=_("As on the card."), max_length=100)
    born = forms.DateField(label=_("Born"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    language = forms.ChoiceField(label=_("Language"), choices=[("en", _("English")), ("es", _("Spanish"))])
    how = forms.ChoiceField(
        label=_("How may we reach you?"),
        choices=[("call", _("Call")), ("text", _("Text"))],
        widget=forms.RadioSelect,
        help_text=_("Choose what is safe for you."),
    )
    needs = forms.MultipleChoiceField(
        label=_("What would help?"),
        choices=[("home", _("A place to live")), ("meals", _("Meals"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    more = forms.CharField(label=_("Anything else?"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    agreed = forms.BooleanField(label=_("I have read this"))


@require_http_methods(["GET", "HEAD", "POST"])
def living_styles(request: Request) -> HttpResponse:
    form = Specimen(request.POST) if request.method == "POST" else Specimen()
    facts = {
        "form": form,
        "now": request.now,
        "soon": request.now + timedelta(days=3, hours=1),
        "late": request.now - timedelta(hours=5),
        "page": Paginator(range(50), 10).page(2),
    }
    return render(request, "living_styles.html", facts, status=422 if form.errors else 200)
