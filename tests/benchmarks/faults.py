"""Bad days and attackers: readers through each fault, alone and in pairs, and what attackers send.

python -m tests.benchmarks faults. An hour at most; each part says what was asked of it.
"""

import os
import random
import re
import signal
import socket
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

from ..faults import attacks, faults
from ..faults.reading import PATHS, as_they_are, read_during
from ..faults.units import started_by_socket, upgraded
from ..mirror import BEHIND, HOST, PROGRAM, mirrored
from ..postgresql import Postgresql, programs
from ..publishing import test_faults as of_postgresql
from ..publishing.readers import Reader, numbers, reading
from .tools import memory, say, site

SEED = 20261126
ATTACKS = 20_000
# Reads through each fault, and through each pair.
ALONE, TOGETHER = 2000, 1200
POSTGRESQL = ("locked", "migrated", "hung", "stopped", "deleted")
MINUTE = 60


def met(right):
    return "met" if right else "NOT MET"


def matrix(server):
    """Read through every fault and every pair; print what was wrong, and the sum."""
    before = as_they_are(server)
    every = [*((name,) for name in faults.FAULTS), *faults.pairs()]
    seen = [read_during(server, names, before, ALONE if len(names) == 1 else TOGETHER) for names in every]  # fmt: skip
    summary(
        f"{len(faults.FAULTS)} faults of a machine with SQLite, and {len(faults.pairs())} pairs",
        seen,
    )
    return sum(each.reads for each in seen)


def summary(title, seen):
    for each in seen:
        if each.wrong or each.without:
            say(str(each))
    reads = sum(each.reads for each in seen)
    wrong = sum(sum(each.wrong.values()) for each in seen)
    without = sum(each.without for each in seen)
    say(
        f"{title}: {reads} reads, {1 - wrong / reads:.4%} as before (at least 99.99%: {met(wrong / reads <= 0.0001)}), "
        f"{without} without 999 ({met(not without)}), the slowest {max(each.slowest for each in seen) * 1000:.0f} ms"
    )


@contextmanager
def postgresql(name):
    with tempfile.TemporaryDirectory(prefix="site-postgresql-") as folder:
        Path(folder).chmod(0o755)
        server = Postgresql(Path(folder) / "server")
        server.start()
        try:
            server.sql(f"CREATE DATABASE {name}")
            yield server
        finally:
            server.stop()


def hostile(server, name, count=ATTACKS):
    """Send attacks; print what went wrong, and how much the workers grew."""

    def attack(one):
        kind, raw = one
        heard = attacks.send(server.url, raw)
        return kind, heard.status, attacks.wrong(kind, server.url, heard)

    def send(seed, number):
        with ThreadPoolExecutor(40) as pool:
            return list(pool.map(attack, attacks.attacks(server.url, seed, number)))

    before = as_they_are(server)
    send(SEED - 1, count // 10)
    small = max(map(memory, server.workers()))
    tried = send(SEED, count)
    large = max(map(memory, server.workers()))
    wrong = Counter((kind, found) for kind, _, found in tried if found)
    for (kind, found), times in wrong.items():
        say(f"{kind}: {found}, {times} times")
    server_errors = sum(status >= 500 for _, status, _ in tried)
    log = server.log.read_text()
    say(
        f"{count} attacks with {name}: {server_errors} times 5xx ({met(not server_errors)}), {sum(wrong.values())} wrong "
        f"({met(not wrong)}), a worker {small:.0f} to {large:.0f} MiB ({met(large < small * 1.1)}), "
        f"afterwards the same pages ({met(as_they_are(server) == before)}), "
        f"a mark in the log or a traceback ({met(attacks.MARK not in log and 'Traceback' not in log)})"
    )


def flood(server):
    """A reader's flood on each form: nobody gets anything but an answer that helps, readers notice nothing."""
    dice = random.Random(SEED)
    for path, fields in attacks.FORMS.items():
        body = "&".join(f"{name}={dice.randrange(9)}" for name in fields).encode()
        raw = attacks.form(server.url, path, body, [attacks.OURS])
        with reading(server.url, PATHS, readers=1) as told, ThreadPoolExecutor(100) as pool:
            heard = list(pool.map(lambda _, raw=raw: attacks.send(server.url, raw), range(400)))
        statuses = Counter(each.status for each in heard)
        helped = all(
            each.status < 500 or b"tel:999" in each.body or path.startswith("/admin/")
            for each in heard
        )
        right = all(status == 200 for *_, status, _ in told)
        say(
            f"400 at once to {path}: {dict(statuses)}, help on every refusal ({met(helped)}), {len(told)} pages meanwhile "
            f"({met(right)}), the slowest {max((took for _, took, *_ in told), default=0) * 1000:.0f} ms"
        )


PUBLISH = """
import time
from django.db import connection
from awareness import editing
from awareness.models import Page
page = Page.objects.get(slug="keeping-a-record")
end, number, slow = time.monotonic() + {seconds}, 0, 0.0
while time.monotonic() < end:
    began = time.monotonic()
    number += 1
    # In letters: the gate holds back a page with digits that no register has.
    page.title = "Keeping a record " + "".join("abcdefghij"[int(digit)] for digit in f"{{number:05}}")
    page.save()
    editing.publish(page)
    connection.close()
    slow = max(slow, time.monotonic() - began)
    time.sleep(max(0, began + 0.1 - time.monotonic()))
print(number, round(slow * 1000))
"""


def publishing(server, seconds=MINUTE):
    """Publish ten times a second while readers load, and hold every page to be of one edition."""
    path = "/advice/keeping-a-record/"
    with reading(server.url, [path], readers=4) as told:
        began = time.monotonic()
        said = server.manage("shell", "-v0", "-c", PUBLISH.format(seconds=seconds)).split()
        took = time.monotonic() - began
    times, slowest = int(said[-2]), int(said[-1])
    mixed = sum(not of_one_edition(body) for *_, body in told)
    wrong = sum(status != 200 for *_, status, _ in told)
    titles = {title(body) for *_, body in told}
    say(
        f"{times} times published in {took:.0f} s, {times / seconds:.1f} a second, the slowest {slowest} ms; readers: {len(told)} "
        f"answers, {len(told) / took:.0f} a second, {wrong} wrong ({met(not wrong)}), {mixed} mixed ({met(not mixed)}), "
        f"{len(titles)} editions of the page seen ({met(len(titles) > 1)}), p99 {told.slowest_of_100() * 1000:.0f} ms"
    )


def title(body):
    found = re.search(rb"<h1[^>]*>(.*?)</h1>", body, re.DOTALL)
    return found[1].strip() if found else b""


def of_one_edition(body):
    """Return whether the title in the head is that of the heading: both come from one print."""
    said = title(body)
    return (
        said
        and body.partition(b"<title>")[2].startswith(said)
        and body.rstrip().endswith(b"</html>")
    )


def backups(server, times=20):
    """Back up while the newsroom writes; each is read through."""
    with tempfile.TemporaryDirectory(prefix="site-backups-") as folder:
        server.environ["BACKUP_DIR"] = folder
        write = partial(server.manage, "shell", "-v0", "-c", PUBLISH.format(seconds=times * 3))
        whole = 0
        with ThreadPoolExecutor(1) as pool:
            writing = pool.submit(write)
            for _ in range(times):
                path = server.manage("backup").split(":")[0]
                server.manage("backup", "--check", path)
                whole += 1
            meanwhile = (
                "while it wrote"
                if not writing.done()
                else "though it had stopped writing before the last"
            )
            writing.result()
        del server.environ["BACKUP_DIR"]
    say(f"{whole} of {times} backups whole, {meanwhile} ({met(whole == times)})")


def told_systemd(folder):
    """Return (socket, path) of where gunicorn tells systemd how it is."""
    path = Path(folder) / "notify"
    heard = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    heard.bind(str(path))
    heard.settimeout(MINUTE)
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


PARTS = {"upgrade": upgrade, "matrix": matrix, "hostile": partial(hostile, name="SQLite"), "flood": flood, "publishing": publishing, "backups": backups}  # fmt: skip


@contextmanager
def timed(name):
    began = time.monotonic()
    yield
    say(f"{name} took {time.monotonic() - began:.0f} s")


def with_postgresql(code):
    """The faults of PostgreSQL, alone and with those of a machine; and the attacks, on a site with it."""
    with (
        postgresql("faults") as database,
        site(workers=2, pinned=False, **code, DATABASE_URL=database.url("faults")) as server,
    ):
        before = as_they_are(server)
        breaking = {
            **{name: getattr(of_postgresql, f"postgresql_{name}") for name in POSTGRESQL},
            "slow": partial(faults.now_and_then, of_postgresql.postgresql_locked),
        }
        broken = {
            f"PostgreSQL {name}": (lambda server, fault=fault: fault(database))
            for name, fault in breaking.items()
        }
        together = [
            (one, other) for one in broken for other in faults.FAULTS if "database" not in other
        ]
        known = {**faults.FAULTS, **broken}
        with timed("hostile with PostgreSQL"):
            hostile(server, "PostgreSQL")
        with timed("matrix with PostgreSQL"):
            every = [*((name,) for name in broken), *together]
            seen = [read_during(server, names, before, TOGETHER, known) for names in every]
            summary(f"{len(broken)} faults of PostgreSQL, and {len(together)} pairs", seen)


def run(*chosen):
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="site-code-") as folder:
        code = {"application": faults.APPLICATION, "root": faults.copy_of_the_code(Path(folder))}
        parts = {name: part for name, part in PARTS.items() if not chosen or name in chosen}
        if parts:
            with site(workers=2, pinned=False, **code) as server:
                for name, part in parts.items():
                    with timed(name):
                        part(server)
        if PROGRAM and (not chosen or "mirror" in chosen):
            with timed("mirror"):
                mirror(code)
        if not programs():
            say("Without PostgreSQL.")
        elif not chosen or "postgresql" in chosen:
            with_postgresql(code)
    say(f"{(time.monotonic() - began) / MINUTE:.0f} minutes")
