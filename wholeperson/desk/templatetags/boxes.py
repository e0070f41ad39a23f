"""A line of work, and the box beside it. A page has it fifty times, so it is written at once."""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wholeperson.access.due import Line
from wholeperson.access.filled import filled

register = template.Library()
ROW = (
    '<tr>{box}<th scope="row"><a class="usa-link" href="{address}">{about}</a>{urgent}</th><td>{why}{whose}</td>'
    "<td>{due}</td><td>{what}</td></tr>"
)
BOX = (
    '<td class="wp-unprinted"><input type="hidden" name="shown" value="{mark}"><span class="usa-checkbox">'
    '<input class="usa-checkbox__input" type="checkbox" id="row-{mark}" name="row" value="{mark}">'
    '<label class="usa-checkbox__label wp-tick" for="row-{mark}"><span class="wp-heard">{says}</span></label></span>'
    "</td>"
)
NO_BOX = SafeString('<td class="wp-unprinted"></td>')
URGENT = ' <span class="wp-status wp-status--late">{word}</span>'
WHOSE = '<br><span class="wp-note">{name}</span>'


@register.simple_tag
def line_of_work(line: Line, due: SafeString, *, boxes: bool) -> SafeString:
    """One row of the table; `due` says by when, `boxes` that some of its rows may be ticked."""
    return filled(
        ROW, box=_box(line) if boxes else "", address=line.address, about=line.about, why=line.why, what=line.what,
        urgent=filled(URGENT, word=_("Cannot wait")) if line.urgent else "",
        whose=filled(WHOSE, name=line.whose) if line.whose else "", due=due,
    )  # fmt: skip


def _box(line: Line) -> SafeString:
    """To be ticked where several may be taken in one press; that it was shown goes along."""
    says = _("Choose %(who)s, %(what)s") % {"who": line.about, "what": line.what}
    return filled(BOX, mark=line.mark, says=says) if line.mark else NO_BOX
