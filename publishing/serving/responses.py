"""The answers of an edition, as the bytes that are sent: made once, sent often."""

import gzip
import hashlib
import html
import re
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import cached_property

import brotli
from uvicorn.protocols.http.httptools_impl import STATUS_LINE

from ..splice import ADDRESS_PLACE, splice

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
    body is given none.
    """

    __slots__ = ("at", "closes", "headers", "opening", "rest", "status")

    def __init__(self, status, headers, body=b""):
        self.status = status
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
        rest = self.rest if body else self.rest[: self.at]
        if keep_alive or self.closes:
            return b"".join((self.opening, date, rest))
        return b"".join((self.opening, date, b"connection: close\r\n", rest))

    async def send(self, send, body=True):
        """Send it as ASGI's messages."""
        await send({"type": "http.response.start", "status": self.status, "headers": self.headers})
        await send({"type": "http.response.body", "body": self.body if body else b""})


def answer(status, headers, content=b""):
    """Return a Response with its length; `headers` is name -> value."""
    return Response(status, [*headers.items(), ("Content-Length", str(len(content)))], content)


def compressed(content):
    """Return encoding -> bytes; what does not become smaller is left as it is."""
    made = {"br": brotli.compress(content, quality=5), "gzip": gzip.compress(content, mtime=0)}
    return {name: smaller for name, smaller in made.items() if len(smaller) < len(content)}


def in_every_encoding(status, headers, content, encoded):
    """Return encoding -> answer, for "", "br" and "gzip"."""
    answers = {"": answer(status, headers, content)}
    for name in ("br", "gzip"):
        answers[name] = (
            answer(status, {**headers, "Content-Encoding": name}, encoded[name])
            if name in encoded
            else answers[""]
        )
    return answers


class PageResponses:
    """An HTML page with its two splice places. An error page has no `path`."""

    def __init__(self, path, item, headers, status=200):
        self.path = path
        self.body = item.body
        self.status = status
        self.headers = {"Content-Type": item.type, **headers, "Vary": VARIES}

    def spliced(self, attributes, message, address):
        """Return encoding -> answer, with a reader's attributes and message in their places."""
        message = message.replace(ADDRESS_PLACE, html.escape(address).encode())
        content = splice(self.body, attributes, message)
        return in_every_encoding(self.status, self.headers, content, compressed(content))


@dataclass
class States:
    """The pages of an edition as readers' states have them: made when first asked for.

    The ones that nobody has asked for longest make room for new ones.
    """

    kept: int = STATES_KEPT
    used: int = 0
    made: OrderedDict = field(default_factory=OrderedDict)

    def answers(self, page, state, messages, address):
        """Return encoding -> answer for a page in a state whose message leads to an address."""
        key = (page, state.key, address)
        found = self.made.get(key)
        if found is None:
            message = messages.get(state.message(page.path), b"")
            found = self.made[key] = page.spliced(state.attributes, message, address)
            self.used += weight(found)
            while self.used > self.kept and len(self.made) > 1:
                self.used -= weight(self.made.popitem(last=False)[1])
        else:
            self.made.move_to_end(key)
        return found


def weight(answers):
    return sum(len(found.rest) for found in answers.values())


class FileResponses:
    """A file as it is on disk: kept by browsers, asked for in parts, the same for everyone."""

    def __init__(self, item, headers):
        cache = FOR_EVER if item.kind in ("static", "upload") else ASK_AGAIN
        self.item = item
        self.headers = {
            "Content-Type": item.type,
            "Cache-Control": cache,
            **headers,
            "Vary": "Accept-Encoding",
            "Accept-Ranges": "bytes",
        }

    @cached_property
    def encoded(self):
        if self.item.kind in ("static", "upload"):
            return self.item.encoded
        return self.item.encoded or compressed(self.item.body)

    @cached_property
    def answers(self):
        """encoding -> answer; each encoding has a strong validator of its own."""
        contents = {"": self.item.body, **self.encoded}
        answers = {}
        for name, content in contents.items():
            headers = {**self.headers, "ETag": etag(content)}
            if name:
                headers["Content-Encoding"] = name
            answers[name] = answer(200, headers, content)
        return {name: answers.get(name, answers[""]) for name in ("", "br", "gzip")}

    @cached_property
    def tags(self):
        return {name: dict(found.headers)[b"etag"] for name, found in self.answers.items()}

    def unchanged(self, encoding):
        """Return the 304 answer: the headers, and nothing of the file."""
        headers = {**self.headers, "ETag": self.tags[encoding].decode()}
        headers.pop("Content-Type")
        return Response(304, headers.items())

    def part(self, wanted):
        """Return the answer to a Range header, or None where it is to be ignored.

        The part is of the file itself, never of a compressed form. One range, as bytes.
        """
        match = RANGE.fullmatch(wanted)
        if not match or match[0] == b"bytes=-":
            return None
        size = len(self.item.body)
        if match[1]:
            first, last = int(match[1]), min(int(match[2] or size), size - 1)
        else:
            first, last = max(size - int(match[2]), 0), size - 1
        headers = {**self.headers, "ETag": self.tags[""].decode()}
        if match[1] and match[2] and int(match[2]) < first:
            return None
        if first >= size:
            return answer(416, {**headers, "Content-Range": f"bytes */{size}"})
        headers["Content-Range"] = f"bytes {first}-{last}/{size}"
        return answer(206, headers, self.item.body[first : last + 1])


def etag(content):
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'
