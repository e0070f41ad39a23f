"""The charts of the loop: each a table of numbers with a bar beside it, and a file of the same numbers."""

from bisect import bisect
from collections.abc import Hashable, Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from wholeperson.access.charts import Chart, Row, share
from wholeperson.casework.members import tongues
from wholeperson.casework.referrals import programmes, sayings
from wholeperson.casework.referrals.vocabulary import CLOSURES
from wholeperson.desk.loop import few
from wholeperson.desk.loop.counting import BEGUN, ELSEWHERE, OPEN_STILL, STAGES, TAKEN, WITHDRAWN, Counted, Waiting
from wholeperson.desk.loop.words import AGES, ASKERS, GROUPS, OUTCOMES, STAGE_NAMES

COARSE = (0, TAKEN, BEGUN)  # told of groups to whoever looks across organizations
BANDS = (0, 3, 8, 15, 31)  # from how many days on


def charts(counted: list[Counted], waits: list[Waiting], *, across: bool) -> list[Chart]:
    """All of them, in the order in which they are read."""
    found = [_funnel(counted, across), _outcomes(counted, across)]
    found += [_grouped(counted, key, across) for key in GROUPS]
    return [*found, _ages(waits, across)]


def _funnel(counted: list[Counted], across: bool) -> Chart:
    cells = cells_of(counted)
    many = few.funnel(cells) if across else few.reached(cells)
    rows = [Row(STAGE_NAMES[stage], [number], part=share(number, len(counted)))
            for stage, number in zip(STAGES, many, strict=True)]  # fmt: skip
    return Chart("funnel", _("How far they came"), _("Stage"), [_("Referrals")], _unless_none(rows, counted))


def _outcomes(counted: list[Counted], across: bool) -> Chart:
    many = outcomes(counted, across)
    rows = [Row(OUTCOMES[name], [number], part=share(number, len(counted))) for name, number in many.items()]
    return Chart("outcomes", _("How they stand or ended"), _("Outcome"), [_("Referrals")], _unless_none(rows, counted))


def outcomes(counted: list[Counted], across: bool) -> dict[str, few.Number]:
    """How many are open, and how many were closed for each reason, as far as it may be told."""
    names = (OPEN_STILL, *CLOSURES, WITHDRAWN)
    cells = [[one.person for one in counted if one.outcome == name] for name in names]
    return dict(zip(names, few.parts(cells) if across else map(len, cells), strict=True))


def _grouped(counted: list[Counted], key: str, across: bool) -> Chart:
    groups: dict[str, list[Counted]] = {}
    for one in counted:
        groups.setdefault(getattr(one, key), []).append(one)
    cells = {name: cells_of(each) for name, each in sorted(groups.items(), key=lambda one: (-len(one[1]), one[0]))}
    stages = COARSE if across else range(len(STAGES))
    many = few.by_group(cells, COARSE) if across else {name: few.reached(each) for name, each in cells.items()}
    most = max((numbers[0] or 0 for numbers in many.values()), default=0)
    rows = [Row(_name(key, name), list(numbers), share(numbers[0], most), share(numbers[-1], most))
            for name, numbers in many.items()]  # fmt: skip
    title, of = GROUPS[key]
    return Chart(key, title, of, [STAGE_NAMES[STAGES[at]] for at in stages], rows)


def _ages(waits: list[Waiting], across: bool) -> Chart:
    """By state, for those who may open each; in all, for those who look across organizations."""
    title, of = _("What is open, by days in its present state"), _("State")
    if across:
        rows = [Row(_("All"), few.parts(_bands(waits)))] if waits else []
        return Chart("ages", title, of, list(AGES), rows)
    rows = []
    for status, (said, _tone) in sayings.STATUSES.items():
        here = [one for one in waits if one.status == status]
        if here:
            rows.append(Row(said, list(map(len, _bands(here)))))
    return Chart("ages", title, of, list(AGES), rows)


def _bands(waits: Iterable[Waiting]) -> list[few.Cell]:
    found: list[list[Hashable]] = [[] for _ in BANDS]
    for one in waits:
        found[bisect(BANDS, one.days) - 1].append(one.person)
    return [*found]


def cells_of(counted: Sequence[Counted]) -> list[few.Cell]:
    """Whose came so far and no further."""
    return [[one.person for one in counted if one.furthest == at] for at in range(len(STAGES))]


def _unless_none(rows: list[Row], counted: list[Counted]) -> list[Row]:
    return rows if counted else []


def _name(key: str, value: str) -> Any:
    if value == few.TOGETHER:
        return _("Groups of 10 or fewer people, together")
    if key == "programme":
        return programmes.name(value)
    if key == "asker":
        return ASKERS.get(value, _("Not known"))
    if key == "language":
        return language_name(value)
    return _("Outside this system") if value == f"{ELSEWHERE}:" else value or _("Nobody has it yet")


def language_name(code: str) -> Any:
    return tongues.name(code) or _("Not known")
