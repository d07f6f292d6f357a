"""Readers while a thousand connections of one kind are slow: the others' p99, and when each is cut."""

import os
import re
import selectors
import socket
import statistics
import threading
import time

import requests

from ..publishing import wire
from .tools import memory, say, site, wrk

MANY = 1000
SECONDS = 8
# Seconds within which each must be cut off that sends or takes nothing more; a little is for
# the machine. An answer that fits into the kernel's memory is sent, whoever takes it.
DEADLINES = {
    "silent": 5,
    "half a head": 5,
    "half a body": 5,
    "half a trailer": 5,
    "taking nothing": 11,
    "/admin/, half a body": 5,
}
LATE = 3


def beginnings(url, large):
    """Return kind of slow connection -> what it sends before it stops."""
    form = [("Content-Length", "9000")]
    chunked = [("Transfer-Encoding", "chunked"), ("Content-Type", "text/plain")]
    many = wire.request(url, large).replace(b"Connection: close\r\n", b"") * 30
    return {
        "silent": b"",
        "half a head": wire.request(url, "/help/")[:40],
        "half a body": wire.request(url, "/feedback/", "POST", form, b"found="),
        "half a trailer": wire.request(url, "/feedback/", "POST", chunked, b"1\r\na\r\n0\r\nX: "),
        "taking nothing": many,
        "/admin/, half a body": wire.request(url, "/admin/login/", "POST", form, b"username="),
    }


class Slow:
    """Keeps `many` connections open that send the same and stop; opens again what is cut off.

    `lived` are the seconds that each one lived which was cut off.
    """

    def __init__(self, url, sent, reads=True, many=MANY):
        self.url, self.sent, self.reads, self.many = url, sent, reads, many
        self.open = selectors.DefaultSelector()
        self.lived = []
        self.takers = []
        self.done = threading.Event()
        self.thread = threading.Thread(target=self.keep_open)

    def __enter__(self):
        for _ in range(self.many):
            self.add()
        self.thread.start()
        return self

    def __exit__(self, *error):
        self.done.set()
        self.thread.join()
        for key in list(self.open.get_map().values()):
            key.fileobj.close()
        for connection, _ in self.takers:
            connection.close()
        self.open.close()

    def add(self):
        connection = wire.connect(self.url)
        if not self.reads:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.sendall(self.sent)
        if self.reads:
            self.open.register(connection, selectors.EVENT_READ, time.monotonic())
        else:
            self.takers.append((connection, time.monotonic()))

    def keep_open(self):
        while not self.done.is_set():
            for key, _ in self.open.select(timeout=0.1) if self.reads else ():
                self.open.unregister(key.fileobj)
                key.fileobj.close()
                self.lived.append(time.monotonic() - key.data)
                self.add()
            if not self.reads:
                self.look_at_takers()
                self.done.wait(0.2)

    def look_at_takers(self):
        """Count those whose connection the server has ended, without taking what it sent."""
        for each in list(self.takers):
            connection, since = each
            if state_of(connection) != ESTABLISHED:
                self.takers.remove(each)
                connection.close()
                self.lived.append(time.monotonic() - since)
                self.add()


ESTABLISHED = 1


def state_of(connection):
    """Return the kernel's state of a TCP connection (linux/tcp.h: the first byte of tcp_info)."""
    return connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0]


def largest(server):
    """Return the address of the largest file of the edition: more than a kernel holds for one."""
    text = (server.data_dir / "editions/current/manifest.json").read_text()
    folder = server.data_dir / "editions/current"
    found = re.findall(r'"file": "(public/[^"]+)"', text)
    file = max(found, key=lambda name: (folder / name).stat().st_size)
    return "/" + file.removeprefix("public/").removesuffix("index.html").removesuffix("index.json")


def run(many=MANY, rounds=2):
    """A site for each kind: what one leaves in the kernel's memory is no fault of the next."""
    for kind in DEADLINES:
        with site(workers=2) as server:
            measure(server, kind, many, rounds)
    say(f"Load of the machine: {os.getloadavg()[0]:.1f}")


def measure(server, kind, many, rounds):
    warm(server)
    quiet = [wrk(f"{server.url}/help/", seconds=3) for _ in range(rounds)]
    p99 = statistics.median(one.p99 for one in quiet)
    say(f"Quiet: p99 {p99:.1f} ms, {statistics.median(one.rps for one in quiet):.0f} req/s")
    sent = beginnings(server.url, largest(server))[kind]
    before = max(map(memory, server.workers()))
    with Slow(server.url, sent, reads=kind != "taking nothing", many=many) as slow:
        seen = wrk(f"{server.url}/help/", seconds=SECONDS + DEADLINES[kind])
        during = max(map(memory, server.workers()))
    after = max(map(memory, server.workers()))
    latest = max(slow.lived, default=float("nan"))
    due = DEADLINES[kind] + LATE
    say(
        f"{many} {kind}: p99 {seen.p99:.1f} ms (at most 50: "
        f"{'met' if seen.p99 <= 50 else 'NOT MET'}), {seen.rps:.0f} req/s, "
        f"{len(slow.lived)} cut off, the last "
        f"after {latest:.1f} s (at most {due}: {'met' if latest <= due else 'NOT MET'}), "
        f"{seen.wrong} wrong answers"
    )
    say(
        f"  A worker: {before:.0f} MiB before, {during:.0f} with them, {after:.0f} without "
        f"(at most 10% more: {'met' if max(during, after) <= 1.1 * before else 'NOT MET'})"
    )


def warm(server):
    """Have every worker ask Django for what it imports when it is first asked: that is no growth."""
    for path in ("/admin/login/", "/feedback/") * 10:
        requests.get(server.url + path, headers={"Connection": "close"}, timeout=30)
