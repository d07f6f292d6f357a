"""The staff's log-ins: how often somebody may try, and who did, the one thing about people we log.

No address, agent or session. A name that nobody has is not repeated: it may be a password
typed into the wrong box. Whether a name exists changes neither words, status nor time: the same
is looked up and the same is written for both.
"""

import logging

from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db import Error, transaction
from django.dispatch import receiver

from . import audit, devices
from .models import Entry, LoginTry

log = logging.getLogger(__name__)
What = LoginTry.What


@receiver(user_logged_in, dispatch_uid="accounts.log.in")
def logged_in(sender, user, **kwargs):
    log.info("Logged in: %s", user.get_username())


@receiver(user_logged_out, dispatch_uid="accounts.log.out")
def logged_out(sender, user, **kwargs):
    if user:
        log.info("Logged out: %s", user.get_username())


def owner_of(name):
    """Return whoever has this name, or None."""
    users = get_user_model()
    try:
        return users.objects.get_by_natural_key(name)
    except (users.DoesNotExist, ValueError, Error):
        return None


class Backend(ModelBackend):
    """Django's own, with only so many tries for a name: raises TooManyTriesError beyond."""

    def authenticate(self, request, username=None, password=None, **kwargs):
        if username is None or password is None:
            return None
        owner = owner_of(username)
        # Here and not where the form comes in: Django tidies the name on its way.
        device = devices.known(request, owner) if request else ""
        LoginTry.objects.begin(What.PASSWORD, username, device)
        user = super().authenticate(request, username, password, **kwargs)
        if user:
            LoginTry.objects.forget(What.PASSWORD, username, device)
        else:
            failed(owner, What.PASSWORD, username, device)
        return user

    def user_can_authenticate(self, user):
        # Somebody without a place in the newsroom is treated like a wrong password.
        return super().user_can_authenticate(user) and user.is_staff


class UndoError(Exception):
    """What was written for a name that nobody has is taken back."""


def failed(owner, what, name, device):
    """Write down that a password or a code was wrong; the last that is allowed, that they wait."""
    with transaction.atomic():
        LoginTry.objects.touch(what, name, device)
        try:
            with transaction.atomic():
                audit.write(Entry.Action.LOGIN_FAILED, owner, user=None, words=f"wrong {what}")
                if LoginTry.objects.used_up(what, name, device):
                    audit.write(Entry.Action.THROTTLED, owner, user=None)
                if owner is None:
                    raise UndoError
        except UndoError:
            pass
    log.warning("Log-in failed: %s", owner.get_username() if owner else "no such user")
