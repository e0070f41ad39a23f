"""What a session has proved: whether a second factor stood behind it."""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY

from wholeperson.access.models import Person
from wholeperson.access.request import Request

PROVED = "second_factor"


def is_one_click(request: Request) -> bool:
    """Whether the door of the demo opened this session. Outside a demo that door is not there."""
    return bool(settings.DEMO and request.session.get(BACKEND_SESSION_KEY) == settings.ONE_CLICK)


def lacks_second_factor(request: Request) -> bool:
    """Whether somebody who acts for others is in with one factor alone. Members are not asked for a second."""
    if not request.user.standing.is_staff or is_one_click(request) or request.session.get(PROVED):
        return False
    if not (_has_own(request.user) or _partner_asked(request)):
        return True
    request.session[PROVED] = True
    return False


def _has_own(person: Person) -> bool:
    """Who has a factor was asked for it on the way in, or set it up in this session."""
    return bool(Authenticator.objects.filter(user=person).exists())


def _partner_asked(request: Request) -> bool:
    """Whether the partner's own sign-in says (`amr`) that it asked for a second factor."""
    for record in get_authentication_records(request, request.user):
        if record.get("method") == "socialaccount":
            account = SocialAccount.objects.filter(user=request.user, uid=record.get("uid")).first()
            told = account.extra_data.get("id_token", {}).get("amr", []) if account else []
            if "mfa" in told:
                return True
    return False
