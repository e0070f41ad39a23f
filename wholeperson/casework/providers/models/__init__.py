"""What is kept of providers: how they became one, what they offer, and what room they have."""

from wholeperson.casework.providers.models.applying import (
    Application,
    ApplicationCounty,
    ApplicationLink,
    ApplicationLook,
    ApplicationNote,
    ApplicationPaper,
    Applications,
    ApplicationService,
    Attestation,
)
from wholeperson.casework.providers.models.offering import Contract, Listing, Service, Services, Site, Trait
from wholeperson.casework.providers.models.room import Capacity, Hold, Question

__all__ = [
    "Application",
    "ApplicationCounty",
    "ApplicationLink",
    "ApplicationLook",
    "ApplicationNote",
    "ApplicationPaper",
    "ApplicationService",
    "Applications",
    "Attestation",
    "Capacity",
    "Contract",
    "Hold",
    "Listing",
    "Question",
    "Service",
    "Services",
    "Site",
    "Trait",
]
