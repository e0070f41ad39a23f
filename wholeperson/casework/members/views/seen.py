"""The member that an address names, for whoever may see them; a page that is not there for everybody else."""

from django.http import Http404

from wholeperson.access.request import Request
from wholeperson.casework.members import actions, queries
from wholeperson.casework.members.models import Consent, Member


def seen(request: Request, public_id: str, *, verb: str, depth: str = "minimal") -> tuple[Member, queries.Sight]:
    """The member and how far this person sees them, kept in the trail; 404 where they do not see so deep."""
    sight = actions.look_at(public_id, by=request.user, at=request.now, verb=verb, depth=depth)
    if sight is None:
        raise Http404
    return sight.row.member, sight


def seen_consent(request: Request, member: Member, public_id: str) -> Consent:
    consent = queries.consent_for(request.user, member, public_id)
    if consent is None:
        raise Http404
    return consent
