"""Browsers that somebody has logged in with before: they keep a count of tries of their own.

So a name under attack by strangers does not lock its owner out. What the browser keeps is
signed, for one person and their present password, and is sent to the newsroom alone.
"""

from django.conf import settings
from django.core import signing
from django.utils.crypto import get_random_string

# No prefix ties it to this host, as __Host- would: that one is sent to every page. It is signed.
COOKIE = "known"
PATH = "/admin/"
SECONDS = 90 * 24 * 60 * 60
SALT = "accounts.devices"


def known(request, user):
    """Return the name of the browser that sends this, if `user` has logged in with it, or ""."""
    try:
        pk, password, name = signing.loads(
            request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=SECONDS
        )
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    return name if user is not None and (pk, password) == (user.pk, mark(user)) else ""


def remember(request, response, user):
    """Let the browser be known from now on, by a name of its own."""
    name = known(request, user) or get_random_string(12)
    response.set_cookie(
        COOKIE,
        signing.dumps([user.pk, mark(user), name], salt=SALT),
        max_age=SECONDS,
        path=PATH,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Strict",
    )


def mark(user):
    """Return what changes with the password, so that a change of it forgets every browser."""
    return user.get_session_auth_hash()[:16]
