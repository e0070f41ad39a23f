"""A status in a list reads as the component writes it."""

from pathlib import Path

from django.utils.translation import gettext_lazy, override

from wholeperson.site import templatetags
from wholeperson.site.templatetags.statuses import status

COMPONENT = Path(templatetags.__file__).parents[1] / "templates" / "cotton" / "status.html"


def test_it_is_what_the_component_writes() -> None:
    """The tone is the class, the word is escaped and in the reader's language."""
    assert status("<b>&", "late") == '<span class="wp-status wp-status--late">&lt;b&gt;&amp;</span>'
    with override("es"):
        assert (
            status(gettext_lazy("Cannot wait"), "soon")
            == '<span class="wp-status wp-status--soon">No puede esperar</span>'
        )
    assert '<span class="wp-status wp-status--{{ tone }}">{{ slot }}</span>' in COMPONENT.read_text("utf-8")
