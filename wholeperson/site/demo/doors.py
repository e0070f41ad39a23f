"""``/demo/``: be anyone. Only in a demo, and only from a database the demo made."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from wholeperson.access import queries
from wholeperson.access.models import Person
from wholeperson.access.request import Request
from wholeperson.access.roles import ROLES
from wholeperson.casework.members.scoping import tell_the_wall
from wholeperson.desk.first_page import first_page
from wholeperson.record.models import House
from wholeperson.site.demo.people import BEGIN, GROUPS, ORGANISATIONS, PEOPLE, ROLE_OF


@require_safe
def demo(request: Request) -> HttpResponse:
    _require_demo()
    groups = [
        (name, [(role, ROLES[ROLE_OF.get(role, role)], *_who(role)) for role in roles.split()])
        for name, roles in GROUPS
    ]
    return render(
        request, "demo/demo.html", {"groups": groups, "begin": [(key, who, _who(key)[0]) for key, who in BEGIN]}
    )


def _who(role: str) -> tuple[str, str]:
    """Name and organization."""
    name, organisation = PEOPLE[role]
    return name, ORGANISATIONS[organisation][0] if organisation else ""


@csrf_exempt  # a script opens it with one plain request; all it gives is to be somebody invented
@require_POST
def demo_as(request: Request, role: str) -> HttpResponse:
    _require_demo()
    person = Person.objects.filter(email=f"{role}@demo.example").first()
    if role not in PEOPLE or person is None:
        raise Http404
    login(request, person, backend=settings.ONE_CLICK)
    response = HttpResponse(status=303)
    tell_the_wall(queries.stand(person, on=request.today, at=request.now))
    response["Location"] = first_page(person)
    return response


def _require_demo() -> None:
    if not House.objects.filter(is_demo=True).exists():
        raise Http404
