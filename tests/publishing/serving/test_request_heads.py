"""Random request heads: the door says what Django would say, in order, however they come.

Two thousand of them under bin/bench every, an eighth in the test run.
"""

import gzip
import random
import re

import brotli
import pytest

from cookies import registry

from ...server import Server
from .. import wire

pytestmark = [pytest.mark.server, pytest.mark.slow]

HEADS, SOME = 2000, 250
SEED = 999
AGREED = registry.consent_value(registry.SLUGS)
PATHS = [
    "/", "/help/", "/signs/", "/cookies/", "/cookies/?from=/help/", "/cookies/reading/", "/advice/",
    "/help/who-to-contact/", "/?cookies=saved", "/?cookies=error", "/help/?x=%41", "/robots.txt",
    "/sitemap.xml", "/feed/", "/leave/", "/api/open-referral/v3/", "/api/open-referral/v3/taxonomies",
    "/api/open-referral/v3/taxonomies?page=2", "/api/none", "/no-such-page/", "/help/nobody/",
    "/%00", "/%ff", "//", "/help/..%2f", "/static/none.css", "/uploads/none.jpg", "/-/live",
]  # fmt: skip
METHODS = ["GET"] * 12 + ["HEAD"] * 4 + ["POST", "PUT", "DELETE", "PATCH"]
COOKIES = [
    None,
    None,
    "a=b",
    f"{registry.CONSENT.name}={AGREED}",
    f"{registry.CONSENT.name}={AGREED}; {registry.PREFERENCES_COOKIE.name}=2-dark-hidden",
    f"{registry.CONSENT.name}={registry.consent_value([])}",
    f"{registry.CONSENT.name}=nonsense; ;;=",
    "pause=1",
]
# What the door alone answers: the operator's addresses, leaving, and bytes that are no text.
ONLY_DOOR = re.compile(r"/-/|/leave/|/%00|/%ff")


class Head:
    """A request without a body, as bytes; `host` is filled in for the server that is asked."""

    def __init__(self, chance):
        self.method = chance.choice(METHODS)
        self.path = chance.choice(PATHS)
        self.version = chance.choice(["1.1"] * 9 + ["1.0"])
        self.host = chance.choice([None] * 12 + ["evil.test"])
        self.cookie = chance.choice(COOKIES)
        self.lines = [
            line
            for line in (
                chance.choice(["", "Accept-Encoding: br", "Accept-Encoding: gzip;q=0.4, br;q=0"]),
                chance.choice(["", "", "", "Sec-GPC: 1"]),
                chance.choice(["", "", "Accept-Language: cy"]),
                chance.choice(["", "", "", "X-Odd: \xff\xfe", "DNT: 1"]),
                chance.choice(["", "", "", "Expect: 100-continue"]),
                f"Cookie: {self.cookie}" if self.cookie else "",
            )
            if line
        ]
        chance.shuffle(self.lines)

    def raw(self, url, last=True):
        host = self.host or url.partition("://")[2]
        lines = [f"{self.method} {self.path} HTTP/{self.version}", f"Host: {host}", *self.lines]
        if self.method == "POST":
            lines.append("Content-Length: 0")
        if last:
            lines.append("Connection: close")
        return "\r\n".join([*lines, "", ""]).encode("latin-1")

    def __repr__(self):
        return f"{self.method} {self.path} {self.version} {self.host} {self.lines}"


def answers(received, heads):
    """Return (status, location, body as text) of each answer in the bytes that came."""
    found = []
    for head in heads:
        opening, _, received = received.partition(b"\r\n\r\n")
        if opening == b"HTTP/1.1 100 Continue":
            opening, _, received = received.partition(b"\r\n\r\n")
        first, *lines = opening.decode("latin-1").split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in lines if ": " in line)
        status = int(first.split()[1]) if first else 0
        size = (
            0
            if head.method == "HEAD" or status in (204, 304)
            else int(headers.get("content-length", 0))
        )
        body, received = received[:size], received[size:]
        decode = {"br": brotli.decompress, "gzip": gzip.decompress}.get(
            headers.get("content-encoding"), bytes
        )
        found.append(
            (
                status,
                headers.get("location"),
                (decode(body) if body else b"").decode(errors="replace"),
            )
        )
    assert received == b""
    return found


def ask(url, heads, cut=None):
    raw = b"".join(head.raw(url, last=head is heads[-1]) for head in heads)
    with wire.connect(url) as connection:
        if cut is None:
            connection.sendall(raw)
        else:
            connection.sendall(raw[:cut])
            connection.sendall(raw[cut:])
        received = b""
        while chunk := connection.recv(65536):
            received += chunk
    return answers(received, heads)


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """The site, and the same data folder served by Django alone: nobody else changes either."""
    server = Server(tmp_path_factory.mktemp("heads"))
    other = Server(
        server.data_dir, "tests.benchmarks.bare:django", prepare=False, PORT=server.environ["PORT"]
    )
    yield server.start("--workers", "1").url, other.start("--workers", "1").url
    other.close()
    server.close()


@pytest.fixture(scope="module")
def site(both):
    return both[0]


@pytest.fixture(scope="module")
def django(both):
    return both[1]


@pytest.fixture(scope="module")
def heads(every):
    chance = random.Random(SEED)
    return [Head(chance) for _ in range(HEADS if every else SOME)]


def test_the_door_and_django_agree(site, django, heads):
    asked, seen = 0, {}
    for head in heads:
        if ONLY_DOOR.match(head.path) or head.host:
            continue
        key = repr(head)
        if key not in seen:
            seen[key] = said(ask(site, [head])[0]), said(ask(django, [head])[0])
        door, other = seen[key]
        if head.method in ("PUT", "DELETE", "PATCH"):
            # Nothing here takes them; which refusal comes first may differ.
            assert {door[0], other[0]} <= {403, 404, 405}, head
            continue
        assert door == other, head
        asked += 1
    assert asked > len(heads) / 2


def said(answer):
    """Return an answer, of an error page only which one it is.

    Where its cookie question leads back to is the cookies page for all, or the page itself.
    """
    status, location, body = answer
    if status < 400:
        return answer
    return status, location, "".join(re.findall(r"<h1>.*?</h1>|\"error\": .*", body))


def test_no_answer_is_out_of_order(site, heads):
    chance = random.Random(SEED)
    alone = {}
    rest = list(heads)
    while len(rest) >= 3:
        some = [rest.pop() for _ in range(chance.choice([2, 3]))]
        # A request of HTTP/1.0 ends the connection, and nothing is answered after it.
        some = [head for head in some if head.version == "1.1" and not head.host]
        if not some:
            continue
        for head in some:
            key = repr(head)
            if key not in alone:
                alone[key] = ask(site, [head])[0]
        together = ask(site, some, cut=chance.randrange(1, 300))
        assert together == [alone[repr(head)] for head in some]


def test_a_head_cut_at_every_byte_is_one_request(site, heads):
    head = next(h for h in heads if h.method == "GET" and h.path == "/help/" and h.cookie)
    whole = ask(site, [head])
    for cut in range(1, len(head.raw(site))):
        assert ask(site, [head], cut) == whole
