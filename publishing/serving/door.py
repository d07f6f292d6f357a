"""The front door: answers readers from the edition in memory, and hands the rest to Django."""

import logging
import time
import traceback
from urllib.parse import quote

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from ..addresses import AddressKind, answered_by_django, kind_of
from .django_bridge import Refused
from .loaded_edition import ERROR_HEADERS
from .memory import LONGEST, Memory
from .request import Target, preferred_encoding, split
from .responses import Response, answer
from .sessions import has_session

log = logging.getLogger(__name__)

READ = (b"GET", b"HEAD")


class FrontDoor:
    """An ASGI application. `loader` holds the edition; `django` is ASGI too.

    `operator` is path -> ASGI application of what only operators ask.
    """

    def __init__(self, hooks, loader, django, operator, on_open=(), on_close=()):
        self.hooks = hooks
        self.loader = loader
        self.django = django
        self.operators = operator
        self.on_open = on_open
        self.on_close = on_close
        self.page_headers = {
            "Content-Type": "text/html; charset=utf-8",
            **hooks.headers_for("page"),
        }
        # Once, not for every reader: a lookup in Django's settings is a tenth of an answer.
        self.https = settings.HTTPS
        # The hosts that are ours, and encodings, as they were sent.
        self.hosts, self.encodings = Memory(), Memory()

    async def __call__(self, scope, receive, send):
        """Answer what the protocol has not: a request with a body, or one that waited its turn."""
        if scope["type"] == "lifespan":
            await self.lifespan(receive, send)
            return
        method = scope["method"].encode()
        target = Target(scope["path"], scope["raw_path"], scope["query_string"])
        found = self.safely(self.find, method, target, scope["headers"])
        if found is None:
            try:
                behind = self.operators.get(scope["path"], self.django)
                await behind(scope, receive, send)
                return
            except Refused as refused:
                found = self.refuse(target.path, dict(scope["headers"]), refused.status)
            except Exception as error:
                found = self.failed(target.path, error)
        await found.send(send, method != b"HEAD")

    def respond(self, method, target, pairs):
        """Return the finished Response to a request's head, or None: Django is to be asked.

        `method` and `target` are the bytes that were sent, `pairs` the headers, names in lower
        case. It reads no file, asks nobody, waits for nothing and raises nothing.
        """
        return self.safely(self.find, method, split(target), pairs)

    def remembered(self):
        """Return what the edition that is served now remembers: a request's bytes -> Response.

        To be taken before the request is answered: in a later edition's memory an earlier
        one's answer would be served on.
        """
        served = self.loader.served
        return served.remembered if served else Memory()

    def remember(self, remembered, sent, found):
        """Remember the answer to a whole request, if the same bytes are always answered so."""
        if found.lasts and len(sent) <= LONGEST and not self.hooks.mentions_leaving(sent):
            remembered.keep(sent, found)

    def safely(self, find, method, target, pairs):
        try:
            return find(method, target, pairs)
        except Refused as refused:
            return self.refuse(target.path, dict(pairs), refused.status)
        except Exception as error:
            return self.failed(target.path, error)

    def failed(self, path, error):
        # Where, not what: the text of an exception can hold what a reader sent.
        where = "".join(traceback.format_tb(error.__traceback__))
        log.error("The front door raised %s\n%s", type(error).__name__, where)
        return self.refuse(path, {}, 500)

    def find(self, method, target, pairs):
        """Return the Response, or None if it is not ours to give. Raises Refused."""
        path, query = target.path, target.query
        headers = dict(pairs)
        if len(headers) != len(pairs):
            headers = self.merged(pairs)
        kind = kind_of(path)
        if kind is AddressKind.OPERATOR:
            return self.operator(path, method)
        if headers.get(b"host") not in self.hosts and not self.knows(headers.get(b"host", b"")):
            raise Refused(400)
        if target.host and not self.knows(target.host):
            raise Refused(400)
        if self.https and headers.get(b"x-forwarded-proto") != b"https":
            return self.moved(settings.SITE_URL + target.raw.decode("latin-1"), query)

        cookie = headers.get(b"cookie", b"")
        if kind is AddressKind.LEAVE:
            return self.leave(method, cookie, headers)
        if cookie and self.hooks.is_leaving(cookie, time.time()) and self.hooks.covers(path):
            return self.cover()
        served = self.loader.served
        if served is None:
            return self.emergency(path, method)

        encoding = self.encoding(headers.get(b"accept-encoding", b""))
        if method in READ:
            if page := served.pages.get(path):
                return self.page(served, page, target, cookie, headers, encoding)
            if file := served.files.get(path):
                if not (query and kind is AddressKind.DATA):
                    return file.answer(method, headers, encoding)
            elif place := served.place_of(path):
                return self.moved(quote(place), query)
        elif method == b"OPTIONS" and kind is AddressKind.DATA:
            return self.preflight()
        elif method != b"POST" and kind is not AddressKind.NEWSROOM:
            known = path in served.pages or path in served.files or answered_by_django(path)
            raise Refused(405 if known else 404)
        if "\0" in path or "\ufffd" in path or b"%00" in query or not query.isascii():
            raise Refused(400)
        if method == b"POST" or answered_by_django(path):
            return None
        if kind is AddressKind.UPLOAD and has_session(pairs):
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
        self.hosts.keep(host, domain)
        return True

    def encoding(self, accept):
        found = self.encodings.get(accept)
        if found is None:
            found = preferred_encoding(accept)
            self.encodings.keep(accept, found)
        return found

    # What an answer says

    def page(self, served, page, target, cookie, headers, encoding):
        """Return the Response of a page in the state of its reader."""
        flag = self.hooks.flag_of(target.query) if target.query else ""
        state = self.hooks.state_of(cookie, headers.get(b"sec-gpc", b""), flag)
        address = self.hooks.address_of(target.path, target.query)
        # Each address makes a state of the page: only pages count, or they never end.
        if address not in served.pages:
            address = "/"
        return served.states.answer(page, state, served.parts, address, encoding)

    def refuse(self, path, headers, status, encoding=""):
        """Return an error page in the state of its reader; to programs, open data's JSON."""
        kind = kind_of(path)
        if kind is AddressKind.DATA:
            data = {"Content-Type": "application/json", "Cache-Control": "no-store"}
            data |= self.hooks.headers_for("data") | ERROR_HEADERS.get(status, {})
            return answer(status, data, self.hooks.data_error(status), kind=kind)
        if kind is AddressKind.NEWSROOM and (said := self.hooks.newsroom_error(status)):
            page = {"Content-Type": "text/html; charset=utf-8"}
            return answer(status, page | self.hooks.headers_for("admin"), said, kind=kind)
        cookie, sec_gpc = headers.get(b"cookie", b""), headers.get(b"sec-gpc", b"")
        if self.hooks.is_leaving(cookie, time.time()) and kind is not AddressKind.NEWSROOM:
            # Files are not covered; the page that says there is no such file would be seen.
            return self.cover()
        flag = self.hooks.flag_of_error(path, status)
        return self.error(status, self.hooks.state_of(cookie, sec_gpc, flag), encoding)

    def error(self, status, state=None, encoding=""):
        """Return an error page: the edition's, or the plain one made of constants."""
        served = self.loader.served
        if not (page := served and served.errors.get(status)):
            headers = {**self.page_headers, **ERROR_HEADERS.get(status, {})}
            return answer(status, headers, self.hooks.error(status))
        state = state or self.hooks.state_of(b"", b"", "")
        back = self.hooks.address_of("", b"")
        return served.states.answer(page, state, served.parts, back, encoding)

    def unreadable(self, status, pairs):
        """Return the Response to what is no request; `pairs` are the headers that were read."""
        cookies = b"; ".join(value for name, value in pairs if name == b"cookie")
        if self.hooks.is_leaving(cookies, time.time()):
            return self.cover()
        return self.error(status)

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

    def moved(self, location, query=b""):
        if query:
            location += "?" + query.decode("latin-1")
        return answer(301, {**self.page_headers, "Location": location})

    def leave(self, method, cookie, headers):
        """Return the answer of /leave/, but never to a browser that only looks ahead.

        A page fetched before the tap would set the guard while the reader still reads.
        """
        purposes = headers.get(b"sec-purpose", b"") + headers.get(b"purpose", b"")
        if b"prefetch" in purposes or b"prerender" in purposes:
            return self.error(503)
        exit_url = self.exit_url(self.loader.served)
        return Response(*self.hooks.leave(method.decode("latin-1"), cookie, time.time(), exit_url))

    def exit_url(self, served):
        """Return where the exit leads; to read its signature takes longer than a whole answer."""
        if served is None:
            return ""
        if served.exit_url is None:
            served.exit_url = self.hooks.exit_of(served.kept)
        return served.exit_url

    def preflight(self):
        """Return the answer to a browser that asks whether another site may read open data."""
        allowed = {
            "Access-Control-Allow-Methods": "GET, HEAD",
            "Access-Control-Allow-Headers": "*",
            "Access-Control-Max-Age": "86400",
            "Allow": "GET, HEAD, OPTIONS",
        }
        headers = {**self.hooks.headers_for("data"), **allowed}
        return Response(204, headers.items(), kind=AddressKind.DATA)

    def operator(self, path, method):
        """Return the answer to the operator's /-/live; None where another application answers."""
        if method not in READ:
            raise Refused(405)
        if path != "/-/live":
            return None
        headers = {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"}
        headers |= self.hooks.headers_for("file")
        return answer(200, headers, b"live\n", kind=AddressKind.OPERATOR)

    async def lifespan(self, receive, send):
        """Open with the server, and close with it."""
        while True:
            message = await receive()
            for do in self.on_open if message["type"] == "lifespan.startup" else self.on_close:
                do()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return
