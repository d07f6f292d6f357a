"""nginx in front of a Server, configured by what lies in deploy/nginx with other places in it."""

import os
import shutil
import socket
import subprocess
from contextlib import contextmanager
from pathlib import Path

from .server import ROOT, TIED

HOST = "stalking.example.police.uk"
# Debian's place for it is not on every user's path.
PROGRAM = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
# The settings of a site that stands behind it.
BEHIND = {"SITE_URL": f"https://{HOST}", "ALLOWED_HOSTS": f"{HOST},127.0.0.1"}
AROUND = """daemon off; {user} worker_processes 1; pid {folder}/pid; error_log /dev/null crit;
events {{ worker_connections 1024; }}
http {{
include /etc/nginx/mime.types;
default_type application/octet-stream;
client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
include {folder}/site.conf;
}}
"""


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


def configuration(server, folder, port):
    """Return deploy/nginx/site.conf with the places of this machine in it."""
    text = (ROOT / "deploy/nginx/site.conf").read_text()
    places = {
        "server 127.0.0.1:8000": f"server {server.url.removeprefix('http://')}",
        "listen 80;": f"listen 127.0.0.1:{free_port()};",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{port} ssl http2;",
        "/etc/ssl/site/": f"{folder}/",
        "/var/log/nginx/": f"{folder}/",
        "/var/lib/site": str(server.data_dir),
        "/srv/site/": f"{ROOT}/",
    }
    for written, here in places.items():
        assert written in text, written
        text = text.replace(written, here)
    return text


@contextmanager
def mirrored(server, folder):
    """Have nginx in front of a Server made with BEHIND. Yield its address, which is https.

    `folder` is where its own files go.
    """
    folder, port = Path(folder), free_port()
    subject = (
        "-subj",
        f"/CN={HOST}",
        "-keyout",
        folder / "key.pem",
        "-out",
        folder / "fullchain.pem",
    )
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *subject],
        check=True,
        capture_output=True,
    )
    user = "user root;" if os.getuid() == 0 else ""
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, user=user))
    (folder / "site.conf").write_text(configuration(server, folder, port))
    with (folder / "said").open("wb") as said:
        process = subprocess.Popen(
            [*TIED, PROGRAM, "-c", folder / "nginx.conf"], stdout=said, stderr=said
        )
    try:
        server.wait_until(lambda: listens(process, port, folder / "said"))
        yield f"https://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def listens(process, port, said):
    if process.poll() is not None:
        raise RuntimeError(f"nginx stopped:\n{said.read_text()}")
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True
