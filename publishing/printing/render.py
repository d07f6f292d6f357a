"""One way to make a page: Django's own handler, asked as a browser would ask it."""

import io
import logging
import sys
from functools import cache
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.core.signals import got_request_exception

from .. import middleware
from ..addresses import AddressKind, kind_of
from ..problems import CannotPrint, Problem
from . import editions

log = logging.getLogger(__name__)


@cache
def handler():
    """Return Django's handler, made once: WhiteNoise looks at every static file for it."""
    made = BaseHandler()
    made.load_middleware()
    return made


class Renderer:
    """Makes the things of an edition as they are at an aware moment. Knows no reader.

    `given` is put into the environ of each request: what a preview has that no reader can send.
    """

    def __init__(self, moment, given=None):
        self.moment = moment
        self.given = given or {}
        self.handler = handler()

    def environ(self, path):
        site = urlsplit(settings.SITE_URL)
        secure = site.scheme == "https"
        return {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path.encode().decode("latin-1"),
            "QUERY_STRING": "",
            "SERVER_NAME": site.hostname,
            "SERVER_PORT": str(site.port or (443 if secure else 80)),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": site.netloc,
            "wsgi.url_scheme": site.scheme,
            "wsgi.input": io.BytesIO(),
            # Where the site stands behind a proxy, Django asks the proxy's header.
            **({"HTTP_X_FORWARDED_PROTO": "https"} if secure else {}),
            **self.given,
            middleware.MOMENT: self.moment,
        }

    def item(self, address):
        """Return the Item at a sources.Address, or the Problem that kept it from being made."""
        asked, raised = WSGIRequest(self.environ(address.path)), []

        def keep(sender, request, **kwargs):
            # Django answers 500 and keeps the reason to itself; editors need it.
            if request is asked:
                raised.append(sys.exception())

        got_request_exception.connect(keep)
        try:
            response = self.handler.get_response(asked)
        finally:
            got_request_exception.disconnect(keep)
        if raised:
            return self.failure(address, raised[0])
        if response.status_code == 301 and kind_of(response["Location"]) is AddressKind.PAGE:
            return editions.Item("moved", "text/plain", response["Location"].encode())
        if response.status_code != 200:
            return Problem(
                address.path,
                words=f"It answers {response.status_code} instead of a page.",
                mend="Publish or withdraw the page again. If that does not help, tell whoever runs the site.",
            )
        # Never closed: that would end the request, and with it the snapshot's connection.
        body = b"".join(response) if response.streaming else response.content
        return editions.Item(address.kind, response["Content-Type"], body)

    def failure(self, address, error):
        if isinstance(error, CannotPrint):
            return Problem(address.path, words=error.words, mend=error.mend)
        log.error("A page could not be made: %s", address.path, exc_info=error)
        return Problem(
            address.path,
            words=f"The page could not be made: {error} ({type(error).__name__}).",
            mend="Undo what was changed last, or tell whoever runs the site.",
        )
