"""The gate lets a good page through, and refuses each kind of bad one with a sentence."""

import json
from dataclasses import replace

import pytest

from publishing import gate
from publishing.printing.editions import Item
from publishing.sources import Number

from ..builders import CARD, KNOWN, make_edition, make_html

CALL = '<a class="call" href="tel:08088020300">0808 802 0300</a>'


def inspect(edition, before=(), known=KNOWN):
    return gate.inspect(edition, known, before)


def problems_of(main="", **given):
    edition = make_edition(pages={"/signs/": make_html(main, **given)})
    return inspect(edition)


def the_problem(main="", **given):
    """Return the one problem that a page has with these words in it."""
    found = problems_of(f"<h2>Who to call</h2>{main}", **given)
    assert len(found) == 1, [str(problem) for problem in found]
    assert found[0].page == "“Are you being stalked?” (/signs/)"
    return found[0]


GOOD = [
    CALL,
    '<a href="tel:+448088020300">0808 802 0300</a>',
    '<a class="call" href="tel:01159476490"><span>Women:</span> 0115\u00a0947\u00a06490</a>',
    '<a href="sms:999">Text 999</a>',
    '<a href="/">Home</a> <a href="/#main">Words</a> <a href="#main">Up</a>',
    '<a href="https://www.police.uk/" rel="noreferrer">Police</a>',
    "<p>Call 999. Press 55. In 2024, 22 to 26 April, 1 in 5 women; 24 hours, 09:00 to 17:00.</p>",
    '<img src="/static/a.png" alt="A phone"><img src="/static/a.png" alt="">',
    "<h2>A</h2><h3>B</h3><h4>C</h4><h2>D</h2>",
    '<script src="/static/a.js" type="module"></script>',
    '<form action="/leave/" method="post"><button>Leave</button></form>',
    '<strong class="call">18001 101</strong>',
    '<script type="application/ld+json">{}</script>',
]


@pytest.mark.parametrize("main", GOOD)
def test_a_good_page_passes(main):
    files = {name: Item("static", "text/plain", b"x") for name in ("/static/a.png", "/static/a.js")}
    edition = make_edition(pages={"/signs/": make_html(main)}, files=files)
    assert inspect(edition) == []


def test_an_unknown_number_is_refused():
    problem = the_problem('<a href="tel:08088020301">0808 802 0301</a>')
    assert problem.words == "“0808 802 0301” (tel:08088020301) is not in the register."
    assert problem.block == "Who to call"
    assert "register" in problem.mend


def test_an_unknown_number_that_no_phone_can_call_is_refused():
    problem = the_problem('<b class="call">0808 802 0301</b>')
    assert problem.words == "“0808 802 0301” (no link) is not in the register."


def test_a_number_that_left_the_register_is_told_apart():
    page = make_html('<a href="tel:02070000000">020 7000 0000</a>')
    edition = make_edition(pages={"/signs/": page})
    [problem] = inspect(edition, before=["02070000000"])
    assert problem.words.startswith("The register changed under this page")


def test_a_link_whose_text_differs_is_refused():
    problem = the_problem('<a href="tel:08088020300">0115 947 6490</a>')
    assert problem.words == "“0115 947 6490” would call 08088020300."


@pytest.mark.parametrize("text", ["Call us", "0808 802 0300 or 101", "0808 802 030"])
def test_a_link_shows_the_number_and_no_other(text):
    assert "would call" in the_problem(f'<a href="tel:08088020300">{text}</a>').words


@pytest.mark.parametrize(
    "number",
    [
        "0808 802 0300",
        "08088020300",
        "0808\u00a0802\u00a00300",
        "0808\u2009802\u202f0300",
        "0808-802-0300",
        "0808 – 802 – 0300",
        "(0808) 802 0300",
        "0808.802.0300",
        "+44 808 802 0300",
        "+44 (0)808 802 0300",
        "0044 808 802 0300",
        "<b>0808</b> 802 <i>0300</i>",
        "0808 802&shy; 0300",
        "０８０８ ８０２ ０３００",
        "٠٨٠٨ ٨٠٢ ٠٣٠٠",
        "𝟎𝟖𝟎𝟖 𝟖𝟎𝟐 𝟎𝟑𝟎𝟎",
        "⓪⑧⓪⑧ ⑧⓪② ⓪③⓪⓪",
        "0808 802\n0300",
        "116 123",
        "0800 555 111",
        "0800 1111",
    ],
)
def test_a_loose_number_in_prose_is_refused(number):
    found = problems_of(f"<p>Call {number} today.</p>")
    assert any("is typed into the text" in problem.words for problem in found), found


@pytest.mark.parametrize(
    "html",
    [
        '<p title="0808 802 0301">x</p>',
        '<img src="/static/x.png" alt="Call 0808 802 0301">',
        '<p aria-label="0808 802 0301">x</p>',
    ],
)
def test_a_loose_number_that_is_heard_is_refused(html):
    assert any("typed into the" in problem.words for problem in problems_of(html))


@pytest.mark.parametrize("words", ["99955", "999 55", "999, then 55", "999 <b>and then</b> 55"])
def test_999_and_55_are_not_one_number(words):
    found = [str(problem) for problem in problems_of(f"<h2>Dial {words}</h2>")]
    assert any("reads as one number to dial" in problem for problem in found), found


def test_a_loose_number_in_the_description_is_refused():
    head = '<meta name="description" content="Call 0808 802 0301">'
    assert "typed into the content" in the_problem(head=head).words


@pytest.mark.parametrize(
    "number", ["0845 123 4567", "0871 123 4567", "0909 123 4567", "118 118", "070 1234 5678"]
)
def test_a_premium_rate_number_is_refused_even_if_registered(number):
    dial = number.replace(" ", "")
    edition = make_edition(pages={"/": make_html(f'<a href="tel:{dial}">{number}</a>')})
    known = replace(KNOWN, numbers=(*KNOWN.numbers, Number(dial, number)))
    [problem] = inspect(edition, known=known)
    assert problem.words == f"“{number}” is a number that can cost a lot."


def test_a_mobile_of_the_isle_of_man_is_no_pager():
    number = Number("07624123456", "07624 123456")
    edition = make_edition(pages={"/": make_html('<a href="tel:07624123456">07624 123456</a>')})
    assert inspect(edition, known=replace(KNOWN, numbers=(*KNOWN.numbers, number))) == []


@pytest.mark.parametrize(
    "href",
    [
        "/nowhere/",
        "/signs/#nowhere",
        "#nowhere",
        "/#nowhere",
        "nowhere/",
        "",
        "//",
        "javascript:void",
        "ftp://a.b/",
    ],
)
def test_a_link_to_nowhere_is_refused(href):
    for tag in ("a", "area"):
        found = problems_of(f'<{tag} href="{href}">More</{tag}>')
        assert any("is not there" in problem.words for problem in found)


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        '<p onclick="x()">x</p>',
        '<a href=" java\nscript:x()">x</a>',
        '<a href="data:text/html,x">x</a>',
        '<p style="color: red">x</p>',
        "<style>p {}</style>",
        '<meta http-equiv="refresh" content="0; /x/">',
        '<base href="/x/">',
        '<object data="/x"></object>',
        *(f"<{tag}></{tag}>" for tag in ("iframe", "embed", "applet", "frame", "portal")),
    ],
)
def test_a_script_or_style_in_the_page_is_refused(html):
    assert any("a script or a style" in problem.words for problem in problems_of(html))


@pytest.mark.parametrize(
    "html",
    [
        '<img alt="x" src="https://example.com/x.png">',
        '<img alt="x" src="//example.com/x.png">',
        '<img alt="x" src="/static/x.png" srcset="/static/x.png 1x, https://example.com/x.png 2x">',
        '<script src="https://example.com/x.js"></script>',
        '<iframe src="https://example.com/"></iframe>',
        '<link rel="stylesheet" href="https://example.com/x.css">',
        '<link rel="preload" href="//example.com/x.css">',
        *(
            f'<link rel="{rel}" href="https://example.com/">'
            for rel in ("preconnect", "dns-prefetch", "prerender")
        ),
        '<video poster="https://example.com/x.png"></video>',
        '<picture><source srcset="https://example.com/x.png"></picture>',
        '<svg><image href="https://example.com/x.png"/></svg>',
        '<svg><use href="https://example.com/x.svg#y"/></svg>',
        '<object data="https://example.com/x"></object>',
        *(
            f'<{tag} src="https://example.com/x"></{tag}>'
            for tag in ("source", "audio", "video", "embed", "input", "track")
        ),
        '<form action="https://example.com/"></form>',
        '<a href="/" ping="https://example.com/">x</a>',
        '<form><button formaction="//example.com/">x</button></form>',
        '<form action="/\\example.com/"></form>',
    ],
)
def test_something_from_elsewhere_is_refused(html):
    found = [problem.words for problem in problems_of(html)]
    assert any("example.com" in words for words in found), found


@pytest.mark.parametrize("rel", ["", 'rel="nofollow"', 'rel="noreferrers"'])
@pytest.mark.parametrize(
    "href", ["https://www.police.uk/", "HTTPS://police.uk", "https://www.gov.uk/report"]
)
def test_an_outward_link_that_tells_where_its_reader_was_is_refused(href, rel):
    problem = the_problem(f'<a href="{href}" {rel}>Police</a>')
    assert problem.words.startswith("The link “Police” tells ")
    assert "rel=noreferrer" in problem.mend


@pytest.mark.parametrize(
    "alt", ["A phone. A hand", "A letter signed xjpg", "photo.jpg of a gate", ""]
)
def test_words_that_only_look_like_the_name_of_a_file_describe_a_picture(alt):
    files = {"/static/a.png": Item("static", "image/png", b"x")}
    pages = {"/": make_html(f'<img src="/static/a.png" alt="{alt}">')}
    assert inspect(make_edition(pages=pages, files=files)) == []


@pytest.mark.parametrize(
    "alt",
    ["", ' alt=" "', *(f' alt="IMG_1.{end}"' for end in ("jpg", "JPEG", "png", "webp", "gif"))],
)
def test_an_image_without_a_decision_is_refused(alt):
    files = {"/static/a.png": Item("static", "image/png", b"x")}
    pages = {"/": make_html(f'<img src="/static/a.png"{alt}>')}
    *_, problem = inspect(make_edition(pages=pages, files=files))
    assert problem.words == "The picture /static/a.png has no words for people who cannot see it."
    assert problem.mend == "Describe it, or say that it is decorative."


def test_a_skipped_heading_is_refused():
    problem = the_problem("<h4>Deep</h4>")
    assert problem.words == "The heading “Deep” is h4 straight after h2."
    assert problem.mend == "Make it h3."


def test_a_second_title_is_refused():
    problem = the_problem("<h1>Again</h1>")
    assert problem.words == "The page has 2 main headings instead of one."
    assert problem.mend == "Give it one title."


def test_a_page_without_the_emergency_card_is_refused():
    assert the_problem(card="").words == "The emergency card is not on the page."


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("tel:999", "tel:101"),
        (">Call 999<", ">Call 101<"),
        ("Press 55 when you are asked to.", "Press 55."),
        ("55 does not tell", "55 does tell"),
        ("999bsl.co.uk</a>", "999bsl.co.uk</a>, our app"),
        ('<h2 id="emergency-heading"', '<h2 hidden id="emergency-heading"'),
        ('class="card card--danger emergency"', 'class="card"'),
        ("Your address should show to police by itself.", ""),
    ],
)
def test_a_card_that_differs_from_its_constants_is_refused(right, wrong):
    assert right in CARD
    found = problems_of(card=CARD.replace(right, wrong))
    assert "The emergency card is not as it must be." in [problem.words for problem in found]


def test_an_error_page_is_checked_as_pages_are():
    edition = make_edition(parts={"error/404": make_html(card="")})
    [problem] = inspect(edition)
    assert problem.words == "The emergency card is not on the page."


def test_the_cover_has_no_card_and_no_loose_number_either():
    assert inspect(make_edition(parts={"cover": make_html(card="")})) == []
    assert inspect(make_edition(parts={"cover": make_html("0808 802 0300", card="")}))


def test_a_number_turned_round_is_refused():
    assert any("U+202E" in p.words for p in problems_of("<p>\u202e0030 208 8080</p>"))


def test_an_edition_without_a_home_page_is_refused():
    edition = make_edition()
    edition.items["/signs/"] = edition.items.pop("/")
    assert "There is no home page." in [problem.words for problem in inspect(edition)]


def test_a_number_of_the_register_is_offered_in_place_of_its_digits():
    problem = the_problem("<p>Try 0115 947 6490 today.</p>")
    assert problem.words == "The number 0115 947 6490 is typed into the text."
    assert problem.mend == "It is the number of Juno. Put [[juno]] in its place."
    assert problem.block == "Who to call"


def test_digits_that_say_nothing_are_told_how_to():
    problem = the_problem("<p>Try 159 today.</p>")
    assert problem.words == "The number 159 is typed into the text."
    assert "say what it counts" in problem.mend


GOOD_LINKS = [
    '<a href="mailto:jo@samaritans.org">jo@samaritans.org</a>',
    '<a href="https://www.samaritans.org/" rel="noreferrer">Samaritans</a>',
    '<a href="https://www.samaritans.org" rel="noreferrer">www.samaritans.org</a>',
    '<a href="https://www.gov.uk/call-charges" rel="noreferrer">GOV.UK</a>',
    '<a href="https://www.facebook.com/samaritanscharity" rel="noreferrer">Samaritans</a>',
    '<a href="HTTPS://WWW.Facebook.com/samaritanscharity/" rel="noreferrer">Samaritans</a>',
    "<p>Look at www.gov.uk/call-charges or police.uk.</p>",
]


@pytest.mark.parametrize("main", GOOD_LINKS)
def test_what_two_keepers_agreed_may_be_linked(main):
    assert problems_of(main) == []


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("https://www.facebook.com/other", "anybody can put pages there"),
        ("https://www.facebook.com/SamaritansCharity", "anybody can put pages there"),
        ("https://www.gov.uk@a.example/", "hides where it leads"),
        ("https://www.gov.uk:8443/", "hides where it leads"),
        ("https://www.g\u043ev.uk/", "letters that imitate others"),
        ("http://www.gov.uk/", "not private"),
        ("https://gov.uk.a.example/", "nobody agreed gov.uk.a.example"),
        ("https://service.gov.uk/", "nobody agreed service.gov.uk"),
        ("mailto:jo@samaritans.org?cc=a@a.example", "nobody agreed"),
        ("mailto:jo@samaritans.org,a@a.example", "nobody agreed"),
        ("mailto:a@a.example", "nobody agreed"),
        ("https://[::1", "not there"),
    ],
)
def test_a_link_that_nobody_agreed_is_refused(link, words):
    found = [problem.words for problem in problems_of(f'<a href="{link}" rel="noreferrer">x</a>')]
    assert any(words in told for told in found), found


@pytest.mark.parametrize(
    "link",
    [
        '<a href="https://www.gov.uk/" rel="noreferrer">National Stalking Helpline website</a>',
        '<a href="https://www.samaritans.org/" rel="noreferrer">national stalking  helpline</a>',
        '<a href="mailto:jo@samaritans.org">Write to the <b>National</b> Stalking Helpline</a>',
        '<a href="/help/samaritans/">National Stalking Helpline</a>',
    ],
)
def test_a_link_that_names_a_service_leads_there(link):
    pages = {"/signs/": make_html(link), "/help/samaritans/": make_html()}
    found = [problem.words for problem in inspect(make_edition(pages=pages))]
    assert any("names national stalking helpline and leads elsewhere" in words for words in found)


@pytest.mark.parametrize(
    "data",
    [
        {"description": "Text HELP to 85258."},
        {"phones": [{"number": "0808 802 0301"}]},
        {"url": "https://a.example/"},
        {"url": "//a.example/"},
        {"url": "/\\a.example/"},
        {"email": "a@a.example"},
        {"contacts": [{"name": "oh eight hundred, one one one"}]},
        {"description": "Write to a@a.example"},
        {"other": {"deep": ["wa.me/447700900123"]}},
    ],
)
def test_what_nobody_agreed_is_refused_in_data_and_in_the_data_of_a_page(data):
    text = json.dumps(data)
    file = Item("data", "application/json", text.encode())
    assert inspect(make_edition(files={"/api/services": file}))
    assert problems_of(f'<script type="application/ld+json">{text}</script>')


def test_open_data_shows_no_other_number():
    def data(number):
        return {"/api/services": Item("data", "application/json", f'{{"n": "{number}"}}'.encode())}

    assert inspect(make_edition(files=data("+448088020300"))) == []
    [problem] = inspect(make_edition(files=data("+448088020301")))
    assert problem.page == "/api/services"


@pytest.mark.parametrize(
    ("main", "places"),
    [("<p>One more: <!--message--></p>", 2), ("<!--message--><!--message-->", 3)],
)
def test_a_second_place_for_the_cookie_message_is_refused(main, places):
    """Only the first is filled, so the reader would be asked wherever an editor wrote it."""
    assert the_problem(main).words.startswith(
        f"The page has {places} places for the cookie message"
    )


def test_a_page_without_the_place_is_refused():
    page = make_html().replace("<!--message-->", "")
    [problem] = inspect(make_edition(pages={"/signs/": page}))
    assert "0 places for the cookie message" in problem.words
