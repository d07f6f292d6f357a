"""What readers see at /help/ and on the page of each service."""

import re
from datetime import UTC, datetime, time, timedelta

import pytest
from django.utils import timezone

from publishing import middleware
from publishing.printing.snapshot import snapshot
from signposting.models import Check, Service
from tests.register import agree_all

from ..reading import read
from .facts import FIRST, ORDER, RECORDS, SECTIONS

NBSP = "\N{NO-BREAK SPACE}"


@pytest.fixture
def help_page(register, client):
    return read(client.get("/help/"))


@pytest.mark.long
@pytest.mark.parametrize("slug", RECORDS)
def test_each_service_has_a_page_with_its_facts(register, client, slug):
    number, _, words = RECORDS[slug]
    page = read(client.get(f"/help/{slug}/"))
    assert [heading for heading in page.headings if heading[0] == "h1"] == [
        ("h1", register.get(slug=slug).name)
    ]
    text = page.text.lower()
    assert number.lower() in text
    assert [phrase for phrase in words if phrase.lower() not in text] == []
    assert "last checked on 22 november 2026, on published pages." in text
    for label in ("who it is for", "run by", "another way"):
        assert label in text


def test_the_help_page_stands_in_the_order_of_need(help_page):
    assert [found for found in help_page.ids if found in RECORDS] == ORDER
    headings = [words for level, words in help_page.headings if level == "h2"]
    first = RECORDS[FIRST] and "National Stalking Helpline"
    assert headings == [first, "In danger now?", *SECTIONS]


def test_a_row_says_for_whom_what_it_costs_and_when(help_page):
    rows = {
        "National Stalking Helpline": "Anyone stalked now or before, and their family and friends. "
        "Free. Weekday daytimes. 0808 802 0300",
        "Juno Women’s Aid helpline": "Women in Nottinghamshire. People worried about a woman too. "
        "Free. Day and night. 0808 800 0340",
        "Paladin": "People at high risk, in England and Wales. Costs the same as a normal call. "
        "Hours: check their website. 020 3866 4107",
        "Galop": "LGBT+ people who have been abused. Free. Open weekdays; times are on the "
        "website. 0800 999 5428",
    }
    for name, words in rows.items():
        assert f"{name} {words}" in help_page.text
    links = {words for _, words in help_page.links}
    assert {"Times: National Stalking Helpline", "More: Galop"} <= links


def test_the_facts_of_a_row_have_their_pictures(client, register):
    page = client.get("/help/").content.decode()
    row = re.search(r'<li class="service [^"]*" id="ndah">(.*?)</li>', page, re.DOTALL)[1]
    pictures = re.findall(r'<span class="picture picture--(\w+)"></span>([^<]+)', row)
    assert pictures == [
        *(("cost", "Free."), ("clock", "Day and night.")),
        *(("phone", "0808\xa02000\xa0247"), ("chat", "Chat")),
    ]
    assert 'class="picture picture--bsl"' in page


def test_a_website_for_the_times_stands_where_the_times_are(register, client, help_page):
    site = "https://suzylamplugh.org"
    assert site not in {href for href, _ in help_page.links}
    assert site in {href for href, _ in read(client.get(f"/help/{FIRST}/")).links}
    # Who is sent to the website for the hours has it beside the number.
    assert "https://paladinservice.co.uk" in {href for href, _ in help_page.links}


def test_what_no_phone_can_ring_is_no_button(register, client, help_page):
    called = {href for href, _ in help_page.links if href.startswith(("tel:", "sms:"))}
    assert {"tel:101", "tel:08088020300"} <= called
    for path in ("/help/", "/help/relay-uk/", "/help/silent-solution/", "/help/police-101/"):
        page = read(client.get(path))
        called = {href for href, _ in page.links if href.startswith(("tel:", "sms:"))}
        assert not called & {"tel:55", "tel:18000", "tel:18001101", "tel:18001", "sms:999"}
    assert "Relay UK app or textphone: 18000, not as a normal call." in help_page.text


def test_text_999_stands_after_its_steps_on_its_own_page(register, client):
    text = read(client.get("/help/emergency-sms/")).text
    assert text.index("Text the word register to 999.") < text.index("Text 999")


def test_text_999_stands_after_its_steps_to_register(help_page):
    assert help_page.text.index("Text the word register to 999.") < help_page.text.index(
        "Then you can text 999."
    )
    assert "Text 999" not in help_page.text


@pytest.mark.long
@pytest.mark.parametrize(
    ("slug", "address"),
    [
        ("national-stalking-helpline", "https://amibeingstalked.suzylamplugh.org"),
        ("police-online", "https://nottinghamshire.police.uk"),
        ("crimestoppers", "https://crimestoppers-uk.org"),
        ("cyber-helpline", "https://thecyberhelpline.com/gethelp"),
        ("revenge-porn-helpline", "https://revengepornhelpline.org.uk"),
        ("ndah", "https://nationaldahelpline.org.uk"),
        ("rape-crisis", "https://247sexualabusesupport.org.uk"),
        ("report-remove", "https://childline.org.uk"),
        ("victim-support", "https://victimsupport.org.uk"),
        ("galop", "mailto:help@galop.org.uk"),
    ],
)
def test_every_way_that_the_words_promise_has_its_link(help_page, client, slug, address):
    assert address in {href for href, _ in help_page.links}
    assert address in {href for href, _ in read(client.get(f"/help/{slug}/")).links}


def test_what_has_no_open_way_is_not_listed(register, help_page, client):
    assert register.get(slug="notts-womens-aid").status == Service.Status.WITHHELD
    assert "Nottinghamshire Women’s Aid" not in help_page.text
    page = read(client.get("/help/notts-womens-aid/"))
    assert "We do not print a number for this service at the moment." in page.text
    assert ("tel:08088000340", "0808 800 0340") in page.links


def test_a_number_from_long_ago_says_what_to_do(help_page):
    words = "This number is from April 2024. If it does not work, call 0808 802 0300."
    assert help_page.text.count(words) == 2


def test_when_it_was_checked_is_said_once(help_page):
    said = "We last checked these numbers on 22 November 2026, on published pages."
    assert help_page.text.count(said) == 1
    assert help_page.text.count("22 November 2026") == 1


@pytest.mark.long
def test_the_oldest_check_of_a_page_is_the_one_it_says(register, client):
    checks = Check.objects.filter(service__slug="galop")
    checks.update(day="2026-10-01")
    agree_all()
    assert "numbers on 1 October 2026, on published pages." in read(client.get("/help/")).text
    Check.objects.update(how="confirmed")
    agree_all()
    said = "The services confirmed these numbers on 1 October 2026 or later."
    assert said in read(client.get("/help/")).text
    # What is overdue says so itself.
    checks.update(day="2026-01-01", due="2026-02-01")
    agree_all()
    text = read(client.get("/help/")).text
    assert "The services confirmed these numbers on 22 November 2026 or later." in text
    assert "Not checked since 1 January 2026." in text


def test_numbers_hold_together_at_the_end_of_a_line(register, client):
    assert f">0808{NBSP}802{NBSP}0300</a>" in client.get("/help/").content.decode()


@pytest.mark.parametrize("path", ["/help/ndah/", "/help/police-101/", "/help/relay-uk/"])
def test_each_fact_stands_once_with_the_routes_it_is_true_of(register, client, path):
    html = client.get(path).content.decode()
    lists = re.findall(r'<dl class="facts">(.*?)</dl>', html, re.DOTALL)
    assert lists
    for found in lists:
        names = re.findall(r"<dt>(.*?)</dt>", found)
        assert len(names) == len(set(names))


def test_what_a_call_leaves_is_said_by_kind_of_number(register, client):
    free = read(client.get("/help/juno/")).text
    assert "may show on other devices that share your account." in free
    assert "phone bill" not in free
    paid = read(client.get("/help/paladin/")).part("What it leaves behind", "Another way")
    assert (
        "This call can show on a phone bill. It stays in the list of calls on your phone." in paid
    )


def test_notes_of_where_staff_read_it_are_for_staff(register, client):
    text = read(client.get("/help/national-stalking-helpline/")).text
    assert "schoolbeat" in register.get(slug="national-stalking-helpline").source
    assert "schoolbeat" not in text


def test_own_behaviour_is_one_quiet_last_line(help_page):
    links = [href for href, _ in help_page.links]
    place = links.index("/advice/own-behaviour/")
    assert place > links.index("/help/victim-support/")


def test_the_page_for_little_english_says_the_words_to_say(register, client):
    page = read(client.get("/help/little-english/"))
    words = ["Say: “police”.", "Say: “interpreter”.", "Stay on the line."]
    assert [page.text.index(each) for each in words] == sorted(map(page.text.index, words))
    assert ("tel:999", "999") in page.links
    assert "Polski Say: “Polish”" in page.text


def test_one_number_is_one_link_with_the_same_digits(help_page):
    calls = [(href, words) for href, words in help_page.links if href.startswith("tel:")]
    assert len(calls) > 20
    for href, words in calls:
        assert href.removeprefix("tel:") == re.sub("[^0-9]", "", words), words


def test_worries_about_ones_own_behaviour_are_on_no_list(help_page):
    assert "Respect Phoneline" not in help_page.text


@pytest.mark.parametrize("path", ["/help/nobody/", "/help/NSAS/", "/help/%00/"])
def test_a_service_that_is_not_there_gets_a_page_that_helps(register, client, path):
    response = client.get(path)
    assert response.status_code == 404
    assert b"tel:999" in response.content


def test_an_overdue_check_says_so(register, rf):
    from signposting import views

    request = rf.get("/help/paladin/")
    last_day = datetime.combine(register.get(slug="paladin").last_check.due, time(12), UTC)
    for days, words in [(0, "Last checked on 22 November 2026"), (1, "Not checked since")]:
        request.moment = last_day + timedelta(days)
        assert words in views.service(request, slug="paladin").content.decode()


@pytest.mark.long
def test_the_pages_cost_the_same_queries_with_more_services(
    register, client, django_assert_num_queries
):
    # The register, its areas and groups; the site itself and who runs it; an urgent notice.
    with django_assert_num_queries(5):
        client.get("/help/")
    Service.objects.filter(group=6).update(what="Short.")
    agree_all()
    with django_assert_num_queries(5):
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
