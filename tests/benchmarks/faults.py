"""Bad days and attackers: readers through each fault, alone and in pairs, and what attackers send.

python -m tests.benchmarks faults. An hour at most; each part says what was asked of it.
"""

import random
import re
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from ..faults import attacks, faults
from ..faults.reading import PATHS, as_they_are, read_during
from ..postgresql import Postgresql, programs
from ..publishing import test_faults as of_postgresql
from ..publishing.readers import reading
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


PARTS = {"matrix": matrix, "hostile": partial(hostile, name="SQLite"), "flood": flood, "publishing": publishing, "backups": backups}  # fmt: skip


def run(*chosen):
    began = time.monotonic()
    with site(workers=2, pinned=False) as server:
        for name, part in PARTS.items():
            if not chosen or name in chosen:
                part(server)
    if programs() and (not chosen or "postgresql" in chosen):
        with (
            postgresql("faults") as database,
            site(workers=2, pinned=False, DATABASE_URL=database.url("faults")) as server,
        ):
            before = as_they_are(server)
            breaking = {
                f"PostgreSQL {name}": getattr(of_postgresql, f"postgresql_{name}")
                for name in POSTGRESQL
            }
            broken = {
                name: (lambda server, fault=fault: fault(database))
                for name, fault in breaking.items()
            }
            together = [
                (one, other) for one in broken for other in faults.FAULTS if "database" not in other
            ]
            seen = [
                read_during(server, names, before, TOGETHER, {**faults.FAULTS, **broken})
                for names in [*((name,) for name in broken), *together]
            ]
            summary(f"{len(broken)} faults of PostgreSQL, and {len(together)} pairs", seen)
            hostile(server, "PostgreSQL")
    elif not programs():
        say("Without PostgreSQL.")
    say(f"{(time.monotonic() - began) / MINUTE:.0f} minutes")
