"""Something that nobody expected goes wrong in the open data, behind the real front door."""

import asyncio
import json

from config.asgi import application
from config.wsgi import application as wsgi
from publishing.serving.django_bridge import Django
from publishing.serving.door import FrontDoor
from safety.headers import security_headers
from signposting.open_referral import views

from ... import asgi

ROOT = "/api/open-referral/v3/"


async def ask(door, path):
    scope = {"type": "http", "method": "GET", "path": path, "raw_path": path.encode()}
    scope |= {"query_string": b"", "headers": [(b"host", b"127.0.0.1")], "http_version": "1.1"}
    scope |= {"client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80), "scheme": "http"}
    opening, body = await asgi.ask(door, scope, {"type": "http.request", "body": b""})
    return opening["status"], dict(opening["headers"]), body["body"]


def test_it_is_an_answer_in_json_that_other_sites_can_read(monkeypatch, caplog):
    def raises():
        raise RuntimeError("kestrel-4711")

    # A door with nothing on its loader: what is open data comes from Django.
    loader = type(application.loader)(security_headers)
    door = FrontDoor(application.hooks, loader, Django(wsgi), {})
    status, _, body = asyncio.run(ask(door, ROOT))
    assert (status, json.loads(body)) == (200, views.feed.root())

    monkeypatch.setattr(views.feed, "root", raises)
    door.django = Django(wsgi)
    status, headers, body = asyncio.run(ask(door, ROOT))
    assert (status, headers[b"content-type"]) == (500, b"application/json")
    for name, value in security_headers("data").items():
        assert headers[name.lower().encode()] == value.encode()
    assert json.loads(body)["error"].startswith("Something went wrong here.")
