from django.urls import path, re_path

from . import views
from .models import Kind
from .models.pages import SITE_SLUGS

app_name = "awareness"

urlpatterns = [
    path("", views.home, name="home"),
    path("signs/", views.page, {"kind": Kind.SIGNS, "slug": "signs"}, name="signs"),
    path("campaigns/", views.campaigns, name="campaigns"),
    path("campaigns/<slug:slug>/", views.page, {"kind": Kind.CAMPAIGN}, name="campaign"),
    path("advice/", views.advice_list, name="advice-list"),
    path("advice/<slug:slug>/", views.page, {"kind": Kind.ADVICE}, name="advice"),
    path("feedback/", views.feedback, name="feedback"),
    path("feedback/thanks/", views.thanks, name="thanks"),
    re_path(r"^uploads/(?P<name>[0-9a-f]{32}\.(?:jpg|png|webp))$", views.upload, name="upload"),
    *[
        path(f"{slug}/", views.page, {"kind": Kind.SITE, "slug": slug}, name=slug)
        for slug in SITE_SLUGS
        if slug != "home"
    ],
]
