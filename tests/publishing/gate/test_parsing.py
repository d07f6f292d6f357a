"""What a page is read as: elements, passages, and the words of each."""

import pytest

from publishing.gate.digits import listed
from publishing.gate.parsing import VOID, parse, squeeze


def passages(html):
    return [squeeze(passage.words) for passage in parse("/x/", html).passages]


@pytest.mark.parametrize(
    "tag",
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track"],
)
def test_an_element_without_an_end_holds_no_words(tag):
    page = parse("/x/", f'<div class="all"><{tag} class="call">Words.</div>')
    assert [(one.tag, one.text) for one in page.elements] == [("div", "Words."), (tag, "")]
    assert tag in VOID


@pytest.mark.parametrize(
    "tag",
    listed(
        """a abbr b bdi bdo cite code data del dfn em i ins kbd mark q s samp small span strong sub sup
        time u var"""
    ),
)
def test_words_run_on_through_what_stands_in_a_line(tag):
    assert passages(f"<p>0808 8<{tag}>02</{tag}> 0301</p>") == ["0808 802 0301"]


def test_an_element_without_an_end_in_the_card_is_of_it_and_no_more():
    page = parse("/x/", '<div id="emergency"><input>Call.</div><p>Words.</p>')
    assert page.card == [("div", {"id": "emergency"}), ("input", {}), "Call."]


def test_what_comes_last_is_read_without_an_end_of_anything():
    assert passages("<p>Words.</p>Ring &#49;59") == ["Words.", "Ring 159"]
    # Nor does a sign that is written out need an end, for a browser.
    assert passages("<p>Words.</p>Ring 15&#57") == ["Words.", "Ring 159"]


@pytest.mark.parametrize(
    ("meta", "told"),
    [
        ('property="og:description"', True),
        ('name="twitter:title"', True),
        ('name="viewport"', False),
        ('property="og:image:width"', False),
    ],
)
def test_what_says_something_of_a_page_to_people_is_a_description(meta, told):
    [element] = parse("/x/", f'<meta {meta} content="Words.">').elements
    assert element.is_description == told


@pytest.mark.parametrize("tag", ["a", "b", "em", "span", "strong", "wbr", "sup", "u"])
def test_words_run_on_within_a_sentence(tag):
    assert passages(f"<p>08<{tag}>08</{tag}>8</p>") == ["08088"]


@pytest.mark.parametrize("tag", ["p", "li", "div", "td", "h2", "br", "section"])
def test_words_do_not_run_on_past_a_block(tag):
    assert passages(f"08<{tag}>08</{tag}>8")[0] == "08"


def test_the_digits_of_a_place_of_a_number_run_into_no_others():
    assert passages('<p>Press 5<a href="tel:999">999</a>5 then</p>') == ["Press 5 | 5 then"]


def test_a_place_of_no_number_parts_no_digits():
    """A reader sees one number where a link shows nothing."""
    assert passages('<p>0808<a href="tel:999"> </a>802</p>') == ["0808 802"]


@pytest.mark.parametrize(
    "name",
    ["alt", "title", "aria-label", "aria-description", "aria-valuetext", "placeholder", "label"],
)
def test_what_people_read_or_hear_of_an_element_is_words(name):
    [(element, *said)] = parse("/x/", f'<p id="Words." {name}="Ring 159">x</p>').spoken
    assert (element.tag, said) == ("p", [name, "Ring 159"])


def test_spaces_between_two_blocks_are_no_passage():
    assert passages("<ul>\n<li>0</li>\n<li>8</li>\n</ul>") == ["0", "8"]


def test_words_stand_under_the_last_heading_that_ended():
    page = parse("/x/", "<p>One</p><h2>Who  to call</h2><p>Two</p><h3>At night</h3><p>Three</p>")
    found = [(passage.block, squeeze(passage.words)) for passage in page.passages]
    assert found[0] == ("", "One")
    assert found[2] == ("Who to call", "Two")
    assert found[4] == ("At night", "Three")


def test_scripts_and_styles_are_no_words_and_data_is_kept():
    html = '<script>one</script><style>two</style><script type="application/ld+json">{}</script>'
    page = parse("/x/", f"{html}<p>Words</p>")
    assert [passage.words for passage in page.passages] == ["Words"]
    assert page.data == ["{}"]


def test_a_page_is_called_by_its_heading_or_its_address():
    assert parse("/x/", "<h1>The  signs</h1>").name == "“The signs” (/x/)"
    assert parse("/x/", "<p>Words</p>").name == "/x/"
