"""What hangs on what, and what each thing must have: as the specification says it, in our own table."""

from dataclasses import dataclass

# thing: its columns; those before the bar must be there
COLUMNS = {
    "organization": "id name description | alternate_name email website tax_status tax_id year_incorporated "
    "legal_status logo uri parent_organization_id",
    "program": "id name description | organization_id alternate_name",
    "service": "id name status | organization_id program_id alternate_name description url email "
    "interpretation_services application_process fees_description wait_time fees accreditations "
    "eligibility_description minimum_age maximum_age assured_date assurer_email licenses alert last_modified",
    "location": "id location_type | url organization_id name alternate_name description transportation latitude "
    "longitude external_identifier external_identifier_type",
    "service_at_location": "id | service_id location_id description",
    "address": "id address_1 city state_province postal_code country address_type | location_id attention address_2 "
    "region",
    "phone": "id number | location_id service_id organization_id contact_id service_at_location_id extension "
    "type description",
    "contact": "id | organization_id service_id service_at_location_id location_id name title department email",
    "schedule": "id | service_id location_id service_at_location_id valid_from valid_to dtstart timezone until "
    "count wkst freq interval byday byweekno bymonthday byyearday description opens_at closes_at "
    "schedule_link attending_type notes",
    "service_area": "id | service_id name description extent extent_type uri",
    "language": "id | service_id location_id phone_id name code note",
    "accessibility": "id | location_id description details url",
    "funding": "id | organization_id service_id source",
    "cost_option": "id | service_id valid_from valid_to option currency amount amount_description",
    "required_document": "id | service_id document uri",
    "organization_identifier": "id identifier_type identifier | organization_id identifier_scheme",
    "taxonomy": "id name description | uri version",
    "taxonomy_term": "id name description | code parent_id taxonomy taxonomy_id language term_uri",
    "attribute": "id | link_id taxonomy_term_id link_type link_entity value",
}
NUMBERS = {
    "year_incorporated", "minimum_age", "maximum_age", "latitude", "longitude", "extension", "timezone", "count",
    "interval", "amount",
}  # fmt: skip
ALLOWED = {
    ("service", "status"): ("active", "inactive", "defunct", "temporarily closed"),
    ("location", "location_type"): ("physical", "postal", "virtual"),
    ("address", "address_type"): ("physical", "postal", "virtual"),
    ("schedule", "freq"): ("WEEKLY", "MONTHLY"),
    ("schedule", "wkst"): ("MO", "TU", "WE", "TH", "FR", "SA", "SU"),
}


@dataclass(frozen=True)
class Branch:
    """What hangs under a key: of which kind, one or many, and by which column its table says so."""

    kind: str
    column: str
    many: bool = True


def _one(kind: str) -> Branch:
    return Branch(kind, f"{kind}_id", many=False)


def _many(kind: str, of: str) -> Branch:
    return Branch(kind, f"{of}_id")


_ATTRIBUTES = Branch("attribute", "link_id")
BRANCHES: dict[str, dict[str, Branch]] = {
    "service": {
        "organization": _one("organization"), "program": _one("program"), "phones": _many("phone", "service"),
        "schedules": _many("schedule", "service"), "service_areas": _many("service_area", "service"),
        "service_at_locations": _many("service_at_location", "service"), "languages": _many("language", "service"),
        "funding": _many("funding", "service"), "cost_options": _many("cost_option", "service"),
        "required_documents": _many("required_document", "service"), "contacts": _many("contact", "service"),
        "attributes": _ATTRIBUTES,
    },
    "service_at_location": {
        "location": _one("location"), "phones": _many("phone", "service_at_location"),
        "contacts": _many("contact", "service_at_location"), "schedules": _many("schedule", "service_at_location"),
        "attributes": _ATTRIBUTES,
    },
    "organization": {
        "phones": _many("phone", "organization"), "contacts": _many("contact", "organization"),
        "funding": _many("funding", "organization"), "programs": _many("program", "organization"),
        "organization_identifiers": _many("organization_identifier", "organization"), "attributes": _ATTRIBUTES,
    },
    "location": {
        "addresses": _many("address", "location"), "phones": _many("phone", "location"),
        "contacts": _many("contact", "location"), "schedules": _many("schedule", "location"),
        "accessibility": _many("accessibility", "location"), "languages": _many("language", "location"),
        "attributes": _ATTRIBUTES,
    },
    "contact": {"phones": _many("phone", "contact")},
    "phone": {"languages": _many("language", "phone")},
    "attribute": {"taxonomy_term": _one("taxonomy_term")},
    "taxonomy_term": {"taxonomy_detail": Branch("taxonomy", "taxonomy_id", many=False)},
}  # fmt: skip


def columns(kind: str) -> list[str]:
    return [word for word in COLUMNS[kind].split() if word != "|"]


def required(kind: str) -> list[str]:
    return COLUMNS[kind].split("|")[0].split()
