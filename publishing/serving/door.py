"""The front door: answers readers from the edition in memory, and hands the rest to Django."""

import logging
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import quote

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from ..addresses import AddressKind, answered_by_django, kind_of
from .django_bridge import Refused
from .loaded_edition import ERROR_HEADERS
from .responses import EMPTY, answer, start
from .sessions import has_session

log = logging.getLogger(__name__)

READ = ("GET", "HEAD")
# What a header may add to what the door remembers; beyond this it forgets and begins again.
REMEMBERED = 500


class ReaderState(Protocol):
    """What a page must know about a reader, as `cookies` says it.

    `key` tells states apart, `attributes` go onto <html>, and `message(path)` names the
    part of the edition that is the cookie message of a page.
    """

    key: str
    attributes: bytes

    def message(self, path: str) -> str: ...


@dataclass(frozen=True)
class DoorHooks:
    """What the door asks the apps that it may not import: `cookies` and `safety`.

    Nothing here may wait for a file or a database. Cookies, queries and Sec-GPC come as the
    bytes that were sent, `now` in seconds since 1970.
    """

    # (cookie, sec_gpc, flag): the reader's state; flag is what flag_of found.
    state_of: Callable[[bytes, bytes, str], ReaderState]
    # (query): "saved", "error" or "".
    flag_of: Callable[[bytes], str]
    # (path, status): the same for an error page: what failed at that path.
    flag_of_error: Callable[[str, int], str]
    # (path, query): where a message on that page leads back to.
    address_of: Callable[[str, bytes], str]
    # (kind): the security headers of a kind of answer.
    headers_for: Callable[[str], Mapping[str, str]]
    # (cookie, now): whether the reader has just left.
    is_leaving: Callable[[bytes, float], bool]
    # (path): whether the cover stands in for it then.
    covers: Callable[[str], bool]
    # (method, cookie, now): the answer of /leave/: status, header pairs, body.
    leave: Callable[[str, bytes, float], tuple[int, list[tuple[str, str]], bytes]]
    # (status): the plain page of an error, and the same for open data, as JSON.
    error: Callable[[int], bytes]
    data_error: Callable[[int], bytes]
    # Plain pages from constants.
    emergency: bytes
    cover: bytes


class FrontDoor:
    """An ASGI application. `loader` holds the edition; `django` and `ready` are ASGI too."""

    def __init__(self, hooks, loader, django, ready, on_open=(), on_close=()):
        self.hooks = hooks
        self.loader = loader
        self.django = django
        self.ready = ready
        self.on_open = on_open
        self.on_close = on_close
        self.page_headers = {
            "Content-Type": "text/html; charset=utf-8",
            **hooks.headers_for("page"),
        }
        # Once, not for every reader: a lookup in Django's settings is a tenth of an answer.
        self.https = settings.HTTPS
        self.hosts = set()
        self.encodings = {}

    async def __call__(self, scope, receive, send):
        if scope["type"] == "lifespan":
            await self.lifespan(receive, send)
            return
        try:
            found = self.answer(scope)
            if found is None:
                await self.behind(scope)(scope, receive, send)
                return
        except Refused as refused:
            found = self.refuse(scope["path"], dict(scope["headers"]), refused.status)
        except Exception as error:
            # Where, not what: the text of an exception can hold what a reader sent.
            where = "".join(traceback.format_tb(error.__traceback__))
            log.error("The front door raised %s\n%s", type(error).__name__, where)
            found = self.refuse(scope["path"], {}, 500)
        await send(found[0])
        await send(EMPTY if scope["method"] == "HEAD" else found[1])

    def behind(self, scope):
        return self.ready if scope["path"] == "/-/ready" else self.django

    def answer(self, scope):
        """Return the opening and the body of the answer, or None if it is not ours to give."""
        path, method, query = scope["path"], scope["method"], scope["query_string"]
        headers = dict(scope["headers"])
        if len(headers) != len(scope["headers"]):
            headers = self.merged(scope["headers"])
        kind = kind_of(path)
        if kind is AddressKind.OPERATOR:
            return self.live() if path == "/-/live" else None
        if headers.get(b"host") not in self.hosts and not self.knows(headers.get(b"host", b"")):
            return self.refuse(path, {}, 400)
        if self.https and headers.get(b"x-forwarded-proto") != b"https":
            return self.moved(settings.SITE_URL + scope["raw_path"].decode())

        cookie = headers.get(b"cookie", b"")
        if kind is AddressKind.LEAVE:
            return plain(self.hooks.leave(method, cookie, time.time()))
        if cookie and self.hooks.is_leaving(cookie, time.time()) and self.hooks.covers(path):
            return self.cover()
        served = self.loader.served
        if served is None:
            return self.emergency(path, method)

        encoding = self.encoding(headers.get(b"accept-encoding", b""))
        if method in READ:
            if page := served.pages.get(path):
                flag = self.hooks.flag_of(query) if query else ""
                state = self.hooks.state_of(cookie, headers.get(b"sec-gpc", b""), flag)
                address = self.hooks.address_of(path, query)
                # Each address makes a state of the page: only pages count, or they never end.
                if address not in served.pages:
                    address = "/"
                return served.states.answers(page, state, served.parts, address)[encoding]
            if file := served.files.get(path):
                if not (query and kind is AddressKind.DATA):
                    return self.file(file, method, headers, encoding)
            elif f"{path}/" in served.pages:
                return self.moved(f"{quote(path)}/")
        elif method != "POST" and kind is not AddressKind.NEWSROOM:
            return self.refuse(path, headers, 405)
        if "\0" in path or "\ufffd" in path or b"%00" in query or not query.isascii():
            return self.refuse(path, headers, 400)
        if method == "POST" or answered_by_django(path):
            return None
        if kind is AddressKind.UPLOAD and has_session(scope["headers"]):
            # A picture of a preview. Django looks who asks, and tells readers nothing.
            return None
        return self.refuse(path, headers, 404, encoding)

    # What a request says

    def merged(self, pairs):
        """Return the headers of a request that says something twice. Raises Refused."""
        headers = {}
        for name, value in pairs:
            if name not in headers:
                headers[name] = value
            elif name in (b"host", b"content-length"):
                raise Refused(400)
            else:
                separator = b"; " if name == b"cookie" else b", "
                headers[name] += separator + value
        return headers

    def knows(self, host):
        """Return whether this is a host of ours, as Django would see it."""
        domain = split_domain_port(host.decode("latin-1").lower())[0]
        if not domain or not validate_host(domain, settings.ALLOWED_HOSTS):
            return False
        remember(self.hosts, host)
        return True

    def encoding(self, accept):
        found = self.encodings.get(accept)
        if found is None:
            found = preferred_encoding(accept)
            if len(self.encodings) >= REMEMBERED:
                self.encodings.clear()
            self.encodings[accept] = found
        return found

    # What an answer says

    def file(self, file, method, headers, encoding):
        if headers.get(b"if-none-match"):
            wanted = headers[b"if-none-match"].replace(b"W/", b"").split(b",")
            if file.tags[encoding] in map(bytes.strip, wanted) or wanted == [b"*"]:
                return file.unchanged(encoding)
        same = headers.get(b"if-range", file.tags[""]) == file.tags[""]
        if b"range" in headers and method == "GET" and same:
            return file.part(headers[b"range"]) or file.answers[encoding]
        return file.answers[encoding]

    def refuse(self, path, headers, status, encoding=""):
        """Return an error page in the state of its reader; to programs, open data's JSON."""
        kind = kind_of(path)
        if kind is AddressKind.DATA:
            data = {"Content-Type": "application/json", "Cache-Control": "no-store"}
            data |= self.hooks.headers_for("data") | ERROR_HEADERS.get(status, {})
            return answer(status, data, self.hooks.data_error(status))
        cookie, sec_gpc = headers.get(b"cookie", b""), headers.get(b"sec-gpc", b"")
        if self.hooks.is_leaving(cookie, time.time()) and kind is not AddressKind.NEWSROOM:
            # Files are not covered; the page that says there is no such file would be seen.
            return self.cover()
        flag = self.hooks.flag_of_error(path, status)
        return self.error(status, self.hooks.state_of(cookie, sec_gpc, flag), encoding)

    def error(self, status, state=None, encoding=""):
        """Return an error page: the edition's, or the plain one made of constants."""
        served = self.loader.served
        page = served and served.errors.get(status)
        if not page:
            headers = {**self.page_headers, **ERROR_HEADERS.get(status, {})}
            return answer(status, headers, self.hooks.error(status))
        state = state or self.hooks.state_of(b"", b"", "")
        back = self.hooks.address_of("", b"")
        return served.states.answers(page, state, served.parts, back)[encoding]

    def cover(self):
        served = self.loader.served
        body = served.parts.get("cover") if served else None
        return answer(200, self.page_headers, body or self.hooks.cover)

    def emergency(self, path, method):
        """Answer while there is no edition: what to do in danger, from constants."""
        if method not in READ or answered_by_django(path) and path not in ("/", "/help/"):
            return None
        status = 200 if path in ("/", "/help/") else 503
        return answer(status, self.page_headers, self.hooks.emergency)

    def moved(self, location):
        return answer(301, {**self.page_headers, "Location": location})

    def live(self):
        headers = {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"}
        return answer(200, {**headers, **self.hooks.headers_for("file")}, b"live\n")

    async def lifespan(self, receive, send):
        """Open with the server, and close with it."""
        while True:
            message = await receive()
            for do in self.on_open if message["type"] == "lifespan.startup" else self.on_close:
                do()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return


def plain(found):
    """Return an answer of safety's as messages; its headers may repeat, as Set-Cookie does."""
    status, headers, body = found
    opening = start(status, {})
    opening["headers"] = [(n.lower().encode(), v.encode("latin-1")) for n, v in headers]
    return opening, {"type": "http.response.body", "body": body}


def preferred_encoding(accept):
    """Return "br", "gzip" or "" for the bytes of Accept-Encoding; nonsense means ""."""
    accepted = set()
    for offer in accept.lower().split(b","):
        name, _, weight = offer.partition(b";")
        if weight.replace(b" ", b"").rstrip(b"0.") not in (b"q=", b"q"):
            accepted.add(name.strip())
    for name in ("br", "gzip"):
        if name.encode() in accepted or b"*" in accepted:
            return name
    return ""


def remember(known, value):
    if len(known) >= REMEMBERED:
        known.clear()
    known.add(value)
