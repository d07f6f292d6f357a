from django.urls import path

from . import views

app_name = "signposting"

urlpatterns = [
    path("help/", views.help_page, name="help"),
    path("help/who-to-contact/", views.contact, name="contact"),
    path("sheet/", views.sheet, name="sheet"),
    path("help/<slug:slug>/report/", views.report, name="report"),
    path("help/<slug:slug>/", views.service, name="service"),
]
