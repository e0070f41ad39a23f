"""The life of an ECM case, from the plan's assignment on. Only people end one, and never for a criterion or a date."""

from wholeperson.record.lifecycle import Lifecycle

WORK = "care.work"
BEFORE = ("assigned", "outreach")

CASE = Lifecycle(
    of="ecm_case",
    begins="assigned",
    moves=[
        # verb          from               to                 who may  what it needs
        ("reach_out",   "assigned",        "outreach",        WORK),
        *(("enrol",     before, "enrolled", WORK, ("enrolled_on",)) for before in BEFORE),
        *(("decline",   before, "declined", WORK, ("ended_on",)) for before in BEFORE),
        ("lose_touch",  "outreach",        "unable_to_reach", WORK,    ("ended_on",)),
        ("resume",      "declined",        "outreach",        WORK),
        ("resume",      "unable_to_reach", "outreach",        WORK),
        *(("discontinue", before, "discontinued", WORK, ("ended_on", "reason")) for before in (*BEFORE, "enrolled")),
    ],
)  # fmt: skip
# the State's reasons, by the words of our layouts, in the order of its codes
REASONS = """
met_goals lower_level_of_care no_longer_wishes unable_to_connect incarcerated declined duplicative_program lost_medi_cal
switched_plan moved_out_of_country moved_out_of_county unsafe not_reauthorized deceased other
""".split()
OPEN = ("assigned", "outreach", "enrolled")
LEADS = ("lead_care_manager", "supervisor")  # the roles that may lead somebody's care
