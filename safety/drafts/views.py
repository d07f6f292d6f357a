"""What the script and the notice of a draft ask. Nothing of a draft is ever logged."""

import json
from uuid import UUID

from django.contrib import admin
from django.http import HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from ..same_origin import is_same_origin
from .models import Draft, key_of

# In a session: the keys of the last drafts that were saved or thrown away.
GONE = "drafts_gone"
REMEMBERED = 50


def keep_for(site):
    """Return the view that keeps what was typed, as JSON that the script understands.

    The form's own token may have ended with its session, so the browser's word that it comes
    from a page of ours takes its place. The answer brings a new token for the form.
    """

    @csrf_exempt
    @never_cache
    @require_POST
    @sensitive_post_parameters()
    def keep(request):
        if not is_same_origin(request):
            return JsonResponse({"because": "elsewhere"}, status=403)
        if not site.has_permission(request):
            return JsonResponse({"because": "logged out"}, status=401)
        try:
            sent = read(json.loads(request.body))
        except (ValueError, KeyError, TypeError):
            return JsonResponse({"because": "unreadable"}, status=400)
        others = Draft.objects.filter(key=sent["key"]).exclude(user=request.user)
        if sent["user"] != request.user.get_username() or others.exists():
            return JsonResponse({"because": "somebody else"}, status=409)
        if sent["fields"] is not None and str(sent["key"]) not in request.session.get(GONE, []):
            Draft.objects.update_or_create(
                key=sent["key"],
                user=request.user,
                defaults={
                    "address": sent["address"],
                    "title": sent["title"],
                    "fields": sent["fields"],
                    "kept_at": timezone.now(),
                },
            )
        return JsonResponse(
            {"token": get_token(request), "at": date_format(timezone.localtime(), "g:iA").lower()}
        )

    return keep


def read(sent):
    """Return what the script sent, as it must be. Raises ValueError, KeyError or TypeError.

    `fields` may be None: the script only asks whether the log-in still holds.
    """
    fields = sent["fields"]
    if fields is not None:
        # PostgreSQL takes no NUL; a page has no use for one.
        fields = [[str(name), str(value).replace("\x00", "")] for name, value in fields]
    address = str(sent["address"])
    secret = address.startswith("/admin/account/")
    if secret or not address.startswith("/admin/") or len(address) > 200:
        raise ValueError("That is no form of the newsroom.")
    return {
        "key": UUID(sent["key"]),
        "user": str(sent["user"]),
        "address": address,
        "title": str(sent["title"]).replace("\x00", "")[:200],
        "fields": fields,
    }


def forget(request, key):
    """Delete a draft for good: what a page that has gone still sends of it comes too late."""
    Draft.objects.filter(user=request.user, key=key).delete()
    request.session[GONE] = [*request.session.get(GONE, []), key][-REMEMBERED:]


@require_POST
def discard(request):
    """Throw away a draft, and show the form as it is saved."""
    key = key_of(request.POST)
    draft = key and Draft.objects.filter(user=request.user, key=key).first()
    if not draft:
        return HttpResponseRedirect(reverse("admin:index"))
    address = draft.address
    forget(request, key)
    return HttpResponseRedirect(address)


def come_back(request):
    """Say to somebody who has logged in again in a second tab that the first one goes on."""
    context = {**admin.site.each_context(request), "title": "You are logged in"}
    return TemplateResponse(request, "admin/drafts.html", context)
