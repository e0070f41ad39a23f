"""Where the directory is for other systems."""

from django.urls import path

from wholeperson.exchange.hsds import api

urlpatterns = [
    path("hsds/v3/", api.root, name="hsds"),
    path("hsds/v3/services", api.services, name="hsds_services"),
    path("hsds/v3/services/<uuid:id>", api.service, name="hsds_service"),
    path("hsds/v3/organizations", api.organizations, name="hsds_organizations"),
    path("hsds/v3/organizations/<uuid:id>", api.organization, name="hsds_organization"),
    path("hsds/v3/service_at_locations", api.service_at_locations, name="hsds_service_at_locations"),
    path("hsds/v3/service_at_locations/<uuid:id>", api.service_at_location, name="hsds_service_at_location"),
    path("hsds/v3/taxonomies", api.taxonomies, name="hsds_taxonomies"),
    path("hsds/v3/taxonomies/<uuid:id>", api.taxonomy, name="hsds_taxonomy"),
    path("hsds/v3/taxonomy_terms", api.taxonomy_terms, name="hsds_taxonomy_terms"),
    path("hsds/v3/taxonomy_terms/<uuid:id>", api.taxonomy_term, name="hsds_taxonomy_term"),
]
