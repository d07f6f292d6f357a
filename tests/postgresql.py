"""A PostgreSQL server for tests: one of its own, or the one at TEST_DATABASE_URL."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg

from .server import TIED

USER = "postgres"
LIMITS = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")


def programs():
    """Return the folder of Debian's newest PostgreSQL, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


class Postgresql:
    """A server in a folder of its own on 127.0.0.1; it can be stopped, hung and started again."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.process = None
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        # PostgreSQL refuses to run as root.
        self.user = {"user": USER} if os.getuid() == 0 else {}
        self.folder.mkdir(parents=True)
        if self.user:
            shutil.chown(self.folder, USER)
        self.run("initdb", "-D", self.data, "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync")

    @property
    def data(self):
        return self.folder / "data"

    def run(self, program, *arguments):
        command = [programs() / program, *arguments]
        subprocess.run(command, check=True, capture_output=True, cwd="/", **self.user)

    def start(self):
        options = ["-p", str(self.port), "-h", "127.0.0.1", "-k", self.folder, "-F"]
        # Nothing is to be found again after a crash; small tables need no plans or cleaning.
        for name in ("full_page_writes", "synchronous_commit", "autovacuum", "jit"):
            options += ["-c", f"{name}=off"]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [*TIED, programs() / "postgres", "-D", self.data, *options],
                stdout=log,
                stderr=log,
                cwd="/",
                **self.user,
            )
        end = time.monotonic() + 90
        while True:
            try:
                return self.sql("SELECT 1")
            except psycopg.OperationalError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.05)

    def stop(self):
        """Stop it at once, as when its machine is switched off."""
        self.go_on()
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(30)

    def processes(self):
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return [pid, *map(int, children)]

    def hang(self):
        """Stop every process of it by signal: connections stand, and nothing answers."""
        self.tell(signal.SIGSTOP)

    def go_on(self):
        self.tell(signal.SIGCONT)

    def tell(self, what):
        for pid in self.processes():
            # One that served a connection may end meanwhile.
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, what)

    def url(self, name="postgres"):
        return f"postgres://{USER}@127.0.0.1:{self.port}/{name}"

    def sql(self, statement, name="postgres"):
        with psycopg.connect(self.url(name), autocommit=True) as connection:
            connection.execute(statement)


class Given:
    """The server at TEST_DATABASE_URL: databases of our own are made in it, and it is not stopped."""

    def __init__(self, url):
        self.parts = urlsplit(url)

    def url(self, name=None):
        return urlunsplit(self.parts._replace(path=f"/{name}" if name else self.parts.path))

    def sql(self, statement, name=None):
        with psycopg.connect(self.url(name), autocommit=True) as connection:
            connection.execute(statement)


def patient(url):
    """Return the address of a database whose answers may take 50 seconds, as on a busy machine.

    For tests of what comes out: the site's own limits are for readers who wait.
    """
    options = quote(" ".join(f"-c {limit}=50s" for limit in LIMITS))
    return f"{url}{'&' if '?' in url else '?'}connect_timeout=60&options={options}"


@contextlib.contextmanager
def hung(postgresql):
    postgresql.hang()
    try:
        yield
    finally:
        postgresql.go_on()


@contextlib.contextmanager
def stopped(postgresql):
    # It runs without syncing, so a crash would take back what was committed a moment before.
    postgresql.sql("CHECKPOINT")
    postgresql.stop()
    try:
        yield
    finally:
        postgresql.start()
