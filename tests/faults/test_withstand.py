"""Bad days and attackers, on one real site: a seeded part of what bin/bench faults tries whole."""

import os
import random
import signal
import socket
import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from ..publishing.readers import Reader, reading
from ..server import PATIENCE, ROOT, Server
from . import attacks
from .faults import APPLICATION, FAULTS, copy_of_the_code, pairs
from .reading import PATHS, as_they_are, read_during
from .units import started_by_socket, upgraded

pytestmark = [pytest.mark.server, pytest.mark.slow]

SEED = 20261126
ATTACKS = 2000
# Who is told that the site is busy may come again, and so may who asks whether it is ready: on a
# busy machine a guess of a password waits, and a worker may be behind.
TRIES = 6
# A worker that is killed takes the connections with it that it answers at that moment.
LOST = 8


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    code = copy_of_the_code(tmp_path_factory.mktemp("code"))
    folder = tmp_path_factory.mktemp("withstand")
    server = Server(folder, APPLICATION, root=code, DATABASE_URL=None)
    try:
        server.start("--workers", "2")
        server.wait_until(lambda: len(server.workers()) == 2)
        yield server
    finally:
        server.close()


@pytest.fixture(scope="module")
def before(site):
    return as_they_are(site)


# Nothing on the disk, and nobody who has it in memory: what is served lies beside the editions.
HARD = [("all editions missing", "all workers killed"), ("all editions missing", "gunicorn killed")]
TOGETHER = [*HARD, *random.Random(SEED).sample(pairs(), 8)]


@pytest.mark.parametrize(
    "names", [*((name,) for name in FAULTS), *TOGETHER], ids=lambda names: " and ".join(names)
)
def test_readers_notice_nothing(site, before, names):
    seen = read_during(site, names, before, enough=150)
    allowed = LOST if any("killed" in name for name in names) else 0
    assert seen.without <= allowed, str(seen)
    assert sum(seen.wrong.values()) <= allowed, str(seen)


def is_ready(site):
    with closing(Reader(site.url)) as reader:
        return reader.get("/-/ready")[0] == 200


def test_what_attackers_send_does_no_harm(site, before):
    # They ask for /-/ready too. A print that a fault stopped is tried again within a minute.
    site.wait_until(lambda: is_ready(site), seconds=300)

    def attack(one):
        kind, raw = one
        for _ in range(TRIES):
            heard = attacks.send(site.url, raw)
            if heard.status != 503:
                break
            site.wait_until(lambda: is_ready(site), seconds=300)
        return kind, raw, heard.status, attacks.wrong(kind, site.url, heard)

    with ThreadPoolExecutor(40) as pool:
        tried = list(pool.map(attack, attacks.attacks(site.url, SEED, ATTACKS)))
    assert [one for one in tried if one[-1]] == []
    assert {kind for kind, *_ in tried} == set(attacks.MAKERS)
    # No poison is left for the next reader, and nothing of it is in the log.
    assert as_they_are(site) == before
    assert attacks.MARK not in site.log.read_text()
    assert "Traceback" not in site.log.read_text()


def test_after_all_that_the_newsroom_still_answers(site):
    with closing(Reader(site.url)) as reader:
        assert reader.get("/admin/login/")[0] == 200


# Starts and ends. From here on the site's own server is stopped.


def is_running(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def children(pid):
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def test_an_upgrade_is_not_noticed_and_a_gunicorn_killed_outright_leaves_no_workers(site, before):
    site.stop()
    notify = site.data_dir / "notify"
    told_systemd = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    told_systemd.bind(str(notify))
    started_by_socket(site, notify)
    old = site.process.pid
    with reading(site.url, PATHS, readers=2) as told:
        site.wait_until(lambda: len(told) > 20)
        new = upgraded(site, told_systemd)
        site.process.wait(PATIENCE)
        seen = len(told)
        site.wait_until(lambda: len(told) > seen + 20)
    assert [one[2:] for one in told if one[3:] != before[one[2]]] == []
    assert new != old
    workers = children(new)
    assert len(workers) == 2
    os.kill(new, signal.SIGKILL)
    # Nobody would replace the next one to fail, and on a port of their own none could start.
    site.wait_until(lambda: not any(map(is_running, workers)), seconds=60)
    started_by_socket(site, notify)
    assert as_they_are(site) == before
    site.stop()
    told_systemd.close()


def test_it_starts_on_a_full_disk_with_the_edition_that_is_there(site, before):
    site.stop()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    run = subprocess.Popen(
        # Not one byte can be written to any file.
        ["prlimit", "--fsize=0", "bin/run"],
        cwd=ROOT,
        env={**site.environ, "PORT": str(port), "PYTHONDONTWRITEBYTECODE": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        said = ""
        while "Application startup complete" not in said:
            line = run.stdout.readline()
            assert line, said
            said += line
        assert "Nothing can be written in" in said
        assert "Readers get edition" in said
        with closing(Reader(f"http://127.0.0.1:{port}")) as reader:
            assert {path: reader.get(path) for path in PATHS} == before
    finally:
        run.terminate()
        run.communicate()
