"""The staff's log-ins: how often somebody may try, and who did, the one thing about people we log.

No address, agent or session. A name that nobody has is not repeated: it may be a password
typed into the wrong box.
"""

import logging
from functools import wraps

from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import Error
from django.dispatch import receiver

from .models import LoginTry, TooManyTriesError
from .views import error_response

log = logging.getLogger(__name__)


@receiver(user_logged_in, dispatch_uid="safety.logged_in")
def logged_in(sender, user, **kwargs):
    log.info("Logged in: %s", user.get_username())


@receiver(user_logged_out, dispatch_uid="safety.logged_out")
def logged_out(sender, user, **kwargs):
    if user:
        log.info("Logged out: %s", user.get_username())


@receiver(user_login_failed, dispatch_uid="safety.login_failed")
def login_failed(sender, credentials, **kwargs):
    users = get_user_model()
    try:
        user = users.objects.get_by_natural_key(credentials.get(users.USERNAME_FIELD, ""))
    except (users.DoesNotExist, ValueError, Error):
        log.warning("Log-in failed: no such user")
    else:
        log.warning("Log-in failed: %s", user.get_username())


class Backend(ModelBackend):
    """Django's own, with only so many tries for a name: raises TooManyTriesError beyond."""

    def authenticate(self, request, username=None, password=None, **kwargs):
        if username is None or password is None:
            return None
        # Here and not where the form comes in: Django tidies the name on its way.
        LoginTry.objects.begin(username)
        user = super().authenticate(request, username, password, **kwargs)
        if user:
            LoginTry.objects.forget(username)
        return user


def throttled(log_in):
    """Decorate the admin's log-in view: who tries too often is told so, with 429."""

    @wraps(log_in)
    def view(request, *args, **kwargs):
        try:
            return log_in(request, *args, **kwargs)
        except TooManyTriesError:
            response = error_response(request, "log-in", 429)
            response["Retry-After"] = str(int(LoginTry.WINDOW.total_seconds()))
            return response

    return view
