"""New visitors at a steady rate: each opens a connection and asks for a page, a style and a script.

The rate is kept whatever the answers take (an open loop), as a crowd does; so a server that
falls behind is seen to.
"""

import asyncio
import json
import os
import sys
import time
from urllib.parse import urlsplit

import uvloop

from .fetch import fetched
from .tools import BROWSER, LOAD_CORE, say, site

A_SECOND = 3000
SECONDS = 5


class Visitor(asyncio.Protocol):
    """One visit: each request is sent when the answer before it is whole."""

    def __init__(self, visit, told):
        self.visit, self.told = visit, told
        self.at, self.left = -1, 0

    def connection_made(self, transport):
        self.transport = transport
        self.ask()

    def ask(self):
        self.at += 1
        if self.at == len(self.visit):
            self.transport.close()
            return
        request, self.left = self.visit[self.at]
        self.asked = time.perf_counter()
        self.transport.write(request)

    def data_received(self, data):
        self.left -= len(data)
        if self.left == 0:
            self.told.append(time.perf_counter() - self.asked)
            self.ask()

    def connection_lost(self, error):
        if self.at < len(self.visit):
            self.told.append(None)


async def crowd(host, port, visit, rate, seconds):
    """Return the seconds that each answer took, None for one that did not come."""
    loop, told, tasks = asyncio.get_running_loop(), [], []
    began, count = time.perf_counter(), rate * seconds

    async def come():
        try:
            await loop.create_connection(lambda: Visitor(visit, told), host, port)
        except OSError:
            told.append(None)

    for number in range(count):
        if (wait := began + number / rate - time.perf_counter()) > 0:
            await asyncio.sleep(wait)
        tasks.append(loop.create_task(come()))
    await asyncio.gather(*tasks)
    took = time.perf_counter() - began
    end = time.perf_counter() + 10
    while len(told) < count * len(visit) and time.perf_counter() < end:
        await asyncio.sleep(0.05)
    return told, took


def request(url, path):
    lines = [f"GET {path} HTTP/1.1", f"Host: {urlsplit(url).netloc}", *BROWSER, "", ""]
    return "\r\n".join(lines).encode()


def length_of(url, path):
    """Return how many bytes an answer is on the wire: the same each time, but for its date."""
    opening, body = fetched(url + path)
    date = (b"date", b"Thu, 26 Nov 2026 00:00:00 GMT")
    headers = [*opening["headers"], date]
    head = sum(len(name) + len(value) + 4 for name, value in headers)
    return len("HTTP/1.1 200 OK\r\n") + head + 2 + len(body["body"])


def run():
    # The visitors have a core, and the site has both: in life nobody takes one from it.
    with site(workers=os.cpu_count(), pinned=False) as server:
        manifest = json.loads((server.data_dir / "editions/current/manifest.json").read_text())
        style = next(path for path in manifest["items"] if path.endswith(".css"))
        script = next(path for path in manifest["items"] if "js/leave" in path)
        visit = [(request(server.url, p), length_of(server.url, p)) for p in ("/", style, script)]
        where = urlsplit(server.url)
        os.sched_setaffinity(0, {LOAD_CORE})
        for rate in (A_SECOND // 3, A_SECOND):
            told, took = uvloop.run(crowd(where.hostname, where.port, visit, rate, SECONDS))
            report(rate, told, took)


def report(rate, told, took):
    count = rate * SECONDS
    times = sorted(one * 1000 for one in told if one is not None)
    if not times:
        sys.exit("Nobody was answered.")
    missed = count * 3 - len(times)
    say(
        f"{rate} new visitors a second wanted, {count / took:.0f} came: "
        f"p50 {times[len(times) // 2]:.1f} ms, p99 {times[int(len(times) * 0.99)]:.1f} ms "
        f"(aim 60), {missed} requests without a whole answer. "
        f"Load of the machine: {os.getloadavg()[0]:.1f}"
    )
