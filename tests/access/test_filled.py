"""A row filled without a template: nothing that somebody typed becomes a part of the page."""

from django.urls import set_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from wholeperson.access.filled import address, filled

ROW = '<td title="{title}">{said}</td>'


def test_what_is_typed_is_escaped() -> None:
    said = filled(ROW, title='"><script>', said="Ana & Bo's {title}")
    assert said == '<td title="&quot;&gt;&lt;script&gt;">Ana &amp; Bo&#x27;s {title}</td>'
    assert isinstance(said, SafeString)


def test_what_is_safe_already_stands_as_it_is() -> None:
    assert filled(ROW, title=3, said=SafeString("<b>1</b>")) == '<td title="3"><b>1</b></td>'


def test_words_of_ours_are_said_and_escaped_as_well() -> None:
    assert filled("<b>{word}</b>", word=gettext_lazy("No & yes")) == "<b>No &amp; yes</b>"


def test_an_address_is_that_of_the_name() -> None:
    assert address("referral", "ref-k3m9p2q7") == "/referrals/ref-k3m9p2q7/"
    assert address("referral", "ref-b4n8r5t6") == "/referrals/ref-b4n8r5t6/"


def test_an_address_follows_where_the_site_stands() -> None:
    set_script_prefix("/care/")
    try:
        assert address("referral", "ref-k3m9p2q7") == "/care/referrals/ref-k3m9p2q7/"
    finally:
        set_script_prefix("/")
