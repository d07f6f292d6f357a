"""Killed with -9 at every step, a backup is whole or not there, and a restore can be done again."""

import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from django.utils import timezone

from publishing import backups
from publishing.backups import archive, databases
from publishing.backups.restore import restore
from publishing.printing import editions, taken_off

from ..printing.test_killed import killed_at

pytestmark = pytest.mark.slow


def test_a_backup_that_is_killed_leaves_the_ones_before_it_and_the_next_is_made(machine, tmp_path):
    now = timezone.now().replace(microsecond=0)
    later = now + timedelta(hours=1)
    first, _, _ = archive.make(now)
    steps, seen = 0, []
    while killed_at(steps, lambda: archive.make(later), inside=str(tmp_path)):
        steps += 1
        there = [path for _, path in backups.kept()]
        assert first in there
        for path in there:
            archive.check(path)
        seen.append(len(there) > 1)
        for path in set(there) - {first}:
            path.unlink()
    assert steps > 20
    # The last step is its name: before that there is none, whole or not.
    assert not all(seen)


def test_a_restore_that_is_killed_can_be_done_again(machine, tmp_path):
    path, _, _ = archive.make()
    kept = tmp_path.with_name(f"{tmp_path.name}-backup.tar.gz")
    shutil.copyfile(path, kept)
    steps = 0
    while True:
        for name in ("editions", "editions-copy", "uploads"):
            shutil.rmtree(tmp_path / name, ignore_errors=True)
        for file in tmp_path.glob("*site.sqlite3*"):
            file.unlink()
        killed = killed_at(steps, lambda: restore(kept), inside=str(tmp_path))
        if databases.is_empty():
            restore(kept)
        with closing(sqlite3.connect(machine.SQLITE_FILE)) as found:
            assert found.execute("SELECT * FROM line").fetchall() == [(1, "one")]
        assert taken_off.read(editions.root()) == {"08000000000"}
        assert (tmp_path / "uploads/a/picture.png").read_bytes() == b"picture"
        assert editions.current_number() == 2
        if not killed:
            break
        steps += 1
    assert steps > 20
