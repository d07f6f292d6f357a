"""Everything behind nginx is killed: its mirror answers as the site did, at every address."""

import json
import os
import shutil
import signal
import time
from contextlib import closing

import pytest

from ..mirror import BEHIND, HOST, mirrored
from ..publishing.readers import Reader, numbers
from ..server import Server

pytestmark = [pytest.mark.server, pytest.mark.nginx, pytest.mark.slow]

# nginx says these of each file by itself, or leaves them out: a browser asks again, no worse.
OF_THE_SERVER = {"accept-ranges", "connection", "content-length", "date", "etag", "server"}
# Seconds: half of what nginx waits where it is told nothing.
PATIENCE = 30
NOWHERE = ["/nowhere/", "/advice/nowhere/"]


def ask(reader, path, **headers):
    """Return (status, the headers that the site decides, body)."""
    status, body = reader.get(path, headers)
    found = {name.lower(): value for name, value in reader.headers}
    return status, {n: v for n, v in found.items() if n not in OF_THE_SERVER}, body


def test_what_the_mirror_answers_is_what_the_site_does(tmp_path):
    server = Server(tmp_path / "data", DATABASE_URL=None, **BEHIND)
    try:
        manifest = json.loads((server.data_dir / "editions/current/manifest.json").read_text())
        paths = [*manifest["items"], *NOWHERE, "/-/live"]
        pages = [path for path, item in manifest["items"].items() if item["kind"] == "page"]
        style = next(path for path in manifest["items"] if path.endswith(".css"))
        server.start("--workers", "1")
        with mirrored(server, tmp_path) as url, closing(Reader(url, HOST)) as reader:
            before = {path: ask(reader, path) for path in paths}
            copy = server.data_dir / "editions-copy/current"
            server.wait_until(copy.exists)
            for pid in (server.process.pid, *server.workers()):
                os.kill(pid, signal.SIGKILL)
            server.process.wait()
            # The socket is still there, as systemd's is: it takes connections, and nobody answers.
            asked = time.monotonic()
            status, _, body = ask(reader, "/")
            assert (status, numbers(body)) == (200, numbers(before["/"][2]))
            assert time.monotonic() - asked < PATIENCE
            server.socket.close()
            # Once from the editions, and once more when they are lost.
            for _ in range(2):
                mirror = {path: ask(reader, path) for path in paths}
                other = {p: (mirror[p][:2], before[p][:2]) for p in paths}
                assert {p: pair for p, pair in other.items() if pair[0] != pair[1]} == {}
                for path in pages:
                    assert numbers(mirror[path][2]) == numbers(before[path][2]), path
                others = manifest["items"].keys() - set(pages)
                assert {p: mirror[p][2] for p in others} == {p: before[p][2] for p in others}
                left = {"Cookie": f"pause={int(time.time()) + 500}"}
                for path in ("/", "/help/", "/feed/", *NOWHERE[:1]):
                    status, headers, body = ask(reader, path, **left)
                    assert (status, b"tel:" in body) == (200, False), path
                    assert headers["cache-control"] == "no-store"
                assert ask(reader, style, **left)[2] == before[style][2]
                assert ask(reader, "/leave/")[0] == 303
                for path in ("/feedback/", "/admin/"):
                    status, _, body = ask(reader, path) if path == "/admin/" else post(reader, path)
                    assert (status, b"tel:999" in body) == (503, True), path
                shutil.rmtree(server.data_dir / "editions", ignore_errors=True)
    finally:
        server.close()


def post(reader, path):
    reader.connection.request("POST", path, body=b"a=b", headers=reader.named)
    answer = reader.connection.getresponse()
    return answer.status, answer.getheaders(), answer.read()
