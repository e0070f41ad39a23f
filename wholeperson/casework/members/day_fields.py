"""What every form asks of a day that somebody types."""

from datetime import date
from typing import cast

from django.forms import ValidationError
from django.utils.translation import gettext as _


def come(day: object, today: date) -> date:
    """The day, where it has come: of what happened, nobody can tell ahead."""
    told = cast(date, day)
    if told > today:
        raise ValidationError(_("This day has not come yet."))
    return told
