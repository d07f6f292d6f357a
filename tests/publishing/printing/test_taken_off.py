"""A number that was taken off never comes back by accident: not by a restart, a pin, damage."""

import shutil
from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command

from publishing import sources
from publishing.backups import beside
from publishing.models import Wanted
from publishing.printing import editions, schedule, taken_off
from publishing.printing.printer import print_edition
from publishing.problems import CannotPrint
from publishing.serving.loaded_edition import EditionLoader
from safety.headers import security_headers

from ..builders import make_edition, make_html

GONE = "02070000000"
CALL = make_html(f'<a href="tel:{GONE}">020 7000 0000</a>')


def store(*numbers):
    pages = {"/": make_html(f"<p>Made from {len(numbers)}</p>")}
    return editions.write(make_edition(pages=pages, numbers=numbers))


@pytest.fixture
def loader():
    return EditionLoader(security_headers)


def damage(editions_dir, number):
    (editions_dir / f"{number}/public/index.html").write_text("tampered")


def test_an_older_edition_that_holds_one_is_passed_over(editions_dir, loader):
    store("999")
    store("999", GONE)
    editions.switch(store("999", "101"))
    editions.note_taken_off(["999", "101"])
    damage(editions_dir, 3)
    loader.look()
    assert loader.served.number == 1
    assert "Edition 2 holds a number or address that was taken off since." in loader.wrong


def test_with_no_other_nothing_is_served(editions_dir, loader):
    store("999", GONE)
    editions.switch(store("999"))
    editions.note_taken_off(["999"])
    damage(editions_dir, 2)
    loader.look()
    assert loader.served is None


def test_what_a_worker_holds_in_memory_goes_when_its_number_is_taken_off(editions_dir, loader):
    editions.switch(store("999", GONE))
    loader.look()
    editions.switch(store("999"))
    damage(editions_dir, 2)
    loader.look()
    assert loader.served.number == 1
    editions.note_taken_off(["999"])
    loader.look()
    assert loader.served is None


def test_a_worker_then_takes_an_older_one_that_holds_none(editions_dir, loader):
    store("999")
    editions.switch(store("999", GONE))
    loader.look()
    assert loader.served.number == 2
    editions.note_taken_off(["999"])
    loader.look()
    assert loader.served.number == 1
    assert "Edition 2 holds a number or address that was taken off since." in loader.wrong


def test_what_comes_back_to_the_register_may_be_served_again(editions_dir):
    store("999", GONE)
    editions.note_taken_off(["999"])
    assert taken_off.read(editions_dir) == {GONE}
    editions.note_taken_off(["999", GONE])
    assert taken_off.read(editions_dir) == set()
    editions.load(1)


def test_it_is_remembered_when_its_edition_is_gone(editions_dir):
    store("999", GONE)
    editions.note_taken_off(["999"])
    (editions_dir / "1/manifest.json").unlink()
    editions.note_taken_off(["999"])
    assert taken_off.read(editions_dir) == {GONE}


@pytest.fixture
def register(monkeypatch, settings):
    """Printing with a register of one number more; call it to take that number off."""
    settings.ROOT_URLCONF = "tests.publishing.printing.test_printer"
    from safety import emergency
    from safety.card import CARD

    numbers = [*emergency.numbers(), sources.Number(GONE, "020 7000 0000")]
    source = sources.EditionSource(
        "test",
        lambda moment: [sources.Address("/")],
        parts=lambda moment: (
            {"error/404": CALL} if len(numbers) == len(emergency.numbers()) + 1 else {}
        ),
        numbers=lambda: numbers,
        known_addresses=emergency.addresses,
        cards=lambda: [CARD],
    )
    monkeypatch.setattr(sources, "registered", {"test": source})

    def take_off():
        numbers.pop()
        Wanted.raise_number()

    return take_off


@pytest.mark.django_db
def test_a_print_writes_down_what_was_taken_off(register, editions_dir):
    assert print_edition().number == 1
    register()
    assert print_edition().number == 2
    assert taken_off.read(editions_dir) == {GONE}
    with pytest.raises(
        CommandError, match="Edition 1 holds a number or address that was taken off since"
    ):
        call_command("edition", "rollback")
    assert editions.current_number() == 2


@pytest.mark.django_db
def test_a_take_off_ends_the_pin_of_an_edition_that_holds_the_number(register):
    print_edition()
    print_edition()
    editions.go_back_to(1)
    assert print_edition().pinned == 1
    register()
    result = print_edition()
    assert (result.number, result.unpinned) == (3, 1)
    assert editions.pin() is None
    assert GONE not in editions.load(3).numbers


@pytest.mark.django_db
def test_a_pin_holds_when_something_else_changes(register):
    print_edition()
    print_edition()
    editions.go_back_to(1)
    Wanted.raise_number()
    assert print_edition().pinned == 1


@pytest.mark.django_db
def test_a_register_that_cannot_be_trusted_ends_no_pin(register, monkeypatch):
    print_edition()
    print_edition()
    editions.go_back_to(1)
    register()

    def wrong_key(moment):
        raise CannotPrint("The key is another.")

    monkeypatch.setitem(
        sources.registered, "test", replace(sources.registered["test"], addresses=wrong_key)
    )
    assert print_edition().number is None
    assert editions.pin() == 1


@pytest.fixture
def lost(register, editions_dir):
    """A machine that somebody had go back to edition 1, its whole folder of editions lost since."""
    print_edition()
    print_edition()
    editions.go_back_to(1)
    beside.keep(1)
    shutil.rmtree(editions_dir)
    return register


@pytest.mark.django_db
def test_a_pin_stands_when_the_whole_folder_is_lost(lost, editions_dir):
    assert editions.pin() == 1
    Wanted.raise_number()
    assert print_edition().pinned == 1
    # It lies in its own place again: the site is as it was, and the pin can be released.
    assert (editions.current_number(), editions.load_best()[1]) == (1, [])
    editions.release_pin()
    assert print_edition().number == 2
    shutil.rmtree(editions_dir)
    assert editions.pin() is None


@pytest.mark.django_db
def test_then_too_it_ends_with_a_number_that_is_taken_off(lost):
    lost()
    result = print_edition()
    assert (result.number, result.unpinned, editions.pin()) == (2, 1, None)


@pytest.mark.django_db
@pytest.mark.parametrize("copy", ["damaged", "of another edition"])
def test_a_pin_whose_edition_is_lost_too_keeps_readers_from_no_print(lost, copy):
    folder = editions.second() / "1"
    if copy == "damaged":
        (folder / "public/index.html").write_text("damaged")
    else:
        folder.rename(folder.with_name("2"))
    assert print_edition().number
    assert editions.pin() is None


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_a_damaged_edition_is_printed_anew_at_once(register, editions_dir, monkeypatch):
    monkeypatch.setattr(schedule.connection, "close", lambda: None)
    printing = schedule.Printing()
    printing.print_if_due()
    printing.print_if_due()
    assert editions.current_number() == 1
    damage(editions_dir, 1)
    monkeypatch.setattr(schedule, "COMPARE", -1)
    printing.print_if_due()
    assert editions.current_number() == 2
    assert editions.load(2)
