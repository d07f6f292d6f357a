"""The thread that looks for new editions: how often, and that nothing ends it."""

import threading
from types import SimpleNamespace

import pytest

from publishing.printing import editions
from publishing.serving import loaded_edition
from publishing.serving.loaded_edition import COMPARE, LOOK, EditionLoader
from safety.headers import security_headers

from ...server import PATIENCE
from ..builders import make_edition


@pytest.fixture
def loader(monkeypatch):
    """A loader of which the calls are kept, and whose clock moves by a minute a look."""
    loader = EditionLoader(security_headers)
    loader.calls, loader.waits = [], []
    clock = iter(range(0, 10_000, 60))
    monkeypatch.setattr(loaded_edition.time, "monotonic", lambda: next(clock))
    loader.look = lambda: loader.calls.append("look")
    loader.compare = lambda: loader.calls.append("compare")
    return loader


def keep_looking(loader, times):
    def wait(seconds):
        loader.waits.append(seconds)
        return len(loader.waits) > times

    loader.closing = SimpleNamespace(wait=wait)
    loader.keep_looking()


def test_it_looks_often_and_compares_what_is_on_disk_now_and_then(loader):
    # The clock is read once a look, and once more after a comparison.
    looks = COMPARE // 60
    keep_looking(loader, looks)
    assert loader.calls == ["look"] * looks + ["compare"]
    assert set(loader.waits) == {LOOK}
    assert LOOK <= 0.5 < COMPARE


def test_what_goes_wrong_is_logged_and_the_next_look_comes(loader, monkeypatch):
    said = []
    monkeypatch.setattr(loaded_edition.log, "exception", said.append)

    def broken():
        loader.calls.append("broken")
        raise OSError("disk full")

    loader.look = broken
    keep_looking(loader, 3)
    assert loader.calls == ["broken"] * 3
    assert said == ["The editions could not be looked at."] * 3


def test_open_loads_the_edition_and_its_thread_ends_with_the_process_or_when_closed(editions_dir):
    editions.switch(editions.write(make_edition()))
    loader = EditionLoader(security_headers)
    loader.open()
    try:
        assert loader.served
        [thread] = [one for one in threading.enumerate() if one.name == "edition-loader"]
        assert thread.daemon
    finally:
        loader.close()
    thread.join(PATIENCE)
    assert not thread.is_alive()


# A worker that takes the place of a killed one, on a bad day


@pytest.fixture
def replaced(editions_dir, monkeypatch):
    """A loader with the spare of its gunicorn, which began with edition 1; it has served nothing."""
    editions.switch(editions.write(make_edition()))
    loader = EditionLoader(security_headers)
    loader.keep_spare()
    monkeypatch.setattr(loaded_edition.table, "newest_edition", lambda: 1)
    return loader


def served(loader):
    loader.look()
    return loader.served and loader.served.number


def lose(folder):
    folder.rename(folder.with_name("away"))


def test_what_gunicorn_began_with_stands_in_when_the_disk_has_nothing(replaced, editions_dir):
    lose(editions_dir / "1")
    assert served(replaced) == 1
    assert replaced.wrong == ["Edition 1 cannot be read."]


def test_a_whole_edition_on_the_disk_comes_first(replaced, editions_dir):
    for _ in range(2):
        editions.switch(editions.write(make_edition()))
    (editions_dir / "3/manifest.json").write_text("")
    assert served(replaced) == 2


def test_what_memory_makes_whole_is_served_and_its_damage_on_the_disk_told_at_once(
    replaced, editions_dir, caplog
):
    editions.switch(editions.write(make_edition()))
    (editions_dir / "2/public/index.html").write_text("damaged")
    replaced.open()
    replaced.close()
    assert replaced.served.number == 2
    assert replaced.served.pages["/"] is replaced.spare.pages["/"]
    assert replaced.wrong == ["Edition 2 is not as it was printed."]
    assert caplog.text.count("Edition 2 is not as it was printed") == 1


def test_a_number_that_was_taken_off_since_is_not_brought_back(replaced, editions_dir):
    lose(editions_dir / "1")
    (editions_dir / "taken-off").write_text("08088020300")
    assert served(replaced) is None


@pytest.mark.parametrize(("newest", "number"), [(1, 1), (2, None)])
def test_with_the_list_of_numbers_taken_off_gone_it_has_to_be_the_last_that_was_served(
    replaced, editions_dir, monkeypatch, newest, number
):
    monkeypatch.setattr(loaded_edition.table, "newest_edition", lambda: newest)
    lose(editions_dir)
    assert served(replaced) == number


def test_an_empty_folder_where_the_editions_were_is_no_list_of_what_was_taken_off(
    replaced, editions_dir, monkeypatch
):
    """A worker that waits for its turn to print makes the folder anew."""
    monkeypatch.setattr(loaded_edition.table, "newest_edition", lambda: 2)
    lose(editions_dir)
    editions_dir.mkdir()
    assert served(replaced) is None


def test_gunicorn_starts_whatever_the_disk_says(editions_dir, monkeypatch):
    def broken(load):
        raise OSError("disk")

    monkeypatch.setattr(loaded_edition.store, "load_best", broken)
    loader = EditionLoader(security_headers)
    loader.keep_spare()
    assert loader.spare is None
