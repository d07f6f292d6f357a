"""What uvicorn's parser leaves open: limits and a deadline on the request itself.

Leans on uvicorn's internals, so its version is pinned. Why: uvicorn takes a head of any
size and waits for it for ever; 3,000 silent connections then end a site
(reference/security-and-reliability.md sections 2 and 7).
"""

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from ..addresses import AddressKind, kind_of

KIB = 1024
ADDRESS = 8 * KIB
HEAD = 16 * KIB
HEADERS = 100
# A whole request arrives within so many seconds of its first byte; a picture has longer.
SECONDS = 5
ADMIN_SECONDS = 60
# Who was refused may read why for so long.
LINGER = 1


class TooMuch(Exception):
    """Stops the parser; `status` of the protocol says why."""


class Protocol(HttpToolsProtocol):
    begun = None
    limit = SECONDS
    received = 0
    in_head = True
    status = 400
    refused = False
    watch = None

    def connection_made(self, transport):
        super().connection_made(transport)
        # Nothing yet is a request that has not arrived.
        self.begun = self.loop.time()
        self.watch = self.loop.call_later(SECONDS, self.look)

    def connection_lost(self, exc):
        self.watch.cancel()
        super().connection_lost(exc)

    def look(self):
        """Cut the connection off if its request is late; else look again when it could be."""
        now = self.loop.time()
        due = self.limit + (now if self.begun is None else self.begun)
        if due <= now:
            self.transport.abort()
        else:
            self.watch = self.loop.call_at(due, self.look)

    # One timer a connection, not one a request: a request only notes when it began.

    def on_message_begin(self):
        super().on_message_begin()
        self.begun = self.loop.time()
        self.in_head = True

    def on_message_complete(self):
        super().on_message_complete()
        self.begun = None
        self.limit = SECONDS
        self.received = 0

    def data_received(self, data):
        if self.refused:
            return
        self.received += len(data)
        super().data_received(data)
        if self.in_head and self.received > HEAD and not self.refused:
            self.status = 414 if len(getattr(self, "url", b"")) > ADDRESS else 431
            self.send_400_response("")

    def on_headers_complete(self):
        self.in_head = False
        if self.received > ADDRESS:
            # Only now is it worth counting: the head and the body came together.
            self.refuse_too_much()
        elif len(self.headers) > HEADERS:
            self.status = 431
            raise TooMuch
        if kind_of(self.url.decode("latin-1")) is AddressKind.NEWSROOM:
            self.limit = ADMIN_SECONDS
        super().on_headers_complete()

    def refuse_too_much(self):
        head = sum(len(name) + len(value) + 4 for name, value in self.headers)
        if len(self.url) > ADDRESS:
            self.status = 414
            raise TooMuch
        if head > HEAD or len(self.headers) > HEADERS:
            self.status = 431
            raise TooMuch

    def send_400_response(self, msg):
        """Answer what cannot be a request with a page that helps, and close.

        uvicorn calls it for bytes that its parser refuses.
        """
        self.refused = True
        if self.cycle and not self.cycle.response_complete:
            if self.cycle.response_started:
                # Another answer is on its way: a second one would end up inside it.
                self.transport.close()
                return
            # Whoever waits for the rest of this body will not get it, nor be heard.
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        opening, body = self.app.error(self.status)
        lines = [name + b": " + value + b"\r\n" for name, value in opening["headers"]]
        self.transport.write(
            b"".join([STATUS_LINE[self.status], *lines, b"connection: close\r\n\r\n", body["body"]])
        )
        # Closing at once would throw away the page while the rest still arrives.
        self.transport.write_eof()
        self.loop.call_later(LINGER, self.transport.abort)
