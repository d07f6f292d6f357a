"""The database as its own tools see it: without Django, and without a function of Django's."""

import sqlite3
import stat
import subprocess
import sys
from types import SimpleNamespace

import pytest
from django.conf import settings

from config.management.commands import prepare

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    """The file that a first `manage.py migrate` and `load_content` make."""
    folder = tmp_path_factory.mktemp("database")
    for command in (["migrate", "-v0"], ["load_content"]):
        subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=settings.BASE_DIR,
            env={"LOCAL": "1", "DATA_DIR": str(folder), "PATH": "/usr/bin:/bin"},
            check=True,
            capture_output=True,
        )
    return folder / "site.sqlite3"


@pytest.fixture
def plain(database):
    """A connection of Python's own, with no function registered; nothing of it is kept."""
    connection = sqlite3.connect(database)
    yield connection
    connection.rollback()
    connection.close()


def test_sqlite_finds_the_database_whole(plain):
    assert plain.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert plain.execute("PRAGMA foreign_key_check").fetchall() == []


def test_what_sqlite_dumps_can_be_loaded_again(plain):
    count = "SELECT count(*) FROM signposting_route WHERE dial <> ''"
    numbers = plain.execute(count).fetchone()[0]
    assert numbers > 10
    with sqlite3.connect(":memory:") as copy:
        copy.executescript("\n".join(plain.iterdump()))
        assert copy.execute(count).fetchone() == (numbers,)
        assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


@pytest.mark.parametrize("number", ["12", "0203866410Z", "1234567890123456", "٠٢٠", "08431234567"])
def test_the_database_refuses_a_wrong_number_whoever_writes_it(plain, number):
    change = "UPDATE signposting_route SET dial = ?, display = ? WHERE dial <> ''"
    plain.execute(change, ["02079460000", "020 7946 0000"])
    with pytest.raises(sqlite3.IntegrityError, match="CHECK constraint failed: route_"):
        plain.execute(change, [number, number])


def test_only_the_sites_own_user_may_read_the_database(database, plain):
    plain.execute("UPDATE signposting_route SET label = 'x'")
    files = sorted(database.parent.glob(f"{database.name}*"))
    assert [file.name.removeprefix(database.name) for file in files] == ["", "-shm", "-wal"]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_prepare_closes_what_was_open_to_others(tmp_path, monkeypatch, settings):
    settings.SQLITE_FILE = tmp_path / "site.sqlite3"
    for name in ("site.sqlite3", "site.sqlite3-wal"):
        (tmp_path / name).touch(mode=0o644)
    older = SimpleNamespace(
        vendor="sqlite",
        close=lambda: None,
    )
    monkeypatch.setattr(prepare, "connection", older)
    monkeypatch.setattr(prepare, "call_command", lambda *words, **options: None)
    prepare.Command().migrate()
    assert {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()} == {0o600}
