"""The preview beside a form of the newsroom: a page as a reader would meet it, in a frame.

It is made by the function that prints (awareness.previews). Here it is only filled with the
state of a reader, and its links are made to stay in the preview.
"""

from urllib.parse import urlsplit, urlunsplit

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format

from cookies import consent_html, states
from publishing.problems import Problem
from publishing.splice import splice

from .. import previews
from ..models import Page
from . import unsaved
from .forms import PreviewForm

WIDTHS = [("phone", "a phone"), ("desktop", "a desktop"), ("print", "paper")]

NO_PAGE = "The public has no page at this address at that time."


def screen(model_admin, request, pk, number=None):
    """Show a page, or one of its releases, in a frame with everything that can be chosen."""
    page = found(model_admin, request, pk)
    release = number and get_object_or_404(page.releases, number=number)
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "original": page,
        "title": f"Preview of release {number}" if release else "Preview",
        "subtitle": str(page),
        "release": release,
        "public": "public" in request.GET,
        "preview": form_for(page, release, public="public" in request.GET),
        "widths": WIDTHS,
    }
    return TemplateResponse(request, "awareness/admin/preview.html", context)


def form_for(page, release=None, public=False):
    """Return the form of a preview as it begins: with a release, the working copy or neither."""
    begins = {"page": page.pk}
    if release:
        begins = {"release": release.pk, "at": release.live_from}
    elif public:
        begins = {"path": page.get_absolute_url()}
    form = PreviewForm(initial=begins, auto_id="preview-%s")
    # What the day and the time of a campaign's first day are typed as.
    day = (release or page).first_day
    form.first_day = day and (date_format(day, "j F Y"), "9am")
    return form


def frame(model_admin, request):
    """Return the page that a preview asks for: the only answer that may stand in a frame."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    form = PreviewForm(request.GET)
    if not form.is_valid():
        return nothing(request, [said for all_of in form.errors.values() for said in all_of])
    asked = form.cleaned_data
    moment = asked["at"] or timezone.now()
    chosen, left_out = shown(model_admin, request, asked)
    path = asked["path"] or (chosen and chosen.get_absolute_url())
    if not path:
        return nothing(request, left_out)
    made = previews.make(path, moment, chosen)
    if isinstance(made, Problem):
        gone = made.words.startswith("It answers")  # no page, such as the way out
        return nothing(request, [NO_PAGE] if gone else [made.words, made.mend, *left_out])
    html = filled(made.body, path, asked).decode()
    return framed(previews.rewritten(html, in_preview(request, path), notes(left_out)))


def shown(model_admin, request, asked):
    """Return the release that a preview shows, or None, and what cannot be shown yet."""
    if asked["draft"]:
        found = unsaved.of_draft(model_admin, request, asked["draft"])
        if found:
            return found
    if asked["release"]:
        return asked["release"], []
    return asked["page"] and asked["page"].freeze(), []


def filled(page, path, asked):
    """Return a printed page with the state of a reader in its two places."""
    state = states.BY_NAME[asked["reader"] or "ask"]
    attributes = states.LARGEST if asked["largest"] else state.attributes
    return splice(page, attributes, consent_html.message(state, path).encode())


def in_preview(request, path):
    """Return a change that keeps every link of the page at a path in the preview of a request."""
    query = request.GET.copy()

    def change(tag, attributes):
        if tag == "script" and "/leave." in (attributes.get("src") or ""):
            return None  # it would leave every tab that staff have open
        if tag in ("a", "area") and (href := attributes.get("href")):
            target = urlsplit(href)
            if target.scheme in ("http", "https") or target.netloc:
                attributes["target"] = "_blank"  # which the frame does not allow
            elif href.startswith("/"):
                query["path"] = target.path
                here = ("", "", request.path, query.urlencode(), target.fragment)
                attributes["href"] = urlunsplit(here)
        return attributes

    return change


def notes(left_out):
    """Return what the screen round the frame is to say, as HTML for the page's head."""
    if not left_out:
        return {}
    return {"head": previews.written("meta", {"name": "left-out", "content": " ".join(left_out)})}


def nothing(request, sentences):
    context = {"sentences": sentences or ["There is nothing to show yet."]}
    response = TemplateResponse(request, "awareness/admin/nothing_to_preview.html", context)
    response.is_preview = True
    return response


def framed(html):
    response = HttpResponse(html)
    response.is_preview = True
    return response


def found(model_admin, request, pk):
    page = get_object_or_404(Page, pk=pk)
    if not model_admin.has_view_permission(request, page):
        raise PermissionDenied
    return page
