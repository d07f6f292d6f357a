"""Where links lead: what two keepers agreed, the same for a browser as for the gate, whom they name."""

import pytest

from publishing import gate
from publishing.gate.links import links_lead_to_whom_they_name
from publishing.splice import ADDRESS_PLACE

from ..builders import KNOWN, make_edition, make_html

CALL = '<a class="call" href="tel:08088020300">0808 802 0300</a>'


def problems_of(html):
    return gate.inspect(make_edition(pages={"/signs/": html}), KNOWN)


# Browsers read "\\" as "/", and of two attributes of one name take the first.
@pytest.mark.parametrize(
    "href",
    [
        "https:/\\stranger.example/../signs/",
        "https:\\\\stranger.example/../../signs/",
        "/\\stranger.example/../signs/",
        "./\\stranger.example/../../signs/",
        "/ok/\t/../../signs/",
        f"https://stranger.example/{CALL}",
    ],
)
def test_an_address_that_browsers_read_otherwise_is_refused(href, settings):
    settings.SITE_URL = "https://ours.example"
    html = make_html(f'<p><a rel="noreferrer" href="{href}">Galop</a></p>')
    assert any("and no address has" in one.words for one in problems_of(html))
    assert not problems_of(make_html('<p><a href="/signs/">Galop</a></p>'))


def test_spaces_around_an_address_lead_nowhere_else():
    html = '<p><a rel="noreferrer" href=" https://www.samaritans.org/ ">Samaritans</a></p>'
    assert problems_of(make_html(html)) == []


@pytest.mark.parametrize(
    ("href", "words", "mend"),
    [
        (
            " http://example.org/ ",
            "The link “More” leads to http://example.org/, which is not private.",
            "Use the address that begins with https://",
        ),
        (
            "https://example.org@gov.uk/",
            "The link “More” leads to https://example.org@gov.uk/, which hides where it leads.",
            "Use the plain address of the page.",
        ),
        (
            "https://xn--gv-fka.uk/",
            "The link “More” leads to https://xn--gv-fka.uk/, which has letters that imitate others.",
            "Use the address in plain letters.",
        ),
        (
            "https://XN--gv-fka.uk/",
            "The link “More” leads to https://XN--gv-fka.uk/, which has letters that imitate others.",
            "Use the address in plain letters.",
        ),
        (
            "https://samaritans.org/a b",
            "The link “More” leads to https://samaritans.org/a b, and no address has a space in it.",
            "Copy the address once more from the page that it leads to.",
        ),
        (
            "https://www.facebook.com/other",
            "The link “More” leads to https://www.facebook.com/other: anybody can put pages there.",
            "Take it out, or ask two register keepers to agree it. They agree this whole address.",
        ),
        (
            "https://www.example.org/",
            "The link “More” leads to https://www.example.org/, and nobody agreed example.org.",
            "Take it out, or ask two register keepers to agree it.",
        ),
        (
            "mailto:jo@samaritans.org#?subject=x",
            "The link “More” leads to mailto:jo@samaritans.org#?subject=x, an address that nobody agreed.",
            "Take it out, or ask two register keepers to agree it.",
        ),
    ],
)
def test_a_link_is_quoted_and_told_how_to_mend(href, words, mend):
    found = problems_of(make_html(f'<p><a href="{href}" rel="noreferrer">More</a></p>'))
    assert (words, mend) in [(problem.words, problem.mend) for problem in found]


@pytest.mark.parametrize(
    ("href", "wrong"),
    [
        ("https://www.example.org/", "nobody agreed"),
        ("https:/\\stranger.example/", "no address has"),
    ],
)
def test_a_part_of_a_picture_leads_where_a_link_may(href, wrong):
    page = make_html(f'<map name="m"><area href="{href}" alt="More" rel="noreferrer"></map>')
    assert any(wrong in problem.words for problem in problems_of(page))


@pytest.mark.parametrize(
    "words",
    [
        "Samaritans<a href='{}'>, or the police</a>",
        "<a href='{}'>Ask the police, or </a>Samaritans",
    ],
)
def test_a_name_beside_a_link_is_not_in_it(words):
    page = gate.parse("/x/", f"<p>{words.format('https://www.police.uk/')}</p>")
    assert not list(links_lead_to_whom_they_name(page, gate.Facts(known=KNOWN)))


def test_a_page_of_ours_may_name_a_service_that_has_a_page_of_its_own(settings):
    settings.SITE_URL = "https://ours.example"
    facts = gate.Facts(known=KNOWN)

    def wrong(href):
        page = gate.parse("/ours/", f'<a href="{href}">National Stalking Helpline</a>')
        return [problem.words for problem in links_lead_to_whom_they_name(page, facts)]

    assert wrong("/ours/of-it/") == []
    assert wrong("https://ours.example/ours/of-it/") == []
    assert wrong("/help/national-stalking-helpline/") == []
    assert wrong("tel:08088020300") == wrong("sms:08088020300") == []
    for elsewhere in (
        "/help/samaritans/",
        "https://www.police.uk/",
        "tel:116123",
        "sms:116123",
    ):
        [words] = wrong(elsewhere)
        assert words.endswith(f"leads elsewhere, to {elsewhere}.")


@pytest.mark.parametrize(
    "link",
    [
        '<a href="{}">National Stalking Help-line</a>',
        '<a href="{}">Nat\u0131onal Sta\u0131king Helpline</a>',
        '<a href="{}">N\u0251tional Stalking He\u0406pline</a>',
        '<a href="{}">NationalStalking\u200bHelpline</a>',
        '<a href="{}">\u0405\u0430m\u0430rit\u0430n\u0455</a>',
        '<a href="{}">Sarnaritans</a>',
        '<a href="{}">National</a> <a href="{}">Stalking</a> <b><a href="{}">Helpline</a></b>',
        'Ring the National Stalking <a href="{}">Helpline</a>',
    ],
)
def test_a_name_is_seen_however_it_is_written(link):
    facts = gate.Facts(known=KNOWN)

    def wrong(href):
        page = gate.parse("/ours/", f"<p>{link.replace('{}', href)}</p>")
        return list(links_lead_to_whom_they_name(page, facts))

    # Our own addresses, on the site of others.
    own = "/help/samaritans/" if "ar" in link else "/help/national-stalking-helpline/"
    own = "/help/samaritans/" if "m\u0430r" in link else own
    assert wrong("https://www.police.uk/")
    assert wrong(f"https://www.police.uk{own}")
    assert not wrong(own)


def test_words_that_only_have_the_letters_of_a_name_are_none():
    html = (
        '<p><a href="https://www.police.uk/">In jun, one said</a>, Juno: '
        '<a href="https://www.police.uk/">the police</a></p>'
    )
    assert not list(links_lead_to_whom_they_name(gate.parse("/x/", html), gate.Facts(known=KNOWN)))


@pytest.mark.parametrize(
    "words",
    [
        "{}: {}",
        "Call {} on {}.",
        "Call the {}’s number, {}.",
        "<strong>{}</strong> ({})",
        "{} <b>is free at</b> {}",
        "<b>{}</b>{}",
    ],
)
def test_a_number_straight_after_a_name_is_of_whom_it_names(words):
    other = '<a class="call" href="tel:116123">116 123</a>'
    [problem] = problems_of(
        make_html(f"<p>{words.format('National Stalking Help-line', other)}</p>")
    )
    assert problem.words == (
        "“116 123” stands after national stalking helpline and is the number of another service."
    )
    assert not problems_of(make_html(f"<p>{words.format('National Stalking Helpline', CALL)}</p>"))


@pytest.mark.parametrize(
    "words",
    [
        "If you cannot reach the National Stalking Helpline, call Samaritans on {}.",
        "If the National Stalking Helpline does not answer: call {}.",
        "The National Stalking Helpline or {}.",
        "{} is not the National Stalking Helpline.",
    ],
)
def test_a_number_further_on_may_be_of_others(words):
    other = '<a class="call" href="tel:116123">116 123</a>'
    assert not problems_of(make_html(f"<p>{words.format(other)}</p>"))


@pytest.mark.parametrize(
    "link",
    [
        '<a href="TEL:08088020301">ring us</a>',
        '<a href=" tel:08088020301">ring us</a>',
        '<a href="&#9;SMS:85258">text us</a>',
        '<map name="m"><area href="tel:08088020301" alt="ring us"></map>',
        '<svg><a xlink:href="https://example.org/"><text>Our site</text></a></svg>',
        f'<a href="whatsapp://send?phone=447700900123&amp;x={ADDRESS_PLACE.decode()}">chat</a>',
        f'<a href="callto:08088020301{ADDRESS_PLACE.decode()}">ring us</a>',
    ],
)
def test_a_link_dials_and_opens_only_what_is_looked_at(link):
    assert problems_of(make_html(f"<p>{link}</p>"))
