"""A draft for a colleague without an account: /preview/<token>/.

Only what passed the gate when the link was made, and passes it now. It says above every screen
what it is; nothing in it can be rung, sent or followed but the way out.
"""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse, HttpResponseGone
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from publishing.addresses import LEAVE
from publishing.splice import splice

from . import previews
from .models import Block, PreviewLink

ROBOTS = {"X-Robots-Tag": "noindex, nofollow"}
PICTURES = {"img": ("src", "srcset"), "source": ("src", "srcset")}


@require_safe
def draft(request, token):
    link = open_link(request, token)
    made, problems = link and previews.make_for_colleague(link.release(), request.moment) or (0, 0)
    if not made or problems:
        return HttpResponseGone(headers=ROBOTS)
    html = splice(made.body, b"", b"").decode()
    banner = render_to_string("awareness/_draft_banner.html", {"link": link})
    shown = previews.rewritten(html, nothing_to_follow(token), {"body": banner})
    return HttpResponse(shown, headers=ROBOTS)


@require_safe
def picture(request, token, name):
    """Show a picture of a draft, which no edition may hold yet."""
    link = open_link(request, token)
    if not link:
        return HttpResponseGone(headers=ROBOTS)
    of_draft = {name for block in link.blocks for name in Block.kinds[block["type"]].files(block)}
    if name not in of_draft or not default_storage.exists(name):
        raise Http404
    headers = {"Cache-Control": "no-store", **ROBOTS}
    return FileResponse(default_storage.open(name), headers=headers)


def open_link(request, token):
    """Return the link of a token, None once it has ended. Raises Http404 if there never was one."""
    link = get_object_or_404(PreviewLink.objects.select_related("page"), token=token)
    return link if link.is_open(request.moment) else None


def nothing_to_follow(token):
    """Return a change that leaves only places on the page, and the way out, to follow."""
    here = reverse("awareness:draft", args=[token])

    def change(tag, attributes):
        if tag in ("a", "area"):
            href = attributes.get("href") or ""
            if not href.startswith("#") and href != LEAVE:
                attributes.pop("href", None)
        if tag == "form":
            attributes.pop("action", None)
            attributes["inert"] = None
        if tag == "link" and "stylesheet" not in (attributes.get("rel") or ""):
            return attributes if "icon" in attributes["rel"] else None
        for name in PICTURES.get(tag, ()):
            if attributes.get(name):
                attributes[name] = attributes[name].replace("/uploads/", f"{here}pictures/")
        return attributes

    return change
