"""A keyed digest of what two people agreed, so that a change past the site's own forms shows.

Whoever can write to the database, by SQL or in a backup, does not have SECRET_KEY.
"""

import hashlib
import json

from django.core.serializers.json import DjangoJSONEncoder
from django.core.signing import BadSignature, Signer


def digest(content: bytes | dict) -> str:
    """Return the SHA-256 of bytes, or of what JSON can hold (dates and decimals too).

    Two dictionaries with the same in them have the same digest, in whatever order.
    """
    if not isinstance(content, bytes):
        content = json.dumps(
            content, cls=DjangoJSONEncoder, sort_keys=True, separators=(",", ":")
        ).encode()
    return hashlib.sha256(content).hexdigest()


def sign(content: bytes | dict) -> str:
    """Return the signature of a content, at most 64 characters, made with SECRET_KEY."""
    return new_signer().signature(digest(content))


def is_signed(content: bytes | dict, signature: str) -> bool:
    """Return whether a signature was made for just this content.

    Keys of SECRET_KEY_FALLBACKS count too. Any text may be given: none, or one that
    somebody made up, is no signature.
    """
    try:
        new_signer().unsign(f"{digest(content)}:{signature}")
    except BadSignature:
        return False
    return True


def new_signer():
    return Signer(salt="publishing.release")
