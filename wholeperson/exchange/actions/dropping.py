"""Files that are put into a folder come in as if somebody had uploaded them: whole ones only, each once.

The worker looks every minute. What has lain still since an earlier look is checked and kept by the same action as an
upload, and then moved aside. Killed in between, it is found again and is the same row. Nothing here is loaded by
itself: somebody looks at what a file would do, as ever.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import structlog
from django.conf import settings
from django.core.cache import caches
from django.db import transaction
from django_tasks import task

from wholeperson.access.models import Identifier, Organisation
from wholeperson.exchange import drop
from wholeperson.exchange.actions.receiving import Came, receive
from wholeperson.exchange.layouts import LOADED, layout_of
from wholeperson.exchange.lifecycle import RECEIVE
from wholeperson.exchange.models import Received, TurnedAway
from wholeperson.record import documents, trail
from wholeperson.record.actors import System
from wholeperson.record.moments import moment
from wholeperson.record.sealed import fingerprint
from wholeperson.rules.problems import PART_IS_MISSING, Problem, Refused, Where

DROP: Final = System("drop", frozenset({RECEIVE}))
STILL = timedelta(minutes=1)  # so long nothing may have been written to it
REMEMBERED = 7 * 24 * 60 * 60  # seconds; a look that is forgotten costs a minute
OURS_TO_TELL = ("readable", "right_file", "columns", "values")  # whoever reads the folder may not know our members
log = structlog.get_logger("wholeperson.exchange")


@dataclass(frozen=True)
class Place:
    """A folder for one kind of file, from one plan, for one organization."""

    path: tuple[str, str, str]
    organisation: Organisation
    plan: Organisation

    @property
    def kind(self) -> str:
        return self.path[2]


def look(*, at: datetime) -> None:
    """Ask for a job for every organization in whose folders something lies still."""
    for organisation, places in _by_organisation():
        if any(_lies_still(place, at) for place in places):
            take_up.enqueue(str(organisation.pk))


@task()
def take_up(organisation_id: str) -> None:
    """Take in all that lies still for an organization. A second time it finds nothing more."""
    for organisation, places in _by_organisation():
        if str(organisation.pk) == organisation_id:
            for place in places:
                _take_all(place, moment())


# ── where ──


def _by_organisation() -> Iterator[tuple[Organisation, list[Place]]]:
    if not settings.WHOLEPERSON_DROP:
        return
    root = Path(settings.WHOLEPERSON_DROP)
    for name in drop.folders(root):
        if organisation := _called(name, "npi"):
            yield organisation, list(_places(root, name, organisation))


def _places(root: Path, name: str, organisation: Organisation) -> Iterator[Place]:
    for plan_name in drop.folders(root, name):
        if plan := _called(plan_name, "plan"):
            kinds = [kind for kind in drop.folders(root, name, plan_name) if kind in LOADED]
            yield from (Place((name, plan_name, kind), organisation, plan) for kind in kinds)


def _called(name: str, system: str) -> Organisation | None:
    """Whose folder it is: by the number or word that the command line takes too, or by the id in our addresses."""
    if not name.isprintable():  # it may be no text at all, and nobody can be asked for by it
        return None
    rows = Identifier.objects.filter(system=system, value=name, until=None).exclude(organisation=None)
    row = rows.select_related("organisation").first()
    found = row.organisation if row else Organisation.objects.filter(public_id=name).first()
    return found if found and (found.kind == "plan") == (system == "plan") else None


# ── what lies there ──


def _lies_still(place: Place, at: datetime) -> bool:
    try:
        with drop.folder(Path(settings.WHOLEPERSON_DROP), *place.path) as handle:
            still = [_is_still(one, place, at) for one in drop.lying(handle)]  # each of them is seen
    except OSError:
        return False
    return any(still)


def _is_still(one: drop.Lying, place: Place, at: datetime) -> bool:
    since: datetime = caches["looks"].get_or_set(_mark(one, place), at, REMEMBERED) or at
    return at - since >= STILL


def _mark(one: drop.Lying, place: Place) -> str:
    return fingerprint("drop", str(place.organisation.pk), str(place.plan.pk), place.kind, _hex(one), one.mark)


def _hex(one: drop.Lying) -> str:
    return os.fsencode(one.name).hex()  # a name may be no text at all


def _take_all(place: Place, at: datetime) -> None:
    try:
        with drop.folder(Path(settings.WHOLEPERSON_DROP), *place.path) as handle:
            ready = [one for one in drop.lying(handle) if _is_still(one, place, at)]
            if ready and not drop.can_put_aside(handle):
                log.warning("a folder cannot be used: nothing in it can be moved", part="drop")
                return
            for one in ready:
                _take_or_leave(one, place, handle, at)
    except OSError as failed:
        log.warning("a folder cannot be used", part="drop", error=type(failed).__name__)


def _take_or_leave(one: drop.Lying, place: Place, handle: int, at: datetime) -> None:
    """One that cannot be taken up lies where it is, and keeps none of the others there."""
    try:
        _take(one, place, handle, at)
    except OSError as failed:
        log.warning("a file cannot be taken up", part="drop", error=type(failed).__name__)


def _take(one: drop.Lying, place: Place, handle: int, at: datetime) -> None:
    """Judged by what it is before a byte of it is read."""
    try:
        if refused := _never_taken(one):
            raise refused
        if (content := _content(one, handle)) is None:
            return
        file = documents.Received(documents.tidy(one.name), content)
        layout = layout_of(place.kind, place.plan)
        found, _is_new = receive(Came(file, place.organisation, place.plan, layout), by=DROP, at=at)
    except FileNotFoundError:
        return
    except Refused as why:
        if why.problems[0].code != PART_IS_MISSING:  # else it lies there until the part is there
            _turn_away(one, place, why.problems[0], handle, at)
        return
    to = drop.REFUSED if found.outcome == "rejected" else drop.DONE
    report = _report(found) if found.outcome in ("partly", "rejected") else ""
    drop.put_aside(one, handle, to=to, reference=found.public_id, report=report)


def _content(one: drop.Lying, handle: int) -> bytes | None:
    try:
        return drop.read(one, handle)
    except PermissionError:
        do = "let us read it, and put it into the folder again"
        raise _refused("unreadable", "we may not read this file", "its permissions keep us out", do) from None


def _never_taken(one: drop.Lying) -> Refused | None:
    if one.is_link:
        return _refused("link", "this is a link to something else", "what it leads to may be anybody's")
    if not one.is_file:
        return _refused("not_a_file", "this is no file", "there is nothing in it to read")
    return documents.too_large() if one.size > documents.MOST_BYTES else None


def _refused(code: str, problem: str, why: str, do: str = "put the file itself into the folder") -> Refused:
    return Refused(Problem(code, problem, why, do, Where(path="file")))


@transaction.atomic
def _kept(one: drop.Lying, place: Place, problem: Problem, at: datetime) -> TurnedAway:
    mark = _mark(one, place)
    known: TurnedAway | None = TurnedAway.objects.filter(fingerprint=mark).first()
    if known:
        return known
    made = TurnedAway(
        organisation=place.organisation, plan=place.plan, kind=place.kind, name=documents.tidy(one.name),
        fingerprint=mark, size=one.size, why=problem.code, at=at,
    )  # fmt: skip
    made.save(force_insert=True)
    trail.wrote(made, "file.turn_away", by=DROP, at=at, details={"why": problem.code, "bytes": one.size})
    return made


def _turn_away(one: drop.Lying, place: Place, problem: Problem, handle: int, at: datetime) -> None:
    row = _kept(one, place, problem, at)
    drop.put_aside(one, handle, to=drop.REFUSED, reference=row.public_id, report=f"{problem}\n")


# ── what is told beside it ──


def _report(found: Received) -> str:
    """What was found, but for what would tell of members whom we know: that is for those who may see the page."""
    findings = json.loads(found.report)["findings"]
    told = [one for one in findings if one["rung"] in OURS_TO_TELL]
    lines = [_line(one) for one in told]
    if left := len(findings) - len(told):
        lines.append(f"{left} more, about our own records: they stand on the page of {found.public_id}")
    return "".join(f"{line}\n" for line in lines)


def _line(one: dict[str, object]) -> str:
    where = f"row {one['row']}" if one["row"] else "the file"
    return f"{where}, {one['column'] or 'no column'}: {one['problem']}; {one['do']}"
