"""The answers of an edition, as the bytes that are sent: made once, sent often."""

import gzip
import hashlib
import html
import re
from collections import OrderedDict
from dataclasses import dataclass, field

import brotli
from uvicorn.protocols.http.httptools_impl import STATUS_LINE

from ..addresses import AddressKind
from ..splice import ADDRESS_PLACE, splice
from .counting import answers, place

FOR_EVER = "public, max-age=31536000, immutable"
# Open data and the map of the site: kept by nobody without asking whether it still holds.
ASK_AGAIN = "no-cache"
VARIES = "Accept-Encoding, Cookie, Sec-GPC"
RANGE = re.compile(rb"bytes=(\d{0,18})-(\d{0,18})")
# The states of pages that a worker remembers, in bytes as sent.
STATES_KEPT = 32 * 1024 * 1024


class Response:
    """A finished answer: its bytes for the wire, made once, and the same as ASGI sends it.

    `headers` are pairs of text; a name may repeat, as Set-Cookie does. A status that has no
    body is given none. `lasts`: while its edition is served, the same request is answered so.
    `kind` is the AddressKind that it is counted as, each time that it is given.
    """

    __slots__ = ("at", "closes", "headers", "lasts", "opening", "place", "rest", "status")

    def __init__(self, status, headers, body=b"", lasts=False, kind=AddressKind.PAGE):
        self.status = status
        self.lasts = lasts
        self.place = place(kind, status)
        self.headers = [(name.lower().encode(), value.encode("latin-1")) for name, value in headers]
        self.closes = (b"connection", b"close") in self.headers
        self.opening = STATUS_LINE[status]
        lines = [name + b": " + value + b"\r\n" for name, value in self.headers]
        head = b"".join([*lines, b"\r\n"])
        # Where the body begins: head and body lie side by side, to be written at once.
        self.at = len(head)
        self.rest = head + body

    @property
    def body(self):
        return self.rest[self.at :]

    def wire(self, date, keep_alive=True, body=True):
        """Return the bytes to write; `date` is the header lines of the server itself."""
        return b"".join(self.pieces(date, keep_alive, body))

    def pieces(self, date, keep_alive=True, body=True):
        """Return the same in pieces, so that those who wait for a large file share its bytes."""
        answers[self.place] += 1
        rest = self.rest if body else self.rest[: self.at]
        if keep_alive or self.closes:
            return self.opening, date, rest
        return self.opening, date, b"connection: close\r\n", rest

    async def send(self, send, body=True):
        """Send it as ASGI's messages."""
        answers[self.place] += 1
        await send({"type": "http.response.start", "status": self.status, "headers": self.headers})
        await send({"type": "http.response.body", "body": self.body if body else b""})


def answer(status, headers, content=b"", lasts=False, kind=AddressKind.PAGE):
    """Return a Response with its length; `headers` is name -> value."""
    headers = [*headers.items(), ("Content-Length", str(len(content)))]
    return Response(status, headers, content, lasts, kind)


def compress(encoding, content):
    return (
        brotli.compress(content, quality=5) if encoding == "br" else gzip.compress(content, mtime=0)
    )


class PageResponses:
    """An HTML page with its two splice places, kept compressed. An error page has no `path`."""

    def __init__(self, path, item, headers, status=200):
        self.path = path
        self.made_of = None
        self.packed = compress("br", item.body)
        self.status = status
        self.headers = {"Content-Type": item.type, **headers, "Vary": VARIES}

    @property
    def body(self):
        return brotli.decompress(self.packed)

    def spliced(self, attributes, message, address, encoding):
        """Return the answer in an encoding, with a reader's attributes and message in their places."""
        message = message.replace(ADDRESS_PLACE, html.escape(address).encode())
        content = splice(self.body, attributes, message)
        smaller = compress(encoding, content) if encoding else content
        lasts = self.status == 200
        if len(smaller) >= len(content):
            return answer(self.status, self.headers, content, lasts)
        headers = {**self.headers, "Content-Encoding": encoding}
        return answer(self.status, headers, smaller, lasts)


@dataclass
class States:
    """The pages of an edition as readers' states have them: made when first asked for.

    The ones that nobody has asked for longest make room for new ones.
    """

    kept: int = STATES_KEPT
    used: int = 0
    made: OrderedDict = field(default_factory=OrderedDict)

    def answer(self, page, state, messages, address, encoding):
        """Return the answer for a page in a state whose message leads to an address."""
        key = (page, state.key, address, encoding)
        found = self.made.get(key)
        if found is None:
            message = messages.get(state.message(page.path), b"")
            found = page.spliced(state.attributes, message, address, encoding)
            self.made[key] = found
            self.used += len(found.rest)
            while self.used > self.kept and len(self.made) > 1:
                self.used -= len(self.made.popitem(last=False)[1].rest)
        else:
            self.made.move_to_end(key)
        return found


class FileResponses:
    """A file as it is on disk: kept by browsers, asked for in parts, the same for everyone.

    What is compressed on disk is not compressed again; the rest is when it is asked for.
    """

    def __init__(self, item, headers):
        hashed = item.kind in ("static", "upload")
        self.hashed = hashed
        self.kind = item.kind
        self.made_of = None
        self.headers = {
            "Content-Type": item.type,
            "Cache-Control": FOR_EVER if hashed else ASK_AGAIN,
            **headers,
            "Vary": "Accept-Encoding",
            "Accept-Ranges": "bytes",
        }
        # Encoding -> its answer and its strong validator.
        self.answers, self.tags = {}, {}
        self.make("", item.body)
        for encoding, content in item.encoded.items():
            self.make(encoding, content)

    def make(self, encoding, content):
        self.tags[encoding] = etag(content)
        headers = {**self.headers, "ETag": self.tags[encoding]}
        if encoding:
            headers["Content-Encoding"] = encoding
        self.answers[encoding] = answer(200, headers, content, lasts=True, kind=self.kind)

    @property
    def body(self):
        return self.answers[""].body

    def answer(self, method, headers, encoding):
        """Return the answer to a request with these headers: whole, unchanged, or a part."""
        if encoding not in self.answers:
            self.compress(encoding)
        if b"if-none-match" in headers:
            wanted = headers[b"if-none-match"].replace(b"W/", b"").split(b",")
            tag = self.tags[encoding].encode()
            if tag in map(bytes.strip, wanted) or wanted == [b"*"]:
                return self.unchanged(encoding)
        own = self.tags[""].encode()
        same = headers.get(b"if-range", own) == own
        if b"range" in headers and method == b"GET" and same:
            return self.part(headers[b"range"]) or self.answers[encoding]
        return self.answers[encoding]

    def compress(self, encoding):
        """Make the answer in an encoding that is not at hand; one as it is, if that is no smaller."""
        self.answers[encoding], self.tags[encoding] = self.answers[""], self.tags[""]
        if not self.hashed:
            smaller = compress(encoding, self.body)
            if len(smaller) < len(self.body):
                self.make(encoding, smaller)

    def unchanged(self, encoding):
        """Return the 304 answer: the headers, and nothing of the file."""
        headers = {**self.headers, "ETag": self.tags[encoding]}
        headers.pop("Content-Type")
        return Response(304, headers.items(), kind=self.kind)

    def part(self, wanted):
        """Return the answer to a Range header, or None where it is to be ignored.

        The part is of the file itself, never of a compressed form. One range, as bytes.
        """
        match = RANGE.fullmatch(wanted)
        if not match or match[0] == b"bytes=-":
            return None
        body = self.body
        size = len(body)
        if match[1]:
            first, last = int(match[1]), min(int(match[2] or size), size - 1)
        else:
            first, last = max(size - int(match[2]), 0), size - 1
        headers = {**self.headers, "ETag": self.tags[""]}
        if match[1] and match[2] and int(match[2]) < first:
            return None
        if first >= size:
            return answer(416, {**headers, "Content-Range": f"bytes */{size}"}, kind=self.kind)
        headers["Content-Range"] = f"bytes {first}-{last}/{size}"
        return answer(206, headers, body[first : last + 1], kind=self.kind)


def etag(content):
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'
