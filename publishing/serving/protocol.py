"""HTTP on one connection: the door's answers at once, limits and deadlines, and ASGI for the rest.

Leans on uvicorn's internals, so its version is pinned, and tests/publishing/serving/test_protocol.py
names each of them. Why limits of our own: uvicorn takes a head of any size and waits for it
for ever; 3,000 silent connections then end a site
(reference/security-and-reliability.md sections 2 and 7).
"""

import re
import socket

from httptools import HttpParserError, HttpParserUpgrade

from ..addresses import AddressKind, kind_of
from .by_asgi import KIB, WAITING, ByAsgi
from .deadlines import SECONDS, Deadlines
from .sessions import has_session

ADDRESS = 8 * KIB
HEAD = 16 * KIB
HEADERS = 100
# Who was refused may read why for so long.
LINGER = 1
NO_ANSWER = object()
# So many bytes of answers wait for a reader before no more are made.
UNSENT = 16 * KIB
# So many, doubled, the kernel takes of them; left to itself it takes four million.
KERNEL = 64 * KIB
COOKIES = re.compile(rb"^cookie:[ \t]*([^\r\n]*)", re.IGNORECASE | re.MULTILINE)


class TooMuch(Exception):
    """Stops the parser; `status` of the protocol says why."""


class Protocol(Deadlines, ByAsgi):
    """One connection.

    A request that carries no body is answered from `app.respond` in one write, as soon as it
    is complete and nothing else is under way. All others go to `app` by ASGI.
    """

    url = b""
    headers = ()
    # The door's answer to the request that is being parsed, until its end is reached.
    found = None
    keep_alive = with_body = True
    # The answers to what was received last.
    given = ()
    # Answers of the door that wait until those before them are taken.
    held = ()
    # Bytes of this request: all of it, and its head and body. What is left over is overhead:
    # chunk extensions and trailers.
    received = counted = 0
    data = b""
    status = 400
    refused = False
    watch = None
    # The lines of the server's own headers, such as the date, and what they were made of.
    server_lines = b""
    server_headers = None

    def connection_made(self, transport):
        super().connection_made(transport)
        # Who takes nothing holds one answer of ours, and no more.
        transport.set_write_buffer_limits(high=UNSENT)
        if connection := transport.get_extra_info("socket"):
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, KERNEL)
        self.since = self.loop.time()
        self.watch = self.loop.call_later(SECONDS, self.look)

    def connection_lost(self, exc):
        self.watch.cancel()
        super().connection_lost(exc)

    def waits_for_us(self):
        return self.state == "work" or self.pipeline or self.state == "head" and self.is_busy()

    def is_busy(self):
        return self.cycle is not None and not self.cycle.response_complete

    def rest(self):
        """A request is complete: Django has it, or the next one may come."""
        self.state, self.since = "work" if self.is_busy() else "idle", self.loop.time()

    # What the parser calls

    # Most of an answer's time is spent here: each call and each look-up more is seen in bin/bench.

    def on_message_begin(self):
        if self.refused:
            raise TooMuch
        self.url = b""
        self.headers = []
        self.state, self.since = "head", self.loop.time()

    def on_header(self, name, value):
        self.headers.append((name.lower(), value))

    def on_headers_complete(self):
        if self.transport.is_closing():
            # Sent after a request that asked to close, which has its answer.
            self.found = NO_ANSWER
            return
        self.counted = self.received
        if self.received > ADDRESS:
            # Only now is it worth counting: the head and the body came together.
            self.refuse_too_much()
        elif len(self.headers) > HEADERS:
            self.status = 431
            raise TooMuch
        pairs, parser, cycle = self.headers, self.parser, self.cycle
        headers = dict(pairs)
        if not (
            b"content-length" in headers
            or b"transfer-encoding" in headers
            # An answer of Django is under way.
            or self.pipeline
            or (cycle is not None and not cycle.response_complete)
            or parser.should_upgrade()
        ):
            method = parser.get_method()
            self.found = self.app.respond(method, self.url, pairs)
            if self.found is not None:
                # HTTP/1.0 keeps a connection only where a header asks for it; we keep none.
                self.keep_alive = parser.should_keep_alive() and (
                    b"connection" not in headers or parser.get_http_version() != "1.0"
                )
                self.with_body = method != b"HEAD"
                return
        if self.held:
            # Django's answer could not wait with them: the last of them closes.
            *most, (found, _, with_body) = self.held
            self.held = (*most, (found, False, with_body))
            self.refused, self.state = True, "idle"
            raise TooMuch
        self.state, self.latest, self.mark = "body", self.since, self.counted
        self.staff = kind_of(self.url.decode("latin-1")) is AddressKind.NEWSROOM and has_session(
            pairs
        )
        self.begin_body(headers)

    def on_body(self, body):
        self.counted += len(body)
        super().on_body(body)

    def on_message_complete(self):
        found = self.found
        if found is None:
            super().on_message_complete()
            self.rest()
            # The answer to this one says that the connection ends.
            self.refused = len(self.pipeline) >= WAITING
        else:
            self.found = None
            if found is not NO_ANSWER:
                self.given.append(found)
                if self.flow.write_paused:
                    self.hold(found)
                else:
                    self.answer(found, self.keep_alive, self.with_body)
            self.state = "idle"
        self.received = 0

    def hold(self, found):
        """Keep an answer until those before it are taken, and hear no more than can wait."""
        self.refused = found.closes or not self.keep_alive or len(self.held) + 1 >= WAITING
        self.held = (*self.held, (found, not self.refused, self.with_body))

    def resume_writing(self):
        super().resume_writing()
        while self.held and not (self.flow.write_paused or self.transport.is_closing()):
            first, *self.held = self.held
            self.answer(*first)

    def answer(self, found, keep_alive, with_body):
        """Write the door's answer, and close where it is the last."""
        self.give(found, keep_alive, with_body)
        if found.closes or not keep_alive:
            self.transport.close()

    def give(self, found, keep_alive=True, with_body=True):
        """Write the door's answer."""
        pieces = found.pieces(self.lines(), keep_alive, with_body)
        if len(found.rest) > UNSENT:
            self.transport.writelines(pieces)
        else:
            self.transport.write(b"".join(pieces))
        self.server_state.total_requests += 1
        self.since = self.loop.time()

    def on_response_complete(self):
        super().on_response_complete()
        # Our own timer looks after connections that are kept.
        self._unset_keepalive_if_required()
        if self.state == "work":
            self.rest()

    def lines(self):
        """Return the server's own headers as they are sent; uvicorn makes them each second."""
        headers = self.server_state.default_headers
        if Protocol.server_headers is not headers:
            made = [name + b": " + value + b"\r\n" for name, value in headers]
            Protocol.server_headers, Protocol.server_lines = headers, b"".join(made)
        return Protocol.server_lines

    # What is too much

    def data_received(self, data):
        if self.refused:
            return
        if self.state == "idle" and not (self.received or self.flow.write_paused):
            # The browsers of one kind send the same bytes: they are taken apart once.
            remembered = self.app.remembered()
            if found := remembered.get(data):
                self.give(found)
                return
            self.take(data)
            if len(self.given) == 1 and self.state == "idle" and self.keep_alive and self.with_body:
                self.app.remember(remembered, data, self.given[0])
        else:
            self.take(data)

    def take(self, data):
        """Give bytes to the parser."""
        self.given = []
        self.received += len(data)
        try:
            self.parser.feed_data(data)
        except HttpParserError:
            if not self.refused:
                self.data = data
                self.send_400_response("")
            return
        except HttpParserUpgrade:
            pass  # Answered as an ordinary request; what follows it is not HTTP.
        if self.state == "idle":
            return
        if self.state == "head" and self.received > HEAD:
            self.status = 414 if len(self.url) > ADDRESS else 431
            self.send_400_response("")
        elif self.state == "body" and self.received - self.counted > HEAD + self.counted:
            self.send_400_response("")

    def refuse_too_much(self):
        head = sum(len(name) + len(value) + 4 for name, value in self.headers)
        self.counted = len(self.url) + head
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
        self.refused, self.body = True, None
        if self.cycle and not self.cycle.response_complete:
            if self.cycle.response_started:
                # Another answer is on its way: a second one would end up inside it.
                self.transport.close()
                return
            # Whoever waits for the rest of this body will not get it, nor be heard.
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        # The parser has not told of the line before the one that it refused.
        cookies = [(b"cookie", value) for value in COOKIES.findall(self.data)]
        found = self.app.unreadable(self.status, [*self.headers, *cookies])
        self.transport.write(found.wire(self.lines(), keep_alive=False))
        # Closing at once would throw away the page while the rest still arrives.
        self.transport.write_eof()
        self.loop.call_later(LINGER, self.transport.abort)
