"""Mail to staff, where the operator has set EMAIL_URL. Nothing depends on it."""

import logging
import threading

from django.conf import settings
from django.core.mail import send_mail
from django.db import connections, transaction

log = logging.getLogger(__name__)
SECONDS = 2
NOT_YOU = (
    "If this was not you or somebody you asked, tell a manager of the newsroom at once. "
    "Do not reply to this mail."
)


def tell(user, sentence):
    """Tell somebody, once it is certain, what was changed in their account."""
    if settings.EMAIL_URL and user.email:
        words = f"{sentence}\n\n{NOT_YOU}\n"
        transaction.on_commit(
            lambda: send_later(user.email, "Your newsroom account", lambda: words)
        )


def send_later(address, subject, words):
    """Send a mail from a thread of its own, so that nobody waits and no time tells anything.

    `words` makes its text. With no address the thread begins all the same, and does nothing. It
    begins when the answer is long gone: making a mail beside it would make that answer slower.
    """
    timer = threading.Timer(SECONDS, send, (address, subject, words))
    timer.daemon = True
    timer.start()


def send(address, subject, words):
    try:
        if address:
            send_mail(subject, words(), None, [address])
    except Exception:
        # Whatever the mail server says may quote an address: safety.logs prints the kind alone.
        log.exception("A mail to somebody of the staff could not be sent.")
    finally:
        # `words` may have asked the database, from this thread.
        connections.close_all()
