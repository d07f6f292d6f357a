from django.urls import include, path

from . import api, views

app_name = "signposting"

# Open Referral names its endpoints without a last slash.
open_referral = [
    path("", api.root, name="api"),
    path("openapi.json", api.openapi, name="openapi"),
    path("services", api.services, name="api-services"),
    path("services/<uuid:pk>", api.service, name="api-service"),
    path("service_at_locations", api.service_at_locations, name="api-locations"),
    path("service_at_locations/<uuid:pk>", api.service_at_location, name="api-location"),
    path("taxonomies", api.taxonomies, name="api-taxonomies"),
    path("taxonomies/<uuid:pk>", api.taxonomy, name="api-taxonomy"),
    path("taxonomy_terms", api.taxonomy_terms, name="api-terms"),
    path("taxonomy_terms/<uuid:pk>", api.taxonomy_term, name="api-term"),
    path("<path:rest>", api.nothing),
]

urlpatterns = [
    path("help/", views.help_page, name="help"),
    path("help/who-to-contact/", views.contact, name="contact"),
    path("api/open-referral/v3/", include(open_referral)),
    path("data/", views.data, name="data"),
    path("feed/", views.feed, name="feed"),
    path("sheet/", views.sheet, name="sheet"),
    path("help/<slug:slug>/report/", views.report, name="report"),
    path("help/<slug:slug>/", views.service, name="service"),
]
