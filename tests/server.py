"""The real site for tests and benchmarks: its own data folder, its own port, real gunicorn."""

import fcntl
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Seconds that a client waits for an answer: twice as long as the site itself waits for Django.
PATIENCE = 120
# What is started ends with its run, even when that is killed.
TIED = ("setpriv", "--pdeathsig", "TERM", "--")
# What takes long of manage.py prepare, and is the same for every site: all but what the settings
# say of it, and the edition, which holds its address. Its content is public since it was gathered:
# tests look at it at moments of their own.
BEGIN = """
from datetime import UTC, datetime, time
from unittest.mock import patch
from awareness import content as awareness
from config.management.commands.prepare import Command
from cookies import content as cookies
from safety.accounts import roles
from signposting import content as signposting
from tests.content import CHECKS_HOLD
begun = Command()
begun.look_for_a_lost_database(False)
begun.migrate()
begun.collect_static_files()
roles.load()
signposting.CHECK_EVERY = CHECKS_HOLD
noon = datetime.combine(signposting.GATHERED, time(12), UTC)
with patch("django.utils.timezone.now", lambda: noon):
    for content in (signposting, awareness, cookies):
        content.load()
begun.make_local_logins()
"""
# Settings of a site that leave all of that as it is.
LEAVE_IT = {"BACKUP_DIR", "EXIT_URL", "TMPDIR"}


class Server:
    """A site of its own in a data folder: prepared when made, served between start and stop.

    `url` is its address, `logins` the passwords of "editor" and "keeper". Environment
    variables given by name override the ones it sets; None takes one away. Everything stays on 127.0.0.1.
    `root` is where its code lies.
    """

    # Where the sites of a run find what the first of them made: its files, hashed and compressed,
    # and the database with the launch content. None: each makes its own.
    shared = None

    def __init__(
        self, data_dir, application="config.asgi:application", prepare=True, root=ROOT, **environ
    ):
        self.data_dir, self.root = Path(data_dir), Path(root)
        self.application = application
        told = {name for name in (*environ, "DATABASE_URL") if {**os.environ, **environ}.get(name)}
        self.begins_as_others = not told - LEAVE_IT
        # Bound here and handed over, so that no other process can take the port meanwhile.
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=4096)
        port = self.socket.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        environ = {
            **os.environ,
            "LOCAL": "1",
            "HOST": "127.0.0.1",
            "PORT": str(port),
            "DATA_DIR": str(self.data_dir),
            **environ,
        }
        # As a stranger's shell has it: what the site needs to know, it says itself.
        environ["DJANGO_SETTINGS_MODULE"] = None
        self.environ = {name: value for name, value in environ.items() if value is not None}
        self.process, self.options = None, ()
        try:
            prepared = self.prepare() if prepare else ""
        except RuntimeError:
            self.socket.close()
            raise
        self.logins = dict(re.findall(r"^  (\w+)  (\S+)$", prepared, re.MULTILINE))

    def prepare(self):
        begun = ""
        if Server.shared and not (self.data_dir / "static").exists():
            begun = self.begin(Server.shared)
        return begun + self.manage("prepare")

    def begin(self, shared):
        """Copy what the first site of the run made, or make it; return what that one printed."""
        first, said = shared / "data", shared / "said"
        with (shared / "lock").open("w") as lock:
            # Several processes test side by side.
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not said.exists():
                maker = Server(first, prepare=False, DATABASE_URL=None)
                maker.close()
                said.write_text(maker.manage("shell", "-v0", "-c", BEGIN))
        if not self.begins_as_others or (self.data_dir / "site.sqlite3").exists():
            shutil.copytree(first / "static", self.data_dir / "static")
            return ""
        shutil.copytree(first, self.data_dir, dirs_exist_ok=True)
        return said.read_text()

    def manage(self, *arguments):
        """Run a management command on this site. Return what it printed; raise if it failed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=self.root,
            env=self.environ,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise RuntimeError(
                f"manage.py {' '.join(arguments)} failed:\n{done.stdout}{done.stderr}"
            )
        return done.stdout

    @property
    def log(self):
        return self.data_dir / "server.log"

    def start(self, *options):
        """Start gunicorn, with options of its own after ours, and return once it answers."""
        handle, self.options = self.socket.fileno(), options
        # The program itself, as the service calls it: "-m gunicorn" cannot be started anew (USR2).
        gunicorn = Path(sys.executable).with_name("gunicorn")
        command = [*TIED, gunicorn, "--config", "config/gunicorn.py"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*command, "--bind", f"fd://{handle}", *options, self.application],
                cwd=self.root,
                env=self.environ,
                pass_fds=[handle],
                stdout=log,
                stderr=log,
            )
        self.wait_until(self.answers)
        return self

    def answers(self):
        if self.process.poll() is not None:
            raise RuntimeError(f"gunicorn stopped:\n{self.log.read_text()}")
        try:
            with urllib.request.urlopen(f"{self.url}/-/live", timeout=1) as response:
                return response.status == 200
        except OSError:
            return False

    def wait_until(self, condition, seconds=90):
        """Ask again until the condition is true; raise TimeoutError when it never is."""
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                raise TimeoutError(f"Not so within {seconds} seconds: {condition.__name__}")
            time.sleep(0.02)

    def workers(self):
        """Return the ids of gunicorn's worker processes."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in children.read_text().split()]

    def stop(self):
        """Stop gunicorn and wait for it. Does nothing when it is not running."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def close(self):
        self.stop()
        self.socket.close()
