"""The emergency table and its card say what facts/helplines.md section 4.1 to 4.3 says."""

import re

from django.template import Context, Template
from django.utils.html import strip_tags

from publishing import sources
from safety import emergency
from safety.card import CARD

WORDS = re.sub(r"\s+", " ", strip_tags(CARD))


def test_the_table_holds_every_route_of_the_facts():
    assert set(emergency.ROUTES) == {
        "999", "112", "55", "101", "18000", "18001", "text-999", "999-bsl",
    }  # fmt: skip


def test_danger_comes_first():
    assert next(iter(emergency.ROUTES)) == "999"
    assert re.findall(r"\d+", WORDS)[0] == "999"


def test_every_route_says_who_cost_hours_trace_and_how_sure_we_are():
    for route in emergency.ROUTES.values():
        assert all([route.who, route.trace, route.source]), route.slug
        # Of an emergency text nothing is known of either: nothing is said.
        assert bool(route.cost) == bool(route.hours) == (route.slug != "text-999"), route.slug
        assert route.confidence in ("rule", "owner", "two")


def test_digits_shown_are_digits_dialled():
    for number in emergency.numbers():
        assert re.sub(r"\D", "", number.display) == number.dial
    for route in emergency.ROUTES.values():
        if route.href.startswith("tel:"):
            assert route.href == f"tel:{route.dial}"


def test_55_is_a_key_to_press_when_asked_and_never_a_number_to_ring():
    assert not emergency.ROUTES["55"].href
    assert "55" not in [number.dial for number in emergency.numbers()]
    assert "tel:55" not in CARD
    assert "99955" not in re.sub(r"\s", "", WORDS)
    assert "Press 55 when you are asked to" in WORDS
    assert "55 does not tell police where you are" in WORDS


def test_mobile_and_landline_are_told_apart():
    mobile, landline = WORDS.split("On a mobile")[1].split("On a landline")
    assert "Press 55 when you are asked to." in mobile
    assert "If you make no sound and do not press 55, the call will end." in mobile
    landline = landline.split("Police then ask")[0]
    assert "55" not in landline
    assert "will end" not in landline
    assert "Do not hang up. Stay on the line." in landline


def test_no_time_limit_is_given_for_a_silent_call():
    assert "45" not in WORDS
    assert "seconds" not in WORDS


def test_what_55_does_not_do_stands_beside_what_a_mobile_does():
    assert (
        "55 does not tell police where you are. Many mobiles send your place to 999 by "
        "themselves, but it can be wrong. If you can say one thing, say where you are." in WORDS
    )


def test_text_999_never_stands_without_registering_first():
    assert WORDS.index("Text the word register to 999") < WORDS.index("you can text 999")
    for step in emergency.REGISTER_TO_TEXT:
        assert step in WORDS


def test_other_ways_for_people_who_cannot_hear_or_speak():
    assert "999bsl.co.uk" in WORDS
    assert "18000" in WORDS
    assert 'href="https://999bsl.co.uk" rel="noreferrer"' in CARD


def test_no_hours_are_claimed_as_open():
    for route in emergency.ROUTES.values():
        assert "open" not in route.hours.lower()


def test_the_numbers_are_known_to_publishing():
    known = {(n.dial, n.display) for n in sources.registered["safety"].numbers()}
    assert {("999", "999"), ("101", "101"), ("18000", "18000"), ("18001101", "18001 101")} <= known


def test_the_tag_prints_the_card():
    assert Template("{% load safety %}{% emergency_card %}").render(Context()) == CARD
