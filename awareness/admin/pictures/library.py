"""Every picture that stands on a page, with what it shows and where it is used.

What a picture shows is kept with it so: whoever takes it for another page is given the words.
"""

from dataclasses import dataclass, field

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone

from ... import images
from ...models import Image, Release


@dataclass
class Picture:
    """One picture: its sizes, what pages say that it shows, and the pages themselves.

    `pages` is (title, address of the form) -> what readers see of it there.
    """

    sizes: list
    alts: dict = field(default_factory=dict)  # in the order in which they were found
    pages: dict = field(default_factory=dict)

    @property
    def small(self):
        return self.sizes[0] | {"url": settings.MEDIA_URL + self.sizes[0]["file"]}


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

    def to_choose(request):
        if not model_admin.has_change_permission(request):
            raise PermissionDenied
        return JsonResponse({"pictures": [choice(each) for each in pictures(timezone.now())]})

    view = model_admin.admin_site.admin_view
    return [
        path("pictures/", view(screen), name="awareness_page_pictures"),
        path("pictures/choose/", view(to_choose), name="awareness_page_pictures_choose"),
    ]


def choice(picture):
    """Return what the form of a page needs to put in a picture that there is already."""
    return {
        "chosen": images.to_token(picture.sizes),
        "url": picture.small["url"],
        "alt": next(iter(picture.alts), ""),
        "pages": ", ".join(sorted({title for title, _ in picture.pages})),
    }


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
    picture = found.setdefault(sizes[0]["file"], Picture(sizes))
    if alt:
        picture.alts.setdefault(alt)
    picture.pages.setdefault(
        (page.title, reverse("admin:awareness_page_change", args=[page.pk])), state
    )
