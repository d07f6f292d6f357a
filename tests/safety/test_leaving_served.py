"""The guard on the real server: every method is covered, and no cookie breaks it."""

import socket
import time
from urllib.parse import urlsplit

import pytest

from safety import leaving
from safety.error_pages import words
from tests.server import PATIENCE

from .test_headers_served import FORM, OURS, ask, connect

pytestmark = pytest.mark.server

COVER = f"<h1>{words.COVER_TEXT}</h1>"


def body(site, method, path, headers):
    connection = connect(site)
    connection.request(method, path, None if method == "GET" else "a=b", headers)
    response = connection.getresponse()
    text = response.read().decode()
    connection.close()
    return response.status, text


def just_left(headers=()):
    return {**dict(headers), "Cookie": f"a=b; pause={int(time.time()) + 300}"}


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
@pytest.mark.parametrize(
    "path", ["/", "/help/", "/help", "/cookies/save/", "/feedback/", "/no-such-page/", "/%00", "//"]
)
def test_every_method_of_every_page_is_covered(site, method, path):
    for headers in (FORM, OURS):
        status, text = body(site, method, path, just_left(headers))
        assert status == 200
        assert COVER in text
        assert "999" not in text


@pytest.mark.parametrize(
    "path", ["/static/none.css", "/static/admin/none.css", "/uploads/none.jpg", "/favicon.ico"]
)
def test_a_file_that_is_not_there_shows_no_page_of_ours(site, path):
    assert "<h1>We cannot find that page</h1>" in body(site, "GET", path, {})[1]
    status, text = body(site, "GET", path, just_left())
    assert status == 200
    assert COVER in text
    assert "999" not in text


@pytest.mark.parametrize("path", ["/admin/login/", "/sitemap.xml", "/robots.txt", "/-/live"])
def test_files_open_data_and_the_admin_are_not_covered(site, path):
    status, text = body(site, "GET", path, just_left())
    assert status == 200
    assert COVER not in text


@pytest.mark.parametrize("query", ["?next=https://elsewhere.example/", "?next=//e.example", "?%00"])
def test_leave_goes_nowhere_but_to_the_neutral_site(site, neutral, query):
    status, pairs = ask(site, "GET", f"/leave/{query}", {}, None)
    assert (status, dict(pairs)["location"]) == (303, neutral.url)
    status, pairs = ask(site, "POST", f"/leave/{query}", OURS, "next=https://elsewhere.example/")
    assert (status, dict(pairs)["location"]) == (303, leaving.CONTINUE)


def test_fifty_cookies_are_all_forgotten(site):
    sent = "; ".join(f"name{n}=1" for n in range(50))
    _, pairs = ask(site, "GET", "/leave/", {"Cookie": sent}, None)
    gone = [value for name, value in pairs if name == "set-cookie" and "Max-Age=0" in value]
    assert len(gone) == 50


@pytest.mark.parametrize("path", ["/", "/leave/", "/cookies/", "/no-such-page/"])
def test_cookies_of_every_byte_are_no_failure(site, path):
    where = urlsplit(site)
    anything = bytes(byte for byte in range(256) if byte not in b"\r\n\0")
    for cookie in (anything, b"pause=" + anything, b"cookie_consent=" + anything, b";=;;a=" * 99):
        with socket.create_connection((where.hostname, where.port), timeout=PATIENCE) as connection:
            connection.sendall(
                b"GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nCookie: %s\r\n\r\n"
                % (path.encode(), cookie)
            )
            status = int(connection.makefile("rb").readline().split()[1])
        # 400 where the server refuses a control character in a header.
        assert status in (200, 303, 400, 404)


def test_the_cover_of_the_edition_has_its_style(site):
    assert 'rel="stylesheet" href="/static/css/site.' in body(site, "GET", "/", just_left())[1]
