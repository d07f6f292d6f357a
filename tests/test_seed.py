"""Everything of substance in the page that Nottinghamshire Police published in April 2024.

The facts are written here from that page (seed/campaign-page.txt), not from our own pages.
Our words are plainer than the force's, so a fact is the words that carry it; what was said
by a named person, the definition and the cookie and beta notices are held word for word.
"""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.utils import timezone

from awareness import content
from awareness.models import Quotation
from cookies import content as cookies
from publishing import sources
from signposting import content as register

from .content import loaded

pytestmark = [pytest.mark.django_db, pytest.mark.long]

# What a fact is -> the words that carry it, all on one page of the site.
FACTS = {
    "the week and its year": ("National Stalking Awareness Week", "22 to 26 April 2024"),
    "the theme": ("Join Forces Against Stalking", "many agencies work as one to protect victims"),
    "working with partners": ("Nottinghamshire Police worked with partners", "what stalking is"),
    "stalking, defined": (
        "Stalking is a pattern of fixated, obsessive, unwanted and repetitive behaviour.",
        "It can include harassment that amounts to stalking or stalking that causes fear of "
        "violence, serious alarm or distress.",
    ),
    "signs are varied": ("not the same for everyone", "not always easy to see"),
    "a stalker is often obsessed": ("often obsessed with the person they target",),
    "who a stalker can be": (
        *("a former partner", "a friend", "a neighbour", "someone you work with"),
        *("someone you used to know", "a stranger"),
    ),
    "signs, listed": ("The signs", "They follow you.", "They call, text, email or message you"),
    "since when": ("In April 2024 the force said", "for five years"),
    "why agencies work together": ("better support", "more quickly", "better results for people"),
    "the clinic and who sits in it": (
        *("The stalking clinic", "each month", "The police", "NHS consultant psychiatrists"),
        *("Expert university lecturers", "Social care for adults and for children"),
        *("The probation service", "Legal services", "The stalking advocacy service"),
    ),
    "what the clinic does": (
        *("how to spot stalker behaviour", "the risk of harm to victims and how to reduce it"),
        *("shares information between the agencies", "move their investigations on"),
        *("manage offenders in the future", "looks for patterns", "so that they offend less"),
        "steps to keep victims safe are in place",
    ),
    "reports are taken seriously": (
        "all reports of stalking are taken incredibly seriously by specially trained officers",
    ),
    "reporting": ("If you think you are being stalked, call Nottinghamshire Police on 101",),
    "Crimestoppers": ("Crimestoppers", "without giving your name", "0800 555 111"),
    "danger": ("If you are in immediate danger", "Always call 999 and speak with the call handler"),
    "Silent Solution": (
        *("If you cannot talk: the Silent Solution", "listen to the questions"),
        *("cough or tap your phone", "press 55 when you are asked to"),
        *("it is a real emergency", "put through to the police"),
    ),
    "the helpline": (
        "The National Stalking Helpline is run by the Suzy Lamplugh Trust",
        "0808 802 0300",
    ),
    "the advocacy service": (
        *("The Stalking Advocacy Service helps", "look at the risk", "make a safety plan"),
        *("civil legal help", "counselling and other services", "self-refer"),
    ),
    "its two lines": (*("women’s helpline", "0115 947 6490", "men’s helpline", "0115 960 5556"),),
}

QUOTATION = (
    "Stalking is a distressing crime that has a significant impact on the day-to-day wellbeing "
    "of victims and their families.",
    "Having a stalker is not flattering or glamorous and depictions of stalking behaviour that "
    "are portrayed on Netflix, in films or the media are often misleading.",
    "Nottinghamshire Police are acutely aware that stalking can devastate people’s lives, which "
    "is why all reports of stalking are taken incredibly seriously by our specially trained "
    "officers, who are available to provide safeguarding, support and reassurance.",
)
SPEAKER = "Inspector Abi Goucher, Nottinghamshire Police’s safeguarding lead, April 2024"

BETA = (
    "This site is a beta, which means it's a work in progress and we'll be adding more to it "
    "over the next few weeks. Your feedback helps us make things better, so please let us know "
    "what you think."
)
COOKIES_ASK = (
    "We use some essential cookies to make our website work. We’d like to set additional "
    "cookies so we can remember your preferences and understand how you use our site.",
    "You can manage your preferences and cookie settings at any time by clicking on “Customise "
    "Cookies” below. For more information on how we use cookies, please see our Cookies notice.",
)
COOKIES_SAVED = (
    "Your cookie preferences have been saved. You can update your cookie settings at any time "
    "on the cookies page."
)
COOKIES_ERROR = "Sorry, there was a technical problem. Please try again."

NUMBERS = {
    "101": "101",
    "999": "999",
    "0800 555 111": "0800555111",
    "0808 802 0300": "08088020300",
    "0115 947 6490": "01159476490",
    "0115 960 5556": "01159605556",
}


class Seen(HTMLParser):
    """What a reader sees of a page: its text in one line, and what its call links show."""

    UNSEEN = ("head", "script", "style", "template")
    ALONE = ("meta", "link", "input", "img", "br", "hr", "source")

    def __init__(self, html):
        super().__init__()
        self.parts, self.calls, self.call, self.inside = [], {}, None, []
        self.feed(html)
        self.text = " ".join("".join(self.parts).split())
        self.calls = {dial: " ".join(shown.split()) for dial, shown in self.calls.items()}

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag not in self.ALONE:
            self.inside.append((tag, tag in self.UNSEEN or "hidden" in attrs))
        if tag == "a" and (attrs.get("href") or "").startswith("tel:"):
            self.call = attrs["href"].removeprefix("tel:")
            self.calls[self.call] = ""

    def handle_endtag(self, tag):
        while self.inside and self.inside.pop()[0] != tag:
            pass
        if tag == "a":
            self.call = None
        if tag in ("p", "li", "h1", "h2", "h3", "dt", "dd"):
            self.parts.append(" ")

    def handle_data(self, data):
        if any(hidden for _, hidden in self.inside):
            return
        self.parts.append(data)
        if self.call:
            self.calls[self.call] += data


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker):
    """Every page that the launch content makes public, as a first-time reader sees it."""
    with loaded(django_db_blocker, register, cookies, content):
        client = Client()
        paths = [a.path for a in sources.addresses(timezone.now()) if a.kind == "page"]
        yield {path: Seen(client.get(path).content.decode()) for path in paths}


def pages_with(site, words):
    return [path for path, page in site.items() if all(word in page.text for word in words)]


@pytest.mark.parametrize("fact", FACTS)
def test_every_fact_of_the_seed_is_on_the_site(site, fact):
    assert pages_with(site, FACTS[fact]), [
        word for word in FACTS[fact] if not pages_with(site, [word])
    ]


def test_a_fact_that_is_not_there_would_be_missed(site):
    assert pages_with(site, ["0808 802 0301"]) == []
    assert pages_with(site, ["Established five years ago"]) == []


@pytest.mark.parametrize("number", NUMBERS)
def test_every_number_of_the_seed_can_be_called(site, number):
    shown = {page.calls[NUMBERS[number]] for page in site.values() if NUMBERS[number] in page.calls}
    assert any(number in text for text in shown), shown


def test_the_quotation_stands_word_for_word(site):
    said = " ".join(QUOTATION)
    assert f"“{said}” {SPEAKER}" in site["/campaigns/2024/"].text
    assert "““" not in site["/campaigns/2024/"].text


def test_staff_are_told_that_permission_is_to_confirm(site):
    quotation = Quotation.objects.get(parent__slug="2024")
    assert quotation.permission == Quotation.Permission.TO_CONFIRM


def test_the_week_that_is_over_says_so(site):
    assert "This campaign is over." in site["/campaigns/2024/"].text


def test_the_beta_notice_stands_on_every_page(site):
    assert [path for path, page in site.items() if BETA not in page.text] == []


def test_the_cookie_words_are_asked_before_a_choice(site):
    for path in ("/", "/campaigns/2024/", "/help/"):
        assert all(words in site[path].text for words in COOKIES_ASK)


def test_the_cookie_words_are_said_after_a_choice(client):
    own = {"headers": {"sec-fetch-site": "same-origin"}, "follow": True}
    saved = client.post("/cookies/save/", {"choice": "reject"}, **own)
    assert COOKIES_SAVED in Seen(saved.content.decode()).text
    for path, there in (("/", False), ("/?cookies=error", True)):
        page = Seen(Client().get(path).content.decode())
        assert (COOKIES_ERROR in page.text) is there


def test_nothing_is_left_unfilled_or_doubled(site):
    left = re.compile(r"\[\[|\]\]|&amp;|%ADDRESS%|[.,]\s?\.|[“”]{2}| ,")
    assert [path for path, page in site.items() if left.search(page.text)] == []
