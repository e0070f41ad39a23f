"""The text of a piece as editors write it, made into safe HTML: paragraphs, headings, lists, links, bold.

    ## A heading
    A paragraph with **bold** and a [link](/programs/ecm/).

    - one
    - two

Nothing else is markup. What comes out has been through nh3, so that no mistake here can let a script in.
"""

import re
from collections.abc import Iterator

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

TAGS = {"p", "h2", "h3", "ul", "ol", "li", "strong", "a", "br"}
LINK = re.compile(r"\[([^\]\n]+)\]\(((?:https://|mailto:|tel:|/(?![/\\]))[^\s)]*)\)")
BOLD = re.compile(r"\*\*([^*\n]+)\*\*")
MARKS = re.compile(r"^(#{2,3} |[-*] |\d+\. )", re.MULTILINE)


def html(text: str) -> SafeString:
    """Safe HTML for a page."""
    made = "\n".join(_block(block) for block in _blocks(text))
    clean = nh3.clean(
        made, tags=TAGS, attributes={"a": {"href"}}, url_schemes={"https", "mailto", "tel"}, link_rel="noopener"
    )
    return mark_safe(clean)


def plain(text: str) -> str:
    """The words alone, for an excerpt and for the index of the search."""
    without = BOLD.sub(r"\1", LINK.sub(r"\1", MARKS.sub("", text)))
    return " ".join(without.split())


def _blocks(text: str) -> Iterator[str]:
    """Pieces between empty lines; a heading stands alone."""
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip()):
        heading, _, rest = block.partition("\n") if block.startswith("#") else ("", "", block)
        yield from (part for part in (heading, rest) if part.strip())


def _block(block: str) -> str:
    if heading := re.match(r"(#{2,3}) +(.+)", block):
        level = len(heading[1])
        return f"<h{level}>{_inline(heading[2])}</h{level}>"
    lines = block.splitlines()
    for mark, tag in ((r"[-*] +", "ul"), (r"\d+\. +", "ol")):
        if all(re.match(mark, line) for line in lines):
            items = "".join(f"<li>{_inline(re.sub(f'^{mark}', '', line))}</li>" for line in lines)
            return f"<{tag}>{items}</{tag}>"
    return f"<p>{'<br>'.join(map(_inline, lines))}</p>"


def _inline(text: str) -> str:
    return BOLD.sub(r"<strong>\1</strong>", LINK.sub(r'<a href="\2">\1</a>', escape(text)))
