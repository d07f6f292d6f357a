from django.urls import path

from . import views

# Open Referral names its endpoints without a last slash.
urlpatterns = [
    path("", views.root, name="api"),
    path("openapi.json", views.openapi, name="openapi"),
    path("services", views.services, name="api-services"),
    path("services/<uuid:pk>", views.service, name="api-service"),
    path("service_at_locations", views.service_at_locations, name="api-locations"),
    path("service_at_locations/<uuid:pk>", views.service_at_location, name="api-location"),
    path("taxonomies", views.taxonomies, name="api-taxonomies"),
    path("taxonomies/<uuid:pk>", views.taxonomy, name="api-taxonomy"),
    path("taxonomy_terms", views.taxonomy_terms, name="api-terms"),
    path("taxonomy_terms/<uuid:pk>", views.taxonomy_term, name="api-term"),
    path("<path:rest>", views.nothing),
]
