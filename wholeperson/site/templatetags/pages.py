"""Where another page of a list stands: this address with the list's own number changed, and all else as it is."""

from typing import Any

from django import template

register = template.Library()


@register.simple_tag(takes_context=True)
def page_link(context: dict[str, Any], of: str, number: int) -> str:
    """`of` is the name that the list has in the address: two lists of one page turn without each other."""
    asked = context["request"].GET.copy()
    asked[of] = str(number)
    return f"?{asked.urlencode()}"
