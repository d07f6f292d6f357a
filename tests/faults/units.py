"""What systemd does with the units in deploy/: it hands over a socket, and upgrades by ExecReload."""

import subprocess
import sys
from pathlib import Path

from ..server import ROOT


def gunicorn():
    return str(Path(sys.executable).with_name("gunicorn"))


def started_by_socket(site, notify):
    """Start gunicorn as systemd does: the socket at descriptor 3, and where to say that it is ready."""
    handle = site.socket.fileno()
    hand_over = (
        f"import os; os.dup2({handle}, 3); "
        "os.environ.update(LISTEN_FDS='1', LISTEN_PID=str(os.getpid())); "
        f"os.execv({gunicorn()!r}, ['gunicorn', '--config', 'config/gunicorn.py', "
        "'--workers', '2', 'config.asgi:application'])"
    )
    with site.log.open("ab") as log:
        site.process = subprocess.Popen(
            [sys.executable, "-c", hand_over],
            cwd=ROOT,
            env={**site.environ, "NOTIFY_SOCKET": str(notify)},
            pass_fds=[handle],
            stdout=log,
            stderr=log,
        )
    site.wait_until(site.answers)


def main_process(told_systemd, before):
    """Return the process that systemd is told is the main one now, another than before."""
    while True:
        said = told_systemd.recv(4096).decode()
        for line in said.splitlines():
            pid = line.removeprefix("MAINPID=")
            if pid != line and int(pid) != before:
                return int(pid)


def upgraded(site, told_systemd, old=None):
    """Upgrade as ExecReload does. Return the new gunicorn's process id; the old one may still end."""
    old = old or site.process.pid
    subprocess.run(
        [sys.executable, "deploy/upgrade.py", str(old)], cwd=ROOT, env=site.environ, check=True
    )
    return main_process(told_systemd, old)
