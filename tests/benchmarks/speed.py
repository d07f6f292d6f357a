"""The front door beside the least that could be done, beside Django alone, and beside nginx."""

import json
import os
import shutil
import socket
import statistics
import subprocess
import tempfile
import threading
from contextlib import contextmanager, nullcontext
from pathlib import Path

from cookies import registry

from ..server import Server
from .fetch import fetched
from .tools import SERVER_CORE, Target, compare, load, say, site, stay, take_turns, wrk


@contextmanager
def beside(server, application, **environ):
    """The same data folder behind another application, on a port of its own."""
    other = Server(server.data_dir, f"tests.benchmarks.bare:{application}", False, **environ)
    try:
        other.start("--workers", "1")
        stay(other.workers())
        yield Target(f"{other.url}/", other.workers())
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
            pids = [int(pid) for pid in children.split()]
            stay(pids)
            yield Target(f"http://127.0.0.1:{port}/", pids)
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


PAGE, FILE, COOKIES = "the door, a page", "the door, a hashed file", "the door, a page, cookies"
# The door remembers whole requests, for browsers of one kind send the same; here none is the same.
UNLIKE = "the door, a page, no request like another"
NGINX, NGINX_FILE = "nginx, the same page", "nginx, the same file"
BARE, DJANGO = "bare ASGI callable, the same page", "Django without the edition"


def run():
    with site() as server:
        manifest = json.loads((server.data_dir / "editions/current/manifest.json").read_text())
        style = next(path for path in manifest["items"] if path.endswith(".css"))
        found = {"/": fetched(server.url + "/"), style: fetched(server.url + style)}
        bare, django = (
            beside(server, application, SAME_AS=server.url + "/")
            for application in ("same", "django")
        )
        has_nginx = shutil.which("nginx")
        with bare as bare, django as django, nginx(found) if has_nginx else nullcontext() as mirror:
            door = Target(server.url + "/", server.workers())
            targets = {
                PAGE: door,
                COOKIES: Target(door.url, door.pids, (f"Cookie: {cookies()}",)),
                UNLIKE: Target(door.url, door.pids, script="unlike.lua"),
                FILE: Target(server.url + style, door.pids),
                BARE: bare,
            }
            if mirror:
                targets[NGINX] = mirror
                targets[NGINX_FILE] = Target(mirror.url.rstrip("/") + style, mirror.pids)
            aims = [
                (PAGE, NGINX, 1.1),
                (PAGE, BARE, 0.45),
                (FILE, NGINX_FILE, 1.1),
                (COOKIES, PAGE, 1.12),
                (UNLIKE, NGINX, None),
            ]
            compare("Processor time a request (1 worker, brotli)", take_turns(targets), aims)
            anew = {
                f"{name}, a new connection each": Target(
                    targets[name].url, targets[name].pids, ("Connection: close",)
                )
                for name in (PAGE, NGINX)
                if name in targets
            }
            names = list(anew)
            compare("A new connection for each request", take_turns(anew), [(*names, None)])
            compare(
                "Django alone", take_turns({DJANGO: django, PAGE: door}), [(PAGE, DJANGO, None)]
            )
        crowd(server)


def cookies():
    """Return the cookies of a reader who agreed to everything, with those of others."""
    agreed = registry.consent_value(registry.SLUGS)
    return f"{registry.CONSENT.name}={agreed}; _ga=GA1.1.1234567.1234567; of-others=abc"


def crowd(server):
    """Readers while eight clients force pages through Django."""
    door = Target(f"{server.url}/", server.workers())
    quiet, busy = "quiet", "eight clients in Django"
    seen = {quiet: [], busy: []}
    for _ in range(3):
        seen[quiet].append(load(door))
        other = threading.Thread(
            target=wrk, args=(f"{server.url}/admin/login/",), kwargs={"clients": 8, "seconds": 3}
        )
        other.start()
        seen[busy].append(load(door))
        other.join()
    compare("Readers while others force pages through Django", seen)
    kept = median(seen[busy]) / median(seen[quiet])
    say(f"Readers kept: {kept:.2f}, at least 0.6: {'met' if kept >= 0.6 else 'NOT MET'}")
    say(f"The server's core is {SERVER_CORE} of {os.cpu_count()}.")


def median(loads):
    return statistics.median(one.rps for one in loads)
