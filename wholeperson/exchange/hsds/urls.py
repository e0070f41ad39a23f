"""Where the directory is for other systems."""

from typing import Final
from uuid import UUID

from django.urls import path, register_converter
from django.urls.converters import UUIDConverter

from wholeperson.exchange.hsds import api

NOBODYS: Final = UUID(int=0)


class Id(UUIDConverter):
    """Any word: one that is no UUID is read as the id that nothing has, so that the API itself says so."""

    regex = "[^/]+"

    def to_python(self, value: str) -> UUID:
        try:
            return super().to_python(value)
        except ValueError:
            return NOBODYS


register_converter(Id, "hsds")

urlpatterns = [
    path("hsds/v3/", api.root, name="hsds"),
    path("hsds/v3/services", api.services, name="hsds_services"),
    path("hsds/v3/services/<hsds:id>", api.service, name="hsds_service"),
    path("hsds/v3/organizations", api.organizations, name="hsds_organizations"),
    path("hsds/v3/organizations/<hsds:id>", api.organization, name="hsds_organization"),
    path("hsds/v3/service_at_locations", api.service_at_locations, name="hsds_service_at_locations"),
    path("hsds/v3/service_at_locations/<hsds:id>", api.service_at_location, name="hsds_service_at_location"),
    path("hsds/v3/taxonomies", api.taxonomies, name="hsds_taxonomies"),
    path("hsds/v3/taxonomies/<hsds:id>", api.taxonomy, name="hsds_taxonomy"),
    path("hsds/v3/taxonomy_terms", api.taxonomy_terms, name="hsds_taxonomy_terms"),
    path("hsds/v3/taxonomy_terms/<hsds:id>", api.taxonomy_term, name="hsds_taxonomy_term"),
]
