"""What is told of whom, how often, and by whom: the source of most rows of `facts`.

A row: the trait, the share of its members of whom it is told, the fact, the value, the sources that tell it. A value
is true, false, a word, numbers from and to, or days ago from and to.
"""

from typing import NamedTuple

Value = bool | str | tuple[int, int] | tuple[str, int, int]


class Saying(NamedTuple):
    """One kind of row in `facts`."""

    trait: str
    share: float
    fact: str
    value: Value
    sources: str


SAYINGS = tuple(
    Saying(*row)
    for row in (
        # without a home
        ("homeless", 0.35, "lacks_fixed_regular_adequate_night_residence", True, "hmis referrer screening"),
        ("homeless", 0.25, "primary_residence_not_meant_for_sleeping", True, "hmis referrer member"),
        ("homeless", 0.22, "lives_in_supervised_temporary_shelter", True, "hmis referrer"),
        ("homeless", 0.15, "homeless_hhs_definition", True, "screening clinician referrer"),
        ("homeless", 0.06, "fleeing_violence", True, "screening clinician member"),
        ("homeless", 0.08, "ces_prioritized", True, "ces"),
        ("homeless", 0.3, "lacks_access_to_stable_housing", True, "hmis screening"),
        ("homeless", 0.1, "housing_support_plan_exists", True, "assessment"),
        ("homeless", 0.05, "long_term_housing_funding_confirmed", True, "assessment"),
        ("homeless", 0.05, "needs_recovery_from_illness_or_injury", True, "adt clinician"),
        (
            "homeless_need",
            0.97,
            "has_complex_physical_behavioral_or_developmental_need",
            True,
            "clinician screening referrer",
        ),
        ("homeless_need", 0.97, "unable_to_self_manage", True, "screening clinician referrer"),
        ("homeless_need", 0.97, "coordination_would_improve_outcomes_or_reduce_cost", True, "clinician referrer"),
        ("homeless", 0.3, "clinical_risk_factor", True, "claims clinician assessment"),
        ("homeless", 0.12, "exiting_hospital", True, "adt clinician"),
        ("homeless", 0.3, "serious_condition_limb", True, "assessment clinician"),
        (
            "homeless",
            0.3,
            "ongoing_physical_or_behavioral_need_requiring_institution_absent_service",
            True,
            "assessment",
        ),
        ("in_housing_support", 0.6, "clinical_risk_factor", True, "assessment"),
        ("in_housing_support", 0.6, "deposit_need_not_met_elsewhere", True, "assessment"),
        ("in_housing_support", 0.5, "moving_into_permanent_unit", True, "hmis screening"),
        ("in_housing_support", 0.4, "housed_in_unit_needing_support", True, "hmis screening"),
        ("in_housing_support", 0.5, "housing_support_plan_with_confirmed_long_term_funding", True, "assessment"),
        ("losing_home", 0.6, "will_lose_housing_within_30_days", True, "screening member referrer"),
        ("losing_home", 0.5, "insufficient_resources_or_support_network", True, "screening member"),
        ("losing_home", 0.4, "written_notice_housing_ends_in_days", (5, 60), "screening member"),
        ("losing_home", 0.3, "serious_chronic_condition", True, "clinician claims"),
        ("shares_home", 0.8, "shares_housing_due_to_loss_or_hardship", True, "screening member referrer"),
        ("shares_home", 0.3, "lives_in_motel_hotel_trailer_camp_for_lack_of_alternative", True, "member referrer"),
        ("young_at_home", 0.8, "family_with_member_under_21", True, "hmis enrolment"),
        # often in emergency rooms, or chosen by the plan
        ("chosen_by_plan", 0.9, "mcp_discretionary_high_use_authorization", True, "authorizations"),
        # serious mental health or substance use
        ("mental", 0.35, "diagnosed_mh_disorder", True, "claims assessment clinician"),
        ("mental", 0.08, "serious_mental_illness", True, "clinician assessment"),
        ("substance", 0.3, "current_dsm_sud_dx_excl_tobacco_and_nonsubstance", True, "claims assessment clinician"),
        ("at_high_risk", 0.95, "significant_impairment", True, "assessment clinician"),
        ("at_high_risk", 0.9, "meets_or_receives_behavioral_health", True, "assessment clinician"),
        ("at_high_risk", 0.5, "high_risk_institutionalization", True, "assessment clinician"),
        ("at_high_risk", 0.35, "high_risk_overdose", True, "assessment clinician claims"),
        ("at_high_risk", 0.3, "high_risk_suicide", True, "assessment clinician"),
        ("at_high_risk", 0.6, "unable_to_work_or_engage_in_community", True, "screening clinician member"),
        ("at_high_risk", 0.5, "lacks_access_to_food", True, "screening member"),
        ("at_high_risk", 0.3, "aces_score", (4, 9), "screening"),
        ("child_in_need", 0.6, "significant_impairment", True, "assessment clinician"),
        ("child_in_need", 0.6, "diagnosed_mh_disorder", True, "assessment clinician claims"),
        ("child_in_need", 0.2, "trauma_screen_high_risk", True, "screening"),
        ("child_in_need", 0.3, "mh_sud_crisis_intervention", True, "claims clinician"),
        # custody
        ("in_custody", 0.5, "incarceration_release_date", ("ago", -120, -3), "corrections"),
        ("left_custody", 0.3, "released_within_12_months", True, "corrections member"),
        ("told_condition", 0.6, "has_reentry_condition", True, "clinician assessment"),
        ("told_condition", 0.4, "ji_mental_illness", True, "assessment clinician"),
        ("told_condition", 0.3, "ji_sud", True, "assessment clinician"),
        ("left_custody", 0.1, "received_pre_release_services", True, "corrections claims"),
        # frail at home, and in a nursing home
        ("frail", 0.75, "meets_snf_level_of_care", True, "assessment clinician"),
        ("frail", 0.4, "needs_lower_acuity_skilled_nursing", True, "assessment clinician"),
        ("frail", 0.95, "lives_in_community", True, "enrolment assessment"),
        ("frail", 0.92, "can_reside_in_community_with_supports", True, "assessment clinician"),
        ("frail", 0.92, "at_risk_of_icf_or_subacute", False, "assessment clinician"),
        ("frail", 0.85, "needs_assistance_with_adls", True, "assessment screening"),
        ("frail", 0.5, "adl_limitation", "bathing;dressing", "ihss screening"),
        ("frail", 0.3, "adl_limitation", "ambulation", "screening clinician"),
        ("frail", 0.4, "lives_alone", True, "screening member"),
        ("frail", 0.45, "at_risk_of_institutionalization", True, "clinician screening"),
        ("frail", 0.3, "at_risk_of_hospitalization", True, "clinician claims"),
        ("frail", 0.25, "caregiver_dependency", True, "ihss clinician"),
        ("frail", 0.15, "needs_caregiver_relief_to_avoid_institutional_placement", True, "clinician referrer"),
        ("frail", 0.15, "dme_or_other_state_plan_cannot_meet_goal", True, "authorizations clinician"),
        ("frail", 0.12, "functional_deficits_and_no_adequate_support_system", True, "assessment screening"),
        ("ihss", 0.6, "ihss_status", "approved", "ihss"),
        ("ihss", 0.12, "ihss_status", "applied", "ihss member"),
        ("ihss", 0.08, "ihss_status", "max", "ihss"),
        ("ihss", 0.05, "needs_hours_beyond_approved_ihss", True, "ihss clinician"),
        ("resident", 0.8, "lives_in_community", False, "assessment enrolment"),
        ("resident", 0.7, "receiving_nf_loc_services", True, "claims assessment"),
        ("resident", 0.6, "resides_in_icf_or_subacute", False, "assessment"),
        ("moving_out", 0.95, "wants_to_move_out", True, "assessment member"),
        ("moving_out", 0.9, "likely_to_transition_successfully", True, "assessment clinician"),
        ("moving_out", 0.9, "resides_in_icf_or_subacute", False, "assessment"),
        ("moving_out", 0.9, "can_reside_continuously_in_community", True, "assessment clinician"),
        ("moving_out", 0.7, "interested_in_community", True, "assessment member"),
        ("moving_out", 0.4, "willing_to_live_in_alf_instead_of_nf", True, "assessment member"),
        ("moving_out", 0.4, "able_to_reside_safely_in_alf", True, "clinician assessment"),
        ("moving_out", 0.5, "able_to_reside_safely_with_cost_effective_supports", True, "clinician assessment"),
        ("moving_out", 0.5, "chooses_home_in_lieu_of_nf_or_recuperative_care", True, "assessment member"),
        # children's programs
        ("ccs", 0.3, "enrolled_in_ccs_or_ccs_wcm", True, "enrolment"),
        ("ccs_and_more", 0.6, "lacks_access_to_food", True, "screening member"),
        ("ccs_and_more", 0.4, "lacks_access_to_transportation", True, "screening member"),
        ("ccs_and_more", 0.25, "aces_score", (4, 8), "screening"),
        ("foster", 0.55, "currently_in_foster_care_california", True, "child_welfare enrolment"),
        ("foster", 0.4, "child_welfare_involvement", True, "child_welfare referrer"),
        ("left_foster", 0.4, "in_foster_care_any_state_within_12_months", True, "child_welfare"),
        ("aged_out", 0.4, "former_foster_youth", True, "enrolment child_welfare member"),
        ("adopted", 0.4, "eligible_for_or_in_adoption_assistance_program", True, "child_welfare enrolment"),
        # pregnancy
        ("pregnant", 0.45, "is_pregnant", True, "clinician member referrer"),
        ("pregnant", 0.1, "is_pregnant_or_postpartum_12m", True, "clinician member"),
        ("after_birth", 0.3, "is_postpartum_within_12_months", True, "clinician member"),
        ("pregnant", 0.06, "in_group_with_maternal_disparity", True, "clinician member"),
        # food, asthma, sobering
        ("eats_by_plan", 0.9, "rdn_or_clinician_assessment", True, "clinician assessment"),
        ("eats_by_plan", 0.8, "nutrition_sensitive_condition", "diabetes", "claims clinician"),
        ("eats_by_plan", 0.7, "food_asked_for_other_reasons", False, "screening"),
        ("diabetes", 0.15, "nutrition_sensitive_condition", "diabetes;high_blood_pressure", "claims clinician"),
        (
            "asthma_home",
            0.8,
            "assessment_identifies_medically_appropriate_remediation_and_how_it_meets_need",
            True,
            "assessment",
        ),
        ("asthma_home", 0.7, "dme_or_other_state_plan_cannot_meet_goal", True, "authorizations clinician"),
        ("asthma", 0.05, "act_score", (8, 24), "screening clinician"),
        ("at_sobering_center", 0.97, "intoxicated_and_stable", True, "assessment"),
        ("at_sobering_center", 0.9, "would_otherwise_go_to_ed_or_jail", True, "assessment"),
        # a screening that found nothing, and the plan's own look at other programs
        ("looked_at", 0.98, "in_program_that_replaces_ecm", False, "enrolment"),
        ("screened", 0.5, "lacks_access_to_food", False, "screening"),
        ("screened", 0.5, "lacks_access_to_transportation", False, "screening"),
        ("screened", 0.45, "homeless_hhs_definition", False, "screening"),
        ("screened", 0.3, "at_risk_of_homelessness", False, "screening"),
        ("screened", 0.3, "experiencing_homelessness", False, "screening"),
        ("screened", 0.25, "needs_nursing_care", False, "assessment"),
        ("screened", 0.25, "aces_score", (0, 3), "screening"),
        ("screened", 0.2, "meets_or_receives_behavioral_health", False, "assessment"),
        ("screened", 0.2, "is_pregnant", False, "member"),
        ("screened", 0.2, "lives_in_community", True, "enrolment"),
        ("screened", 0.15, "family_with_member_under_21", False, "member enrolment"),
        ("hospice", 0.3, "in_hospice", True, "enrolment claims"),
    )
)
WORDS = ("intake nurse", "shelter intake", "care manager", "discharge planner", "school social worker", "the member")
