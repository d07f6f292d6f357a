"""A backup is whole or it is not there; one that was touched is not taken."""

import gzip
import io
import shutil
import sqlite3
import tarfile
import threading
from contextlib import closing
from datetime import timedelta

import pytest
from django.utils import timezone

from publishing import backups
from publishing.backups import BackupError, archive, databases
from publishing.printing import editions, taken_off
from publishing.serving import health


def test_it_holds_database_pictures_editions_pin_and_the_numbers_taken_off(machine):
    path, count, _ = archive.make()
    assert count == 6
    assert path.stat().st_mode & 0o777 == 0o600
    with archive.unpacked(path) as found:
        assert (found / "uploads/a/picture.png").read_bytes() == b"picture"
        assert (found / "editions/taken-off").read_text() == "08000000000"
        assert (found / "editions/pinned").read_text() == "2"
        assert (found / "editions/current").readlink().name == "2"
        assert databases.check(found / databases.SQLITE) == {"line": 1}
    assert [p.name for p in path.parent.iterdir()] == [path.name], "and no draft beside it"
    assert not list(machine.DATA_DIR.glob(".backup-*"))
    assert not list(machine.DATA_DIR.glob(".restore-*"))


def test_with_the_folder_of_editions_lost_it_holds_what_lies_beside_it(machine):
    taken_off.note(editions.root(), {"02000000000"}, ())
    editions.keep_pin(2)
    shutil.copytree(editions.root() / "2", editions.second() / "2")
    shutil.rmtree(editions.root())
    path, _, _ = archive.make()
    with archive.unpacked(path) as found:
        assert "02000000000" in (found / "editions/taken-off").read_text()
        assert (found / "editions/pinned").read_text() == "2"


@pytest.mark.long
def test_twenty_backups_during_writes_are_whole_with_every_row_up_to_some_moment(machine):
    stop, written = threading.Event(), [1]

    def write():
        with closing(sqlite3.connect(machine.SQLITE_FILE, timeout=60)) as database:
            while not stop.is_set():
                number = written[0] + 1
                with database:
                    database.execute("INSERT INTO line VALUES (?, ?)", (number, "x" * 500))
                written[0] = number

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for backup in range(20):
            before = written[0]
            path, _, _ = archive.make(timezone.now() + timedelta(hours=backup))
            with archive.unpacked(path) as found:
                rows = databases.check(found / databases.SQLITE)["line"]
                with closing(sqlite3.connect(found / databases.SQLITE)) as copy:
                    assert copy.execute("SELECT max(number) FROM line").fetchone() == (rows,)
            assert before <= rows <= written[0]
    finally:
        stop.set()
        writer.join()
    assert written[0] > 20


@pytest.mark.parametrize("what", ["cut", "a byte", "words", "empty"])
def test_one_that_was_touched_is_refused_in_words(machine, what):
    path, _, _ = archive.make()
    whole = path.read_bytes()
    plain = gzip.decompress(whole)
    path.write_bytes(
        {
            "cut": whole[: len(whole) // 2],
            # Of the sum at the end: any other byte could be one that makes no difference.
            "a byte": whole[:-8] + bytes([whole[-8] ^ 1]) + whole[-7:],
            "words": gzip.compress(plain.replace(b"08000000000", b"08000000001")),
            "empty": b"",
        }[what]
    )
    with pytest.raises(BackupError, match="no whole backup|not as it was written"):
        archive.check(path)


@pytest.mark.parametrize(
    ("kind", "name", "leads_to"),
    [
        (tarfile.REGTYPE, "../../escaped", ""),
        (tarfile.REGTYPE, "/var/tmp/escaped", ""),
        (tarfile.SYMTYPE, "uploads/escaped", "../../.."),
        (tarfile.SYMTYPE, "editions/current", "../../escaped"),
        (tarfile.LNKTYPE, "uploads/escaped", "../../secret-key"),
        (tarfile.LNKTYPE, "uploads/escaped", "/etc/hostname"),
        (tarfile.FIFOTYPE, "uploads/escaped", ""),
    ],
)
def test_one_that_holds_what_is_not_ours_writes_nothing(machine, tmp_path, kind, name, leads_to):
    path, _, _ = archive.make()
    with tarfile.open(path) as whole, tarfile.open(tmp_path / "evil.tar.gz", "w:gz") as tar:
        for one in whole.getmembers():
            tar.addfile(one, whole.extractfile(one) if one.isfile() else None)
        member = tarfile.TarInfo(name)
        member.type, member.linkname = kind, leads_to
        tar.addfile(member, io.BytesIO(b""))
    with pytest.raises(BackupError, match="escaped|current"):
        archive.check(tmp_path / "evil.tar.gz")
    assert not (tmp_path.parent / "escaped").exists()


def test_the_python_of_debian_12_reads_it_too(machine, monkeypatch):
    """It is 3.11.2: tarfile got its filters in 3.11.4."""
    extract = tarfile.TarFile.extractall

    def older(tar, path=".", members=None, *, numeric_owner=False):
        extract(tar, path, members, numeric_owner=numeric_owner)

    monkeypatch.setattr(tarfile.TarFile, "extractall", older)
    archive.check(archive.make()[0])


def test_a_damaged_database_is_not_taken_for_a_backup(machine):
    path, _, _ = archive.make(timezone.now() - timedelta(hours=2))
    machine.SQLITE_FILE.write_bytes(b"no database at all, only words" * 1000)
    with pytest.raises(BackupError, match="cannot be copied"):
        archive.make()
    assert [p.name for p in path.parent.iterdir()] == [path.name], "the earlier one stays"


def test_a_disk_that_takes_nothing_is_said_so_and_leaves_nothing(machine, monkeypatch):
    def full(found, target):
        target.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(archive, "pack", full)
    with pytest.raises(BackupError, match="No space left on device"):
        archive.make()
    assert not list((machine.DATA_DIR / "backups").iterdir())


def test_old_ones_are_deleted_only_when_the_new_one_is_whole(machine, monkeypatch):
    now = timezone.now().replace(minute=0)
    first, _, _ = archive.make(now)
    with monkeypatch.context() as broken:
        broken.setattr(archive, "check", lambda path: (_ for _ in ()).throw(BackupError("No.")))
        with pytest.raises(BackupError):
            archive.make(now + timedelta(minutes=1))
    assert first.exists()
    second, _, gone = archive.make(now + timedelta(minutes=2))
    assert gone == [first]
    assert second.exists()


def test_it_is_overdue_after_three_hours_and_only_where_backups_are_made(machine):
    now = timezone.now().replace(microsecond=0)  # A backup is named by the second.
    assert backups.overdue(now) == "The folder of backups cannot be read."
    (machine.DATA_DIR / "backups").mkdir()
    (machine.DATA_DIR / "backups" / "some-other-file").touch()
    assert backups.overdue(now) == "No backup has been made yet."
    archive.make(now)
    assert backups.overdue(now + timedelta(hours=3)) == ""
    assert backups.overdue(now + timedelta(hours=5)) == "The last backup is 5 hours old."
    machine.BACKUP_DIR = ""
    assert backups.overdue(now + timedelta(hours=5)) == ""
    with pytest.raises(BackupError, match="Set BACKUP_DIR"):
        archive.make()


@pytest.mark.django_db
def test_the_operator_reads_of_it_at_ready(machine, monkeypatch):
    monkeypatch.setattr(health.connection, "close", lambda: None)
    (editions.root() / "pinned").unlink()
    found = {}
    health.look(found)
    assert found["failing"] == ["The folder of backups cannot be read."]
    archive.make()
    health.look(found)
    assert found["failing"] == []
