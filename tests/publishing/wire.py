"""Bytes sent as they are, for what no client library would send."""

import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from ..server import PATIENCE


@dataclass
class Heard:
    """An answer: its status (0 if nothing came), headers by lower-case name, and body."""

    status: int
    headers: dict[str, str]
    body: bytes


def connect(url):
    return socket.create_connection((urlsplit(url).hostname, urlsplit(url).port), timeout=PATIENCE)


def request(url, path="/", method="GET", headers=(), body=b"", host=None):
    """Return the bytes of a request that asks to close; `headers` are pairs of text."""
    host = urlsplit(url).netloc if host is None else host
    lines = [f"{method} {path} HTTP/1.1", *([f"Host: {host}"] if host else [])]
    lines += [f"{name}: {value}" for name, value in headers]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode("latin-1") + body


def send(url, raw):
    """Send bytes on a connection of their own and return what is Heard until it closes."""
    with connect(url) as connection:
        connection.sendall(raw)
        return hear(connection)


def hear(connection):
    received = b""
    try:
        while chunk := connection.recv(65536):
            received += chunk
    except ConnectionResetError:
        pass
    head, _, body = received.partition(b"\r\n\r\n")
    opening, *lines = head.decode("latin-1").split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in lines if ": " in line)
    return Heard(int(opening.split()[1]) if opening else 0, headers, body)


def ask(url, path="/", **given):
    return send(url, request(url, path, **given))
