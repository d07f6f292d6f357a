"""The front door beside the least that could be done, beside Django alone, and beside nginx."""

import json
import os
import shutil
import socket
import subprocess
import tempfile
import threading
from contextlib import contextmanager, nullcontext
from pathlib import Path

from ..server import Server
from .fetch import fetched
from .tools import SERVER_CORE, say, site, stay, table, take_turns, wrk


@contextmanager
def beside(server, application, **environ):
    """The same data folder behind another application, on a port of its own."""
    other = Server(server.data_dir, f"tests.benchmarks.bare:{application}", False, **environ)
    try:
        other.start("--workers", "1")
        stay(other.workers())
        yield other.url
    finally:
        other.close()


@contextmanager
def nginx(files):
    """nginx with one worker on the server's core; `files` is path -> (opening, body) to serve."""
    with tempfile.TemporaryDirectory(prefix="site-nginx-") as folder:
        folder = Path(folder)
        folder.chmod(0o755)
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        places = "\n".join(location(folder, path, *found) for path, found in files.items())
        (folder / "nginx.conf").write_text(
            CONFIGURATION.format(folder=folder, port=port, places=places)
        )
        process = subprocess.Popen(
            ["nginx", "-c", folder / "nginx.conf"], stderr=subprocess.DEVNULL
        )
        try:
            while subprocess.run(
                ["curl", "-so", "/dev/null", f"http://127.0.0.1:{port}/"]
            ).returncode:
                pass
            children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text()
            stay(map(int, children.split()))
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait()


CONFIGURATION = """daemon off; worker_processes 1; pid {folder}/pid; error_log /dev/null crit; user root;
events {{ worker_connections 4096; }}
http {{ access_log off; open_file_cache max=100; sendfile on; keepalive_requests 1000000000;
server {{ listen 127.0.0.1:{port} backlog=4096; default_type ""; server_tokens off;
{places} }} }}
"""


def location(folder, path, opening, body):
    """Write what the door sends to a file, and return the lines that send it the same."""
    file = folder / f"file{len(list(folder.iterdir()))}"
    file.write_bytes(body["body"])
    left_out = (b"content-length", b"accept-ranges", b"etag")
    headers = "".join(
        f"add_header {name.decode()} '{value.decode().replace(chr(39), chr(34))}' always;"
        for name, value in opening["headers"]
        if name not in left_out
    )
    send = f"root {folder}; try_files /{file.name} =404; etag off;"
    return f"location = {path} {{ {headers} {send} }}"


def run():
    with site() as server:
        manifest = json.loads((server.data_dir / "editions/current/manifest.json").read_text())
        style = next(path for path in manifest["items"] if path.endswith(".css"))
        page, static = server.url + "/", server.url + style
        found = {"/": fetched(page), style: fetched(static)}
        bare, django = (
            beside(server, application, SAME_AS=page) for application in ("same", "django")
        )
        has_nginx = shutil.which("nginx")
        with bare as bare, django as django, nginx(found) if has_nginx else nullcontext() as mirror:
            pages = {
                "bare ASGI, same bytes and headers": f"{bare}/",
                "front door, a page": page,
                "Django without the edition": f"{django}/",
            }
            files = {
                "WhiteNoise's middleware in Django": django + style,
                "front door, a hashed file": static,
            }
            if mirror:
                pages["nginx, the same file and headers"] = f"{mirror}/"
                files["nginx, the same file and headers"] = mirror + style
            seen = take_turns(pages)
            table("A page (1 worker, brotli), ratio to the bare callable", seen, next(iter(pages)))
            table("... ratio to Django without the edition", seen, "Django without the edition")
            if mirror:
                table("... ratio to nginx", seen, "nginx, the same file and headers")
            seen = take_turns(files)
            table("A hashed file, ratio to WhiteNoise's middleware", seen, next(iter(files)))
        crowd(server)


def crowd(server):
    """Readers while eight clients force pages through Django."""
    seen = {"quiet": [], "eight clients in Django": []}
    for _ in range(5):
        seen["quiet"].append(wrk(f"{server.url}/"))
        other = threading.Thread(
            target=wrk, args=(f"{server.url}/admin/login/",), kwargs={"clients": 8, "seconds": 3}
        )
        other.start()
        seen["eight clients in Django"].append(wrk(f"{server.url}/"))
        other.join()
    table("Readers while others force pages through Django", seen, "quiet")
    say(f"The server's core is {SERVER_CORE} of {os.cpu_count()}.")
