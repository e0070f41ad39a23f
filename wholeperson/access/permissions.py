"""What can be permitted at all, one row each: the word, and the roles that carry it.

Pages name these words in the table of the site, steps in the tables of their lives. A house test holds them together.
"""

from wholeperson.access.roles import ROLES

EVERY_ROLE = " ".join(ROLES)
CARE_TEAM = "lead_care_manager supervisor community_supports_worker provider_intake"
PLAN_STAFF = "plan_intake plan_reviewer medical_director appeals_coordinator ji_liaison"
# who may act on a medical emergency: 42 CFR 2.51 speaks of medical personnel
CLINICIANS = "plan_reviewer medical_director facility_health_staff county_behavioral_health"

# word: the roles, as text
PERMISSIONS = {
    "desk.open": EVERY_ROLE,
    "application.answer": EVERY_ROLE,  # by the link of one application, and for nothing else
    "application.read": "network_manager",
    "application.decide": "network_manager",
    "directory.keep": "provider_intake network_lead network_manager",  # steps; whose, the actions see to
    "directory.contract": "network_manager",
    "directory.import": "administrator",
    "place.hold": "referrer provider_intake lead_care_manager supervisor plan_intake ji_liaison facility_health_staff",
    "member.read": f"member referrer {CARE_TEAM} {PLAN_STAFF} facility_health_staff facility_custody_staff "
    "county_behavioral_health provider_biller analyst",
    "member.register": "plan_intake provider_intake supervisor facility_health_staff county_behavioral_health",
    "member.relate": "plan_intake supervisor lead_care_manager",
    "member.export": f"supervisor {PLAN_STAFF} analyst",
    "member.tell": f"member {CARE_TEAM} {PLAN_STAFF} facility_health_staff county_behavioral_health",
    # not the member: what is safe may be read over their shoulder by whom they fear
    "member.reach": f"{CARE_TEAM} {PLAN_STAFF} facility_health_staff county_behavioral_health",
    "member.rename": f"{CARE_TEAM} {PLAN_STAFF} facility_health_staff county_behavioral_health",
    "fact.settle": CARE_TEAM,  # who may correct them as others may, and can ask the person
    "determination.read": f"member {CARE_TEAM} {PLAN_STAFF} analyst facility_health_staff county_behavioral_health",
    "determination.make": f"member {CARE_TEAM} {PLAN_STAFF} facility_health_staff county_behavioral_health",
    "found.read": "analyst network_manager plan_intake provider_intake supervisor lead_care_manager",
    "found.count": "analyst network_manager plan_intake",
    "found.work": "analyst",
    "consent.read": f"member {CARE_TEAM} {PLAN_STAFF} facility_health_staff county_behavioral_health",
    "consent.record": f"member {CARE_TEAM} plan_intake facility_health_staff county_behavioral_health",
    "consent.revoke": f"member {CARE_TEAM} plan_intake facility_health_staff county_behavioral_health",
    "break_glass.open": f"{CLINICIANS} lead_care_manager supervisor ji_liaison",
    "break_glass.emergency": CLINICIANS,
    "break_glass.review": "supervisor auditor",
    "overlay.read": "administrator",
    "overlay.upload": "administrator",
    "overlay.approve": "administrator",
    "referral.ask": f"member referrer {CARE_TEAM} network_lead plan_intake plan_reviewer analyst ji_liaison "
    "facility_health_staff county_behavioral_health",
    "referral.ask_many": "referrer provider_intake supervisor network_lead plan_intake ji_liaison",
    "referral.read": f"member referrer {CARE_TEAM} plan_intake plan_reviewer medical_director analyst ji_liaison "
    "appeals_coordinator network_lead facility_health_staff county_behavioral_health",
    "referral.handle": f"{CARE_TEAM} {PLAN_STAFF} facility_health_staff county_behavioral_health",
    "referral.due": f"{CARE_TEAM} plan_intake ji_liaison facility_health_staff county_behavioral_health",
    "referral.screen": "plan_intake provider_intake supervisor ji_liaison",
    "referral.send": "plan_intake provider_intake supervisor ji_liaison",
    "referral.answer": CARE_TEAM,
    "referral.work": CARE_TEAM,
    "referral.hold": f"{CARE_TEAM} plan_intake ji_liaison",
    "referral.close": f"{CARE_TEAM} plan_intake ji_liaison",
    "referral.withdraw": f"member referrer {CARE_TEAM} plan_intake ji_liaison facility_health_staff "
    "county_behavioral_health",
    "referral.confirm": "plan_intake provider_intake supervisor ji_liaison",
    "form.keep": "administrator network_manager",
    "call.take": "plan_intake provider_intake supervisor ji_liaison",
    "contact.record": CARE_TEAM,
    "contact.strike": "lead_care_manager supervisor",  # it takes a row out of the files of the month
    "authorization.read": CARE_TEAM,
    "authorization.record": CARE_TEAM,
    "care.read": "lead_care_manager supervisor provider_intake",
    "care.work": "lead_care_manager supervisor",
    "care.assign": "provider_intake supervisor",
    "care.lead": "lead_care_manager supervisor provider_intake",
    "file.open": "referrer provider_intake supervisor network_lead plan_intake ji_liaison",  # which, the queries see to
    "exchange.receive": "provider_intake supervisor",
    "exchange.send": "provider_intake supervisor",
    "release.read": "facility_custody_staff facility_health_staff",  # those who are held in their own facility
    "release.tell": "facility_custody_staff facility_health_staff",
    "organisation.change": "administrator",
    "person.change": "administrator",
    "invitation.accept": EVERY_ROLE,
    "loop.read": "provider_intake supervisor plan_intake ji_liaison analyst network_manager",
    "loop.count": "analyst network_manager",
    "billing.read": "provider_biller",
    "capacity.read": "network_manager network_lead analyst",
    "trail.read": "auditor",
    "piece.read": "content_editor administrator",
    "piece.write": "content_editor",
    "piece.review": "content_editor administrator",  # where there is one editor, the second person is an administrator
    "piece.publish": "content_editor",
    "contact.verify": "content_editor",
}

CARRIED = {role: frozenset(word for word, roles in PERMISSIONS.items() if role in roles.split()) for role in ROLES}
