"""What is written in a mail: that something waits or happened, and never for whom. Only the page tells more."""

from datetime import datetime

from django.utils import translation
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from wholeperson.casework.members.days import day_of

Letter = dict[str, str]
LARGE = "font: 20pt Arial, sans-serif"  # the size that the State itself uses


def _letter(subject: str, *lines: str) -> Letter:
    return {"subject": subject, "body": "\n\n".join(lines) + "\n", "html": ""}


def of_link(address: str, due: datetime) -> Letter:
    day = date_format(day_of(due), "DATE_FORMAT")
    return _letter(
        _("A referral waits for your answer"),
        _("Somebody is sent to you for one of your services. Open this link to see it, and to say yes or no:"),
        address,
        _("No account is needed. We send a code to this mailbox before a name is shown. Please answer by %(day)s.")
        % {"day": day},
        _("Opening the link answers nothing."),
    )


def of_code(code: str) -> Letter:
    return _letter(
        _("Your code"),
        _("Type this code into the page you opened: %(code)s") % {"code": code},
        _("It works for 20 minutes. If you did not ask for it, do nothing."),
    )


def of_mailbox(organisation: str, code: str) -> Letter:
    return _letter(
        _("Is this your mailbox for referrals?"),
        _("Somebody says that referrals for %(organization)s are written to this mailbox.")
        % {"organization": organisation},
        _("If that is right, type this code into the page where it was asked for: %(code)s") % {"code": code},
        _("It works for one day. If you know nothing of it, do nothing: no referral comes here then."),
    )


def of_member_mailbox(address: str, language: str) -> Letter:
    """Whoever reads it may be somebody else: it says nothing of help, and nothing of who wrote it down."""
    with translation.override(language):
        return _letter(
            _("Is this your mailbox?"),
            _("Somebody wants to write to you here. If that is right, open this link and press the button:"),
            address,
            _("Opening the link changes nothing. It works for 7 days. If you know nothing of it, do nothing."),
        )


def of_news(kind: str, number: str, more: str, language: str) -> Letter:
    """A sample text of ours: a plan's own takes its place once somebody there approved one."""
    with translation.override(language):
        said = {
            "received": _("We have received your request."),
            "assigned": _("Somebody works on your request."),
            "started": _("Somebody works on your request."),
            "closed": _("Your request is closed."),
        }[kind]
        lines = [
            f"SAMPLE. {said}",
            *([more] if more else []),
            _("The number of your request is %(number)s.") % {"number": number},
        ]
        return _letter(_("News of your request"), *lines)


def in_large_print(letter: Letter) -> Letter:
    """The same words, for whoever asked for large letters."""
    paragraphs = format_html_join("", "<p>{}</p>", ((each,) for each in letter["body"].strip().split("\n\n")))
    return {**letter, "html": format_html('<div style="{}">{}</div>', LARGE, paragraphs)}
