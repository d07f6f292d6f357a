"""A page as a reader would meet it, for staff: at a moment, or as a release has it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.handlers.wsgi import WSGIRequest
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import resolve, reverse
from django.utils import timezone
from django.utils.html import format_html

from publishing import middleware
from publishing.splice import splice
from signposting.opening_hours import uk_time

from ..models import Page
from ..views import CHOSEN
from .forms import PreviewForm


def preview(model_admin, request, pk):
    """A page as a reader would meet it at a moment, made by the reader's own view."""
    page = found(model_admin, request, pk)
    form = PreviewForm(request.GET)
    screen = "publishing" if model_admin.has_publish_permission(request) else "change"
    back = HttpResponseRedirect(reverse(f"admin:awareness_page_{screen}", args=[pk]))
    if not form.is_valid():
        for sentences in form.errors.values():
            for sentence in sentences:
                messages.error(request, sentence)
        return back
    moment, source = form.cleaned_data["at"] or timezone.now(), form.cleaned_data["source"]
    try:
        response = as_reader(request, page.get_absolute_url(), moment, source)
    except Http404:
        messages.warning(request, "The public has no page at this address at that time.")
        return back
    shown = form.fields["source"].choices[source == middleware.RELEASE][1]
    return with_banner(response, f"Preview for staff: {shown} at {uk_time.words(moment)}.")


def release(model_admin, request, pk, number):
    """A release as readers met it when it began, or will: also one that is over or cancelled."""
    page = found(model_admin, request, pk)
    chosen = get_object_or_404(page.releases, number=number)
    moment, address = chosen.live_from, chosen.get_absolute_url()
    response = as_reader(request, address, moment, middleware.RELEASE, **{CHOSEN: chosen})
    words = f"Preview for staff: release {number}, from {uk_time.words(moment)}."
    return with_banner(response, f"{words} Its numbers are today's.")


def found(model_admin, request, pk):
    page = get_object_or_404(Page, pk=pk)
    if not model_admin.has_view_permission(request, page):
        raise PermissionDenied
    return page


def with_banner(response, words):
    banner = format_html('<p class="banner no-print">{}</p>', words)
    response.content = splice(response.content, b"", banner.encode())
    return response


def as_reader(request, address, moment, source, **given):
    """Return the answer of the public view at an address, for a moment and a source.

    `given` are further keys of the environ that only we can set.
    """
    nothing = {"QUERY_STRING": "", "HTTP_COOKIE": "", "REQUEST_METHOD": "GET"}
    given |= {middleware.MOMENT: moment, middleware.SOURCE: source}
    match = resolve(address)
    view = middleware.moment_and_source(
        lambda asked: match.func(asked, *match.args, **match.kwargs)
    )
    return view(WSGIRequest({**request.environ, **nothing, **given, "PATH_INFO": address}))
