"""Whatever becomes of the database, readers get the right page; staff get a sentence."""

import json
import os
import signal
import sqlite3
from contextlib import closing, contextmanager

import psycopg
import pytest

from ..postgresql import hung as postgresql_hung
from ..postgresql import stopped as postgresql_stopped
from ..server import PATIENCE, Server
from . import wire
from .readers import Reader, reading

pytestmark = [pytest.mark.server, pytest.mark.slow]

PATHS = ["/", "/help/", "/signs/", "/nowhere/"]
ENOUGH = 2000


@pytest.fixture(scope="module")
def sqlite_site(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("faults-sqlite"), DATABASE_URL=None)
    try:
        yield server.start()
    finally:
        server.close()


@pytest.fixture(scope="module")
def postgresql_site(tmp_path_factory, postgresql):
    postgresql.sql("CREATE DATABASE faults")
    server = Server(
        tmp_path_factory.mktemp("faults-postgresql"), DATABASE_URL=postgresql.url("faults")
    )
    try:
        yield server.start()
    finally:
        server.close()
        postgresql.sql("DROP DATABASE faults WITH (FORCE)")


def assert_readers_notice_nothing(server, fault):
    """During the fault at least ENOUGH answers: all the same as before it."""
    with closing(Reader(server.url)) as reader:
        before = {path: reader.get(path) for path in PATHS}
    assert [status for status, _ in before.values()] == [200, 200, 200, 404]
    with fault, reading(server.url, PATHS) as told:
        server.wait_until(lambda: len(told) >= ENOUGH, seconds=120)
        # The newsroom is told at once or after a while, and never with a traceback.
        staff = wire.ask(server.url, "/admin/login/")
    wrong = [
        (status, body[:100]) for _, _, path, status, body in told if (status, body) != before[path]
    ]
    assert wrong == []
    assert b"Traceback" not in staff.body
    assert staff.status == 200 or b"tel:999" in staff.body


def sqlite_file(server):
    return server.data_dir / "site.sqlite3"


@contextmanager
def sqlite_locked(server):
    with sqlite3.connect(sqlite_file(server), isolation_level=None) as connection:
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE")
        try:
            yield
        finally:
            connection.execute("ROLLBACK")
    connection.close()


@contextmanager
def sqlite_deleted(server):
    files = [sqlite_file(server).with_name(f"site.sqlite3{end}") for end in ("", "-wal", "-shm")]
    kept = {file: file.read_bytes() for file in files if file.exists()}
    for file in kept:
        file.unlink()
    try:
        yield
    finally:
        for file in files:
            file.unlink(missing_ok=True)
        for file, content in kept.items():
            file.write_bytes(content)


@contextmanager
def sqlite_unreadable(server):
    """A folder where the file was: opening it fails, as on a broken disk."""
    file = sqlite_file(server)
    away = file.rename(file.with_name("away"))
    file.mkdir()
    try:
        yield
    finally:
        file.rmdir()
        away.rename(file)


@contextmanager
def sqlite_migrated(server):
    rename = "ALTER TABLE {} RENAME TO {}"
    tables = ("awareness_release", "somewhere_else")
    with sqlite3.connect(sqlite_file(server), timeout=PATIENCE) as connection:
        connection.execute(rename.format(*tables))
    try:
        yield
    finally:
        with sqlite3.connect(sqlite_file(server), timeout=PATIENCE) as again:
            again.execute(rename.format(*reversed(tables)))
        connection.close()
        again.close()


@contextmanager
def postgresql_locked(postgresql):
    with psycopg.connect(postgresql.url("faults")) as connection:
        connection.execute("LOCK awareness_release, publishing_wanted, auth_user, django_session")
        yield
        connection.rollback()


@contextmanager
def postgresql_migrated(postgresql):
    postgresql.sql("ALTER TABLE awareness_release RENAME TO somewhere_else", "faults")
    try:
        yield
    finally:
        postgresql.sql("ALTER TABLE somewhere_else RENAME TO awareness_release", "faults")


@contextmanager
def postgresql_deleted(postgresql):
    postgresql.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname='faults'")
    postgresql.sql("ALTER DATABASE faults RENAME TO somewhere_else")
    try:
        yield
    finally:
        postgresql.sql("ALTER DATABASE somewhere_else RENAME TO faults")


@pytest.mark.postgresql
@pytest.mark.parametrize("fault", [postgresql_locked, postgresql_migrated])
def test_readers_do_not_notice_postgresql(postgresql_site, postgresql, fault):
    assert_readers_notice_nothing(postgresql_site, fault(postgresql))


@pytest.mark.postgresql
@pytest.mark.parametrize("fault", [postgresql_hung, postgresql_stopped, postgresql_deleted])
def test_readers_do_not_notice_that_postgresql_is_gone(postgresql_site, postgresql, fault):
    if not hasattr(postgresql, "hang"):
        pytest.skip("a server that was given is not stopped")
    assert_readers_notice_nothing(postgresql_site, fault(postgresql))


def test_a_hung_newsroom_does_not_hang_the_door(sqlite_site):
    """Every thread of Django's waits for a lock; /-/ready says so, and readers read."""
    with sqlite_locked(sqlite_site), closing(Reader(sqlite_site.url)) as reader:
        status, body = reader.get("/-/ready")
        assert (status, b'"edition":' in body) == (200, True)
        assert reader.get("/help/")[0] == 200


def test_a_worker_that_is_killed_is_not_missed(sqlite_site):
    server = sqlite_site
    with reading(server.url, PATHS[:3], readers=2) as told:
        for _ in range(3):
            before = set(server.workers())
            os.kill(min(before), signal.SIGKILL)
            server.wait_until(lambda before=before: set(server.workers()) - before)
        seen = len(told)
        server.wait_until(lambda: len(told) > seen + 200)
    # The connection that the worker held is lost with it; nothing else is.
    failed = [status for *_, status, _ in told if status != 200]
    assert len(failed) <= 3 * 2
    assert len(told) > 200


@pytest.fixture
def stopped_site(sqlite_site):
    """The site with its server stopped; afterwards it is whole and running again."""
    sqlite_site.stop()
    yield sqlite_site
    sqlite_site.stop()
    sqlite_site.manage("edition", "print")
    sqlite_site.start()


def editions(server):
    return sorted((server.data_dir / "editions").glob("[0-9]*"), key=lambda path: int(path.name))


NAME_IT = "from safety.identity.models import Look; Look(name='{}').put_in_force()"


def rename(server, name):
    """Every page is another one in the next edition."""
    server.manage("shell", "-v0", "-c", NAME_IT.format(name))


@pytest.fixture(params=[True, False])
def changed(request, stopped_site):
    """Whether every page is another one since the last edition."""
    if request.param:
        rename(stopped_site, "Rowan help")
    yield request.param
    if request.param:
        rename(stopped_site, "Stalking help")


def test_damage_at_a_cold_start_reaches_no_reader_and_is_told_at_once(stopped_site, changed):
    """A page that the edition before has too is taken from there; with another one, readers get the edition before."""
    stopped_site.manage("edition", "print")
    *_, before, damaged = editions(stopped_site)
    page = damaged / "public/help/index.html"
    as_printed = page.read_bytes()
    page.write_bytes(as_printed.replace(b"tel:999", b"tel:998"))
    assert page.read_bytes() != as_printed
    assert ((before / "public/help/index.html").read_bytes() == as_printed) != changed
    stopped_site.log.write_text("")
    stopped_site.start()
    with closing(Reader(stopped_site.url)) as reader:
        status, ready = reader.get("/-/ready")
        _, served = reader.get("/help/")
    ready, sentence = json.loads(ready), f"Edition {damaged.name} is not as it was printed."
    assert (status, ready["wrong"]) == (503, [sentence])
    assert ready["edition"] == int((before if changed else damaged).name)
    assert b"tel:999" in served
    assert b"tel:998" not in served
    assert (b"Rowan help" in as_printed, b"Rowan help" in served) == (changed, False)
    assert sentence in stopped_site.log.read_text()


def test_with_every_edition_lost_the_emergency_page_stands_until_one_is_printed(stopped_site):
    places = [*editions(stopped_site), *(stopped_site.data_dir / "editions-copy").glob("[0-9]*")]
    for edition in places:
        (edition / "manifest.json").write_text("")
    # Locked, so that the machine cannot mend itself yet.
    with closing(Reader(stopped_site.url)) as reader:
        with sqlite_locked(stopped_site):
            stopped_site.start()
            status, body = reader.get("/")
            assert status == 200
            assert b"tel:999" in body
            assert reader.get("/signs/")[0] == 503
        stopped_site.wait_until(lambda: reader.get("/signs/")[0] == 200, seconds=60)


def test_what_is_published_reaches_every_reader_and_never_goes_back(sqlite_site):
    """Editions are printed while readers load: a connection hears old, then new, and no error."""
    marks = [b"Alder help", b"Birch help", b"Cedar help"]
    try:
        with reading(sqlite_site.url, ["/privacy/"], readers=1) as told:
            for mark in marks:
                rename(sqlite_site, mark.decode())
                sqlite_site.manage("edition", "print")
                sqlite_site.wait_until(lambda mark=mark: mark in told[-1][-1])
    finally:
        rename(sqlite_site, "Stalking help")
    assert {status for *_, status, _ in told} == {200}
    heard = [next((n for n, mark in enumerate(marks) if mark in body), -1) for *_, body in told]
    # One connection has one worker, and a worker never goes back.
    assert heard == sorted(heard)
    assert set(heard) == {-1, 0, 1, 2}
