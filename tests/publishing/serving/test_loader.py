"""The thread that looks for new editions: how often, and that nothing ends it."""

import threading
from types import SimpleNamespace

import pytest

from publishing.printing import editions
from publishing.serving import loaded_edition
from publishing.serving.loaded_edition import COMPARE, LOOK, EditionLoader
from safety.headers import security_headers

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
    thread.join(30)
    assert not thread.is_alive()
