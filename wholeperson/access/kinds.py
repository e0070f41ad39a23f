"""The kinds of organisation there are, and the roles that people can have in each."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EVERYWHERE = "administrator auditor content_editor analyst referrer supervisor"
CARE = "provider_intake community_supports_worker lead_care_manager provider_biller"


@dataclass(frozen=True)
class Kind:
    """`roles` are those an administrator may invite to; a member acts for no organisation."""

    id: str
    name: "str | Promise"
    roles: tuple[str, ...]


def _kind(id: str, name: "str | Promise", roles: str) -> Kind:
    return Kind(id, name, tuple(dict.fromkeys(f"{roles} {EVERYWHERE}".split())))


KINDS = {
    kind.id: kind
    for kind in [
        _kind(
            "plan",
            _("Health plan"),
            "plan_intake plan_reviewer medical_director network_manager ji_liaison appeals_coordinator",
        ),
        _kind("ecm_provider", _("Enhanced Care Management provider"), CARE),
        _kind("community_supports_provider", _("Community Supports provider"), CARE),
        _kind("network_lead", _("Network lead"), f"network_lead network_manager {CARE}"),
        _kind("hospital", _("Hospital"), CARE),
        _kind("clinic", _("Clinic"), CARE),
        _kind("community_organisation", _("Community organization"), CARE),
        _kind("county", _("County"), CARE),
        _kind("county_behavioral_health", _("County behavioral health"), f"county_behavioral_health {CARE}"),
        _kind(
            "correctional_facility",
            _("Jail, prison or youth facility"),
            "facility_health_staff facility_custody_staff",
        ),
        _kind("state", _("State agency"), ""),
    ]
}
