"""The box beside a line of work. A page has it fifty times, so it is written at once."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wholeperson.access.due import Line

register = template.Library()
BOX = (
    '<input type="hidden" name="shown" value="{mark}"><span class="usa-checkbox"><input class="usa-checkbox__input"'
    ' type="checkbox" id="row-{mark}" name="row" value="{mark}"><label class="usa-checkbox__label wp-tick"'
    ' for="row-{mark}"><span class="wp-heard">{says}</span></label></span>'
)


@register.filter
def box(line: Line) -> SafeString | str:
    """To be ticked where several may be taken in one press; that it was shown goes along."""
    says = _("Choose %(who)s, %(what)s") % {"who": line.about, "what": line.what}
    return format_html(BOX, mark=line.mark, says=says) if line.mark else ""
