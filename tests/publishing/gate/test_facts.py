"""What is known of a whole edition, as the checks ask it."""

import pytest

from publishing.gate.facts import Facts
from publishing.sources import Known, Number

from ..builders import KNOWN

FACTS = Facts(known=KNOWN)


@pytest.mark.parametrize("number", ["999", "101", "111", "55", "18000", "18001", "18001 101"])
def test_a_sentence_may_have_a_number_that_stays_or_a_key_to_press(number):
    assert FACTS.has_number(number)


@pytest.mark.parametrize(
    "number", ["0808 802 0300", "116 123", "56", "18002", "18001 998", "112233", "8001"]
)
def test_a_sentence_may_have_no_other(number):
    assert not FACTS.has_number(number)


def test_the_longest_number_is_read_first():
    known = Known((Number("116", "116"), Number("116123", "116 123")), (), frozenset(), ())
    assert Facts(known=known).without_numbers("Ring 116 123 or 116.") == "Ring | or |."


def test_a_number_is_the_same_however_it_is_written():
    words = "Ring 01159476490, +441159476490 or 0115 947 6490, not 01159476491."
    assert FACTS.without_numbers(words) == "Ring |, | or |, not 01159476491."


def test_whoever_is_told_nothing_knows_nothing():
    assert not Facts().has_number("999")
    assert not Facts().has_address("gov.uk")
    assert Facts().without_numbers("Ring 999.") == "Ring 999."


def test_a_service_is_reached_by_its_numbers_and_addresses():
    assert (
        FACTS.places["samaritans"]
        == {
            "116123",
            "/help/samaritans",
            "jo@samaritans.org",
            "www.samaritans.org",
            "samaritans.org",
            "www.facebook.com/samaritanscharity",
            "facebook.com",
        }
        | {"/help/samaritans/"} & FACTS.places["samaritans"]
    )


@pytest.mark.parametrize(
    ("address", "may"),
    [
        ("www.samaritans.org", True),
        ("https://www.samaritans.org/", True),
        ("gov.uk", True),
        ("https://www.gov.uk/page", True),
        ("https://example.org/page", False),
        ("jo@samaritans.org", True),
        ("someone@gov.uk", False),
        ("example.org", False),
    ],
)
def test_an_address_is_known_or_it_is_not(address, may):
    assert FACTS.has_address(address) is may


def test_our_own_host_is_one_to_link_to_with_www_and_without(settings):
    settings.SITE_URL = "https://www.site.example"
    assert Facts(known=KNOWN).hosts >= {"site.example"}


def test_a_number_is_known_by_each_way_in_which_it_is_shown():
    numbers = [Number("08088020300", "0808 802 0300"), Number("08088020300", "+44 808 802 0300")]
    facts = Facts(known=Known(numbers=numbers))
    assert list(facts.displays.values()) == [["+44 808 802 0300", "0808 802 0300"]]
