"""Requests that go to the application by ASGI, as uvicorn gives them, once their body has come."""

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

KIB = 1024
# So many bytes of a body wait here; where more come, the application takes them as they come.
BODY = 4 * KIB
# Whoever says that more will come may have to be refused at once.
LONG = 64 * KIB
# So many requests or answers wait behind the one that is under way; no browser sends a second.
WAITING = 3


class Ended(list):
    """Headers to which nothing is added any more."""

    def append(self, pair):
        pass


class ByAsgi(HttpToolsProtocol):
    """Asks `app` no sooner than it could answer.

    What uvicorn makes for a request, a task and its parts, takes ten times the memory of its
    head: a thousand who stop in the middle of a form would cost a worker a fifth of its size.
    """

    # What has come of a body that the application has not been asked about.
    body = None

    def begin_body(self, headers):
        """Wait for the body of a request whose head is complete; `headers` are its names and values."""
        # Trailers come in the same way as headers, and nobody reads them.
        self.headers = Ended(self.headers)
        self.body = b""
        length = headers.get(b"content-length", b"0")
        if b"expect" in headers or not length.isdigit() or int(length) > LONG:
            self.begin_asgi()

    def begin_asgi(self):
        """Give the request to the application, with as much of its body as has come."""
        url, headers, body, self.body = self.url, self.headers, self.body, None
        super().on_message_begin()
        self.url = url
        for name, value in headers:
            super().on_header(name, value)
        super().on_headers_complete()
        self.headers = Ended(self.headers)
        if len(self.pipeline) >= WAITING:
            self.cycle.keep_alive = False
        if body:
            super().on_body(body)

    def on_body(self, body):
        if self.body is None:
            super().on_body(body)
        else:
            self.body += body
            if len(self.body) > BODY:
                self.begin_asgi()

    def on_message_complete(self):
        if self.body is not None:
            self.begin_asgi()
        super().on_message_complete()

    def shutdown(self):
        if self.body is not None:
            # The server ends, and waits for what is under way.
            self.begin_asgi()
        super().shutdown()
