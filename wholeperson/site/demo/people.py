"""Who is in the demo: invented organizations, one person in every role, and members whose stories we know."""

from datetime import date

from django.utils.translation import gettext_lazy as _

# key: (name, kind, the plan of the policy whose rules and files it has: its own name is invented)
ORGANISATIONS = {
    "plan": ("Golden Poppy Health Plan", "plan", "contra_costa_health_plan"),
    "plan_2": ("Heart of the Delta Health", "plan", "health_net"),
    "plan_3": ("Redwood Coast Care", "plan", "kaiser_permanente"),
    "plan_4": ("Blossom Valley Health", "plan", "calviva_health"),
    "ecm": ("Bayside Care Partners", "ecm_provider", ""),
    "supports": ("Open Door Housing Help", "community_supports_provider", ""),
    "network": ("East Bay Provider Network", "network_lead", ""),
    "hospital": ("Mount Diablo Community Hospital", "hospital", ""),
    "jail": ("Martinez County Jail", "correctional_facility", ""),
    "county_bh": ("County Behavioral Health", "county_behavioral_health", ""),
    "house": ("Whole Person", "community_organisation", ""),
}

NPI = "1230000105"  # of the ECM provider

# role: (name, organisation)
PEOPLE = {
    "administrator": ("Ada Okafor", "house"),
    "second_administrator": ("Aiko Mori", "plan"),  # what one uploads, another approves
    "auditor": ("Anders Lund", "house"),
    "content_editor": ("Carla Nunez", "house"),
    "member": ("Rosa Delgado", None),
    "referrer": ("Renee Brooks", "hospital"),
    "provider_intake": ("Ines Tran", "ecm"),
    "community_supports_worker": ("Cody Wells", "supports"),
    "lead_care_manager": ("Lena Ortiz", "ecm"),
    "supervisor": ("Sam Whitfield", "ecm"),
    "network_lead": ("Noor Haddad", "network"),
    "provider_biller": ("Bill Castellano", "ecm"),
    "plan_intake": ("Paula Reyes", "plan"),
    "plan_reviewer": ("Nia Freeman", "plan"),
    "medical_director": ("Mei-Ling Chow", "plan"),
    "network_manager": ("Nate Kim", "plan"),
    "analyst": ("Anil Rao", "plan"),
    "ji_liaison": ("Jada Lewis", "plan"),
    "appeals_coordinator": ("April Novak", "plan"),
    "facility_health_staff": ("Faye Morris", "jail"),
    "facility_custody_staff": ("Kurt Stone", "jail"),
    "county_behavioral_health": ("Beth Salazar", "county_bh"),
}

# who is something that somebody else is as well
ROLE_OF = {"second_administrator": "administrator"}

# with whom whoever comes for the first time begins
BEGIN = [
    ("community_supports_worker", _("I run a small housing organization")),
    ("plan_intake", _("I work at a health plan")),
]

# who stand together on the page where one chooses
GROUPS = [
    (_("Asking for help"), "member referrer"),
    (
        _("Giving help"),
        "lead_care_manager supervisor provider_intake community_supports_worker network_lead provider_biller",
    ),
    (
        _("At the health plan"),
        "plan_intake plan_reviewer medical_director appeals_coordinator ji_liaison analyst network_manager",
    ),
    (_("In custody and in the county"), "facility_health_staff facility_custody_staff county_behavioral_health"),
    (_("Looking after it all"), "administrator second_administrator auditor content_editor"),
]

# key: (given, family, preferred, born, language, CIN)
MEMBERS = {
    "rosa": ("Rosa", "Delgado", "", date(1980, 3, 9), "es", "91234567A"),
    "james": ("James", "Calloway", "Jimmy", date(1968, 11, 30), "en", "91234568B"),
    "mai": ("Mai", "Nguyen", "", date(1951, 2, 14), "en", "91234569C"),
    "tyrell": ("Tyrell", "Banks", "Ty", date(2009, 7, 4), "en", "91234570D"),
    "wei": ("Wei", "Zhang", "", date(1947, 10, 1), "zh-hant", "91234571E"),
    "dolores": ("Dolores", "Fuentes", "Lola", date(1990, 6, 21), "es", "91234572F"),
}

# (member, organisation, reason, scope)
RELATIONSHIPS = [
    *((member, "plan", "coverage", "care") for member in MEMBERS if member != "dolores"),
    ("rosa", "ecm", "assignment", "sensitive"),
    ("james", "ecm", "assignment", "part2"),
    ("mai", "ecm", "referral", "minimal"),
    ("rosa", "hospital", "referral", "minimal"),
    ("james", "supports", "authorization", "care"),
    ("tyrell", "jail", "facility_case", "sensitive"),
    ("dolores", "county_bh", "assignment", "part2"),
]

# (member, fact, value, source)
FACTS = [
    ("rosa", "is_pregnant_or_postpartum_12m", True, "member"),
    ("rosa", "primary_residence_not_meant_for_sleeping", True, "member"),
    ("rosa", "can_store_and_prepare_food", False, "referrer"),  # she herself says otherwise: somebody finds out
    ("james", "homeless_hhs_definition", True, "hmis"),
    ("james", "meets_or_receives_dmc_ods", True, "member"),
    ("dolores", "meets_or_receives_dmc_ods", True, "clinician"),
]

# members about whom the rules have been asked
DETERMINED = ["rosa", "james", "dolores"]
PRIVATE = "a health reason"
# (member, program, kind, why, the fact that alone would settle it): what a sweep of the plan found
FOUND = [
    ("rosa", "cs.htns", "offer", (PRIVATE,), ""),
    ("rosa", "cs.day_habilitation", "offer", (PRIVATE,), ""),
    ("james", "cs.htns", "offer", (PRIVATE,), ""),
    ("mai", "cs.mtm_msf", "ask_the_plan", (PRIVATE,), ""),
    ("wei", "cs.recuperative_care", "one_fact_away", (), "needs_recovery_from_illness_or_injury"),
    ("tyrell", "ecm", "offer", (PRIVATE,), ""),
]

# (member, form, version, categories, recipients, method)
CONSENTS = [
    ("rosa", "ascmi_ab133", "2024-06", ["physical_health", "social_needs"], ["supports"], "paper"),
    ("james", "part2", "2024-06", ["substance_use"], ["ecm"], "screen"),
]
