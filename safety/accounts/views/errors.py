"""What somebody at work in the newsroom is told who went wrong there: it leads back to it.

Strangers and readers get the pages of safety.views.
"""

import logging

from django.contrib import admin
from django.template.response import TemplateResponse

from publishing.addresses import AddressKind, kind_of
from safety import views
from safety.error_pages import words

from .. import audit, roles
from ..models import Entry

log = logging.getLogger(__name__)
GONE = ("The address may have a typing mistake in it, or somebody took the record away.",)
TITLES = {403: "Your account cannot do this", 404: "There is no such screen or record"}


def at_work(request):
    user = getattr(request, "user", None)
    in_newsroom = kind_of(request.path_info) is AddressKind.NEWSROOM
    return in_newsroom and user is not None and user.is_authenticated


def page(request, status, title, sentences=()):
    """Return the newsroom's own page of an error, finished, or None when it cannot be made.

    `sentences` say what went wrong; for 403, by default, what the account may do.
    """
    try:
        context = {
            **admin.site.each_context(request),
            "title": title,
            "status": status,
            "sentences": sentences,
            "does": roles.does(request.user) if status == 403 and not sentences else (),
        }
        return TemplateResponse(request, "accounts/refused.html", context, status=status).render()
    except Exception:
        log.exception("The newsroom's own page of an error could not be made.")
        return None


def forbidden(request, exception=None):
    if not at_work(request):
        return views.forbidden(request, exception)
    match = request.resolver_match
    audit.write(Entry.Action.REFUSED, words=match.view_name if match else "")
    return page(request, 403, TITLES[403]) or views.forbidden(request, exception)


def not_found(request, exception=None):
    found = page(request, 404, TITLES[404], GONE) if at_work(request) else None
    return found or views.not_found(request, exception)


def csrf_failure(request, reason=""):
    said = words.ERRORS["csrf"]
    found = page(request, 403, said.title, said.sentences) if at_work(request) else None
    return found or views.csrf_failure(request, reason)
