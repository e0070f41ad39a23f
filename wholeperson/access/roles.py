"""The roles, each with a name and a sentence that a person can read, and how much of a member's record it ever needs.

What a role may do stands in `permissions`: one row for each permission, naming its roles.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# How deep into a member's record somebody may look. Each contains the ones before it.
SCOPES = ("minimal", "care", "sensitive", "part2")


@dataclass(frozen=True)
class Role:
    """What somebody is in an organisation. `sees` is the deepest scope it ever opens, whatever is granted."""

    id: str
    sees: str
    name: "str | Promise"
    sentence: "str | Promise"


ROLES = {
    role.id: role
    for role in [
        Role("member", "part2", _("Member"), _("Asks for help and sees where it stands.")),
        Role(
            "referrer",
            "minimal",
            _("Referrer"),
            _("Asks for help, and is told how it ended where allowed."),
        ),
        Role("provider_intake", "care", _("Provider intake"), _("Takes in new referrals and answers them.")),
        Role(
            "community_supports_worker", "care", _("Community Supports worker"), _("Gives a support and notes it down.")
        ),
        Role("lead_care_manager", "part2", _("Lead Care Manager"), _("Knows each member well and leads their care.")),
        Role("supervisor", "part2", _("Supervisor"), _("Shares out the work of a care team and checks it.")),
        Role("network_lead", "minimal", _("Network lead"), _("Looks after the providers of a network.")),
        Role("provider_biller", "minimal", _("Provider biller"), _("Sends the bills for what was done.")),
        Role("plan_intake", "care", _("Plan intake"), _("Takes in requests at the health plan.")),
        Role("plan_reviewer", "sensitive", _("Plan reviewer"), _("A nurse who decides in time.")),
        Role(
            "medical_director",
            "sensitive",
            _("Medical director"),
            _("A doctor; only a clinician may refuse or reduce."),
        ),
        Role("network_manager", "minimal", _("Network manager"), _("Finds gaps in who offers what, and where.")),
        Role("analyst", "care", _("Analyst"), _("Finds who may have help and does not get it.")),
        Role("ji_liaison", "care", _("Justice liaison"), _("Links the plan with jails and prisons.")),
        Role("appeals_coordinator", "sensitive", _("Appeals coordinator"), _("Sees that an appeal is heard in time.")),
        Role(
            "facility_health_staff",
            "sensitive",
            _("Facility health staff"),
            _("Screens and plans release inside a facility."),
        ),
        Role(
            "facility_custody_staff", "minimal", _("Facility custody staff"), _("Tells when somebody comes and goes.")
        ),
        Role(
            "county_behavioral_health",
            "part2",
            _("County behavioral health"),
            _("Gives mental health and drug treatment."),
        ),
        Role("content_editor", "minimal", _("Content editor"), _("Writes the pages that anyone may read.")),
        Role("auditor", "minimal", _("Auditor"), _("Sees who did what and who read what.")),
        Role("administrator", "minimal", _("Administrator"), _("Sets up people, roles and organizations.")),
    ]
}


def shallower(one: str, other: str) -> str:
    """The scope that both contain."""
    return min(one, other, key=SCOPES.index)


def upto(scope: str) -> tuple[str, ...]:
    """The scope and those it contains."""
    return SCOPES[: SCOPES.index(scope) + 1]


def at_least(scope: str) -> tuple[str, ...]:
    """The scope and those that contain it."""
    return SCOPES[SCOPES.index(scope) :]
