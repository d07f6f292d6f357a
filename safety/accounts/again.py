"""Asks for a one-time code again before something that must not be done at an unwatched screen."""

import time

from django.template.response import TemplateResponse

from ..identity import in_force
from . import audit, codes, devices, sessions
from .logins import What, failed
from .models import Entry, LoginTry, TooManyTriesError

KEY = "code_again"
FIELD = "code-again"
# Several things in a row need one code: the app shows a new one only each half minute.
HOLDS = 15 * 60
WAIT = (
    "Too many codes were tried for your account within an hour. Wait an hour, then try again. "
    "What you typed is kept on this screen."
)


def ask(request, title="Type a code to go on"):
    """Return the screen that asks for a code, or None: go on.

    For the beginning of a view. Only what is sent is asked for; everything that was typed is on
    the screen too, and is sent with the code. Local log-ins without codes are not asked.
    """
    if request.method != "POST" or not sessions.needs_code(request.user) or is_fresh(request):
        return None
    sentence = ""
    if FIELD in request.POST:
        sentence = check(request)
        if not sentence:
            return None
    kept = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in (FIELD, "csrfmiddlewaretoken")
        for value in values
    ]
    context = {
        "title": title,
        "sentence": sentence,
        "kept": kept,
        "field": FIELD,
        "site_header": in_force.look().name,
        "has_permission": True,
        "is_nav_sidebar_enabled": False,
    }
    return TemplateResponse(request, "accounts/again.html", context)


def is_fresh(request):
    return 0 <= time.time() - request.session.get(KEY, 0) < HOLDS


def check(request):
    """Use up the code that was sent. Return the sentence that says why not, or ""."""
    user, name = request.user, request.user.get_username()
    device = devices.known(request, user)
    try:
        LoginTry.objects.begin(What.CODE, name, device)
    except TooManyTriesError:
        return WAIT
    answer = codes.check(user, request.POST[FIELD])
    if not answer.device:
        failed(user, What.CODE, name, device)
        return answer.sentence
    LoginTry.objects.forget(What.CODE, name, device)
    request.session.cycle_key()
    request.session[KEY] = time.time()
    audit.write(Entry.Action.CODE_AGAIN, user)
    return ""
