"""What can be permitted at all, one row each: the word, and the roles that carry it.

Pages name these words in the table of the site, steps in the tables of their lives. A house test holds them together.
"""

from wholeperson.access.roles import ROLES

EVERY_ROLE = " ".join(ROLES)
CARE_TEAM = "lead_care_manager supervisor community_supports_worker provider_intake"
PLAN_STAFF = "plan_intake plan_reviewer medical_director appeals_coordinator ji_liaison"

# word: the roles, as text
PERMISSIONS = {
    "desk.open": EVERY_ROLE,
    "member.read": f"member referrer {CARE_TEAM} {PLAN_STAFF} facility_health_staff facility_custody_staff "
    "county_behavioral_health provider_biller analyst",
    "member.register": "plan_intake provider_intake facility_health_staff county_behavioral_health",
    "member.relate": "plan_intake supervisor lead_care_manager",
    "organisation.change": "administrator",
    "person.change": "administrator",
    "trail.read": "auditor",
}

CARRIED = {role: frozenset(word for word, roles in PERMISSIONS.items() if role in roles.split()) for role in ROLES}
