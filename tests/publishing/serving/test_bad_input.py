"""Bad input gets the right status, a page that helps and every header; never a 500."""

import json

import pytest

from ...benchmarks.slow import ESTABLISHED, beginnings, state_of
from .. import wire

pytestmark = pytest.mark.server

HEADERS = ("content-security-policy", "referrer-policy", "x-content-type-options", "cache-control")


def assert_helps(heard, status):
    assert heard.status == status
    assert b'href="tel:999"' in heard.body
    assert int(heard.headers["content-length"]) == len(heard.body)
    for name in HEADERS:
        assert name in heard.headers


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nowhere/", 404),
        ("/help/nobody/", 404),
        ("/%00", 400),
        ("/help/%00/", 400),
        ("/%ff%fe", 400),
        ("/%ed%a0%80", 400),
        ("/%c0%af", 400),
        ("/uploads/../site.sqlite3", 404),
        ("/..%2f..%2fetc/passwd", 404),
        ("//example.com/", 404),
        ("/" + "a" * 20_000, 414),
        ("/?" + "a" * 20_000, 414),
        ("/" + "a" * 8_000, 404),
    ],
)
def test_a_bad_address(site, path, status):
    assert_helps(wire.ask(site, path), status)


def test_a_bad_address_of_the_newsroom_leads_back_to_the_newsroom(site):
    heard = wire.ask(site, "/admin/?q=%00")
    assert heard.status == 400
    assert b'href="/admin/"' in heard.body
    for name in HEADERS:
        assert name in heard.headers


API = "/api/open-referral/v3/"


@pytest.mark.parametrize(
    ("path", "given", "status"),
    [
        (f"{API}services", {"host": "example.com"}, 400),
        (f"{API}services?search=%00", {}, 400),
        (f"{API}services?page=one", {}, 400),
        (f"{API}%ff", {}, 400),
        (f"{API}nowhere", {}, 404),
        ("/api/nowhere", {}, 404),
        (f"{API}services/00000000-0000-0000-0000-000000000000", {}, 404),
        (f"{API}services", {"method": "PUT"}, 405),
        (f"{API}services", {"method": "POST", "headers": [("Content-Length", "0")]}, 405),
        (f"{API}services", {"method": "POST", "headers": [("Content-Length", "99999")]}, 413),
    ],
)
def test_a_refusal_of_open_data_is_json_that_other_sites_can_read(site, path, given, status):
    heard = wire.ask(site, path, **given)
    assert (heard.status, heard.headers["content-type"]) == (status, "application/json")
    assert heard.headers["access-control-allow-origin"] == "*"
    for name in HEADERS:
        assert name in heard.headers
    assert json.loads(heard.body)["error"]


@pytest.mark.parametrize("host", ["example.com", "", "127.0.0.1:port", "a" * 300, "[", "\xff"])
def test_a_bad_host(site, host):
    assert_helps(wire.ask(site, host=host), 400)


def test_two_hosts(site):
    assert_helps(wire.ask(site, headers=[("Host", "example.com")]), 400)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT"])
def test_a_wrong_method(site, method):
    heard = wire.ask(site, "/help/", method=method)
    assert heard.status in (400, 405)
    assert_helps(heard, heard.status)
    if heard.status == 405:
        assert heard.headers["allow"] == "get, head"


@pytest.mark.parametrize(
    "raw",
    [
        b"HELLO\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 50,
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /\xff HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nA: \0\r\n\r\n",
        b"GET / HTTP/1.1\nHost: x\n\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n folded\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
    ],
)
def test_bytes_that_the_parser_refuses(site, raw):
    heard = wire.send(site, raw)
    assert_helps(heard, 400)
    assert heard.headers["connection"] == "close"


@pytest.mark.parametrize(
    "headers",
    [[("A", "b" * 20_000)], [(f"A{n}", "b") for n in range(200)], [("A", "b" * 1_000_000)]],
)
def test_too_much_of_a_head(site, headers):
    assert_helps(wire.ask(site, headers=headers), 431)


@pytest.mark.parametrize("length", [65 * 1024, 40 * 1024 * 1024])
def test_a_body_that_is_too_large(site, length):
    headers = [("Content-Length", str(length))]
    assert_helps(wire.ask(site, "/feedback/", method="POST", headers=headers), 413)


def test_a_body_that_grows_too_large(site):
    chunk = b"10000\r\n" + b"a" * 0x10000 + b"\r\n"
    headers = [("Transfer-Encoding", "chunked")]
    heard = wire.ask(site, "/feedback/", method="POST", headers=headers, body=chunk * 3)
    assert_helps(heard, 413)


def test_a_body_may_be_as_long_as_a_form_needs(site):
    headers = [
        ("Content-Length", str(60 * 1024)),
        ("Content-Type", "application/x-www-form-urlencoded"),
        ("Origin", "https://example.com"),
    ]
    body = b"a=" + b"b" * (60 * 1024 - 2)
    heard = wire.ask(site, "/feedback/", method="POST", headers=headers, body=body)
    assert heard.status in (200, 303, 400, 403, 422)


def test_a_bad_header_value_is_only_ignored(site):
    for name in ("Cookie", "Accept-Encoding", "Sec-GPC", "If-None-Match", "Range", "If-Range"):
        for value in ("\xff\xfe", "=;=;=", "a" * 9000, "bytes=9-1", 'W/"', ","):
            assert wire.ask(site, headers=[(name, value)]).status == 200


def test_a_head_in_two_pieces_is_one_request(site):
    raw = wire.request(site, "/help/")
    with wire.connect(site) as connection:
        connection.sendall(raw[:20])
        connection.sendall(raw[20:])
        assert wire.hear(connection).status == 200


@pytest.mark.slow
def test_slow_connections_of_every_kind_are_cut_off_and_nobody_waits_for_them(server):
    site = server.url
    sent = beginnings(site, "/help/")
    slow = {kind: [wire.connect(site) for _ in range(20)] for kind in sent}
    for kind, connections in slow.items():
        for connection in connections:
            connection.sendall(sent[kind])
    assert wire.ask(site, "/help/").status == 200
    takers = slow.pop("taking nothing")

    def all_are_cut_off():
        return not any(state_of(each) == ESTABLISHED for each in takers)

    # What the kernel kept for them is gone too: it would try for a quarter of an hour.
    server.wait_until(all_are_cut_off, seconds=30)
    heard = {kind: {wire.hear(each).status for each in found} for kind, found in slow.items()}
    for connection in [*takers, *(each for found in slow.values() for each in found)]:
        connection.close()
    assert heard == {kind: {0} for kind in slow}


def test_nothing_of_a_reader_is_logged(server):
    canary = "kestrel-4711"
    for path in (f"/{canary}/", f"/?q={canary}", f"/%00{canary}", f"/-/{canary}"):
        headers = [
            (name, canary) for name in ("Cookie", "Referer", "User-Agent", "Accept-Encoding")
        ]
        wire.ask(server.url, path, headers=headers)
        wire.ask(server.url, path, host=f"{canary}.example.com")
    assert canary not in server.log.read_text()
