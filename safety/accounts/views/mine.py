"""My account: what I may do, my codes, and where I am logged in."""

from django.contrib import messages
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from .. import again, audit, codes, roles, sessions
from ..models import Entry
from .logins import screen, set_up_app, show_recovery


def account(site, request):
    user = request.user
    return screen(
        site,
        request,
        "account",
        title="My account",
        does=roles.does(user),
        others=roles.others(user),
        app=codes.app_of(user),
        left=codes.recovery_left(user),
        sessions=sessions.of(user),
        here=request.session.get(sessions.KEY),
    )


def app(site, request):
    """Set up codes on another phone. Until its first code is right, the old one stays."""
    return again.ask(request) or set_up_app(site, request, request.user, first=False)


def recovery(site, request):
    """Make new recovery codes; the old ones end."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if asked := again.ask(request):
        return asked
    if not codes.app_of(request.user):
        messages.warning(request, "Set up one-time codes first.")
        return HttpResponseRedirect(reverse("admin:account"))
    made = codes.new_recovery_codes(request.user)
    audit.write(Entry.Action.RECOVERY_NEW, request.user)
    return show_recovery(site, request, made, reverse("admin:account"))


def end_session(site, request, pk=None):
    """End one session of one's own, or all but this one."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if asked := again.ask(request, "Type a code to end a log-in"):
        return asked
    if pk is None:
        count = sessions.end(request.user, keep=request.session.get(sessions.KEY))
        if count:
            audit.write(Entry.Action.SESSION, request.user, words=f"all others: {count}")
        messages.success(request, "You are logged in here alone.")
    else:
        found = get_object_or_404(sessions.of(request.user), pk=pk)
        found.ended_at = timezone.now()
        found.save()
        audit.write(Entry.Action.SESSION, request.user, words=found.browser)
        messages.success(request, f"Ended: {found.browser}.")
    return HttpResponseRedirect(reverse("admin:account"))
