"""What an applicant is written. A mail says that something happened and never what: only the link tells more."""

from collections.abc import Callable
from datetime import date, datetime

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wholeperson.casework.providers import asked
from wholeperson.casework.providers.clocks import end_of_day
from wholeperson.casework.providers.models import Application, Service
from wholeperson.record import outbox
from wholeperson.record.actors import Actor

Letter = tuple[str, str]  # subject and text


def post(application: Application, key: str, letter: Callable[[], Letter], *, by: Actor, at: datetime) -> None:
    """Put it into the outbox, in the applicant's language. The same key again is the same letter."""
    with translation.override(application.language):
        subject, body = letter()
    content = {"subject": subject, "body": body, "html": ""}
    outbox.put(key=key, channel="mail", to=application.contact_email, content=content, by=by, at=at)


def of_link(address: str, until: datetime) -> Letter:
    day = date_format(end_of_day(until, 0), "DATE_FORMAT")
    text = _("Open this link to go on with your application. It works until %(day)s, as often as you like:")
    last = _("Whoever has this link can read and change the application. Keep it to yourself.")
    return _("Your private link"), f"{text % {'day': day}}\n\n{address}\n\n{last}\n"


def of_step() -> Letter:
    text = _("Something has changed in your application. Open your private link to see what happens next.")
    return _("News of your application"), f"{text}\n\n{_lost()}\n"


def of_day(due: datetime) -> Letter:
    day = date_format(end_of_day(due, 0), "DATE_FORMAT")
    text = _("Your application waits for you until %(day)s. Open your private link to go on.") % {"day": day}
    return _("Your application waits for you"), f"{text}\n\n{_lost()}\n"


def of_statements(number: int, until: date) -> Letter:
    told = ngettext(
        "%(number)d statement about your organization ends on %(day)s. If it still holds, tell the plan again.",
        "%(number)d statements about your organization end by %(day)s. If they still hold, tell the plan again.",
        number,
    )
    last = _("Nothing ends by itself. Your place in the directory stays.")
    day = date_format(until, "DATE_FORMAT")
    return _("Your statements to the plan"), f"{told % {'number': number, 'day': day}}\n\n{last}\n"


def _lost() -> str:
    return _("If you have lost the link, ask for a new one on the page where you began.")


def of_room(service: Service, address: str, until: datetime) -> Letter:
    day = date_format(end_of_day(until, 0), "DATE_FORMAT")
    name = asked.name(service.programme)
    text = _("What is free at %(name)s? Open this link and press one button. It works until %(day)s:")
    last = _("Opening the link changes nothing. Whoever has it can say what is free, and nothing else.")
    return _("What is free today?"), f"{text % {'name': name, 'day': day}}\n\n{address}\n\n{last}\n"
