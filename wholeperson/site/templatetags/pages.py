"""Where another page of a list stands: this address with the list's own number changed, and all else as it is."""

from typing import Any

from django import template

register = template.Library()


@register.simple_tag(takes_context=True)
def page_link(context: dict[str, Any], of: str, number: int, behind: str = "") -> str:
    """`of` is the name that the list has in the address: two lists of one page turn without each other.

    `behind`: the place behind which the page begins, where the list is read from there instead of counted up to it.
    """
    asked = context["request"].GET.copy()
    asked.pop("after", None)
    asked[of] = str(number)
    if behind:
        asked["after"] = behind
    return f"?{asked.urlencode()}"
