"""Words as they are saved and published: what nobody sees is dropped, kept or named."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from awareness import editing, prose, rendering
from awareness.models import Page, Signs, Text
from publishing.gate import digits
from tests import pastes

pytestmark = pytest.mark.django_db

PERSIAN = "می\u200cخواهم"
JOINED = "👩\u200d💻 ❤\ufe0f\u200d🔥 🏳\ufe0f\u200d🌈"


@pytest.mark.long
@pytest.mark.parametrize("name", pastes.NAMES)
def test_a_paste_is_published_as_the_editor_holds_it(make_page, name):
    html = pastes.comes_in(name)
    page = make_page("page")
    block = Text.objects.get(parent=page)
    block.html = html
    block.full_clean()
    block.save()
    release = editing.publish(page)
    shown = rendering.render(release.blocks, timezone.now())
    expected = html.replace("<p>می", '<p dir="rtl">می')
    expected = expected.replace('<a href="http', '<a rel="noreferrer" href="http')
    assert expected in pastes.together(shown)


@pytest.mark.parametrize(
    "mark", ["\xad", "\u200b", "\u200e", "\u200f", "\u061c", "\u2060", "\ufeff", "\u200c", "\u200d"]
)
def test_what_nobody_misses_is_dropped(make_page, mark):
    page = make_page("page")
    page.title = page.summary = f"a{mark}b"
    page.full_clean()
    assert (page.title, page.summary) == ("ab", "ab")
    for html in (f"<p>a{mark}b</p>", f"<p>a&#{ord(mark)};b</p>"):
        text = Text(parent=page, region="main", html=html)
        text.full_clean()
        assert text.html == "<p>ab</p>"
    signs = Signs(parent=page, region="main", heading="x", signs=f"a{mark}b")
    signs.full_clean()
    assert signs.signs == "ab"


@pytest.mark.parametrize("words", [PERSIAN, JOINED])
def test_what_a_script_or_a_picture_needs_is_kept_and_let_through(make_page, words):
    text = Text(parent=make_page("page"), region="main", html=f"<p>{words}</p>")
    text.full_clean()
    assert text.html == f"<p>{words}</p>"
    assert not digits.strange(words)


@pytest.mark.parametrize("words", ["0808\u200d802", "a\u200cb", "۰\u200c۸", "💻\u200cx"])
def test_a_joiner_that_joins_nothing_is_strange_to_the_gate(words):
    assert digits.strange(words) & {"\u200c", "\u200d"}


@pytest.mark.parametrize(
    ("mark", "name"),
    [("\u202e", "right-to-left override"), ("\u2066", "left-to-right isolate"), ("\x07", "character 7")],
)  # fmt: skip
def test_what_is_left_is_named_with_the_words_round_it(make_page, mark, name):
    html = f"<p>Call the <strong>clinic</strong>{mark} on Monday.</p>"
    text = Text(parent=make_page("page"), region="main", html=html)
    with pytest.raises(ValidationError) as refused:
        text.full_clean()
    [said] = refused.value.message_dict["html"]
    assert f"({name}) between “Call the clinic” and “on Monday.”" in said


def test_an_entity_cannot_bring_one_in(make_page):
    text = Text(parent=make_page("page"), region="main", html="<p>a&#8238;b</p>")
    with pytest.raises(ValidationError, match="right-to-left override"):
        text.full_clean()


@pytest.mark.parametrize(
    ("html", "marked"),
    [
        ("<p>سلام</p>", '<p dir="rtl">سلام</p>'),
        ("<p>“123 سلام”</p>", '<p dir="rtl">“123 سلام”</p>'),
        ("<p>Hello سلام</p>", "<p>Hello سلام</p>"),
        ("<ul><li><p>שלום</p></li><li><p>x</p></li></ul>", '<ul><li><p dir="rtl">שלום</p></li><li><p>x</p></li></ul>'),
        ("<h2>سلام</h2><p>Ünd</p>", '<h2 dir="rtl">سلام</h2><p>Ünd</p>'),
    ],
)  # fmt: skip
def test_right_to_left_paragraphs_say_so(html, marked):
    assert prose.mark_direction(html) == marked


def test_a_campaign_that_ends_in_9999_is_refused_with_a_sentence():
    days = {"first_day": "2027-04-19", "last_day": "9999-12-31"}
    page = Page(kind="campaign", slug="long", title="Long", summary="Long.", **days)
    with pytest.raises(ValidationError, match="Choose a year before 2200"):
        page.full_clean()
