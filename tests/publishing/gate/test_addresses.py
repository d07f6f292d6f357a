"""Where an address begins and ends in a text."""

import pytest

from publishing.gate import addresses


def test_an_address_at_the_very_start_of_a_text_is_whole():
    assert addresses.find("jo@samaritans.org answers.") == [("jo@samaritans.org", 0)]


@pytest.mark.parametrize(
    ("host", "is_open"),
    [("facebook.com", True), ("old.facebook.com", True), ("notfacebook.com", False)],
)
def test_where_strangers_can_put_pages_they_can_at_each_host_of_it(host, is_open):
    assert addresses.is_open(host) == is_open


def test_a_name_before_an_at_sign_is_read_for_as_long_as_one_may_be():
    [(shown, place)] = addresses.find("Write to " + "a" * 100 + "@example.org")
    assert shown == "a" * 65 + "@example.org"
    assert place == 9 + 100 - 65


def test_an_address_is_shown_without_the_space_after_it():
    spelled = "e x a m p l e . o r g"
    assert addresses.find(f"Go to {spelled} , now") == [(spelled, 6)]


def test_addresses_are_told_in_the_order_of_the_text_and_none_inside_another():
    words = "Look at example.org, write to a@b.example or www.example.net."
    assert addresses.find(words) == [
        ("example.org", 8),
        ("a@b.example", 30),
        ("www.example.net", 45),
    ]


def test_what_has_no_dot_and_no_at_sign_may_be_spelled():
    assert addresses.find("Try example dot org") == [("example dot org", 4)]
    assert addresses.find("Nothing at all") == []


@pytest.mark.parametrize("words", ["the end.Then we went", "Stop.Now", "a.pdf", "e.g. this"])
def test_a_space_that_was_forgotten_or_a_file_is_no_address(words):
    assert addresses.find(words) == []


@pytest.mark.parametrize("words", ["end.then", "END.THEN", "End.Info", "end.Then/x", "x@end.Then"])
def test_what_a_browser_would_open_is_one_in_whatever_letters(words):
    assert [shown for shown, _ in addresses.find(words)] == [words]
