"""What happened to whom, as spells and alerts tell it: the source of the rows of `spells`.

A row: the trait, the share of its members, the event, how many days ago it began (from, to), for how long (from, to;
nothing: still), the source, and the attributes, where several words mean one of them.
"""

from typing import NamedTuple


class Story(NamedTuple):
    """One kind of row in `spells`. ``lasts`` None: still; ``begun`` counts from the day asked about."""

    trait: str
    share: float
    event: str
    begun: tuple[int, int]
    lasts: tuple[int, int] | None
    source: str
    said: dict[str, str]


STILL = None
STORIES = tuple(
    Story(*row)
    for row in (
        ("homeless", 0.82, "homelessness", (20, 900), STILL, "hmis", {}),
        ("homeless", 0.15, "homelessness", (1000, 1500), (30, 90), "hmis", {}),
        (
            "in_custody",
            0.95,
            "custody",
            (5, 500),
            STILL,
            "corrections",
            {"facility_type": "jail prison", "adjudication": "pre post"},
        ),
        (
            "left_custody",
            0.85,
            "custody",
            (370, 600),
            (30, 360),
            "corrections",
            {"facility_type": "jail prison", "adjudication": "post"},
        ),
        (
            "left_custody_before",
            0.9,
            "custody",
            (900, 1500),
            (30, 480),
            "corrections",
            {"facility_type": "jail prison", "adjudication": "pre post"},
        ),
        ("foster", 0.75, "foster_care", (30, 1200), STILL, "child_welfare", {}),
        ("left_foster", 0.75, "foster_care", (400, 900), (60, 390), "child_welfare", {}),
        ("aged_out", 0.5, "foster_care", (3000, 4000), (2900, 2990), "child_welfare", {}),
        ("family_maintenance", 0.8, "family_maintenance", (10, 400), STILL, "child_welfare", {}),
        ("pregnant", 0.3, "pregnancy", (10, 230), STILL, "clinician", {}),
        ("after_birth", 0.35, "pregnancy", (300, 640), (270, 284), "clinician", {}),
        ("resident", 0.75, "nursing_facility_stay", (10, 900), STILL, "adt", {"term": "long short"}),
        ("moving_out", 0.3, "nursing_facility_stay", (10, 200), STILL, "adt", {"term": "long"}),
        ("ccs", 0.8, "enrolled_in", (100, 2500), STILL, "enrolment", {"program": "ccs ccs_wcm"}),
        ("hospice", 0.8, "enrolled_in", (5, 250), STILL, "enrolment", {"program": "hospice"}),
        ("pace", 0.95, "enrolled_in", (60, 1500), STILL, "enrolment", {"program": "pace"}),
        ("medicare", 0.5, "enrolled_in", (100, 3000), STILL, "enrolment", {"program": "medicare_ffs"}),
        (
            "two_plans",
            0.8,
            "enrolled_in",
            (60, 1200),
            STILL,
            "enrolment",
            {"program": "medicare_advantage eae_dsnp non_eae_dsnp"},
        ),
        ("ihss", 0.5, "enrolled_in", (60, 2500), STILL, "ihss", {"program": "ihss"}),
        ("mental", 0.25, "enrolled_in", (30, 1500), STILL, "enrolment", {"program": "smhs"}),
        ("mental", 0.02, "enrolled_in", (30, 900), STILL, "enrolment", {"program": "fsp"}),
        ("substance", 0.12, "enrolled_in", (10, 500), STILL, "enrolment", {"program": "dmc_ods dmc"}),
        ("intellectual", 0.5, "enrolled_in", (100, 4000), STILL, "enrolment", {"program": "regional_center"}),
        ("frail", 0.05, "enrolled_in", (30, 1200), STILL, "waiver", {"program": "mssp alw hcba"}),
        ("in_ecm", 0.95, "authorized_for", (5, 330), (360, 365), "authorizations", {"program": "ecm"}),
        ("in_housing_support", 0.9, "authorized_for", (5, 170), (178, 184), "authorizations", {"program": "cs.htns"}),
        (
            "in_housing_support",
            0.15,
            "authorized_for",
            (5, 170),
            (178, 184),
            "authorizations",
            {"program": "cs.transitional_rent"},
        ),
        ("eats_by_plan", 0.5, "authorized_for", (5, 80), (84, 84), "authorizations", {"program": "cs.mtm_msf"}),
        ("in_housing_support", 0.1, "recuperative_care_stay", (20, 200), (10, 80), "authorizations", {}),
        ("in_housing_support", 0.1, "transitional_rent_stay", (20, 160), (30, 180), "authorizations", {}),
        ("asthma_home", 0.7, "trigger_assessment", (5, 500), (0, 0), "assessment", {}),
        (
            "at_high_risk",
            0.15,
            "law_enforcement_contact",
            (5, 300),
            (0, 0),
            "referrer",
            {"about": "mental_health substance_use"},
        ),
        ("often_in_er", 0.5, "emergency_visit", (1, 55), (0, 0), "adt", {}),
        ("everybody", 0.004, "emergency_visit", (1, 55), (0, 0), "adt", {}),
        ("everybody", 0.0015, "hospital_stay", (8, 50), (2, 7), "adt", {"unplanned": "true false"}),
        ("everybody", 0.0002, "hospital_stay", (1, 6), STILL, "adt", {"unplanned": "true"}),
    )
)
