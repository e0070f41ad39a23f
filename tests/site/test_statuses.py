"""A status in a list reads as the component writes it."""

from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy, override

from wholeperson.site.templatetags.statuses import status


def test_it_is_what_the_component_writes() -> None:
    for word, tone in (("Sent", "soon"), ("<b>&", "late"), (gettext_lazy("Cannot wait"), "quiet")):
        with override("es"):
            assert status(word, tone) == render_to_string("cotton/status.html", {"tone": tone, "slot": word}).strip()
