"""Readers while a thousand connections say nothing, or never finish what they say."""

import selectors
import threading
from itertools import cycle

from ..publishing import wire
from .tools import say, site, table, wrk

MANY = 1000


class Slow:
    """Keeps so many connections open that send part of a request; opens again what is cut off."""

    def __init__(self, url, many=MANY):
        self.url = url
        head = wire.request(url, "/help/")
        parts = cycle(
            [
                b"",
                head[:8],
                head[:-4],
                wire.request(url, "/feedback/", "POST", [("Content-Length", "99")]),
            ]
        )
        self.parts = parts
        self.many = many
        self.open = selectors.DefaultSelector()
        self.cut_off = 0
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
        self.open.close()

    def add(self):
        connection = wire.connect(self.url)
        connection.sendall(next(self.parts))
        self.open.register(connection, selectors.EVENT_READ)

    def keep_open(self):
        while not self.done.is_set():
            for key, _ in self.open.select(timeout=0.1):
                self.open.unregister(key.fileobj)
                key.fileobj.close()
                self.cut_off += 1
                self.add()


def run():
    with site(workers=2) as server:
        seen = {"quiet": [], f"{MANY} slow connections": []}
        for _ in range(3):
            seen["quiet"].append(wrk(f"{server.url}/help/"))
            with Slow(server.url) as slow:
                seen[f"{MANY} slow connections"].append(wrk(f"{server.url}/help/", seconds=8))
        table("Readers beside slow and silent connections", seen, "quiet")
        say(f"{slow.cut_off} of them were cut off and opened again in the last eight seconds.")
