"""A connection without a network: what it writes and when it is late can be looked at."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass

from uvicorn.config import Config
from uvicorn.server import ServerState

from publishing.serving.protocol import Protocol

DATE = [(b"date", b"Thu, 26 Nov 2026 01:02:03 GMT")]


class Transport(asyncio.Transport):
    """Keeps what is written; `unsent` is what nobody has taken yet."""

    def __init__(self):
        super().__init__()
        self.written = b""
        self.writes = 0
        self.closed = self.aborted = self.paused = False
        self.unsent = 0

    def write(self, data):
        assert not self.closed
        self.written += data
        self.writes += 1

    def get_write_buffer_size(self):
        return self.unsent

    def is_closing(self):
        return self.closed

    def close(self):
        self.closed = True

    def abort(self):
        self.closed = self.aborted = True

    def write_eof(self):
        pass

    def set_write_buffer_limits(self, high):
        self.high = high

    def pause_reading(self):
        self.paused = True

    def resume_reading(self):
        self.paused = False


class Clock:
    """A loop whose time is set by hand."""

    def __init__(self, loop):
        self.loop = loop
        self.now = 1000.0
        self.timers = []

    def __getattr__(self, name):
        return getattr(self.loop, name)

    def time(self):
        return self.now

    def call_later(self, delay, call, *arguments):
        return self.call_at(self.now + delay, call)

    def call_at(self, when, call, *arguments):
        timer = Timer(when, call, self.timers)
        self.timers.append(timer)
        return timer

    def go_on(self, seconds):
        """Let time pass, and each timer go off when it is due."""
        end = self.now + seconds
        while due := [timer for timer in self.timers if timer.when <= end]:
            first = min(due, key=lambda timer: timer.when)
            first.cancel()
            self.now = first.when
            first.call()
        self.now = end


@dataclass(eq=False)
class Timer:
    when: float
    call: Callable
    timers: list

    def cancel(self):
        if self in self.timers:
            self.timers.remove(self)


class Django:
    """Answers with the path that was asked for, when it is let."""

    def __init__(self):
        self.asked = []
        self.bodies = []
        self.let = None

    async def __call__(self, scope, receive, send):
        self.asked.append(scope["path"])
        if self.let:
            await self.let.wait()
        body, more = b"", True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        self.bodies.append(body)
        said = b"Django " + scope["path"].encode()
        headers = [(b"content-length", str(len(said)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": said})


class Socket:
    """Remembers what it was set to, and is of no family that has addresses."""

    family = None

    def __init__(self):
        self.options = []

    def setsockopt(self, *option):
        self.options.append(option)

    def getpeername(self):
        raise OSError

    def getsockname(self):
        return None


class Connection:
    def __init__(self, door):
        self.loop = Clock(asyncio.get_running_loop())
        self.state = ServerState()
        self.state.default_headers = DATE
        config = Config(door, ws="none", lifespan="off", access_log=False, proxy_headers=False)
        self.protocol = Protocol(config, self.state, {}, self.loop)
        self.transport = Transport()
        self.transport.socket = Socket()
        known = {"socket": self.transport.socket}
        self.transport.get_extra_info = lambda name, default=None: known.get(name, default)
        self.protocol.connection_made(self.transport)

    def __call__(self, *parts):
        for part in parts:
            if not self.transport.closed:
                self.protocol.data_received(part)

    async def settle(self):
        for _ in range(20):
            await asyncio.sleep(0)

    @property
    def statuses(self):
        return [int(found) for found in re.findall(rb"HTTP/1\.1 (\d{3}) ", self.transport.written)]


def get(path, *lines, method="GET", version="1.1", body=b""):
    head = [f"{method} {path} HTTP/{version}", "Host: site.test", *lines, "", ""]
    return "\r\n".join(head).encode() + body
