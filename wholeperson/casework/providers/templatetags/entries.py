"""An entry of the directory's list. A page has twenty, with up to ten services each, so it is written at once."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from wholeperson.access.filled import address, filled, status
from wholeperson.casework.providers.models import Listing
from wholeperson.casework.providers.shown import Shown

register = template.Library()
ENTRY = (
    '<li class="wp-hits__one"><h3><a href="{address}">{name}</a></h3>\n  <p class="wp-note">{kind}</p>\n'
    '  <ul class="wp-offers">{offers}</ul>\n</li>'
)
OFFER = '<li><a href="{address}">{name}</a> {room}\n    <span class="wp-note">{says}</span></li>'


@register.simple_tag
def entry(listing: Listing, services: Iterable[Shown]) -> SafeString:
    """An organization, and each of its services with its room and a line about it."""
    who = listing.organisation
    offers = format_html_join("", "{}", ((_offer(one),) for one in services))
    return filled(
        ENTRY, address=address("provider", who.public_id), name=who.name, kind=who.kind_name, offers=offers
    )  # fmt: skip


def _offer(one: Shown) -> SafeString:
    return filled(
        OFFER, address=address("provider", one.service.public_id), name=one.name,
        room=status(one.room.words, one.tone), says=one.in_short,
    )  # fmt: skip
