"""The points that the headers of real answers get by the public rules: all there are."""

import json
import sys

import pytest

from tests.config.test_settings import PRODUCTION, manage

from . import observatory

pytestmark = pytest.mark.server

# The front door as it answers over https, with the edition of the shared site.
ASK = """
import json
from config.asgi import application, loader
loader.look()
def ask(path, *more):
    pairs = [(b"host", b"help.example.org"), *more]
    found = application.respond(b"GET", path.encode(), pairs)
    headers = {name.decode(): value.decode() for name, value in found.headers}
    return found.status, headers, found.body.decode()
secure = (b"x-forwarded-proto", b"https")
print(json.dumps({path: [ask(path, secure), ask(path)] for path in ("/", "/help/", "/nowhere/", "/leave/")}))
"""


@pytest.fixture(scope="module")
def answers(server, tmp_path_factory):
    """Path -> what is answered by https and by http: (status, headers, body)."""
    folder = tmp_path_factory.mktemp("score")
    given = {**PRODUCTION, "DATA_DIR": str(server.data_dir)}
    done = manage(folder, "shell", "-v0", "-c", ASK, **given)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("path", ["/", "/help/", "/nowhere/"])
def test_a_page_gets_every_point_that_an_answer_can_get(answers, path):
    (status, headers, html), (other, plain, _) = answers[path]
    assert status == (404 if path == "/nowhere/" else 200)
    points = observatory.sheet(headers, html, (other, plain.get("location", "")))
    sys.stdout.write(f"{path}: {points}\n")
    assert min(points.values()) >= 0, points
    first = {name: points[name] for name in observatory.TESTS}
    assert observatory.score(first) == observatory.MOST, points
    assert observatory.score(points) == observatory.MOST_OF_6, points


def test_leaving_sets_its_cookie_for_this_site_alone(answers):
    (status, headers, _), _ = answers["/leave/"]
    assert status == 303
    assert "SameSite=Lax" in headers["set-cookie"]
    assert "Secure" in headers["set-cookie"]


@pytest.mark.parametrize(
    ("header", "lost"),
    [
        ("content-security-policy", 35),
        ("strict-transport-security", 20),
        ("x-content-type-options", 5),
        ("referrer-policy", 5),
        ("cross-origin-resource-policy", 10),
        ("cross-origin-opener-policy", 10),
        ("cross-origin-embedder-policy", 10),
    ],
)
def test_the_sheet_notices_a_header_that_is_missing(answers, header, lost):
    (_, headers, html), (status, plain, _) = answers["/"]
    redirect = status, plain["location"]
    whole = observatory.sheet(headers, html, redirect)
    assert header in headers
    without = observatory.sheet({n: v for n, v in headers.items() if n != header}, html, redirect)
    # A policy that is gone takes the framing's points with it, but for X-Frame-Options.
    framing = 5 if header == "content-security-policy" else 0
    assert sum(whole.values()) - sum(without.values()) == lost + framing
    scripted = observatory.sheet(headers, html.replace("integrity", "data-x"), redirect)
    assert scripted["subresource integrity"] == 0
    assert observatory.sheet(headers, html, (200, ""))["redirection"] == -20
