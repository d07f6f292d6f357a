"""Each kind of answer of the real server carries each security header, once."""

import http.client
import re
import socket
import time
from urllib.parse import urlsplit

import pytest

from safety.headers import security_headers

pytestmark = pytest.mark.server

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
OURS = {**FORM, "Sec-Fetch-Site": "same-origin"}
STYLE = re.compile(r'href="(/static/css/[^"]+)"')
ADMIN_STYLE = re.compile(r'href="(/static/admin/css/base[^"]+)"')

# What is asked, the status and the kind of the answer. {style} is a page's stylesheet.
ANSWERS = {
    "page": ("GET", "/help/", {}, None, 200, "page"),
    "page, head": ("HEAD", "/help/", {}, None, 200, "page"),
    "page, compressed": ("GET", "/help/", {"Accept-Encoding": "br"}, None, 200, "page"),
    "page, after a choice": ("GET", "/?cookies=saved", {}, None, 200, "page"),
    "slash added": ("GET", "/help", {}, None, 301, "page"),
    "leaving": ("GET", "/leave/", {}, None, 303, "page"),
    "continue": ("POST", "/leave/", OURS, "", 303, "page"),
    "leaving otherwise": ("PUT", "/leave/", {}, None, 405, "page"),
    "cover": ("GET", "/help/", {"Cookie": "pause={soon}"}, None, 200, "page"),
    "choice": ("POST", "/cookies/save/", OURS, "choice=reject", 303, "page"),
    "form from elsewhere": ("POST", "/cookies/save/", FORM, "choice=reject", 403, "page"),
    "form with a mistake": ("POST", "/cookies/save/", OURS, "", 422, "page"),
    "not found": ("GET", "/no-such-page/", {}, None, 404, "page"),
    "no such file": ("GET", "/static/none.css", {}, None, 404, "page"),
    "refused method": ("DELETE", "/", {}, None, 405, "page"),
    "form to a page": ("POST", "/help/", FORM, "a=b", 405, "page"),
    "strange host": ("GET", "/", {"Host": "elsewhere.example"}, None, 400, "page"),
    "bad bytes": ("GET", "/%00/", {}, None, 400, "page"),
    "too large": ("POST", "/feedback/", OURS, 70_000 * "x", 413, "page"),
    "static": ("GET", "{style}", {}, None, 200, "file"),
    "static, part": ("GET", "{style}", {"Range": "bytes=0-9"}, None, 206, "file"),
    "static, unchanged": ("GET", "{style}", {"If-None-Match": "*"}, None, 304, "file"),
    "map of the site": ("GET", "/sitemap.xml", {}, None, 200, "file"),
    "robots": ("GET", "/robots.txt", {}, None, 200, "file"),
    "security.txt": ("GET", "/.well-known/security.txt", {}, None, 200, "file"),
    "live": ("GET", "/-/live", {}, None, 200, "file"),
    "admin": ("GET", "/admin/", {}, None, 302, "admin"),
    "admin log-in": ("GET", "/admin/login/", {}, None, 200, "admin"),
    "admin refusal": ("POST", "/admin/login/", FORM, "a=b", 403, "admin"),
    "admin file": ("GET", "{admin_style}", {}, None, 200, "file"),
}


def connect(site):
    return http.client.HTTPConnection(urlsplit(site).netloc, timeout=20)


def ask(site, method, path, headers, body):
    """Return the status of an answer and its headers as a list of pairs, lower case."""
    connection = connect(site)
    connection.request(method, path, body, headers)
    response = connection.getresponse()
    pairs = [(name.lower(), value) for name, value in response.getheaders()]
    connection.close()
    return response.status, pairs


def assert_carries(pairs, kind):
    for name, value in security_headers(kind).items():
        found = [v for n, v in pairs if n == name.lower()]
        if name == "Content-Security-Policy" and kind == "admin":
            # The names of the collected files are in it, by hash.
            assert len(found) == 1
            assert found[0].startswith("default-src 'none'; script-src 'self' 'sha256-")
            assert "unsafe" not in found[0]
        else:
            assert found == [value], name


def read(site, path):
    connection = connect(site)
    connection.request("GET", path)
    html = connection.getresponse().read().decode()
    connection.close()
    return html


@pytest.fixture(scope="module")
def places(site):
    return {
        "style": STYLE.search(read(site, "/"))[1],
        "admin_style": ADMIN_STYLE.search(read(site, "/admin/login/"))[1],
        "soon": int(time.time()) + 300,
    }


@pytest.mark.parametrize("name", ANSWERS)
def test_each_kind_of_answer(site, places, name):
    method, path, headers, body, status, kind = ANSWERS[name]
    headers = {name: value.format(**places) for name, value in headers.items()}
    found, pairs = ask(site, method, path.format(**places), headers, body)
    assert found == status
    assert_carries(pairs, kind)


REFUSED = {
    "no request at all": (b"hello\r\n\r\n", 400),
    "two lengths": (
        b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        400,
    ),
    "a long address": (b"GET /" + 20_000 * b"a" + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 414),
    "a long header": (b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nA: " + 20_000 * b"a", 431),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_the_server_itself_refuses(site, name):
    sent, status = REFUSED[name]
    where = urlsplit(site)
    with socket.create_connection((where.hostname, where.port), timeout=20) as connection:
        connection.sendall(sent)
        response = http.client.HTTPResponse(connection)
        response.begin()
        pairs = [(name.lower(), value) for name, value in response.getheaders()]
        text = response.read().decode()
    assert response.status == status
    assert_carries(pairs, "page")
    assert 'id="emergency"' in text
    assert 'href="/leave/"' in text
