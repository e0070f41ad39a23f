"""An organization to be chosen from those that fit. A page has twenty, so it is written at once."""

from django import template
from django.utils.safestring import SafeString

from wholeperson.access.filled import filled
from wholeperson.casework.referrals.offered import Offer

register = template.Library()
OFFER = (
    '<div class="usa-radio"><input class="usa-radio__input usa-radio__input--tile" type="radio" name="organisation"'
    ' id="{prefix}-{key}" value="{key}"><label class="usa-radio__label" for="{prefix}-{key}">{name}{why}{warns}</label>'
    "</div>"
)
SAYS = '<span class="usa-checkbox__label-description">{says}</span>'


@register.simple_tag
def offer(one: Offer, prefix: str) -> SafeString:
    """The tile of an organization; `prefix` tells apart two lists of one page."""
    why = filled(SAYS, says=" · ".join(one.reasons)) if one.reasons else ""
    warns = filled(SAYS, says=f"⚠ {' · '.join(one.warnings)}") if one.warnings else ""
    who = one.organisation
    return filled(OFFER, prefix=prefix, key=who.public_id, name=who.name, why=why, warns=warns)
