"""What to look at in the words that stand in a page's form now, saved or not: marks beside them."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone

from .. import references, writing
from ..models import Page
from ..writing.hints import hints
from . import unsaved


def urls(model_admin):
    """Return the addresses that the form asks while somebody writes, for PageAdmin."""
    view = model_admin.admin_site.admin_view

    def look_at(request, pk=None):
        return look(model_admin, request, pk)

    return [
        path("look/", view(look_at), name="awareness_page_look_new"),
        path("<int:pk>/look/", view(look_at), name="awareness_page_look"),
        path("helplines/", view(helplines), name="awareness_page_helplines"),
    ]


def look(model_admin, request, pk=None):
    """Answer with the marks: the block's place in the form ("" is the page), words, what is said.

    `whole` is whether the gate was asked: it is once all of the form could be saved.
    """
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if not model_admin.has_change_permission(request):
        raise PermissionDenied
    page = get_object_or_404(Page, pk=pk) if pk else None
    found = unsaved.of_form(model_admin, request, page, request.POST)
    is_whole = not (found.needs or found.left_out)
    release = found.release
    said = writing.look(release) if is_whole else hints(release.blocks, timezone.localdate())
    places = ["", *(place for place, _ in found.blocks)]
    marks = [{**hint.as_dict(), "block": places[hint.block]} for hint in said]
    refused = [
        {"block": place, "words": "", "said": why, "stops": True}
        for place, _, why in found.left_out
        if place
    ]
    return JsonResponse({"marks": refused + marks, "whole": is_whole})


def helplines(request):
    """Answer with what can be put into a sentence: how it is written there, and its name."""
    if not request.user.has_perm("awareness.view_page"):
        raise PermissionDenied
    numbers = [(number, f"{number}, in a sentence") for number in ("999", "101")]
    found = [*references.services(), *numbers]
    return JsonResponse({"helplines": [{"slug": slug, "name": name} for slug, name in found]})
