"""Where an address begins and ends in a text."""

from publishing.gate import addresses


def test_an_address_at_the_very_start_of_a_text_is_whole():
    assert addresses.find("jo@samaritans.org answers.") == [("jo@samaritans.org", 0)]


def test_a_name_before_an_at_sign_is_read_for_as_long_as_one_may_be():
    [(shown, place)] = addresses.find("Write to " + "a" * 100 + "@example.org")
    assert shown == "a" * 65 + "@example.org"
    assert place == 9 + 100 - 65
