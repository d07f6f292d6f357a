"""Each kind of answer of the real server carries each security header, once."""

import http.client
import re
import socket
import time
from urllib.parse import urlencode, urlsplit

import pytest

from safety.headers import security_headers
from tests.server import PATIENCE, Server

pytestmark = pytest.mark.server

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
OURS = {**FORM, "Sec-Fetch-Site": "same-origin"}
STYLE = re.compile(r'href="(/static/css/[^"]+)"')
ADMIN_STYLE = re.compile(r'href="(/static/admin/css/base[^"]+)"')

DATA = "/api/open-referral/v3/"
STAFF = {"Cookie": "{session}"}
HOST = b"HTTP/1.1\r\nHost: 127.0.0.1\r\n"

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
    "security.txt": ("GET", "/.well-known/security.txt", {}, None, 404, "page"),
    "live": ("GET", "/-/live", {}, None, 200, "file"),
    "static, no such part": ("GET", "{style}", {"Range": "bytes=9999999-"}, None, 416, "file"),
    "picture": ("GET", "/uploads/{picture}", {}, None, 200, "upload"),
    "picture, part": ("GET", "/uploads/{picture}", {"Range": "bytes=0-9"}, None, 206, "upload"),
    "picture, unchanged": (
        "GET",
        "/uploads/{picture}",
        {"If-None-Match": "*"},
        None,
        304,
        "upload",
    ),
    "no such picture": ("GET", "/uploads/none.png", {}, None, 404, "page"),
    "open data": ("GET", f"{DATA}services", {}, None, 200, "data"),
    "open data, unchanged": ("GET", f"{DATA}services", {"If-None-Match": "*"}, None, 304, "data"),
    "open data, searched": ("GET", f"{DATA}services?query=a", {}, None, 200, "data"),
    "open data, a mistake": ("GET", f"{DATA}services?per_page=x", {}, None, 400, "data"),
    "open data, not there": ("GET", f"{DATA}none", {}, None, 404, "data"),
    "open data, refused": ("POST", f"{DATA}services", FORM, "a=b", 405, "data"),
    "feed": ("GET", "/feed/", {}, None, 200, "file"),
    "feed, unchanged": ("GET", "/feed/", {"If-None-Match": "*"}, None, 304, "file"),
    "ready": ("GET", "/-/ready", {}, None, 200, "file"),
    "metrics": ("GET", "/-/metrics", {}, None, 200, "file"),
    "an answer of Django's": ("GET", "/feedback/?a=b", {}, None, 200, "page"),
    "admin": ("GET", "/admin/", {}, None, 302, "admin"),
    "admin log-in": ("GET", "/admin/login/", {}, None, 200, "admin"),
    "admin refusal": ("POST", "/admin/login/", FORM, "a=b", 403, "admin"),
    "admin, logged in": ("GET", "/admin/", STAFF, None, 200, "admin"),
    "admin, not allowed": ("GET", "/admin/auth/user/", STAFF, None, 403, "admin"),
    "admin, not there": ("GET", "/admin/none/", STAFF, None, 404, "admin"),
    "admin, host": ("GET", "/admin/", {"Host": "elsewhere.example"}, None, 400, "admin"),
    "admin file": ("GET", "{admin_style}", {}, None, 200, "file"),
    "picture of a preview": ("GET", "/uploads/{kept}", STAFF, None, 200, "upload"),
}
# What the server itself refuses, as bytes.
REFUSED = {
    "no request at all": (b"hello\r\n\r\n", 400),
    "two lengths": (b"POST / %sContent-Length: 1\r\nContent-Length: 2\r\n\r\n" % HOST, 400),
    "bad byte in a header": (b"GET / %sA: \1\r\n\r\n" % HOST, 400),
    "a long address": (b"GET /%s %s\r\n" % (20_000 * b"a", HOST), 414),
    "a long header": (b"GET / %sA: %s" % (HOST, 20_000 * b"a"), 431),
}

# A page with a picture in it, published; and a picture that only a preview shows.
MAKE = """
from django.core.files.uploadedfile import SimpleUploadedFile
from awareness import editing, images, models
from publishing.printing.printer import print_edition
from tests.awareness.conftest import picture

for name, size in {"picture": (300, 200), "kept": (200, 300)}.items():
    [stored] = images.store(images.drawn(SimpleUploadedFile("a", picture(size=size))))
    print(f"{name} {stored['file']}")
    if name == "picture":
        page = models.Page.objects.create(kind="advice", slug="a", title="A", summary="A.")
        models.Image.objects.create(
            parent=page, region="main", ordering=1, decorative=True, sizes=[stored]
        )
        editing.publish(page, "")
print_edition()
"""


@pytest.fixture(scope="module")
def pictured(tmp_path_factory):
    """A site of our own, because it gets a picture; and which pictures it has."""
    server = Server(tmp_path_factory.mktemp("pictured"))
    try:
        made = server.manage("shell", "-c", MAKE)
        pictures = dict(re.findall(r"^(\w+) (\S+\.jpg)$", made, re.MULTILINE))
        yield server.start(), pictures
    finally:
        server.close()


def connect(site):
    return http.client.HTTPConnection(urlsplit(site).netloc, timeout=PATIENCE)


def ask(site, method, path, headers, body):
    """Return the status of an answer and its headers as a list of pairs, lower case."""
    connection = connect(site)
    connection.request(method, path, body, headers)
    status, pairs, _ = heard(connection.getresponse())
    connection.close()
    return status, pairs


def ask_with(site, sent):
    """Return the same, and the body, for bytes that may be no request."""
    where = urlsplit(site)
    with socket.create_connection((where.hostname, where.port), timeout=PATIENCE) as connection:
        connection.sendall(sent)
        response = http.client.HTTPResponse(connection)
        response.begin()
        return heard(response)


def heard(response):
    pairs = [(name.lower(), value) for name, value in response.getheaders()]
    return response.status, pairs, response.read()


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


def log_in(site, name, password):
    """Return the Cookie header of somebody who has logged in."""
    connection = connect(site)
    connection.request("GET", "/admin/login/")
    response = connection.getresponse()
    response.read()
    token = re.search(r"csrftoken=\w+", response.getheader("Set-Cookie"))[0]
    form = urlencode(
        {"username": name, "password": password, "csrfmiddlewaretoken": token.partition("=")[2]}
    )
    connection.request("POST", "/admin/login/", form, {**FORM, "Cookie": token})
    found = connection.getresponse()
    connection.close()
    assert found.status == 302
    return re.search(r"sessionid=\w+", str(found.headers))[0]


@pytest.fixture(scope="module")
def places(pictured):
    server, pictures = pictured
    return {
        "style": STYLE.search(read(server.url, "/"))[1],
        "admin_style": ADMIN_STYLE.search(read(server.url, "/admin/login/"))[1],
        "soon": int(time.time()) + 300,
        "session": log_in(server.url, "editor", server.logins["editor"]),
        **pictures,
    }


@pytest.mark.parametrize("name", ANSWERS)
def test_each_kind_of_answer(pictured, places, name):
    method, path, headers, body, status, kind = ANSWERS[name]
    headers = {name: value.format(**places) for name, value in headers.items()}
    found, pairs = ask(pictured[0].url, method, path.format(**places), headers, body)
    assert found == status
    assert_carries(pairs, kind)


@pytest.mark.parametrize("name", REFUSED)
def test_what_the_server_itself_refuses(site, name):
    sent, status = REFUSED[name]
    found, pairs, body = ask_with(site, sent)
    assert found == status
    assert_carries(pairs, "page")
    assert b'id="emergency"' in body
    assert b'href="/leave/"' in body
