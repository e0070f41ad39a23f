"""What is asked of an applicant. What the policy says of whoever gives a service stands there; the rest the plan says.

Only what the policy holds as verified is required; what it has from elsewhere is asked, and stops nobody.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from wholeperson.rules.reading.cache import load_policy
from wholeperson.rules.reading.files import folder_in_use
from wholeperson.rules.reading.library import Policy, Programme
from wholeperson.rules.words import Words

OFFERED = ("population_of_focus", "community_support")
SPOKEN = {"es": "es", "zh-hant": "zh-Hant"}  # our languages, as the policy calls them
VERIFIED = "source-verified"
# what the policy notes beside what it asks: nobody can say these of themselves
NOTES = {"cs.htns.no_license", "cs.recuperative_care.no_state_license", "cs.transitional_rent.county_first"}

MEDI_CAL = {
    "enrolled": _("Yes, we are enrolled"),
    "asked": _("We have asked, and wait for an answer"),
    "no": _("No"),
    "not_sure": _("We are not sure"),
}
KINDS = ("community_organisation", "community_supports_provider", "ecm_provider", "clinic", "hospital", "county",
         "county_behavioral_health")  # fmt: skip
LANGUAGES = {
    "en": _("English"), "es": _("Spanish"), "zh": _("Chinese"), "vi": _("Vietnamese"), "tl": _("Tagalog"),
    "fa": _("Farsi"), "ar": _("Arabic"), "ru": _("Russian"), "hy": _("Armenian"), "hmn": _("Hmong"), "ko": _("Korean"),
    "pa": _("Punjabi"), "km": _("Khmer"), "ase": _("American Sign Language"),
}  # fmt: skip
STAFF = {
    "care_managers": _("Care managers"),
    "community_health_workers": _("Community health workers"),
    "nurses": _("Nurses"),
    "dietitians": _("Dietitians"),
    "others": _("Other staff who would do this work"),
}
# papers that plans look at; which of them are needed the plan says
PAPERS = {
    "license": _("A business or professional license"),
    "insurance": _("Proof of insurance"),
    "tax_form": _("A tax form"),
    "medi_cal": _("A letter about Medi-Cal enrollment"),
    "experience": _("Something that shows your experience"),
    "other": _("Something else"),
}
# kinds of providers that need not wait for the plan, as the policy calls them: ECM guide, pages 106 to 108
AT_ONCE = {
    "street_medicine": _("Street medicine"),
    "housing_trio_provider": _("Gives housing navigation, deposits or tenancy services"),
    "county_specialty_behavioral_health": _("Specialty behavioral health, of the county or under contract with it"),
    "primary_care_practice": _("A primary care practice or health center"),
    "cct_lead_organization": _("A lead organization of California Community Transitions"),
    "nursing_facility_transition_provider": _("Helps people move out of nursing facilities, as a Community Support"),
    "ccs_paneled_provider": _("A provider on the panel of California Children's Services"),
    "local_health_department_ccs_program": _("A health department's program of California Children's Services"),
    "high_fidelity_wraparound": _("High Fidelity Wraparound"),
    "hcpcfc": _("Public health nurses for children in foster care (HCPCFC)"),
    "department_of_social_services_office": _("An office of the Department of Social Services"),
    "foster_family_agency": _("A foster family agency"),
    "transitional_housing_program_foster_youth": _("Housing for youth who are, or were, in foster care"),
    "childrens_crisis_residential": _("A children's crisis residential program"),
    "ob_gyn_practice": _("An OB/GYN practice"),
    "midwifery_practice": _("A midwifery practice"),
    "perinatal_equity_entity": _("Gives BIH, PEI, the Indian Health Program or AIMSS"),
}  # fmt: skip
# what a plan looks at where Medi-Cal has no way to enroll such an organization: ECM guide, pages 94 to 96
VETTING = {
    "referrals": _("Whether referrals can be taken"),
    "experience": _("Experience"),
    "claims": _("Whether claims or invoices can be sent"),
    "license": _("A license, where the work needs one"),
    "reporting": _("Whether the work can be reported"),
    "history": _("Any history of fraud, crime or liability"),
}
ENROLLED = {"medi_cal": _("Enrollment in Medi-Cal")}


@dataclass(frozen=True)
class Item:
    """Something an organization says of itself for one service."""

    id: str
    programme: str
    says: str
    required: bool

    @property
    def key(self) -> str:
        return f"{self.programme}.{self.id}"


@cache
def policy() -> Policy:
    return load_policy(folder_in_use())


@cache
def _words(language: str) -> Words:
    return Words(policy(), language)


def words() -> Words:
    """The policy's words in the reader's language."""
    return _words(SPOKEN.get((get_language() or "en").lower(), "en"))


def programmes() -> list[Programme]:
    """What may be offered: the populations of Enhanced Care Management, and each Community Support."""
    return [one for one in policy().programmes.values() if one.kind in OFFERED]


def name(programme: str) -> str:
    found = policy().programmes.get(programme)
    return words().name(found.id, found.name) if found else programme


def in_order(chosen: Iterable[str]) -> list[str]:
    """Programmes in the order of the policy."""
    places = {one.id: place for place, one in enumerate(programmes())}
    return sorted(chosen, key=lambda one: places.get(one, len(places)))


def items(chosen: Iterable[str]) -> list[Item]:
    """What is asked of whoever gives these services."""
    return [item for programme in in_order(chosen) for item in _of(programme)]


def _of(programme: str) -> Iterator[Item]:
    found = policy().programmes.get(programme)
    providers: dict[str, Any] = (found.data.get("providers") or {}) if found else {}
    for one in providers.get("attestations", ()):
        key = f"{programme}.{one['id']}"
        if key not in NOTES:
            verified = one.get("mark", providers.get("mark")) == VERIFIED
            yield Item(one["id"], programme, words().sentence(key, one["says"]), verified)


def notes(chosen: Iterable[str]) -> list[str]:
    """What the policy says beside: that no license is needed, and the like."""
    found = []
    for programme in in_order(chosen):
        known = policy().programmes.get(programme)
        for one in ((known.data.get("providers") or {}) if known else {}).get("attestations", ()):
            if (key := f"{programme}.{one['id']}") in NOTES:
                found.append(f"{name(programme)}: {words().sentence(key, one['says'])}")
    return found


def vetting(medi_cal: str) -> dict[str, Any]:
    """What the plan looks at before a contract: Medi-Cal's own enrollment stands in for the rest."""
    return ENROLLED if medi_cal == "enrolled" else VETTING


def at_once(chosen: Iterable[str]) -> dict[str, Any]:
    """The kinds of providers that may begin with members of these groups before the plan decides, with their names."""
    listed = policy().programmes["ecm"].data["streamlined"]["provider_types"]
    kinds = {kind for programme in chosen for kind in listed.get(programme, ())}
    return {kind: name for kind, name in AT_ONCE.items() if kind in kinds}


def counties_of(plan: str) -> dict[str, str]:
    """The counties of a plan by the policy; all of them where it does not say."""
    listed = (policy().plans.get(plan) or {}).get("counties", [])
    known = policy().counties
    chosen = known if listed in ("all", ["all"]) or not listed else [one for one in listed if one in known]
    return {one: known[one]["name"] for one in chosen}


def elsewhere(here: Iterable[str]) -> list[tuple[str, list[str]]]:
    """Plans of the policy that take no applications here, each with the ways to reach it printed for providers."""
    from wholeperson.rules.reading.pages import page

    plans, known = policy().plans, set(here)
    return [
        (plan["name"], [str(one["value"]) for one in page(plan, plans)["contacts"] if "provider" in one.get("for", ())])
        for name, plan in plans.items()
        if name not in known
    ]
