"""What the head of a request says: where it goes, and how it may be answered."""

from typing import NamedTuple
from urllib.parse import unquote

from httptools import HttpParserInvalidURLError, parse_url


class Target(NamedTuple):
    """Where a request goes: the path as text, as it was sent, the query, and a host if named."""

    path: str
    raw: bytes
    query: bytes
    host: bytes = b""


def split(sent):
    """Return the Target of a request line's address, whatever its bytes."""
    raw, _, query = sent.partition(b"?")
    host = b""
    if not raw.startswith(b"/"):
        # A whole address, as to a proxy: its host counts as much as the header.
        raw, query, host = whole(sent)
    elif b"#" in sent:
        raw, query = raw.partition(b"#")[0], query.partition(b"#")[0]
    path = raw.decode("latin-1")
    return Target(unquote(path) if "%" in path else path, raw, query, host)


def whole(sent):
    try:
        found = parse_url(sent)
    except HttpParserInvalidURLError:
        return b"/", b"", b"?"
    host = found.host or b"?"
    return found.path or b"/", found.query or b"", host


def preferred_encoding(accept):
    """Return "br", "gzip" or "" for the bytes of Accept-Encoding; nonsense means "".

    RFC 9110 section 12.5.3: "*" stands for what is not named, and q=0 refuses.
    """
    accepted = {}
    for offer in accept.lower().split(b","):
        name, _, weight = offer.partition(b";")
        refused = weight.replace(b" ", b"").rstrip(b"0.") in (b"q=", b"q")
        accepted[name.strip()] = not refused
    others = accepted.get(b"*", False)
    return next((name for name in ("br", "gzip") if accepted.get(name.encode(), others)), "")
