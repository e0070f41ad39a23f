"""The screen of whoever acts for others locks after ten minutes without a sign of them; what was typed is kept.

Unlocking is the sign-in library's own question whether it is still you: password, code or key.
"""

from datetime import datetime, timedelta
from urllib.parse import urlencode, urlsplit

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from wholeperson.access import drafts
from wholeperson.access.request import Request
from wholeperson.access.sign_in.proof import is_one_click

AFTER = timedelta(minutes=10)
GRAIN = timedelta(seconds=15)  # a session is written at most so often, so a screen locks at most so much early
SEEN, LOCKED = "seen", "locked"
BY_ITSELF = "X-By-Itself"  # a script asks, and nobody needs to sit there
# what a locked screen still answers: unlocking, signing out, another language; and the screener, of whose answers
# no draft may be kept
WHILE_LOCKED = {
    "lock", "account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "account_logout",
    "language", "healthz", "screener", "screener_keep",
}  # fmt: skip


def locks(request: Request) -> bool:
    """Whether this session locks at all: not a member's own, and not one of the demo's door, which has no key."""
    return bool(request.user.is_authenticated) and request.user.standing.is_staff and not is_one_click(request)


def is_locked(request: Request) -> bool:
    """Whether the screen is locked. One that is not has now shown a sign of whoever sits there."""
    if not locks(request):
        return False
    if LOCKED in request.session:
        return not _unlocked(request)
    seen = request.session.get(SEEN)
    idle = request.now - datetime.fromisoformat(seen) if seen else None
    if idle is not None and idle >= AFTER:
        lock(request)
        return True
    if (idle is None or idle >= GRAIN) and BY_ITSELF not in request.headers:
        request.session[SEEN] = request.now.isoformat()
    return False


def shows(request: Request) -> bool:
    """Whether the page that is asked for is shown to a locked screen."""
    return LOCKED in request.session


def lock(request: Request) -> None:
    """From now on something must be proved again; until then everything else waits."""
    request.session.setdefault(LOCKED, _proofs(request))


def stopped(request: Request) -> HttpResponse:
    """The answer to anything that a locked screen asks for: prove who you are, then come back to where you were."""
    back = request.get_full_path()
    if request.method == "POST":
        drafts.keep(request, request.path, request.POST)
        back = page_of_form(request)
    answer = way_back(request, back)
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": answer["Location"]})
    return answer


def way_back(request: Request, back: str) -> HttpResponse:
    """To where one unlocks; who has nothing to unlock with signs in again, and finds the same draft."""
    if not get_adapter().get_reauthentication_methods(request.user):
        logout(request)
        return redirect_to_login(back)
    return HttpResponseRedirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': back})}", status=303)


def page_of_form(request: Request) -> str:
    """The page on which a form that was sent stands: where it came from, else where it went."""
    return own_path(request, request.headers.get("Referer", "")) or request.path


def own_path(request: Request, address: str) -> str:
    """The path of an address of ours, or nothing."""
    if not address or not url_has_allowed_host_and_scheme(address, {request.get_host()}):
        return ""
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _unlocked(request: Request) -> bool:
    if _proofs(request) <= request.session[LOCKED]:
        return False
    del request.session[LOCKED]
    request.session[SEEN] = request.now.isoformat()
    return True


def _proofs(request: Request) -> int:
    """How often it was proved in this session who sits there."""
    return len(get_authentication_records(request, request.user))
