from django.urls import path

from . import views

app_name = "signposting"

urlpatterns = [
    path("help/", views.help_page, name="help"),
    path("help/<slug:slug>/", views.service, name="service"),
]
