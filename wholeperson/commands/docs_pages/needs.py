"""What one leaf asks for, in words: the number to reach, the window and where it ends, the records it looks at."""

from collections.abc import Callable

from wholeperson.commands.docs_pages.markdown import code, listed
from wholeperson.commands.docs_pages.pen import Pen
from wholeperson.commands.docs_pages.phrases import spaced
from wholeperson.rules.reading.standing import Standing, Written

ENDING = {"last_complete_month": "the last complete month", "on": "the day asked about"}
DISTINCT = {"day": "those of one day count once", "each": "each counts", "stay": "each stay counts once"}
KINDS = {"together": "all kinds are counted together", "apart": "each kind is counted by itself"}


def needs(standing: Standing, pen: Pen) -> str:
    """The leaf's own needs; empty where the sentence has said it all."""
    write = _WRITERS.get(standing.node.op)
    return write(standing.written, pen) if write else ""


def _fact(written: Written, pen: Pen) -> str:
    asked = [f"{spaced(key)} {pen.value(written[key])}" for key in ("at_least", "at_most", "is") if key in written]
    members = written.get("in")
    if isinstance(members, dict) and "codes" in members:
        asked.append(f"one of the code set {pen.codes(members['codes'])}")
    elif members:
        asked.append(f"one of {pen.value(members)}")
    return "; ".join([pen.fact(written["fact"]), *asked])


def _age(written: Written, pen: Pen) -> str:
    limits = [
        f"{word} {pen.value(written['age'][key])}"
        for key, word in (("at_least", "at least"), ("under", "under"))
        if key in written["age"]
    ]
    return f"age on the day asked about {' and '.join(limits)}; {pen.fact('birth_date')}"


def _count(written: Written, pen: Pen) -> str:
    parts = [
        _number(written, pen) + f" of {pen.event(written['count'])}" + _where(written, pen),
        f"within {pen.value(written['within'])}, ending with {pen.value(written['ending'], lambda end: ENDING[end])}",
    ]
    for key, words in (("distinct", DISTINCT), ("kinds", KINDS)):
        if key in written:
            parts.append(pen.value(written[key], lambda each, words=words: words[each]))
    return "; ".join(parts)


def _days(written: Written, pen: Pen) -> str:
    stretch = "in one unbroken stretch" if "continuous" in written else f"within {pen.value(written['within'])}"
    return f"{_number(written, pen)} days of {pen.event(written['days'])}{_where(written, pen)}, {stretch}"


def _during(written: Written, pen: Pen) -> str:
    day = written["on"].replace("today", "the day asked about")
    if day.startswith("since "):
        day = f"{day.removeprefix('since ')} or a later day"
    return f"{pen.event(written['during'])}{_where(written, pen)} lasts on {day}"


def _ended(written: Written, pen: Pen) -> str:
    within = pen.value(written["within"])
    return f"{pen.event(written['ended'])}{_where(written, pen)} ended within {within} before the day asked about"


def _enrolled_in(written: Written, pen: Pen) -> str:
    named = written["enrolled_in"]
    programs = [code(each) for each in (named if isinstance(named, list) else [named])]
    return f"{pen.event('enrolled_in')} {listed(programs)} on the day asked about"


def _authorized_for(written: Written, pen: Pen) -> str:
    programme = pen.programme(written["authorized_for"])
    return f"{pen.event('authorized_for')} {programme} on the day asked about"


def _meets(written: Written, pen: Pen) -> str:
    return f"all that {pen.programme(written['meets'])} asks"


def _number(written: Written, pen: Pen) -> str:
    key = "at_least" if "at_least" in written else "at_most"
    return f"{spaced(key)} {pen.value(written[key])}"


def _where(written: Written, pen: Pen) -> str:
    wanted = written.get("where") or {}
    return "".join(f", {spaced(key)}: {pen.value(value)}" for key, value in wanted.items())


_WRITERS: dict[str, Callable[[Written, Pen], str]] = {
    "fact": _fact, "age": _age, "count": _count, "days": _days, "during": _during, "ended": _ended,
    "enrolled_in": _enrolled_in, "authorized_for": _authorized_for, "meets": _meets,
}  # fmt: skip
