"""Sessions of the staff whose key says by itself that this site made it.

So the front door tells staff from strangers without asking the database, and a crowd with
made-up cookies cannot take the places of those who have logged in.
"""

from django.conf import settings
from django.contrib.sessions.backends import db
from django.utils.crypto import constant_time_compare, get_random_string, salted_hmac

from .cookie_header import pairs

# 62 letters and digits: 142 bits by chance, then 64 bits that only the site's own key makes.
LENGTH = 24
MARK = 16


class SessionStore(db.SessionStore):
    """Django's sessions in the database, with marked keys."""

    def _get_new_session_key(self):
        while True:
            key = marked(get_random_string(LENGTH))
            if not self.exists(key):
                return key


def marked(key):
    return key + salted_hmac("publishing.sessions", key).hexdigest()[:MARK]


def has_session(headers):
    """Return whether a request carries a session that this site made, ended or not.

    `headers` are ASGI's pairs of bytes. Whether it still holds is for Django to say.
    """
    wanted = settings.SESSION_COOKIE_NAME.encode()
    sent = b";".join(value for header, value in headers if header == b"cookie")
    return any(name == wanted and is_ours(key.decode("latin-1")) for name, key in pairs(sent))


def is_ours(key):
    return len(key) == LENGTH + MARK and constant_time_compare(marked(key[:LENGTH]), key)
