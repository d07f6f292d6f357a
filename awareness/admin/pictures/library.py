"""Every picture that stands on a page, with what it shows and where it is used."""

from dataclasses import dataclass, field

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone

from ...models import Image, Release


@dataclass
class Picture:
    """One picture: its smallest size, what pages say that it shows, and the pages themselves.

    `pages` is (title, address of the form) -> what readers see of it there.
    """

    url: str
    width: int
    height: int
    alts: set = field(default_factory=set)
    pages: dict = field(default_factory=dict)


def urls(model_admin):
    """Return the address of this screen, for PageAdmin."""

    def screen(request):
        if not model_admin.has_view_permission(request):
            raise PermissionDenied
        context = {
            **model_admin.admin_site.each_context(request),
            "opts": model_admin.opts,
            "title": "Pictures",
            "pictures": pictures(timezone.now()),
        }
        return TemplateResponse(request, "awareness/admin/pictures.html", context)

    return [
        path("pictures/", model_admin.admin_site.admin_view(screen), name="awareness_page_pictures")
    ]


def pictures(now):
    """Return the Pictures of the working copies and of what readers see, newest pages first."""
    found = {}
    public = Release.objects.public(now).exclude(images=[]).select_related("page")
    for release in public.order_by("-live_from"):
        for block in release.blocks:
            if block["type"] == Image.type:
                add(found, block["sizes"], block["alt"], release.page, "readers see it")
    for block in Image.objects.select_related("parent").order_by("-pk"):
        add(found, block.sizes, block.alt, block.parent, "not published")
    return list(found.values())


def add(found, sizes, alt, page, state):
    if not sizes:
        return
    small = sizes[0]
    picture = found.setdefault(
        small["file"], Picture(settings.MEDIA_URL + small["file"], small["width"], small["height"])
    )
    if alt:
        picture.alts.add(alt)
    picture.pages.setdefault(
        (page.title, reverse("admin:awareness_page_change", args=[page.pk])), state
    )
