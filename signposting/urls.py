from django.urls import include, path

from . import views

app_name = "signposting"

urlpatterns = [
    path("help/", views.help_page, name="help"),
    path("help/who-to-contact/", views.contact, name="contact"),
    path("help/little-english/", views.little_english, name="little-english"),
    path("api/open-referral/v3/", include("signposting.open_referral.urls")),
    path("data/", views.data, name="data"),
    path("feed/", views.feed, name="feed"),
    path("sheet/", views.sheet, name="sheet"),
    path("help/<slug:slug>/report/", views.report, name="report"),
    path("help/<slug:slug>/", views.service, name="service"),
]
