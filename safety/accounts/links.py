"""Links to a new password or to new codes. Each works once, for a day."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from .codes import app_of


class Generator(PasswordResetTokenGenerator):
    """Django's own, which end with a new password or log-in: also with a new app or a new mail
    address, and with being switched off.
    """

    def __init__(self, kind):
        super().__init__()
        self.key_salt = f"accounts.links.{kind}"

    def _make_hash_value(self, user, timestamp):
        app = app_of(user)
        return (
            f"{super()._make_hash_value(user, timestamp)} {app.pk if app else ''} {user.is_active}"
        )


# Mailed to its owner for a new password or for new codes; or handed over by a manager.
GENERATORS = {kind: Generator(kind) for kind in ("mailed", "code", "handed")}


def make(user, kind):
    """Return the whole address of a new link of a kind."""
    token = GENERATORS[kind].make_token(user)
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    return settings.SITE_URL + reverse("admin:link", args=[kind, uid, token])


def owner(kind, uid, token):
    """Return whose link this is, or None when it has been used, is too old or is made up."""
    try:
        user = (
            get_user_model()
            .objects.filter(pk=urlsafe_base64_decode(uid).decode(), is_active=True)
            .first()
        )
    except (ValueError, OverflowError):
        return None
    good = user and kind in GENERATORS and GENERATORS[kind].check_token(user, token)
    return user if good else None
