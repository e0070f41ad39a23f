"""Editors' text as safe HTML, whatever they write."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wholeperson.handbook.shelf import blocks


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One\n\nTwo", "<p>One</p>\n<p>Two</p>"),
        ("## What changes\nNow", "<h2>What changes</h2>\n<p>Now</p>"),
        ("- one\n- two", "<ul><li>one</li><li>two</li></ul>"),
        ("1. one\n2. two", "<ol><li>one</li><li>two</li></ol>"),
        ("**bold** & <b>not</b>", "<p><strong>bold</strong> &amp; &lt;b&gt;not&lt;/b&gt;</p>"),
        ("[here](/programs/ecm/)", '<p><a href="/programs/ecm/" rel="noopener">here</a></p>'),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("[x](//evil.example/)", "<p>[x](//evil.example/)</p>"),
        ("[x](/\\evil.example/)", "<p>[x](/\\evil.example/)</p>"),  # a browser reads it as two slashes
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
    ],
)
def test_what_is_written_and_what_is_shown(text: str, html: str) -> None:
    assert blocks.html(text) == html


PARTS = st.sampled_from(
    ["<img src=x onerror=a()>", '[a](https://x.example/" onclick="b)', "**", "## ", "- ", "\n\n", "a"]
)


@given(st.lists(PARTS, max_size=12).map("".join))
def test_nothing_acts(text: str) -> None:
    tags = re.findall(r"<(/?)([a-z0-9]+)([^>]*)>", blocks.html(text))
    assert {tag for _, tag, _ in tags} <= blocks.TAGS
    assert all(not rest or re.fullmatch(r' href="[^"]*" rel="noopener"', rest) for _, _, rest in tags)


def test_the_words_alone() -> None:
    assert blocks.plain("## A\n\n- **b** [c](/d/)\n- e") == "A b c e"
