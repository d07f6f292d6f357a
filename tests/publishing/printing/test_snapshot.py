"""In one print the same question has one answer; in the next it is asked again."""

from contextlib import suppress

import pytest

from publishing.printing.snapshot import once, snapshot

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked():
    return []


@pytest.fixture
def ask(asked):
    @once
    def ask(what):
        asked.append(what)
        return [what]

    return ask


def test_a_print_asks_once_for_each_thing(ask, asked):
    with snapshot():
        assert ask("a") is ask("a")
        assert ask("b") == ["b"]
    assert asked == ["a", "b"]


def test_the_next_print_asks_again_also_after_one_that_failed(ask, asked):
    with suppress(ZeroDivisionError), snapshot():
        ask("a")
        raise ZeroDivisionError
    with snapshot():
        ask("a")
    assert asked == ["a", "a"]


def test_outside_a_print_nothing_is_remembered(ask, asked):
    ask("a")
    ask("a")
    assert asked == ["a", "a"]
