"""What readers see at /help/ and on the page of each service."""

import re
from datetime import UTC, datetime

import pytest
from django.utils import timezone

from publishing import middleware
from publishing.printing.snapshot import snapshot
from signposting.models import Service
from tests.register import agree_all

from .facts import GROUPS, ORDER, RECORDS
from .reading import read

NBSP = "\N{NO-BREAK SPACE}"


@pytest.fixture
def help_page(register, client):
    return read(client.get("/help/"))


@pytest.mark.parametrize("slug", RECORDS)
def test_each_service_has_a_page_with_its_facts(register, client, slug):
    number, confidence, words = RECORDS[slug]
    page = read(client.get(f"/help/{slug}/"))
    assert [heading for heading in page.headings if heading[0] == "h1"] == [
        ("h1", register.get(slug=slug).name)
    ]
    text = page.text.lower()
    assert number.lower() in text
    assert [phrase for phrase in words if phrase.lower() not in text] == []
    assert "22 november 2026" in text
    for label in ("who it is for", "hours", "cost", "what it leaves behind", "another way"):
        assert label in text


def test_the_help_page_has_the_order_and_grouping_of_the_fact_sheet(help_page):
    groups = [words for level, words in help_page.headings if level == "h2"]
    assert [group for group in groups if group in GROUPS] == GROUPS
    assert [found for found in help_page.ids if found in ORDER] == ORDER


def test_one_number_is_one_link_with_the_same_digits(help_page):
    calls = [(href, words) for href, words in help_page.links if href.startswith("tel:")]
    assert len(calls) > 20
    for href, words in calls:
        assert href.removeprefix("tel:") == re.sub("[^0-9]", "", words), words


def test_numbers_hold_together_at_the_end_of_a_line(register, client):
    assert f"0808{NBSP}802{NBSP}0300</span></a>" in client.get("/help/").content.decode()


def test_no_phone_is_asked_to_dial_55_or_a_textphone_number(register, client):
    for path in ("/help/", "/help/relay-uk/", "/help/silent-solution/", "/help/police-101/"):
        page = read(client.get(path))
        called = {href for href, _ in page.links if href.startswith(("tel:", "sms:"))}
        assert not called & {"tel:55", "tel:18000", "tel:18001101", "tel:18001", "sms:999"}
    assert "Relay UK app, not as a normal call" in page.text


def test_worries_about_ones_own_behaviour_are_on_no_list(help_page):
    assert "Respect Phoneline" not in help_page.text


def test_hours_that_nobody_confirmed_say_so(help_page):
    part = help_page.part("National Stalking Helpline 0808", "Paladin 020")
    assert "Monday and Wednesday, 9:30am to 8pm." in part
    assert "Tuesday, Thursday and Friday, 9:30am to 4pm." in part
    assert "Closed on bank holidays." in part
    assert "Hours not confirmed. Check with the service." in part


def test_a_heading_says_what_the_number_below_it_is(help_page):
    police = help_page.part("Police, when it is not an emergency Phone: 101", "Report online")
    assert police.startswith("Police, when it is not an emergency Phone: 101 Relay UK app")
    assert "Police, in an emergency 999 An operator" in help_page.text
    headings = {words for _, words in help_page.headings}
    assert not headings & {words for href, words in help_page.links if href.startswith("tel:")}


@pytest.mark.parametrize("path", ["/help/", "/help/police-101/", "/help/relay-uk/"])
def test_each_fact_stands_once_with_the_routes_it_is_true_of(register, client, path):
    html = client.get(path).content.decode()
    lists = re.findall(r'<dl class="facts">(.*?)</dl>', html, re.DOTALL)
    assert lists
    for found in lists:
        names = re.findall(r"<dt>(.*?)</dt>", found)
        assert len(names) == len(set(names))


def test_routes_that_differ_are_named_and_routes_that_agree_are_not(help_page):
    relay = help_page.part("Relay UK In danger: 18000", "emergencySMS Text")
    hours = "Hours In danger: 24 hours, as published To tell police, not in danger: Hours can"
    assert hours in relay
    assert "Cost We do not know the cost." in relay


def test_notes_of_where_staff_read_it_are_for_staff(register, client):
    text = read(client.get("/help/national-stalking-helpline/")).text
    assert "charitytoday" in register.get(slug="national-stalking-helpline").source
    assert "charitytoday" not in text
    assert "Last checked on 22 November 2026, on published pages." in text


def test_a_line_that_never_closes_is_as_published(help_page):
    part = help_page.part("Juno Women’s Aid helpline 0808", "Equation 0115")
    assert "24 hours, as published." in part


def test_a_service_without_a_printed_number_names_another_in_its_place(help_page, client):
    part = help_page.part("Nottinghamshire Women’s Aid We do not", "Samaritans 116")
    assert "We do not print its number" in part
    assert "Another way: Juno" in part
    page = read(client.get("/help/notts-womens-aid/"))
    assert ("tel:08088000340", "0808 800 0340") in page.links


def test_local_help_asks_first_whether_it_is_a_partner_ex_or_relative(help_page):
    assert "Is it a partner, an ex or a relative? Yes: go to domestic abuse." in help_page.text


@pytest.mark.parametrize("path", ["/help/nobody/", "/help/NSAS/", "/help/%00/"])
def test_a_service_that_is_not_there_gets_a_page_that_helps(register, client, path):
    response = client.get(path)
    assert response.status_code == 404
    assert b"tel:999" in response.content


def test_an_overdue_check_says_so(register, rf):
    from signposting import views

    request = rf.get("/help/paladin/")
    request.source = "release"
    last_day = register.get(slug="paladin").last_check.due
    for day, words in [(last_day, "Last checked on 22 November 2026"), (None, "Not checked since")]:
        request.moment = datetime(last_day.year, last_day.month, last_day.day, 12, tzinfo=UTC)
        if day is None:
            request.moment = datetime(2027, 6, 1, tzinfo=UTC)
        assert words in views.service(request, slug="paladin").content.decode()


def test_the_pages_cost_the_same_queries_with_more_services(
    register, client, django_assert_num_queries
):
    with django_assert_num_queries(1):
        client.get("/help/")
    Service.objects.filter(group=Service.Group.LOCAL).update(what="Short.")
    agree_all()
    with django_assert_num_queries(1):
        client.get("/help/")


def test_a_print_asks_for_the_register_once(register, client, django_assert_num_queries):
    moment = {middleware.MOMENT: timezone.now()}
    with snapshot():
        assert "0808 800 0340" in client.get("/help/juno/", **moment).text.replace("\xa0", " ")
        with django_assert_num_queries(0):
            assert "Galop" in client.get("/help/galop/", **moment).text
    Service.objects.filter(slug="galop").update(what="New words.")
    agree_all()
    assert "New words." in client.get("/help/galop/", **moment).text
