"""The sessions of staff: begun with a log-in, good for eight hours, listed, ended one by one."""

from functools import partial

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from . import audit, codes
from .acting import SESSION
from .models import Entry, StaffSession

KEY = SESSION
LASTS = timezone.timedelta(seconds=settings.SESSION_COOKIE_AGE)
# The first that fits: Edge and Opera say that they are Chrome too, Chrome that it is Safari.
BROWSERS = {
    "Edg": "Edge", "OPR/": "Opera", "SamsungBrowser": "Samsung Internet", "Firefox": "Firefox",
    "FxiOS": "Firefox", "CriOS": "Chrome", "Chrome": "Chrome", "Safari": "Safari",
}  # fmt: skip
SYSTEMS = {
    "Android": "Android", "iPhone": "an iPhone", "iPad": "an iPad", "Windows": "Windows",
    "Macintosh": "a Mac", "CrOS": "a Chromebook", "Linux": "Linux",
}  # fmt: skip


def kind_of_browser(agent):
    """Return a browser in words that say no more than its owner needs to know it again."""
    browser = next((said for mark, said in BROWSERS.items() if mark in agent), "A browser")
    system = next((said for mark, said in SYSTEMS.items() if mark in agent), "")
    return f"{browser} on {system}" if system else browser


def needs_code(user):
    """Return whether somebody must give a one-time code: everybody, except local log-ins."""
    return not settings.LOCAL or codes.app_of(user) is not None


def of(user):
    """Return the sessions of somebody that have not ended, the latest first."""
    since = timezone.now() - LASTS
    return StaffSession.objects.filter(user=user, ended_at=None, begun_at__gt=since)


def end(user, keep=None):
    """End somebody's sessions, but for the one whose number is `keep`. Return how many."""
    return of(user).exclude(pk=keep).update(ended_at=timezone.now())


@receiver(user_logged_in, dispatch_uid="accounts.session")
def begin(sender, request, user, **kwargs):
    browser = kind_of_browser(request.META.get("HTTP_USER_AGENT", ""))
    request.session[KEY] = StaffSession.objects.create(user=user, browser=browser).pk
    request.session.set_expiry(settings.SESSION_COOKIE_AGE)
    audit.write(Entry.Action.LOGGED_IN, user, user=user)


@receiver(user_logged_out, dispatch_uid="accounts.logged_out")
def logged_out(sender, request, user, **kwargs):
    if user:
        StaffSession.objects.filter(pk=request.session.get(KEY)).update(ended_at=timezone.now())
        audit.write(Entry.Action.LOGGED_OUT, user, user=user)


def middleware(get_response):
    """Let nobody be logged in without a code, or in a session that has ended.

    Whatever asks `request.user`, in the newsroom or outside it, is told that it is nobody.
    """

    def answer(request):
        request.user = SimpleLazyObject(partial(let_in, request, request.user))
        return get_response(request)

    return answer


def let_in(request, user):
    if not user.is_authenticated:
        return user
    if needs_code(user) and not user.is_verified():
        return AnonymousUser()
    session = of(user).filter(pk=request.session.get(KEY)).first()
    if session is None:
        return AnonymousUser()
    if session.used_on != timezone.localdate():
        session.used_on = timezone.localdate()
        session.save(update_fields=["used_on"])
    return user
