"""Gunicorn changed for another under load, and everything behind nginx killed."""

import os
import signal
import socket
import tempfile
from contextlib import closing
from pathlib import Path

from ...faults.reading import PATHS, as_they_are
from ...faults.units import started_by_socket, upgraded
from ...mirror import BEHIND, HOST, mirrored
from ...publishing.readers import Reader, numbers, reading
from ..tools import say, site
from .telling import met

SECONDS = 60


def told_systemd(folder):
    """Return (socket, path) of where gunicorn tells systemd how it is."""
    path = Path(folder) / "notify"
    heard = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    heard.bind(str(path))
    heard.settimeout(SECONDS)
    return heard, path


def upgrade(server, times=10):
    """Put one gunicorn in another's place under load, and restart it, as the units do."""
    before = as_they_are(server)
    server.stop()
    with tempfile.TemporaryDirectory(prefix="site-systemd-") as folder:
        heard, notify = told_systemd(folder)
        with closing(heard):
            started_by_socket(server, notify)
            pid = server.process.pid
            with reading(server.url, PATHS, readers=2) as told:
                for _ in range(times):
                    pid = upgraded(server, heard, pid)
                seen = len(told)
                server.wait_until(lambda: len(told) > seen + 100)
            changed(f"{times} upgrades (USR2, then TERM)", told, before, 0.25)
            with reading(server.url, PATHS, readers=2) as told:
                server.wait_until(lambda: len(told) > 100)
                os.kill(pid, signal.SIGTERM)
                # The one that was started here ended with the first upgrade.
                server.wait_until(lambda: not Path(f"/proc/{pid}").exists())
                started_by_socket(server, notify)
                seen = len(told)
                server.wait_until(lambda: len(told) > seen + 100)
            changed("A restart with the socket held", told, before)
    server.stop()
    server.start(*server.options)


def changed(what, told, before, most=None):
    """Say of answers during a change of gunicorn whether any was wrong; `most` is in seconds."""
    wrong = sum((status, body) != before[path] for _, _, path, status, body in told)
    slowest = max(took for _, took, *_ in told)
    limit = f" (at most {most * 1000:.0f}: {met(slowest <= most)})" if most else ""
    say(
        f"{what}: {len(told)} reads, {wrong} wrong ({met(not wrong)}), the slowest {slowest * 1000:.0f} ms{limit}"
    )


def mirror(code, times=20, reads=20_000):
    """Kill everything behind nginx, again and again, while readers load."""
    with (
        tempfile.TemporaryDirectory(prefix="site-mirror-") as folder,
        site(workers=2, pinned=False, **code, **BEHIND) as server,
        mirrored(server, folder) as url,
    ):
        with closing(Reader(url, HOST)) as reader:
            before = {path: reader.get(path) for path in PATHS}
        with reading(url, PATHS, readers=3, host=HOST) as told:
            for number in range(times):
                for pid in (server.process.pid, *server.workers()):
                    os.kill(pid, signal.SIGKILL)
                server.process.wait()
                seen = len(told)
                server.wait_until(lambda told=told, seen=seen: len(told) > seen + 10)
                server.start(*server.options)
                enough = reads * (number + 1) / times
                server.wait_until(lambda told=told, enough=enough: len(told) >= enough)
        wrong = sum(
            status != 200 or numbers(body) != numbers(before[path][1])
            for _, _, path, status, body in told
        )
        slowest = max(took for _, took, *_ in told)
        say(
            f"Everything behind nginx killed {times} times: {len(told)} reads, {wrong} without their page's numbers "
            f"({met(not wrong)}), the slowest {slowest:.2f} s (at most 3: {met(slowest <= 3)})"
        )
