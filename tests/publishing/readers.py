"""Readers who keep asking, and remember what they were told."""

import http.client
import re
import ssl
import threading
import time
from contextlib import closing, contextmanager
from urllib.parse import urlsplit

from ..server import PATIENCE


def numbers(body):
    """Return the numbers that a page offers to call."""
    return set(re.findall(rb'href="tel:([^"]+)"', body))


class Reader:
    """One browser with one connection, opened again when the server closes it.

    With https it believes any certificate; `host` is whom it asks for, if not the address.
    """

    def __init__(self, url, host=None):
        self.host, self.named = urlsplit(url).netloc, {"Host": host} if host else {}
        self.secure = url.startswith("https:")
        self.connection, self.headers = None, []

    def connect(self):
        if self.secure:
            trusting = ssl._create_unverified_context()
            return http.client.HTTPSConnection(self.host, timeout=PATIENCE, context=trusting)
        return http.client.HTTPConnection(self.host, timeout=PATIENCE)

    def get(self, path, headers=None):
        """Return (status, body)."""
        for fresh in (False, True):
            if fresh or self.connection is None:
                self.connection = self.connect()
            try:
                self.connection.request("GET", path, headers={**self.named, **(headers or {})})
                answer = self.connection.getresponse()
                self.headers = answer.getheaders()
                return answer.status, answer.read()
            except (http.client.RemoteDisconnected, ConnectionResetError):
                # A browser asks again when a kept connection was closed meanwhile.
                self.connection.close()
                if fresh:
                    raise
        raise AssertionError

    def close(self):
        if self.connection:
            self.connection.close()


class Readers(list):
    """What readers were told: (seconds since the start, seconds it took, path, status, body)."""

    def slowest_of_100(self):
        """Return the 99th percentile of the seconds that an answer took."""
        taken = sorted(took for _, took, *_ in self)
        return taken[int(len(taken) * 0.99)]


@contextmanager
def reading(url, paths, readers=4, host=None):
    """Readers go round the paths until the block ends; yields the Readers list that they fill."""
    told, done, began = Readers(), threading.Event(), time.monotonic()

    def read():
        with closing(Reader(url, host)) as reader:
            while not done.is_set():
                for path in paths:
                    asked = time.monotonic()
                    try:
                        status, body = reader.get(path)
                    except (OSError, http.client.HTTPException) as error:
                        # An answer cut off in the middle counts too; the reader goes on.
                        status, body = 0, str(error).encode()
                        reader.close()
                    told.append((asked - began, time.monotonic() - asked, path, status, body))

    threads = [threading.Thread(target=read) for _ in range(readers)]
    for thread in threads:
        thread.start()
    try:
        yield told
    finally:
        done.set()
        for thread in threads:
            thread.join()
