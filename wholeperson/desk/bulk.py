"""One step for many referrals: each through its own room, in its own transaction.

What was ticked carries the last step that was seen. Pressed again, or after a colleague was faster, nothing is done
a second time: the line says how it stands instead.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wholeperson.access.due import Line
from wholeperson.access.models import Person
from wholeperson.access.request import Request
from wholeperson.casework.members.actions import ToldBefore
from wholeperson.casework.referrals import programmes, queries, sayings
from wholeperson.casework.referrals.forms import StepForm
from wholeperson.casework.referrals.lifecycle import REFERRAL
from wholeperson.casework.referrals.presenters import Page
from wholeperson.casework.referrals.queries import Seen
from wholeperson.casework.referrals.views.desk import DOES
from wholeperson.record.models import Step
from wholeperson.record.refusals import NotAllowed
from wholeperson.rules.problems import Refused

MOST = 50  # in one press; there is no job that would go on with more
# the steps that ask for no more than a day, a reason or a few words; where it goes is chosen for each by itself
VERBS = ("screen", "accept", "decline", "reach", "start", "hold", "resume", "recall", "give_back", "close")
ALL = "all"  # the prefix of what is said once for every line


class OneLine(StepForm):
    """What a step asks for, small enough for a list; a field left empty means what is said for all."""

    keeps_draft = False
    use_required_attribute = False

    def __init__(self, *given: Any, verb: str, today: Any, **named: Any) -> None:
        super().__init__(*given, verb=verb, today=today, **named)
        for name in ("text", "detail"):
            if name in self.fields:
                self.fields[name].widget = forms.TextInput()
        if "reason" in self.fields:
            said = sayings.CLOSURES if verb == "close" else sayings.DECLINES
            empty = [("", gettext_lazy("Choose"))] if self.prefix == ALL else [("", gettext_lazy("As for all"))]
            self.fields["reason"].widget = forms.Select(choices=[*empty, *said.items()])
        if "successful" in self.fields:
            first = gettext_lazy("Choose") if self.prefix == ALL else gettext_lazy("As for all")
            self.fields["successful"].widget = forms.Select(choices=[("", first), *sayings.YES_NO])
        for name in ("closes", "on", "method", "minutes") if self.prefix != ALL else ():
            self.fields.pop(name, None)


@dataclass(frozen=True)
class Ticked:
    """One referral that was ticked: what the step asks of it, and what is wrong with what was said."""

    seen: Seen
    after: str
    form: OneLine
    says: list[str] = field(default_factory=list)

    @property
    def person(self) -> str:
        return self.seen.referral.member.called

    @property
    def mark(self) -> str:
        return str(self.seen.referral.public_id)

    @property
    def programme(self) -> str:
        return programmes.name(self.seen.referral.programme)

    @property
    def status(self) -> Any:
        return sayings.STATUSES[self.seen.referral.status][0]


@dataclass(frozen=True)
class Outcome:
    """What came of one line."""

    mark: str
    person: str
    programme: str
    done: bool
    says: Any


def offered(user: Person, lines: Iterable[Line], now: datetime) -> list[tuple[str, Any, int]]:
    """The steps that some of these lines offer to this person: verb, its words, for how many."""
    many = Counter(verb for line in lines if line.mark for verb in verbs(line.behind, user, now))
    return [(verb, sayings.VERBS[verb], many[verb]) for verb in VERBS if many[verb]]


def verbs(seen: Seen, user: Person, now: datetime) -> list[str]:
    return [verb for verb, _words, _first in Page(seen, user, now).moves if verb in VERBS]


def last_steps(found: Iterable[Seen]) -> dict[UUID, Step]:
    """The latest step of each referral."""
    rows = Step.objects.filter(of=REFERRAL.of, thing_id__in=[one.referral.pk for one in found])
    return {row.thing_id: row for row in rows.order_by("at", "pk")}


def ticked(request: Request, verb: str, marks: list[str]) -> tuple[list[Ticked], list[Ticked]]:
    """Those that this step fits, and those that it does not fit now."""
    found = queries.worked_on(request.user, marks)
    last = last_steps(found)
    fit: list[Ticked] = []
    unfit: list[Ticked] = []
    for seen in found:
        step = last.get(seen.referral.pk)
        form = OneLine(verb=verb, today=request.today, prefix=seen.referral.public_id)
        line = Ticked(seen, str(step.pk) if step else "", form)
        (fit if verb in verbs(seen, request.user, request.now) else unfit).append(line)
    return fit, unfit


def said(sent: Mapping[str, Any], seen: Seen, verb: str, today: Any) -> StepForm:
    """What is said for this line; what its own fields leave open is what is said for all."""
    mark = seen.referral.public_id
    names = StepForm.ASKS.get(verb, ())
    given = {name: sent.get(f"{mark}-{name}") or sent.get(f"{ALL}-{name}") or "" for name in names}
    return StepForm(given, verb=verb, today=today)


def take(request: Request, seen: Seen, verb: str, told: dict[str, Any], last: Step | None) -> Outcome:
    """One step of one referral, or why not."""
    why = _why_not(request, seen, verb, last)
    if not why:
        try:
            DOES[verb](request, seen, told)
        except (NotAllowed, Http404):
            why = _("You may not do this with it.")
        except ToldBefore:
            why = _("A try like this is written down for that day already. Open it, and say if it is the same one.")
        except Refused:
            why = _("Somebody was faster. Open it and see how it stands.")
    referral = seen.referral
    return Outcome(
        referral.public_id, referral.member.called, programmes.name(referral.programme), not why,
        why or sayings.VERBS[verb],
    )  # fmt: skip


def _why_not(request: Request, seen: Seen, verb: str, last: Step | None) -> str:
    """In plain words why this line is left as it is; nothing where the step fits."""
    stands = {"status": sayings.STATUSES[seen.referral.status][0]}
    seen_last = request.POST.get(f"{seen.referral.public_id}-after", "")
    if last is None or str(last.pk) != seen_last:
        mine = (
            last is not None and last.actor_id == str(request.user.pk) and last.verb.split("_")[0] == verb.split("_")[0]
        )
        return _("You did this already.") if mine else _("Somebody was faster. It stands at: %(status)s") % stands
    if verb not in verbs(seen, request.user, request.now):
        return _("This step does not fit. It stands at: %(status)s") % stands
    return ""
