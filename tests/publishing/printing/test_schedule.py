"""An edition is due when something changed, when its moment came, and at least daily."""

import os
import platform
import shutil
import threading
from datetime import timedelta

import pytest
from django.utils import timezone

from publishing.models import Print, Wanted
from publishing.printing import editions, schedule
from publishing.printing.printer import Result

from ...server import PATIENCE
from ..builders import NOON

MADE = {"wanted": 3, "made": NOON.isoformat(), "next_moment": None, "number": 1}
LATER = NOON + timedelta(hours=1)


def test_nothing_is_due_while_nothing_changes():
    assert not schedule.is_due(MADE, 3, LATER)


def test_the_first_edition_is_due():
    assert schedule.is_due(None, 0, NOON)


def test_a_change_is_due():
    assert schedule.is_due(MADE, 4, NOON)


def test_a_database_that_was_put_back_is_due():
    assert schedule.is_due(MADE, 2, NOON)


def test_the_next_moment_is_due_when_it_has_come_and_not_before():
    waiting = {**MADE, "next_moment": LATER.isoformat()}
    assert not schedule.is_due(waiting, 3, LATER - timedelta(seconds=1))
    assert schedule.is_due(waiting, 3, LATER)


def test_an_edition_is_due_daily():
    assert schedule.is_due(MADE, 3, NOON + timedelta(days=1))


@pytest.fixture
def printing(monkeypatch):
    """The printing thread's work without its thread; `prints` is what came of each print."""
    printing = schedule.Printing()
    printing.prints = []
    monkeypatch.setattr(schedule.connection, "close", lambda: None)

    def print_edition(is_needed):
        printing.prints.append(Wanted.now())
        return Result(None, ["a problem"])

    monkeypatch.setattr(schedule, "print_edition", print_edition)
    return printing


@pytest.mark.django_db
def test_what_failed_is_not_tried_again_at_once_but_a_change_is(printing):
    printing.print_if_due()
    printing.print_if_due()
    assert printing.prints == [0]
    Wanted.raise_number()
    printing.print_if_due()
    assert printing.prints == [0, 1]


@pytest.mark.django_db
def test_what_failed_is_tried_again_later(printing, monkeypatch):
    printing.print_if_due()
    monkeypatch.setattr(schedule, "AGAIN", -1)
    printing.print_if_due()
    assert printing.prints == [0, 0]


@pytest.mark.django_db
def test_what_failed_is_tried_again_also_where_nothing_is_due_any_more(printing, monkeypatch):
    """The edition was gone for a moment, and what came of that is said until the next print."""
    now = {**MADE, "wanted": 0, "made": timezone.now().isoformat()}
    monkeypatch.setattr(printing, "current", lambda: now)
    monkeypatch.setattr(printing, "copy", lambda manifest: None)
    Print.objects.create(wanted=0, machine=platform.node(), edition=1)
    printing.print_if_due()
    assert printing.prints == []
    Print.objects.create(wanted=0, machine=platform.node(), edition=None)
    printing.print_if_due()
    assert printing.prints == [0]


@pytest.mark.django_db
def test_inside_a_transaction_the_thread_is_left_to_print():
    assert schedule.print_now() is None
    assert editions.stored_numbers() == []


@pytest.mark.django_db
def test_what_the_rooms_want_done_daily_is_done_once_a_day(printing, extra_source, monkeypatch):
    done = []
    extra_source(daily=lambda: done.append(schedule.timezone.localdate()))
    printing.print_if_due()
    printing.print_if_due()
    assert done == [timezone.localdate()]
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(schedule.timezone, "localdate", lambda: tomorrow)
    printing.print_if_due()
    assert done[1:] == [tomorrow]


@pytest.mark.django_db
def test_what_cannot_be_done_daily_stops_nothing(printing, extra_source):
    def fails():
        raise OSError("the disk is full")

    extra_source(daily=fails)
    printing.print_if_due()
    assert printing.prints == [0]


@pytest.fixture
def processes():
    """Two that may print, as of two processes."""
    two = schedule.Printing(), schedule.Printing()
    yield two
    for each in two:
        if each.lock.handle:
            each.lock.release()


def test_one_prints_though_the_folder_with_its_lock_was_lost_and_put_back(editions_dir, processes):
    one, other = processes
    assert [one.leads(), other.leads()] == [True, False]
    away = editions_dir.rename(editions_dir.with_name("away"))
    assert [other.leads(), one.leads()] == [True, False]
    shutil.rmtree(editions_dir)
    away.rename(editions_dir)
    assert [one.leads(), other.leads(), one.leads()] == [True, False, True]


def test_nobody_prints_while_no_lock_can_be_had(editions_dir, processes):
    one, _ = processes
    editions_dir.write_text("no folder")
    assert not one.leads()
    editions_dir.unlink()
    assert one.leads()
    away = editions_dir.rename(editions_dir.with_name("away"))
    editions_dir.write_text("no folder")
    assert not one.leads()
    editions_dir.unlink()
    away.rename(editions_dir)
    assert one.leads()


class Work:
    """A look or a print, and what comes of it each time that somebody has waited."""

    def __init__(self, *found, done=False):
        self.found = iter(found)
        self.done = lambda: done

    def result(self, timeout):
        # Longer than a print may take that does not get on.
        assert timeout > schedule.SECONDS
        found = next(self.found)
        if found is TimeoutError:
            raise TimeoutError
        return found


@pytest.fixture
def under_way(editions_dir):
    """The lock of a print that is under way."""
    lock = schedule.print_lock()
    lock.take()
    yield lock
    lock.release()


def test_a_print_that_gets_on_may_take_long(under_way):
    assert schedule.patiently(Work(TimeoutError, TimeoutError, "printed")) == "printed"


def test_a_print_that_hangs_is_given_up(under_way):
    then = under_way.path.stat().st_mtime - schedule.SECONDS - 1
    os.utime(under_way.path, (then, then))
    with pytest.raises(TimeoutError):
        schedule.patiently(Work(TimeoutError, "never"))


def test_a_look_that_hangs_is_given_up_though_nobody_prints():
    with pytest.raises(TimeoutError):
        schedule.patiently(Work(TimeoutError, "never"))


def test_a_look_that_ran_out_of_time_itself_is_over(under_way):
    with pytest.raises(TimeoutError):
        schedule.patiently(Work(TimeoutError, "never", done=True))


def test_looks_go_on_after_one_that_failed_and_one_that_was_given_up(
    processes, monkeypatch, caplog
):
    one, _ = processes
    came, looks, done = iter([OSError, TimeoutError, None]), [], threading.Event()

    def wait(work):
        work.result()
        if problem := next(came):
            raise problem
        one.close()
        done.set()

    monkeypatch.setattr(schedule, "LOOK", 0)
    monkeypatch.setattr(schedule, "patiently", wait)
    monkeypatch.setattr(one, "print_if_due", lambda: looks.append(threading.current_thread()))
    one.open()
    assert done.wait(PATIENCE)
    assert len(looks) == 3
    # What hangs is left behind with its thread; what fails is not.
    assert looks[0] is looks[1] is not looks[2]
    assert "A print was given up" in caplog.text
