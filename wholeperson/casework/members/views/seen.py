"""The member that an address names, for whoever may see them; a page that is not there for everybody else."""

from django.http import Http404

from wholeperson.access.request import Request
from wholeperson.casework.members import actions, queries
from wholeperson.casework.members.models import Consent, Member


def seen(request: Request, public_id: str, *, verb: str, depth: str = "minimal") -> tuple[Member, queries.Sight]:
    """The member and how far this person sees them, kept in the trail; 404 where they do not see so deep."""
    found = queries.member_for(request.user, public_id)
    sight = actions.look_at(found, by=request.user, at=request.now, verb=verb, depth=depth) if found else None
    if found is None or sight is None:
        raise Http404
    return found, sight


def seen_consent(request: Request, member: Member, public_id: str) -> Consent:
    consent = queries.consent_for(request.user, member, public_id)
    if consent is None:
        raise Http404
    return consent
