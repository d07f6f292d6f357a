"""Leaving: the ten minutes in which every page of ours is a cover, and the way back.

The front door and Django's middleware both answer from here. Nothing in this file asks
the database, the template engine or Django's request: a header goes in, plain bytes come out.
Why a cookie, and why ten minutes: reference/peer-features.md sections 3 and 9.
"""

import re
from typing import NamedTuple

from django.conf import settings

from publishing.addresses import AddressKind, kind_of
from publishing.serving.cookie_header import pairs

from .error_pages import plain
from .headers import security_headers

COOKIE = "pause"
SECONDS = 600
CONTINUE = "/help/"

# Names that may be written into Set-Cookie as they came: a token of RFC 6265, not too long.
NAME = re.compile(rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,100}")
END = re.compile(rb"[1-9][0-9]{0,11}")


class Answer(NamedTuple):
    """An answer in plain parts. Headers are text and may repeat, as Set-Cookie does."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


def is_leaving(cookie_header: bytes, now: float) -> bool:
    """Return whether the reader has left, and the guard still lasts.

    `cookie_header` is the header as it came, `now` Unix seconds. The guard's value is its
    end in Unix seconds, believed only while now < end <= now + 600: a forged one cannot
    cover the site for longer.
    """
    if not mentions_leaving(cookie_header):
        return False
    return any(
        name == COOKIE.encode() and END.fullmatch(value) and now < int(value) <= now + SECONDS
        for name, value in pairs(cookie_header)
    )


def mentions_leaving(sent: bytes) -> bool:
    """Return whether these bytes, a header or a whole request, may hold a guard, now or later."""
    return COOKIE.encode() + b"=" in sent


def covers(path: str) -> bool:
    """Return whether the cover stands in for this path while the guard lasts.

    Files, open data and the admin are no pages for a reader, so there is nothing to cover;
    but a browser shows the feed, and its words.
    """
    return kind_of(path) in (AddressKind.PAGE, AddressKind.PREVIEW) or path == "/feed/"


def _set_cookie(name, value, max_age):
    secure = "; Secure" if settings.HTTPS else ""
    return ("Set-Cookie", f"{name}={value}; Path=/; Max-Age={max_age}; SameSite=Lax{secure}")


def _answer(status, *headers, body=b""):
    content = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))]
    return Answer(status, [*content, *security_headers("page").items(), *headers], body)


def leave(method: str, cookie_header: bytes, now: float, exit_url: str = "") -> Answer:
    """Return the answer of /leave/ to a method: leave (GET), Continue (POST), or 405.

    GET sets the guard, expires every other cookie that was sent except the staff's
    session and token, and goes to `exit_url`, or where the settings say. The address never
    says where to go: there is no open redirect. Continue needs no proof of where it came from:
    it only shows the help page, which an address would do as well.
    """
    exit_url = exit_url or settings.EXIT_URL
    if method == "HEAD":
        # It only asks what would come; RFC 9110 section 9.2.1: safe methods change nothing.
        return _answer(303, ("Location", exit_url))
    if method == "GET":
        end = int(now) + SECONDS
        headers = [("Location", exit_url), _set_cookie(COOKIE, end, SECONDS)]
        kept = {COOKIE, settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
        sent = {n.decode() for n, _ in pairs(cookie_header) if NAME.fullmatch(n)}
        headers += [_set_cookie(name, "", 0) for name in sorted(sent - kept)]
        return _answer(303, *headers)
    if method == "POST":
        return _answer(303, ("Location", CONTINUE), _set_cookie(COOKIE, "", 0))
    if is_leaving(cookie_header, now):
        return cover()
    return _answer(405, ("Allow", "GET, HEAD, POST"), body=plain.error(405))


def cover() -> Answer:
    """Return the cover that stands in for every page while the guard lasts, in plain words."""
    return _answer(200, body=plain.COVER)
