"""Links for colleagues without an account: made, listed and revoked on one screen."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone

from signposting.opening_hours import uk_time

from .. import editing, previews
from ..models import Page, PreviewLink

NOT_MADE = "No link was made: a colleague is shown only what readers could be. Mend this first:"


def screen(model_admin, request, pk):
    """Show the links to a page, and make or revoke one."""
    page = get_object_or_404(Page, pk=pk)
    if not model_admin.has_change_permission(request, page):
        raise PermissionDenied
    now = timezone.now()
    if request.method == "POST":
        if number := request.POST.get("revoke"):
            revoke(model_admin, request, page, number, now)
        else:
            make(model_admin, request, page, now)
        return HttpResponseRedirect(request.path)
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "original": page,
        "title": "Show a colleague",
        "subtitle": str(page),
        "links": page.preview_links.all(),
        "site": settings.SITE_URL,
        "now": now,
    }
    return TemplateResponse(request, "awareness/admin/preview_links.html", context)


def make(model_admin, request, page, now):
    """Make a link to the working copy, if the gate would let readers have it."""
    try:
        editing.check(page)
    except ValidationError as error:
        problems = error.messages
        made = None
    else:
        link = PreviewLink.to(page, request.user.get_username(), now)
        made, problems = previews.make_for_colleague(link.release(), now)
    if problems or not made:
        for sentence in (NOT_MADE, *map(str, problems)):
            messages.error(request, sentence)
        return
    link.save()
    until = uk_time.words(link.ends_at)
    model_admin.log_change(request, page, f"Made a link for a colleague, until {until}.")
    messages.success(request, f"The link is made. It works until {until}.")


def revoke(model_admin, request, page, number, now):
    link = page.preview_links.filter(pk=number).first() if number.isdecimal() else None
    if link is None:
        messages.error(request, "There is no such link. Choose one from the list.")
        return
    link.revoke(now)
    model_admin.log_change(request, page, "Revoked a link for a colleague.")
    messages.success(request, "Revoked. The link shows nothing any more.")
