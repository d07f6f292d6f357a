from django.urls import path, re_path

from . import colleagues, views
from .campaigns import views as campaigns
from .campaigns.kit import PAPERS
from .models import Kind


def addresses_of(kind):
    """Yield the addresses of a kind of page: its settled ones, or its list and its folder."""
    place = kind.place
    for slug in place.slugs:
        if slug != "home":
            yield path(f"{slug}/", views.page, {"kind": kind, "slug": slug}, name=slug)
    if place.folder:
        yield path(f"{place.folder}/", views.list_of, {"kind": kind}, name=place.list_name)
        yield path(f"{place.folder}/<slug:slug>/", views.page, {"kind": kind}, name=kind.value)


app_name = "awareness"

urlpatterns = [
    path("", views.home, name="home"),
    *[address for kind in Kind for address in addresses_of(kind)],
    *[
        path(f"campaigns/<slug:slug>/{kind}/", campaigns.paper, {"kind": kind}, name=kind)
        for kind in PAPERS
    ],
    path("partners/", campaigns.partners, name="partners"),
    path("partners/embed.txt", campaigns.embed, name="embed"),
    path("feedback/", views.feedback, name="feedback"),
    path("feedback/thanks/", views.thanks, name="thanks"),
    path("preview/<str:token>/", colleagues.draft, name="draft"),
    path("preview/<str:token>/pictures/<str:name>", colleagues.picture, name="draft-picture"),
    re_path(r"^uploads/(?P<name>[0-9a-f]{32}\.(?:jpg|png|webp))$", views.upload, name="upload"),
]
