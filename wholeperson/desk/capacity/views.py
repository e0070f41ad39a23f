"""The map of counties for one service, the same as a table, and as a file."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wholeperson.access.models import Organisation
from wholeperson.access.request import Request
from wholeperson.casework.providers import asked, directory, tiles
from wholeperson.casework.providers.queries import plan_word
from wholeperson.desk.capacity.counting import GAPS, OUTSIDE, County, counties
from wholeperson.desk.capacity.forms import CapacityForm
from wholeperson.desk.capacity.words import HEADS, STATES
from wholeperson.desk.taken_along import as_file


@dataclass(frozen=True)
class Row:
    """A county as the page shows it."""

    county: County

    @property
    def says(self) -> Any:
        return STATES[self.county.state][0]

    @property
    def tone(self) -> str:
        return STATES[self.county.state][1]

    @property
    def numbers(self) -> tuple[int, ...]:
        one = self.county
        return one.providers, one.taking, one.free, one.old


@require_safe
def capacity(request: Request) -> HttpResponse:
    form, rows = _rows(request)
    of_plan = _of_plan(rows)
    many, asked_for = Counter(one.county.state for one in rows), form.asked_for
    shown = CapacityForm({name: asked_for.get(name, "") for name in form.fields})
    told = {
        "form": shown, "service": asked.name(asked_for["service"]), "rows": of_plan, "heads": HEADS,
        "kept": _kept(asked_for), "map": _map(rows), "size": tiles.size(), "side": tiles.SIDE,
        "states": [(state, said, many[state]) for state, (said, _tone) in STATES.items()],
        "anybody": any(one.county.providers for one in of_plan),
        "may_apply": request.user.may("application.read"),
        "gaps": [(STATES[state][0], [one for one in of_plan if one.county.state == state]) for state in GAPS],
    }  # fmt: skip
    return render(request, "desk/capacity.html", told)


@require_safe
def capacity_file(request: Request) -> HttpResponse:
    form, rows = _rows(request)
    name = f"counties-{form.asked_for['service'].replace('.', '-')}-{request.today}"
    told = [(one.county.name, one.says, *one.numbers) for one in _of_plan(rows)]
    return as_file(name, (_("County"), _("How it stands"), *HEADS), told)


def _rows(request: Request) -> tuple[CapacityForm, list[Row]]:
    form = CapacityForm(request.GET)
    when = directory.Moment(request.today, request.now)
    found = directory.services(form.asked_for, when, everywhere=True)
    names = {id: str(one["name"]) for id, one in asked.policy().counties.items()}
    theirs = _counties_of(form.asked_for.get("plan", ""))
    return form, [Row(one) for one in counties(found, names, at=request.now, theirs=theirs)]


def _of_plan(rows: list[Row]) -> list[Row]:
    """Where anybody gives it first, each part by name."""
    found = [one for one in rows if one.county.state != OUTSIDE]
    return sorted(found, key=lambda one: not one.county.providers)


def _counties_of(plan: str) -> list[str] | None:
    """Where the plan works, as the policy has it; None where no plan is asked for or the policy does not know."""
    found = Organisation.objects.filter(public_id=plan, kind="plan").first() if plan else None
    known = asked.policy().plans.get(plan_word(found)) if found else None
    return list(known["counties"]) if known else None


def _map(rows: list[Row]) -> list[tuple[tiles.Tile, Row]]:
    """Each county's tile with what stands there, as they are read on the page: by name."""
    by_county = {one.county.id: one for one in rows}
    drawn = tiles.tiles({}, {one.county.id: one.county.name for one in rows})
    return sorted(((tile, by_county[tile.county]) for tile in drawn), key=lambda one: one[0].name)


def _kept(asked_for: dict[str, Any]) -> str:
    kept = QueryDict(mutable=True)
    kept.update(asked_for)
    return kept.urlencode()
