"""The member that an address names, for whoever may see them; a page that is not there for everybody else."""

from django.http import Http404

from wholeperson.access.request import Request
from wholeperson.casework.members import actions, queries
from wholeperson.casework.members.models import Consent, Member


def seen(
    request: Request, public_id: str, *, verb: str, depth: str = "minimal", from_afar: bool = False
) -> tuple[Member, queries.Sight]:
    """The member and how far this person sees them, kept in the trail; 404 where they do not see so deep.

    With `from_afar` also for whoever is family or a friend, whatever else lets them see more.
    """
    sight = actions.look_at(
        public_id, by=request.user, at=request.now, verb=verb, depth=depth, from_afar=from_afar
    )  # fmt: skip
    if sight is None:
        raise Http404
    return sight.row.member, sight


def seen_consent(request: Request, member: Member, public_id: str) -> Consent:
    consent = queries.consent_for(request.user, member, public_id)
    if consent is None:
        raise Http404
    return consent
