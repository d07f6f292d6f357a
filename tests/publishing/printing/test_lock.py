"""A lock is held by one at a time, and not for ever by one that hangs."""

import fcntl
import os
from math import inf

import pytest

from publishing.printing import lock
from publishing.printing.lock import Busy, Lock


@pytest.fixture
def locks(editions_dir):
    """Return a function that makes a Lock, which is of one file with all others it made."""
    made = []

    def make(expires=60):
        made.append(Lock(editions_dir / "a.lock", expires))
        return made[-1]

    yield make
    for each in made:
        if each.handle:
            each.release()


def hang(held, seconds):
    """Have a holder say nothing since so many seconds."""
    then = held.path.stat().st_mtime - seconds
    os.utime(held.path, (then, then))


def test_it_is_held_by_one_and_freed(locks):
    first, second = locks(), locks()
    first.take()
    with pytest.raises(Busy):
        second.take()
    first.release()
    second.take()
    assert second.still_mine()


def test_a_holder_that_hangs_is_passed_over(locks):
    hung, next_one = locks(), locks()
    hung.take()
    hang(hung, 59)
    with pytest.raises(Busy):
        next_one.take()
    hang(hung, 2)
    next_one.take()
    assert (next_one.still_mine(), hung.still_mine()) == (True, False)
    with pytest.raises(Busy):
        locks().take()


def test_one_that_never_expires_is_not(locks):
    hung = locks(inf)
    hung.take()
    hang(hung, 10**9)
    with pytest.raises(Busy):
        locks(inf).take()


@pytest.mark.parametrize("again", ["take", "renew"])
def test_a_holder_that_gets_on_is_not_passed_over(locks, again):
    held = locks()
    held.take()
    hang(held, 100)
    assert held.age() > 60
    if again == "take":
        held.release()
    getattr(held, again)()
    assert held.age() < 60
    with pytest.raises(Busy):
        locks().take()


def test_its_folder_is_made(tmp_path):
    deep = Lock(tmp_path / "data/editions/a.lock", 60)
    deep.take()
    assert deep.still_mine()
    deep.release()


def test_nobody_holds_what_was_never_taken(locks):
    assert locks().age() == inf


def test_it_is_not_had_on_a_file_that_another_put_in_its_place(locks, monkeypatch):
    one, hung = locks(), locks()

    def meanwhile(handle, how):
        # Opened, and not locked yet.
        monkeypatch.undo()
        hung.take()
        locks(-1).take()
        hung.release()
        return fcntl.flock(handle, how)

    monkeypatch.setattr(lock.fcntl, "flock", meanwhile)
    with pytest.raises(Busy):
        one.take()
    assert one.handle is None


def test_who_waits_has_it_once_it_is_free_and_else_is_told(locks, monkeypatch):
    held, waiting = locks(), locks()
    held.take()
    with pytest.raises(Busy):
        waiting.wait(0)
    monkeypatch.setattr(lock.time, "sleep", lambda seconds: held.release())
    waiting.wait(60)
    assert waiting.still_mine()


def test_who_held_it_knows_that_its_file_is_gone(locks):
    held = locks()
    held.take()
    held.path.unlink()
    assert not held.still_mine()
