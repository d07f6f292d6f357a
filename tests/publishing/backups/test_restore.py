"""A backup put back: onto nothing, onto what is left, and never over what is there."""

import shutil
import sqlite3
from contextlib import closing

import pytest

from publishing.backups import BackupError, archive, databases
from publishing.backups.restore import restore
from publishing.printing import editions, taken_off


@pytest.fixture
def backup(machine, tmp_path):
    """A backup of the machine, elsewhere."""
    path, _, _ = archive.make()
    return path.rename(tmp_path.parent / f"{tmp_path.name}-{path.name}")


@pytest.fixture
def lost(machine, backup):
    """The machine with nothing left on it."""
    for name in ("uploads", "editions", "backups"):
        shutil.rmtree(machine.DATA_DIR / name)
    machine.SQLITE_FILE.unlink()
    return machine


def rows(machine):
    with closing(sqlite3.connect(machine.SQLITE_FILE)) as database:
        return database.execute("SELECT * FROM line").fetchall()


def test_onto_an_empty_machine_it_brings_all_of_it(lost, backup):
    assert restore(backup) == []
    assert rows(lost) == [(1, "one")]
    assert lost.SQLITE_FILE.stat().st_mode & 0o777 == 0o600
    assert (lost.DATA_DIR / "uploads/a/picture.png").read_bytes() == b"picture"
    assert editions.stored_numbers() == [2, 1]
    assert (editions.current_number(), editions.pin()) == (2, 2)
    assert (editions.second() / "pinned").read_text() == "2"
    assert taken_off.read(editions.root()) == {"08000000000"}


def test_an_empty_file_that_the_site_has_made_is_no_database(lost, backup):
    lost.SQLITE_FILE.touch()
    restore(backup)
    assert rows(lost) == [(1, "one")]


@pytest.mark.parametrize("there", ["whole", "damaged"])
def test_a_database_that_is_there_is_never_replaced(machine, backup, there):
    if there == "damaged":
        machine.SQLITE_FILE.write_bytes(b"words " * 1000)
    before = machine.SQLITE_FILE.read_bytes()
    with pytest.raises(BackupError, match="There is a database already"):
        restore(backup)
    assert machine.SQLITE_FILE.read_bytes() == before


def test_editions_that_are_left_stay_and_both_lists_of_numbers_hold(machine, backup):
    machine.SQLITE_FILE.unlink()
    (editions.root() / "pinned").unlink()
    shutil.copytree(editions.root() / "2", editions.root() / "3")
    editions.switch(3)
    taken_off.note(editions.root(), {"02000000000"}, {"08000000000"})
    assert restore(backup) == ["02000000000"], "taken off since: its register has it still"
    assert (editions.current_number(), editions.pin()) == (3, None)
    assert taken_off.read(editions.root()) == {"08000000000", "02000000000"}


def test_killed_on_its_way_it_can_be_done_again(lost, backup, monkeypatch):
    with monkeypatch.context() as killed:
        killed.setattr(databases, "put_back", lambda file: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            restore(backup)
    assert databases.is_empty()
    assert restore(backup) == []
    assert rows(lost) == [(1, "one")]


def test_one_of_another_kind_of_database_is_refused_in_words(lost, backup):
    with archive.unpacked(backup) as found:
        file = archive.database_in(found).rename(found / databases.POSTGRESQL)
        with pytest.raises(BackupError, match="Set DATABASE_URL as it was"):
            databases.put_back(file)
    assert databases.is_empty()


def test_one_that_is_not_whole_puts_nothing_back(lost, backup):
    backup.write_bytes(backup.read_bytes()[:-500])
    with pytest.raises(BackupError, match="no whole backup"):
        restore(backup)
    assert databases.is_empty()
    assert not (lost.DATA_DIR / "uploads").exists()
