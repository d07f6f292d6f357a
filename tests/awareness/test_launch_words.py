"""What the launch words promise: their form, and that they say nothing that could hurt someone.

Rules: facts/stalking-and-safety.md sections 2, 6, 10, 16 and 19; facts/helplines.md section 2.
"""

import re
from datetime import date

import pytest

from .words import PAGES, REFERENCE, Outline, grade, pieces, sentences, texts, words

KEYS = {"kind", "slug", "title", "summary", "menu", "blocks"}
CAMPAIGN_KEYS = KEYS | {"first_day", "last_day", "theme"}
BLOCKS = {
    "text": {"html"},
    "quotation": {"text", "name", "role", "said_on", "permission"},
    "callout": {"level", "heading", "html"},
    "steps": {"heading", "steps", "browser", "checked_on", "checked_how"},
    "helplines": {"heading", "services"},
    "signs": {"heading", "signs"},
}
LINE_TAGS = {"strong", "a"}
CALLOUT_TAGS = LINE_TAGS | {"p", "ul", "li"}
TEXT_TAGS = CALLOUT_TAGS | {"h2", "h3", "ol"}
NOTICE = "This change may be noticed."

every_page = pytest.mark.parametrize("slug", sorted(PAGES))


def test_the_pages_of_the_launch_are_there():
    assert set(PAGES) == {
        *("2024", "signs", "reporting", "clinic", "staying-safe", "safer-browsing"),
        *("keeping-a-record", "friends-and-family", "own-behaviour"),
        *("home", "about", "privacy", "accessibility", "security"),
    }
    assert {slug for slug, page in PAGES.items() if not page["menu"]} == {"home", "own-behaviour"}


@every_page
def test_a_file_has_only_the_keys_that_are_read(slug):
    page = PAGES[slug]
    assert page["slug"] == slug
    assert set(page) - {"position"} == (CAMPAIGN_KEYS if page["kind"] == "campaign" else KEYS)
    for block in page["blocks"]:
        assert set(block) - {"type"} <= BLOCKS[block["type"]]
        assert block.get("level") in (None, "information", "warning")


def test_the_week_of_2024_has_its_days():
    assert PAGES["2024"]["first_day"] == date(2024, 4, 22)
    assert PAGES["2024"]["last_day"] == date(2024, 4, 26)
    assert PAGES["2024"]["theme"] == "Join Forces Against Stalking"


@every_page
def test_only_plain_tags(slug):
    for block, html in pieces(PAGES[slug]):
        outline = Outline(html)
        allowed = TEXT_TAGS if block.get("type") == "text" else CALLOUT_TAGS
        for tag, attrs in outline.tags:
            assert tag in (allowed if html == block.get("html") else LINE_TAGS)
            assert set(attrs) == ({"href"} if tag == "a" else set())


@every_page
def test_headings_are_in_order(slug):
    level = 1
    for block in PAGES[slug]["blocks"]:
        found = [2] if block.get("heading") else []
        found += [
            int(tag[1]) for tag, _ in Outline(block.get("html", "")).tags if tag in ("h2", "h3")
        ]
        for next_level in found:
            assert next_level <= level + 1
            level = next_level


@every_page
def test_no_number_is_typed(slug):
    for text in texts(PAGES[slug]):
        prose = REFERENCE.sub("", text)
        assert not re.search(r"\b(999|112|101|111|18000|18001)\b", prose), prose
        assert not re.search(r"\b0\d{2,}|\b\d{3,}[\s\xa0-]\d{3,}|\d{5,}", prose), prose


@every_page
def test_links_stay_on_the_site_and_keep_clear_of_own_behaviour(slug):
    links = [link for _, html in pieces(PAGES[slug]) for link in Outline(html).links]
    assert all(re.fullmatch(r"/([a-z0-9-]+/)+", link) for link in links)
    if slug != "about":
        assert "/advice/own-behaviour/" not in links


# Each is a mistake seen on a real page, or a claim the facts say to avoid.
FORBIDDEN = {
    "55 as part of the number": r"999[\s,]*(then|and)?\s*55|99955",
    "55 brings police": r"will be sent to your location",
    "the wrong year of the Act": r"Harassment Act (?!1997)",
    "the Royal Assent for the day it began": r"March 2019",
    "homicides": r"homicide|94%|femicide",
    "a hundred incidents": r"\b100 (incidents|times)|77%|73%",
    "figures that ONS replaced": r"1 in (6|10|12)\b",
    "a right that may not be law yet": r"right to know",
    "a promise about the bill": r"not (appear|show|be) on (your|the) (phone )?bill",
    "a claim to be open": r"\bopen now\b|\bclosed now\b",
    "the Escape key": r"\bEsc(ape)?\b",
    "an old browser": r"Internet Explorer",
    "the name of the risk form": r"S-?DASH|risk score",
    "waiting for proof": r"(wait until|once) you have (proof|evidence)",
    "blame": r"\byou should have\b|\bwhy did(n’t| not) you\b|\bprovoke",
    "jargon": r"victim-survivor|multi-agency|safeguarding|perpetrator|utilise|wraparound",
    "an ampersand": r"&",
    "a promise to hide the visit": r"(hides|deletes|erases|clears) (your|the) (visit|history)",
    "no cookie at all": r"\bno cookies\b",
    # facts/certain-facts.md sections 7 and 11, and one voice
    "a doubt that helps nobody": r"not confirmed|unconfirmed|not certain|cost not stated|hours: unknown",
    "a promise of the bill, either way": r"may be on the bill",
    "the old menu of 111": r"option 2\b",
    "the old provider": r"Catch22",
    "telling them to stop contact whatever the danger": r"stop all contact",
    "cannot for will not": r"cannot leave (you|someone|them) alone",
    "what only the owner knows, as a gap": r"to be confirmed|whoever runs this site must",
    "another voice": r"\bsomebody\b",
    "another apostrophe": r"\w'\w",
    "an idiom": r"keep an eye|red flag|peace of mind|at the end of the day|cover your tracks",
}


@pytest.mark.long
@pytest.mark.parametrize("mistake", FORBIDDEN)
def test_a_mistake_that_could_hurt_is_not_made(mistake):
    pattern = re.compile(FORBIDDEN[mistake], re.IGNORECASE)
    found = [(slug, text) for slug, page in PAGES.items() for text in texts(page)]
    assert [
        (slug, text) for slug, text in found if pattern.search(REFERENCE.sub(r"\1", text))
    ] == []


@pytest.mark.parametrize(
    ("mistake", "words_of_it"),
    [
        ("55 as part of the number", "Dial [[999]], then 55"),
        ("the wrong year of the Act", "Protection from Harassment Act 2007"),
        ("figures that ONS replaced", "1 in 12 men"),
        ("a promise about the bill", "It will not appear on your phone bill"),
        ("a promise to hide the visit", "This button hides your visit"),
    ],
)
def test_such_a_mistake_would_be_found(mistake, words_of_it):
    assert re.search(FORBIDDEN[mistake], REFERENCE.sub(r"\1", words_of_it), re.IGNORECASE)


@every_page
def test_55_never_stands_without_its_limits(slug):
    said = " ".join(texts(PAGES[slug]))
    if re.search(r"\b55\b", said):
        assert "On a mobile, press 55 when you are asked to" in said
        assert "55 does not tell police where you are" in said
        assert "On a landline, do not hang up. Stay on the line." in said
        assert "If you make no sound and do not press 55, the call will end." in said


@every_page
def test_the_advocacy_service_never_stands_without_its_limits(slug):
    said = " ".join(texts(PAGES[slug]))
    listed = {slug for block in PAGES[slug]["blocks"] for slug in block.get("services", ())}
    if "[[nsas-" in said or listed & {"nsas-women", "nsas-men"}:
        assert "aged 16 or over" in said
        assert "not a partner, ex-partner or relative" in said
        assert "last published in April 2024" in said


@every_page
def test_crimestoppers_never_stands_without_its_limit(slug):
    said = " ".join(texts(PAGES[slug]))
    if "[[crimestoppers]]" in said:
        assert "cannot protect you" in said


@every_page
def test_a_figure_stands_with_its_date_and_source(slug):
    said = " ".join(texts(PAGES[slug]))
    if re.search(r"million|\b1 in \d", said):
        assert "in the year to March 2025" in said
        assert "up to March 2024" in said
        assert "Office for National Statistics" in said
        assert "England and Wales" in said


@every_page
def test_the_law_says_that_it_is_changing(slug):
    said = " ".join(texts(PAGES[slug]))
    if "prison sentence" in said:
        assert "law in England and Wales" in said
        assert "The law is changing. Ask police or the helpline what applies now." in said


CHANGE = re.compile(
    r"(^|[.] )(Change|Turn on|Turn off|Stop sharing|Remove|Clear|Make your profiles|Delete"
    r"|Slide|Tap the cross|Tap Delete|Choose Delete|Press the|Move to each page)"
    r"|Safety Check|clear all cookies|mute or block|remove the search"
)


@every_page
def test_the_notice_comes_before_each_change(slug):
    """A change to a phone or an account may be noticed: said first, in the same item."""
    changes = [text for text in texts(PAGES[slug]) if CHANGE.search(text)]
    assert [text for text in changes if not text.startswith(NOTICE)] == []
    assert changes or slug not in ("staying-safe", "safer-browsing", "friends-and-family")


@pytest.mark.parametrize(
    "block",
    [b for b in PAGES["safer-browsing"]["blocks"] if "browser" in b],
    ids=lambda b: b["browser"],
)
def test_steps_for_a_browser_start_with_the_notice_and_say_how_sure_we_are(block):
    assert block["steps"][0].startswith(f"<strong>{NOTICE}</strong> Remove only the pages")
    assert sum(NOTICE in step for step in block["steps"]) >= 2
    assert ("checked_on" in block) == ("checked_how" in block)


def test_every_common_browser_has_its_steps():
    assert [b["browser"] for b in PAGES["safer-browsing"]["blocks"] if "browser" in b] == [
        *("chrome-android", "safari-iphone", "samsung-internet", "firefox-android"),
        *("chrome", "edge", "firefox", "safari-mac"),
    ]


@every_page
def test_sentences_are_short(slug):
    assert [line for line in sentences(PAGES[slug]) if len(words(line)) > 25] == []


# 4 is the grade of a nine-year-old. These three carry names and sentences that are not ours to shorten:
# the force's own definition, who sits in the clinic, and the law and bodies a statement has to name.
HARDER = {"2024": 5, "clinic": 4.2, "accessibility": 5.3}


@every_page
def test_a_nine_year_old_can_read_it(slug):
    assert grade(PAGES[slug]) <= HARDER.get(slug, 4)


def test_the_measure_knows_a_hard_sentence_from_an_easy_one():
    def page(text):
        return {"title": "Help.", "summary": "Help.", "blocks": [{"type": "text", "html": text}]}

    assert grade(page("<p>You can call us. We will help you now.</p>")) < 2
    assert (
        grade(
            page(
                "<p>Multi-agency safeguarding interventions facilitate victimological resilience.</p>"
            )
        )
        > 12
    )
