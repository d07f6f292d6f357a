"""Input that no browser of an honest reader sends: no error of ours, no agreement, no echo."""

import re
import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from io import BytesIO
from itertools import cycle, islice
from urllib.parse import urlencode, urlsplit

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory

from cookies import consent as consents
from cookies import consent_html, registry
from cookies.models import DailyAnswers
from tests.publishing import wire
from tests.server import PATIENCE

from .conftest import consent
from .odd import NUMBER, odd_values
from .served import OWN, Visitor, database, kept, tally

SAVE, READING, COUNT = "/cookies/save/", "/cookies/reading/", "/cookies/count/"
REFUSED = {registry.CONSENT.name: registry.consent_value(())}


# Cookies


@pytest.fixture
def number(every):
    """How many to try: each kind and some made by chance, or with bin/bench every all of them."""
    return NUMBER if every else NUMBER // 8


@pytest.mark.slow
@pytest.mark.server
def test_odd_cookies_change_nothing_that_is_read(site, number):
    values, sent = odd_values(number), 0
    expected = next(answers(site, iter([b"none"])))
    assert expected[0] == 200
    while sent < number:
        # The server ends a connection on which it refused something.
        for status, body in answers(site, values):
            sent += 1
            # A byte that no header may hold is refused before anybody reads the cookie.
            if status == 400:
                break
            assert (status, body) == expected, sent


def answers(site, values):
    """Ask for a page with each value as the consent cookie; yield (status, body)."""
    host = urlsplit(site)
    request = b"GET /signs/ HTTP/1.1\r\nHost: %s\r\nAccept-Encoding: br\r\nCookie: %s=%s\r\n\r\n"
    with (
        socket.create_connection((host.hostname, host.port), timeout=PATIENCE) as connection,
        connection.makefile("rb") as found,
    ):
        for value in values:
            name = registry.CONSENT.name.encode()
            connection.sendall(request % (host.netloc.encode(), name, value))
            status = int(found.readline().split()[1])
            headers = dict(line.lower().split(b":", 1) for line in iter(found.readline, b"\r\n"))
            assert b"set-cookie" not in headers
            yield status, found.read(int(headers[b"content-length"]))


@pytest.mark.slow
def test_odd_cookies_change_nothing_that_is_posted(groups_in_database, monkeypatch, number):
    """Refused nearly always: that sets a cookie. Now and then a page is made, a sum is kept."""
    site, record, recorded = WSGIHandler(), consents.record, set()
    monkeypatch.setattr(consents, "record", lambda *what: recorded.add(repr(what)))
    reject, accept, open_ = {"choice": "reject"}, {"choice": "accept"}, {"preferences": "yes"}
    ways = [form(accept, 422), form(open_, 422)] + [form(reject, 303)] * 78
    for place, (value, way) in enumerate(zip(odd_values(number), cycle(ways), strict=False)):
        environ, body, status = way
        cookie = f"{registry.CONSENT.name}={value.decode('latin-1')}"
        with monkeypatch.context() as patch:
            if place % 80 == 2:
                patch.setattr(consents, "record", record)
            sent = {**environ, "HTTP_COOKIE": cookie, "wsgi.input": BytesIO(body)}
            response = site(sent, lambda status, headers: None)
        assert response.status_code == status, value
        cookies = {name: c.value for name, c in response.cookies.items()}
        assert cookies == (REFUSED if status == 303 else {}), value
    assert place == number - 1
    # Whatever the cookie, it is the same sum of the day.
    assert len(recorded) == DailyAnswers.objects.count() == 1
    assert DailyAnswers.objects.get().count == -(-number // 80)


def form(fields, status):
    """Return the environ and the body of a posted form, and the status it is to be answered with."""
    body = urlencode(fields).encode()
    request = RequestFactory().post(SAVE, body, OWN["Content-Type"], headers=OWN)
    return request.environ, body, status


@pytest.mark.server
def test_odd_cookies_posted_at_the_real_server(server):
    """Some of them again, by every form, through gunicorn and the front door."""
    ways = [
        (SAVE, {"choice": "reject"}, 303, REFUSED),
        (SAVE, {"choice": "accept"}, 422, {}),
        (SAVE, {"preferences": "yes"}, 422, {}),
        (READING, {"agree": "no"}, 200, {}),
        (READING, {"agree": "yes", "text": "2"}, 422, {}),
        (COUNT, {"page": "/"}, 403, {}),
    ]
    before = tally(server)
    # A line's end would end the header: nothing of such a value arrives.
    values = (value for value in odd_values() if not set(value) & set(b"\r\n"))
    refused = 0
    for value, (path, fields, status, cookies) in zip(islice(values, 0, 1200, 3), cycle(ways)):
        body = urlencode(fields).encode()
        headers = [
            *OWN.items(),
            ("Content-Length", len(body)),
            ("Cookie", f"{registry.CONSENT.name}={value.decode('latin-1')}"),
        ]
        heard = wire.ask(server.url, path, method="POST", headers=headers, body=body)
        if heard.status == 400:
            refused += 1
            assert "set-cookie" not in heard.headers
            continue
        assert heard.status == status, value
        set_cookie = heard.headers.get("set-cookie")
        assert kept([set_cookie] if set_cookie else []) == cookies, value
        assert len(value) < 5 or value not in heard.body
    assert refused < 100, "most are legal headers"
    assert set(tally(server)) - set(before) <= {(day, "none") for day, _ in tally(server)}


# Fields


@pytest.mark.server
@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, 422),
        ({"choice": "canary"}, 422),
        ({"choice": ["accept", "reject"]}, 422),
        ({"choice": "accept", "statistics": "no"}, 422),
        ({"canary": "yes"}, 422),
        ({"preferences": "canary", "statistics": "yes"}, 422),
        ({"preferences": ["yes", "no"], "statistics": "yes"}, 422),
        ({"choice": "accept", "shown": "canary"}, 422),
        ({"choice": "accept", "shown": ["canary", ""]}, 422),
        # More fields than the largest form of the newsroom has.
        ({"canary": "yes"} | {f"c{number}": "" for number in range(5001)}, 400),
        ({"choice": "x" * 70_000}, 413),
        (b"choice=%FF%00canary&preferences=%ED%A0%80", 422),
        (b"choice=accept;canary=1", 422),
        (b"\0" * 4096, 422),
        (b"&=&" * 300, 422),
    ],
)
def test_odd_fields_at_the_real_server(server, fields, status):
    before = tally(server)
    found, cookies, body = Visitor(server.url).post(SAVE, fields)
    assert found == status
    assert cookies == []
    assert b'href="tel:999"' in body
    assert b"canary" not in body
    assert tally(server) == before


@pytest.mark.server
def test_an_unknown_group_beside_the_known_ones_is_not_kept(visitor):
    fields = {"preferences": "no", "statistics": "no", "canary": "yes", "next": "//canary.example/"}
    status, cookies, body = visitor.post(SAVE, fields)
    assert status == 303
    assert kept(cookies) == REFUSED
    assert b"canary" not in body


@pytest.mark.server
@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "Same-Origin"},
        {"Sec-Fetch-Site": None},
        {"Sec-Fetch-Site": None, "Origin": "null"},
        {"Sec-Fetch-Site": None, "Origin": "https://evil.example"},
        {"Sec-Fetch-Site": None, "Referer": "{site}/"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "{site}"},
        {
            "Sec-Fetch-Site": None,
            "Origin": "http://evil.example",
            "X-Forwarded-Host": "evil.example",
        },
    ],
)
def test_a_form_from_elsewhere_changes_nothing_at_the_real_server(server, visitor, headers):
    before = tally(server)
    headers = {name: value and value.format(site=server.url) for name, value in headers.items()}
    fields = {"choice": "accept", "shown": consent_html.shown(), "agree": "yes", "page": "/"}
    fields |= {"text": "2", "colours": "dark", "beta": "hidden"}
    for path in (SAVE, READING, COUNT):
        for cookie in ("", consent("statistics")):
            status, cookies, body = visitor.post(path, fields, cookie, **headers)
            assert (status, cookies) == (403, [])
            assert b'href="tel:999"' in body
    assert tally(server) == before
    # The same form from a page of ours, or from an older browser's, is taken.
    for own in ({}, {"Sec-Fetch-Site": None, "Origin": server.url}):
        assert visitor.post(SAVE, {"choice": "reject"}, **own)[0] == 303


@pytest.mark.server
@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_only_a_posted_form_chooses(server, visitor, method):
    """Nor does an address, an image of it, or the question a browser asks before a script's request."""
    before = tally(server)
    shown = consent_html.shown()
    for path in (SAVE, READING, COUNT):
        query = f"?choice=accept&agree=yes&text=2&colours=dark&beta=hidden&page=/&shown={shown}"
        headers = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
        status, cookies, _ = visitor.ask(path + query, method, **headers)
        assert status == (200 if (path, method) in ((READING, "GET"), (READING, "HEAD")) else 405)
        assert cookies == []
    assert tally(server) == before


@pytest.mark.server
def test_a_form_that_is_sent_twice_is_one_choice(server):
    fields = {"choice": "accept", "shown": consent_html.shown()}
    before = tally(server)
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(lambda _: Visitor(server.url).post(SAVE, fields), range(2))
    assert timeless(first) == timeless(second)
    assert first[0] == 303
    # And a third time, with the cookie that came back: nothing more is counted.
    cookie = first[1][0].split(";")[0]
    once = tally(server)
    assert timeless(Visitor(server.url).post(SAVE, fields, cookie)) == timeless(first)
    assert tally(server) == once
    assert len(once) <= len(before) + 1


def timeless(answer):
    """Return an answer without the second in which its cookies end: two may be of two seconds."""
    status, cookies, rest = answer
    return status, [re.sub("expires=[^;]+", "", cookie) for cookie in cookies], rest


@contextmanager
def without_group(server, slug):
    rename = "UPDATE cookie_consent_cookiegroup SET varname = ? WHERE varname = ?"
    with closing(database(server)) as changed:
        changed.execute(rename, ("gone", slug))
        try:
            yield
        finally:
            changed.execute(rename, (slug, "gone"))


@pytest.mark.server
def test_a_group_that_is_removed_between_page_and_post_is_not_agreed_to(server, visitor):
    before = tally(server)
    page = visitor.ask("/help/")[2].decode()
    shown = page.partition('name="shown" value="')[2].partition('"')[0]
    fields = {"choice": "accept", "shown": shown, "next": "/help/"}
    with without_group(server, "statistics"):
        status, cookies, _ = visitor.post(SAVE, fields)
        assert (status, cookies) == (303, [])
        assert tally(server) == before
        assert kept(visitor.post(SAVE, {"choice": "reject"})[1]) == REFUSED
    assert kept(visitor.post(SAVE, fields)[1]) == {
        registry.CONSENT.name: registry.consent_value(registry.SLUGS)
    }
