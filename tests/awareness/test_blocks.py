"""Blocks: what they refuse, what they let through, and how a reader meets them."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from awareness import editing, references, rendering
from awareness.models import Block, Callout, Helplines, Image, Page, Steps, Text
from publishing.problems import CannotPrint
from signposting import content as signposting
from signposting.models import Service

from ..content import load

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def render(*blocks):
    return rendering.render([block.to_json() for block in blocks], NOW)


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    '<p style="position:fixed">x</p>',
    '<p class="card--danger" id="emergency">x</p>',
    '<iframe src="https://evil.example"></iframe>',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="data:text/html,x" onclick="x()">x</a>',
    '<a href="https://a.example" target="_blank" ping="//x">x</a>',
    "<h1>x</h1><h4>x</h4><table><tr><td>x</td></tr></table>",
    "<p>x<!-- --><style>p{}</style></p>",
    "<p><!--message--></p>",
    "<math><mtext></p><script>alert(1)</script>",
]


@pytest.mark.parametrize("html", HOSTILE)
def test_only_the_tags_of_the_editor_are_saved_whoever_saves(make_page, html):
    page = make_page("page")
    saved = Text.objects.create(parent=page, region="main", ordering=20, html=f"<p>Kept.</p>{html}")
    saved.refresh_from_db()
    assert saved.html.startswith("<p>Kept.</p>")
    for forbidden in (
        *("<!--", "<script", "<img", "<svg", "<style", "<iframe", "<h1", "<h4", "<table", "<math"),
        *(
            "style=",
            "class=",
            "id=",
            "onerror",
            "onclick",
            "target=",
            "ping=",
            "javascript:",
            "data:",
        ),
    ):
        assert forbidden not in saved.html


@pytest.mark.long
@given(st.text(alphabet="<>/=\"'ahp scriptonerror:;&#x0[]", max_size=60))
def test_no_typed_tag_survives_but_the_editors_own(html):
    clean = Text._meta.get_field("html").sanitize(html)
    opened = {part.split(">")[0].split()[0].strip("/") for part in clean.split("<")[1:]}
    assert opened <= {"p", "h2", "h3", "ul", "ol", "li", "strong", "a"}
    assert Text._meta.get_field("html").sanitize(clean) == clean


@pytest.mark.parametrize(
    "href",
    ["tel:08088020300", "TEL:999", "sms:999", "//evil.example", "\\\\evil", "/\\evil", "ftp://x",
     "javascript:alert(1)", " tel:999", "t&#101;l:999"],
)  # fmt: skip
def test_links_that_could_go_wrong_are_refused_with_a_sentence(make_page, href):
    block = Text(parent=make_page("page"), region="main", html=f'<p><a href="{href}">x</a></p>')
    with pytest.raises(ValidationError) as refused:
        block.full_clean()
    assert refused.value.message_dict["html"][0].endswith(".") or "https://" in str(refused.value)


@pytest.mark.parametrize("href", ["/help/", "https://a.example/", "mailto:a@b.example", "#part"])
def test_links_that_lead_somewhere_are_kept(make_page, href):
    block = Text(parent=make_page("page"), region="main", html=f'<p><a href="{href}">x</a></p>')
    block.full_clean()
    assert f'href="{href}"' in block.html


def test_a_link_to_elsewhere_says_nothing_of_where_its_reader_came_from(make_page):
    page = make_page(words='<a href="https://a.example/">A</a> <a href="/help/">Get help</a>')
    made = rendering.render(page.freeze().blocks, NOW)
    assert '<a rel="noreferrer" href="https://a.example/">' in made
    assert '<a href="/help/">' in made


@pytest.mark.parametrize(
    "mark",
    ["\u202e", "\u2066", "\x00", "\u2062", "\x85", "<!--message-->"],
)
def test_what_a_reader_cannot_see_is_refused_everywhere(make_page, mark):
    page = make_page("page")
    words = {"html": f"<p>a{mark}b</p>", "heading": f"a{mark}b"}
    for block in (
        Text(parent=page, region="main", html=words["html"]),
        Callout(parent=page, region="main", heading=words["heading"], html="<p>x</p>"),
    ):
        with pytest.raises(ValidationError):
            block.full_clean()
    page.title = f"a{mark}b"
    with pytest.raises(ValidationError):
        page.full_clean()


@pytest.mark.long
def test_a_reference_is_todays_number_with_the_slug_nowhere(make_page):
    load(signposting)
    service = Service.objects.select_related("first_route").get(slug="national-stalking-helpline")
    page = make_page("page", words="Call [[national-stalking-helpline]] or [[999]].")
    html = rendering.render(page.freeze().blocks, NOW)
    assert f'href="tel:{service.first_route.dial}"' in html
    assert 'href="tel:999"' in html
    assert "[[" not in html
    assert "[[national-stalking-helpline]]" in page.freeze().blocks[0]["html"]


def test_where_nobody_is_named_the_line_that_names_them_is_not_printed(settings, make_page):
    settings.SITE_OWNER = settings.SITE_CONTACT = ""
    words = "<p>Before.</p><p><strong>Who:</strong> [[owner]], [[contact]]</p><ul><li>[[contact]]</li><li>x</li></ul>"
    assert references.fill([words]) == ["<p>Before.</p><ul><li>x</li></ul>"]
    page = make_page("page")
    callout = Callout(parent=page, heading="Who is responsible", html="<p>[[owner]]</p>")
    assert render(callout) == ""
    settings.SITE_OWNER = "Police & Co <b>"
    assert "Who is responsible" in render(callout)
    assert references.fill(["[[owner]]"]) == ["Police &amp; Co &lt;b&gt;"]


@pytest.mark.long
def test_a_service_that_left_the_register_holds_up_the_page_and_says_so():
    load(signposting)
    blocks = [{"type": "text", "html": "<p>[[gone]]</p>"}]
    with pytest.raises(CannotPrint, match=r"refers to \[\[gone\]\]"):
        rendering.render(blocks, NOW)
    blocks = [{"type": "helplines", "heading": "", "services": ["gone"]}]
    with pytest.raises(CannotPrint, match=r"refers to \[\[gone\]\]"):
        rendering.render(blocks, NOW)


@pytest.mark.long
def test_helplines_are_chosen_from_the_register(make_page):
    load(signposting)
    page = make_page("page")
    for services in ([], ["gone"]):
        with pytest.raises(ValidationError):
            Helplines(parent=page, region="main", services=services).full_clean()


@pytest.mark.parametrize(
    ("alt", "decorative", "fine"),
    [("A poster", False, True), ("", True, True), ("", False, False), ("A poster", True, False)],
)
def test_an_image_says_what_it_shows_or_that_it_decorates(make_page, alt, decorative, fine):
    block = Image(
        parent=make_page("page"), region="main", alt=alt, decorative=decorative, sizes=[{}]
    )
    if fine:
        return block.full_clean()
    with pytest.raises(ValidationError, match="Not both"):
        block.full_clean()
    return None


def test_steps_for_a_browser_need_its_name(make_page):
    steps = Steps(parent=make_page("page"), region="main", steps="<p>x</p>", browser="firefox")
    with pytest.raises(ValidationError, match="heading that names it"):
        steps.full_clean()


def test_how_a_reader_meets_each_block(every_block):
    html = " ".join(rendering.render(every_block.freeze().blocks, NOW).split())
    for part in (
        '<div class="prose"><p>What to do first.</p></div>',
        "<blockquote><p>“One.</p><p>Two.”</p></blockquote>",
        "<figcaption><strong>Ann</strong>, Nurse, April 2024</figcaption>",
        '<div class="notice notice--warning">',
        '<span class="visually-hidden">Warning: </span>Careful</h2>',
        '<details data-browser="chrome-android"><summary>On Chrome</summary>',
        '<ol class="steps"><li>Open it.</li><li>Close it.</li></ol>',
        "We last tried these steps on 22 November 2026, on a phone.",
        f'<img src="/uploads/{"a" * 32}.jpg"',
        'width="640" height="480" alt="A poster"',
        'id="national-stalking-helpline"',
        "<li>Fake profiles</li><li>Hacking</li>",
    ):
        assert part in html, part
    assert "to confirm" not in html


def test_every_block_survives_freezing_and_thawing(every_block):
    frozen = every_block.freeze().blocks
    assert {block["type"] for block in frozen} == set(Block.kinds)
    again = [Block.kinds[words["type"]].from_json(words, every_block, 10) for words in frozen]
    assert [block.to_json() for block in again] == frozen


def test_a_page_of_the_working_copy_is_the_page_of_its_release(every_block, read):
    moment = timezone.now()
    before = read("/advice/page/", moment, chosen=every_block.freeze())
    editing.publish(every_block)
    after = read("/advice/page/", timezone.now())
    assert b"Fake profiles" in after.content
    assert before.content == after.content


class TestQueries:
    """As many queries for three as for one."""

    def test_a_page(self, every_block, read):
        editing.publish(every_block)
        with CaptureQueriesContext(connection) as one:
            read("/advice/page/", timezone.now())
        for _ in range(2):
            for block in every_block.blocks()[:7]:
                block.pk = None
                block.ordering += 100
                block.save()
        editing.publish(every_block)
        with CaptureQueriesContext(connection) as three:
            assert read("/advice/page/", timezone.now()).content.count(b"Fake profiles") >= 2
        assert len(three) == len(one) <= 8
        assert Page.objects.count() == 1

    @pytest.mark.parametrize(("path", "kind"), [("/", "advice"), ("/campaigns/", "campaign")])
    def test_a_list(self, publish, read, path, kind):
        publish("one", kind=kind)
        with CaptureQueriesContext(connection) as one:
            read(path, timezone.now())
        publish("two", kind=kind)
        publish("three", kind=kind)
        with CaptureQueriesContext(connection) as three:
            assert b"/three/" in read(path, timezone.now()).content
        assert len(three) == len(one) <= 7


def test_a_change_that_may_be_noticed_is_said_once_a_block_and_then_shown(make_page):
    page = make_page("page")
    step = "<p><strong>This change may be noticed.</strong> Change it.</p>"
    html = render(Steps(parent=page, steps=step * 3), Text(parent=page, html=step))
    assert html.count('<strong class="noticed">') == 2, "in words, once in each block"
    assert html.count('role="img" aria-label="This change may be noticed."') == 2
    for item in re.findall(r"<li>.*?</li>", html):
        assert item.index("This change may be noticed.") < item.index("Change it.")
