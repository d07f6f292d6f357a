"""A canary in every field a client can send stands afterwards in no file, stream or table."""

import http.client
import os
import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from cookies import registry
from tests.server import PATIENCE, Server

pytestmark = pytest.mark.server

CANARY = "canary7f3a9"
ADDRESS = "203.0.113.77"
HEADERS = {
    "User-Agent": CANARY,
    "Referer": f"https://{CANARY}.example/{CANARY}",
    "Cookie": f"{CANARY}={CANARY}; cookie_consent={CANARY}; sessionid={CANARY}; pause={CANARY}",
    "Accept-Language": CANARY,
    "Accept": CANARY,
    "Origin": f"https://{CANARY}.example",
    "Authorization": f"Basic {CANARY}",
    "X-Forwarded-For": ADDRESS,
    "X-Real-IP": ADDRESS,
    "Forwarded": f"for={ADDRESS}",
    "X-Forwarded-Host": CANARY,
    "X-Canary": CANARY,
    f"X-{CANARY}": CANARY,
    "If-None-Match": CANARY,
    "If-Modified-Since": CANARY,
    "Range": CANARY,
    "Accept-Encoding": CANARY,
    "Sec-GPC": CANARY,
    "Sec-CH-UA": CANARY,
    "From": CANARY,
    "Via": CANARY,
    "X-Request-ID": CANARY,
    "Content-Type": "application/x-www-form-urlencoded",
}
OURS = {**HEADERS, "Sec-Fetch-Site": "same-origin"}
FORM = f"{CANARY}={CANARY}&choice={CANARY}&next=/{CANARY}/&username={CANARY}&password={CANARY}"
# Forms that are taken, each with more in it than it asks for. Only the feedback's comment is
# kept, and it is not among these.
TAKEN = {
    "/cookies/save/": f"choice=accept&shown={registry.DIGEST}",
    "/cookies/reading/": f"agree=yes&text=2&colours=dark&beta=shown&shown={registry.DIGEST}",
    "/cookies/count/": "page=/signs/",
    "/feedback/": "found=yes&comment=findable5c3",
    "/help/national-stalking-helpline/report/": "",
}
AGREED = f"{registry.CONSENT.name}={registry.consent_value(registry.SLUGS)}; {CANARY}={CANARY}"
FILE = (
    f'--{CANARY}\r\nContent-Disposition: form-data; name="{CANARY}"; filename="{CANARY}.jpg"\r\n'
    f"Content-Type: image/{CANARY}\r\n\r\n{CANARY * 5000}\r\n--{CANARY}--\r\n"
)
PATHS = (
    "/", "/help/", "/cookies/", "/cookies/save/", "/cookies/reading/", "/cookies/count/",
    "/feedback/", "/leave/", "/admin/", "/admin/login/", "/sitemap.xml", "/-/live", "/-/ready",
    f"/{CANARY}/", f"/static/{CANARY}", f"/help/{CANARY}/", f"/api/{CANARY}", f"/{CANARY}%00",
)  # fmt: skip
TOKEN = 32 * "t"
RAW = (
    f"GET /{CANARY} HTTP/1.1\r\n\r\n",
    f"GET / HTTP/1.1\r\nHost: {CANARY}\r\n\r\n",
    f"{CANARY} / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    f"{CANARY}\r\n\r\n",
    f"GET /{CANARY}\0 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    f"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: {CANARY * 3000}\r\n\r\n",
    f"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {CANARY}\r\n\r\n",
)


def ask(server, method, path, headers, body=None):
    """Send one request; return its status."""
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=PATIENCE)
    connection.request(method, path, body, headers)
    status = connection.getresponse().status
    connection.close()
    return status


def ask_raw(server, text):
    """Send bytes that may be no request at all, and wait for what comes of it."""
    where = urlsplit(server.url)
    with socket.create_connection((where.hostname, where.port), timeout=PATIENCE) as connection:
        try:
            connection.sendall(text.encode("latin-1"))
            connection.shutdown(socket.SHUT_WR)
            while connection.recv(65536):
                pass
        except ConnectionError:
            pass


def files_with(server, word):
    # A folder that the site puts away meanwhile is no error to os.walk().
    paths = [Path(folder, name) for folder, _, names in os.walk(server.data_dir) for name in names]
    return [
        str(path.relative_to(server.data_dir)) for path in paths if word.encode() in bytes_of(path)
    ]


def bytes_of(path):
    """Return what a file holds; nothing, if the site has just put it away."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def test_nothing_that_a_reader_sends_is_kept(tmp_path):
    folder = tmp_path / "temporary"
    folder.mkdir()
    server = Server(tmp_path, TMPDIR=str(folder))
    try:
        server.start()
        # First make it possible: what staff do is kept, and found in this way.
        server.manage("shell", "-c", MAKE.format("findable5c1"))
        assert files_with(server, "findable5c1"), "what is in the database is found"
        with server.log.open("a") as log:
            log.write("findable5c2\n")
        assert files_with(server, "findable5c2") == ["server.log"]

        statuses = set()
        for path in PATHS:
            statuses.add(ask(server, "GET", f"{path}?{CANARY}={CANARY}", HEADERS))
            statuses.add(ask(server, "PUT", path, HEADERS, FORM))
            for headers in (HEADERS, OURS):
                statuses.add(ask(server, "POST", f"{path}?next={CANARY}", headers, FORM))
            of_file = {**OURS, "Content-Type": f"multipart/form-data; boundary={CANARY}"}
            statuses.add(ask(server, "POST", path, of_file, FILE))
        assert {200, 303, 403, 404, 405} <= statuses
        for path, form in TAKEN.items():
            sent = f"{form}&{CANARY}={CANARY}&next=/{CANARY}/&username={CANARY}"
            headers = {**OURS, "Cookie": AGREED}
            status = ask(server, "POST", f"{path}?{CANARY}={CANARY}", headers, sent)
            assert status in (204, 303), (path, status)
        assert files_with(server, "findable5c3"), "what a reader wants to be kept is kept"
        log_in = f"csrfmiddlewaretoken={TOKEN}&username={CANARY}&password={CANARY}"
        headers = {**HEADERS, "Origin": server.url, "Cookie": f"csrftoken={TOKEN}; {CANARY}=1"}
        assert ask(server, "POST", "/admin/login/", headers, log_in) == 200, "a wrong password"
        assert "Log-in failed: no such user" in server.log.read_text()
        for text in RAW:
            ask_raw(server, text)
        # Again with the database gone, so that a view fails and says so in the log.
        (tmp_path / "site.sqlite3").rename(tmp_path / "gone.sqlite3")
        assert ask(server, "POST", f"/admin/login/?{CANARY}", headers, log_in) == 503
        assert '"logger": "django.request", "message": "in the view' in server.log.read_text()
    finally:
        server.close()
    assert files_with(server, CANARY) == []
    assert files_with(server, ADDRESS) == []


MAKE = "from django.contrib.auth.models import Group; Group.objects.create(name='{}')"
