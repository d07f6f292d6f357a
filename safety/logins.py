"""Who of the staff logged in, and when somebody failed to: the one thing about people we log.

No address, agent or session. A name that nobody has is not repeated: it may be a password
typed into the wrong box.
"""

import logging

from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import Error
from django.dispatch import receiver

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
