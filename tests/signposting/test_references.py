from datetime import UTC, datetime

import pytest

from publishing import sources
from signposting.models import Service
from signposting.references import UnknownService, fill, helplines, slugs
from tests.register import agree_all


def test_a_reference_becomes_todays_number(register):
    assert fill("<p>Call [[juno]].</p>") == (
        '<p>Call <a class="call" href="tel:08088000340">0808\xa0800\xa00340</a>.</p>'
    )


def test_emergency_numbers_are_referred_to_in_the_same_way(db):
    assert fill("[[999]]") == '<a class="call" href="tel:999">999</a>'
    assert fill("[[101]]") == '<a class="call" href="tel:101">101</a>'
    assert fill("[[18000]]") == "18000 (Relay UK app or textphone)"
    assert fill("[[55]]") == "55"


def test_text_999_never_stands_without_the_step_that_comes_first(db):
    assert fill("[[text-999]]") == (
        'Text\xa0999 (only after you <a href="/help/emergency-sms/">register your phone</a>)'
    )


def test_a_service_without_a_number_is_named(register):
    assert fill("[[cyber-helpline]]") == '<a href="/help/cyber-helpline/">The Cyber Helpline</a>'


def test_a_number_that_was_taken_off_is_not_replaced_by_another_without_a_word(register):
    assert fill("Call the Worksop line on [[notts-womens-aid]].") == (
        "Call the Worksop line on we do not print this number now; "
        'use <a href="/help/juno/">Juno Women’s Aid helpline</a> instead.'
    )


def test_where_the_stand_in_is_taken_off_too_its_own_page_says_more(register):
    register.filter(slug="juno").update(status="withheld", withheld_because="It rang out.")
    agree_all()
    assert fill("[[notts-womens-aid]]") == (
        '<a href="/help/notts-womens-aid/">we do not print this number now</a>'
    )


def test_a_route_that_is_held_back_is_not_printed_in_prose(register):
    juno = register.get(slug="juno")
    assert "0340" in fill("[[juno]]")
    juno.routes.update(held_because="It rang out.")
    agree_all()
    assert "0340" not in fill("[[juno]]")
    assert "we do not print this number now" in fill("[[juno]]")


@pytest.mark.parametrize("slug", ["nobody", "ask-for-ani"])
def test_an_unknown_service_is_named_in_the_error(register, slug):
    with pytest.raises(UnknownService) as caught:
        fill(f"<p>[[juno]] and [[{slug}]]</p>")
    assert caught.value.slug == slug


def test_text_without_references_asks_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert fill("<p>[[Not a slug]] [juno]</p>") == "<p>[[Not a slug]] [juno]</p>"


def test_many_references_are_one_query(register, django_assert_num_queries):
    text = "[[juno]] [[equation]] [[999]] [[notts-womens-aid]]"
    assert slugs(text) == {"juno", "equation", "999", "notts-womens-aid"}
    with django_assert_num_queries(1):
        fill(text)


def test_publishing_knows_the_numbers_that_may_be_shown(register):
    numbers = {n.dial: n.display for n in sources.registered["signposting"].numbers()}
    assert numbers["08088020300"] == "0808 802 0300"
    assert "01909491330" not in numbers
    Service.objects.filter(slug="national-stalking-helpline").update(
        status="withheld", withheld_because="It rang out."
    )
    agree_all()
    assert "08088020300" not in {n.dial for n in sources.registered["signposting"].numbers()}


def test_cards_stand_in_the_order_they_were_asked_for(register):
    moment = datetime(2026, 12, 1, 12, tzinfo=UTC)
    shown = helplines(["juno", "101", "999", "notts-womens-aid"], moment)
    assert list(shown) == ["juno", "101", "999", "notts-womens-aid"]
    assert [s.service.slug for s in shown.values()] == [
        "juno",
        "police-101",
        "999",
        "notts-womens-aid",
    ]
    with pytest.raises(UnknownService):
        helplines(["ask-for-ani"], moment)
