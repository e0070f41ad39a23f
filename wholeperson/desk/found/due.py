"""Who may fit and is not served, as work for whoever finds them: a line for each program."""

from urllib.parse import urlencode
from uuid import NAMESPACE_URL, uuid5

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from wholeperson.access.due import Few, Line
from wholeperson.access.models import Person
from wholeperson.casework.eligibility import findings
from wholeperson.desk.found import served

WORK = "found.work"


def lines(user: Person) -> list[Line]:
    on = user.standing.on
    known = findings.names((get_language() or "en").lower(), on)
    found = served.narrowed(findings.found_for(user, on=on, asked={}), user, on, "")
    return [_line(programme, known.get(programme, programme), many) for programme, many in findings.counts(found)]


def _line(programme: str, name: str, many: int) -> Line:
    said = ngettext("%(number)s person may fit and is not served", "%(number)s people may fit and are not served", many)
    return Line(
        kind="found", key=uuid5(NAMESPACE_URL, programme), about=name, what=said % {"number": many},
        why=_("Ask whether they want it"), address=f"{reverse('may_fit')}?{urlencode({'programme': programme})}",
    )  # fmt: skip


FEW = Few("found", gettext_lazy("Who may fit"), WORK, lines)
