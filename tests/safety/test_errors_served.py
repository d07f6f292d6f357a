"""Error pages of the real server, with the disk or the database gone, the templates broken and no edition."""

import http.client
import shutil
from urllib.parse import urlsplit

import pytest

from safety.error_pages import words
from tests.server import PATIENCE, Server

from .test_errors import assert_helps
from .test_headers_served import FORM, OURS, REFUSED, ask_with

pytestmark = pytest.mark.server

TOKEN = {**FORM, "Cookie": f"csrftoken={32 * 't'}"}
WAYS = [
    ("GET", "/no-such-page/", {}, None, 404),
    ("GET", "/no-such-page/%00", {}, None, 400),
    ("GET", "/", {"Host": "elsewhere.example"}, None, 400),
    ("PUT", "/help/", {}, None, 405),
    ("POST", "/help/", FORM, "a=b", 405),
    ("POST", "/cookies/save/", FORM, "choice=accept", "same-origin"),
    ("POST", "/feedback/", FORM, "comment=" + 70_000 * "x", 413),
    ("POST", "/admin/login/", FORM, "username=a&password=b", "csrf"),
    ("POST", "/admin/login/", TOKEN, f"username=a&password=b&csrfmiddlewaretoken={32 * 't'}", 503),
    ("POST", "/feedback/", OURS, "found=yes", 503),
]
STATUS = {"same-origin": 403, "csrf": 403}


def ask(server, method, path, headers, body):
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=PATIENCE)
    connection.request(method, path, body, headers)
    response = connection.getresponse()
    text = response.read().decode()
    connection.close()
    return response.status, text


BROKEN = "tests.safety.broken_templates:application"
SITES = {
    "the disk": ("config.asgi:application", True),
    "the database and the templates": (BROKEN, True),
    "the database, the templates and the edition": (BROKEN, False),
}


@pytest.fixture(scope="module", params=SITES)
def broken(request, tmp_path_factory):
    """A server whose database is gone, and more."""
    application, has_edition = SITES[request.param]
    server = Server(tmp_path_factory.mktemp("broken"), application)
    for path in server.data_dir.glob("site.sqlite3*"):
        path.unlink()
    (server.data_dir / "site.sqlite3").mkdir()
    server.has_edition = has_edition
    if not has_edition:
        shutil.rmtree(server.data_dir / "editions")
    # One worker, so that the one that answers has what it needs when the disk goes.
    server.start("--workers", "1")
    if request.param == "the disk":
        # At once, with whatever the site is writing, as when a volume is gone.
        server.data_dir.rename(server.data_dir.with_name("gone"))
    yield server
    server.close()


@pytest.mark.parametrize(("method", "path", "headers", "body", "name"), WAYS)
def test_every_refusal_helps(broken, method, path, headers, body, name):
    status, text = ask(broken, method, path, headers, body)
    if method == "GET" and not headers and not broken.has_edition:
        assert status == 503, "nobody can say whether there is such a page"
        assert words.EMERGENCY.title in text
        assert 'id="emergency"' in text
    else:
        assert status == STATUS.get(name, name)
        assert_helps(text, name)


def test_that_a_number_did_not_work_cannot_be_counted_and_leads_on(broken):
    status, text = ask(broken, "POST", "/help/samaritans/report/", OURS, "")
    assert status == 503
    assert 'id="emergency"' in text
    assert 'href="tel:999"' in text
    assert 'href="/help/"' in text


@pytest.mark.parametrize("name", REFUSED)
def test_what_the_server_itself_refuses_helps(broken, name):
    sent, wanted = REFUSED[name]
    status, _, body = ask_with(broken.url, sent)
    assert status == wanted
    assert_helps(body.decode(), wanted)


@pytest.mark.parametrize("path", ["/", "/help/"])
def test_help_is_there_whatever_is_broken(broken, path):
    status, text = ask(broken, "GET", path, {}, None)
    assert status == 200
    assert 'id="emergency"' in text
    assert 'href="/leave/"' in text


def test_leaving_works_whatever_is_broken(broken):
    status, _ = ask(broken, "GET", "/leave/", {}, None)
    assert status == 303
