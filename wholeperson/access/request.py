"""What every view is given: who asks, and the one moment at which they ask."""

from datetime import date, datetime

from django.http import HttpRequest

from wholeperson.access.models import Person


class Request(HttpRequest):
    """A request as the site's middleware completes it. `user` stands on `today` where somebody is signed in."""

    user: Person
    now: datetime
    today: date
