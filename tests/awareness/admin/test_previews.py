"""What a preview shows is what the edition will show: made by the same function, kept in its frame."""

import random
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from awareness import editing, previews
from cookies import states
from publishing.printing.render import Renderer
from publishing.sources import Address
from publishing.splice import splice
from safety.drafts.models import Draft
from signposting import content as signposting

from ...content import load
from ..conftest import begin, uk, write

pytestmark = pytest.mark.django_db
FRAME = "/admin/awareness/page/frame/"


def clocks(moment):
    local = timezone.localtime(moment)
    return {"at_0": f"{local:%Y-%m-%d}", "at_1": f"{local:%H:%M:%S}"}


@pytest.fixture
def look(editor_client):
    def get(**query):
        return editor_client.get(FRAME, query)

    return get


@pytest.fixture
def released(publish):
    """A page of three releases, one a withdrawal, and a draft."""
    page = publish("page", words="First words.")
    write(page, "Second words.")
    editing.publish(page)
    editing.withdraw(page)
    write(page, "A draft.")
    return page


def public(path, moment):
    return Renderer(moment).item(Address(path)).body


def test_the_working_copy_a_release_and_what_the_public_sees(look, released):
    page = released
    releases = {release.number: release.pk for release in page.releases.all()}
    assert b"A draft." in look(page=page.pk).content
    for number, words in ((1, b"First words."), (2, b"Second words."), (3, b"been taken down")):
        shown = look(release=releases[number]).content
        assert words in shown
        assert b"A draft." not in shown
    assert b"been taken down" in look(path="/advice/page/").content


def kept(editor, address, page, **fields):
    """Keep a draft of a page's form as the script does."""
    sent = {
        "kind": "advice",
        "title": "Typed",
        "slug": "typed",
        "summary": "About it.",
        "position": "50",
        "menu": "on",
        "awareness_text_set-TOTAL_FORMS": "1",
        "awareness_text_set-INITIAL_FORMS": "0",
        "awareness_text_set-0-region": "main",
        "awareness_text_set-0-ordering": "10",
        "awareness_text_set-0-html": "<p>Typed and not saved.</p>",
        **fields,
    }
    return Draft.objects.create(
        key=uuid4(), user=editor, address=address, fields=[list(each) for each in sent.items()]
    )


class TestUnsaved:
    add = "/admin/awareness/page/add/"

    def test_a_new_page_is_shown_before_it_is_saved(self, look, editor):
        shown = look(draft=kept(editor, self.add, None).key).content.decode()
        assert "<p>Typed and not saved.</p>" in shown
        assert "Typed - Stalking help</title>" in shown

    def test_a_list_has_it_too(self, look, editor):
        draft = kept(editor, self.add, None, title="Seen in the list")
        assert b"Seen in the list" in look(draft=draft.key, path="/advice/").content
        assert b"Seen in the list" not in look(path="/advice/").content

    def test_a_saved_page_is_shown_as_it_is_typed(self, look, editor, publish):
        page = publish("page", words="Saved.")
        block = page.awareness_text_set.get()
        first = "awareness_text_set-0"
        draft = kept(
            editor,
            f"/admin/awareness/page/{page.pk}/change/",
            page,
            **{
                "awareness_text_set-TOTAL_FORMS": "2",
                "awareness_text_set-INITIAL_FORMS": "1",
                f"{first}-id": str(block.pk),
                f"{first}-html": "<p>Changed.</p>",
                f"{first}-ordering": "20",
                "awareness_text_set-1-region": "main",
                "awareness_text_set-1-ordering": "10",
                "awareness_text_set-1-html": "<p>Before it.</p>",
            },
        )
        shown = look(draft=draft.key, page=page.pk).content.decode()
        assert shown.index("Before it.") < shown.index("Changed.")
        assert "Saved." not in shown
        assert "Saved." in look(page=page.pk).content.decode()
        block.refresh_from_db()
        assert block.html == "<p>Saved.</p>", "a preview saves nothing"

    def test_what_could_not_be_saved_is_left_out_and_named(self, look, editor):
        draft = kept(
            editor,
            self.add,
            None,
            summary="",
            **{
                "awareness_quotation_set-TOTAL_FORMS": "1",
                "awareness_quotation_set-INITIAL_FORMS": "0",
                "awareness_quotation_set-0-region": "main",
                "awareness_quotation_set-0-ordering": "20",
                "awareness_quotation_set-0-text": "Nobody said it.",
            },
        )
        shown = look(draft=draft.key).content.decode()
        assert "Typed and not saved." in shown
        assert "Nobody said it." not in shown
        left_out = re.search('<meta name="left-out" content="(.*?)">', shown)[1]
        assert "Summary: This field is required." in left_out
        assert "Left out, quotation:" in left_out

    def test_before_there_is_an_address_it_says_so(self, look, editor):
        shown = look(draft=kept(editor, self.add, None, slug="").key)
        assert b"The preview begins when the page has a kind and an address." in shown.content
        wrong = look(draft=kept(editor, self.add, None, kind="site", slug="nowhere").key)
        assert b"A page of this kind has one of these addresses" in wrong.content
        week = look(draft=kept(editor, self.add, None, kind="campaign", slug="week").key)
        assert b"when the campaign has a first and a last day" in week.content

    def test_a_draft_of_somebody_else_is_shown_to_nobody(self, look, django_user_model, make_page):
        other = django_user_model.objects.create_user("other")
        draft = kept(other, self.add, None)
        assert b"Typed and not saved." not in look(draft=draft.key).content
        page = make_page("page", words="Saved.")
        assert b"Saved." in look(draft=draft.key, page=page.pk).content

    def test_a_draft_of_another_form_is_none_of_a_page(self, look, editor):
        draft = kept(editor, "/admin/signposting/service/1/change/", None)
        assert b"Typed and not saved." not in look(draft=draft.key).content


def test_every_state_of_a_reader_the_largest_text_and_no_other(look, publish):
    page = publish("page")
    made = public("/advice/page/", timezone.now())
    for name, _ in states.CHOICES:
        state = states.BY_NAME[name]
        shown = look(page=page.pk, reader=name).content.decode()
        assert ("Accept additional" in shown) == (state.answer == "ask")
        assert "data-text" not in shown
    assert {"ask", "gpc", "set"} == {state.answer for state in states.BY_NAME.values()}
    assert b'data-text="3"' in look(page=page.pk, largest="on").content
    assert b"<!--message-->" in made, "which the preview has filled"
    assert b"Select a valid choice" in look(page=page.pk, reader="nobody").content


def test_only_a_preview_may_be_framed_and_only_by_the_newsroom(look, editor_client, publish):
    page = publish("page")
    answers = [look(page=page.pk), look(path="/nothing/")]
    for answer in answers:
        assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
        assert "script-src 'self';" in answer["Content-Security-Policy"]
        assert answer["X-Frame-Options"] == "SAMEORIGIN"
        assert answer["Cache-Control"] == "no-store"
    for address in ("/", f"/admin/awareness/page/{page.pk}/preview/", f"{FRAME}nothing/"):
        answer = editor_client.get(address)
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
        assert answer["X-Frame-Options"] == "DENY"


def test_links_stay_in_the_preview_at_its_moment_and_state(look, publish):
    publish("page")
    shown = look(path="/", reader="gpc", at_0="2027-03-01", at_1="09:00").content.decode()
    links = set(re.findall(r'<a [^>]*href="([^"]+)"', shown))
    inside = {link for link in links if link.startswith("/")}
    assert inside
    assert all(link.startswith(f"{FRAME}?") for link in inside)
    to_help = next(
        link for link in inside if "path=%2Fhelp%2F&" in f"{link}&".replace("&amp;", "&")
    )
    assert "at_0=2027-03-01" in to_help
    assert "reader=gpc" in to_help
    for tag in re.findall(r'<a [^>]*href="https?://[^>]+>', shown):
        assert 'target="_blank"' in tag, "a frame opens no window"
    assert "/leave." not in shown, "nobody leaves from a preview by a key"


def test_what_is_not_there_says_so(look, publish):
    assert b"The public has no page at this address at that time." in look(path="/nothing/").content
    spring = look(path="/", at_0="2027-03-28", at_1="01:30")
    assert b"The clocks go forward" in spring.content
    assert b"Give a day and a time, both." in look(path="/", at_0="2027-03-28").content
    assert look(path="//elsewhere.example/").status_code == 200
    assert b"There is nothing to show yet." in look().content


def test_it_is_for_staff_who_may_see_pages_alone(client, released, django_user_model):
    page = released
    screens = [
        FRAME,
        *(f"/admin/awareness/page/{page.pk}/{end}" for end in ("preview/", "releases/1/")),
    ]
    assert {client.get(screen).status_code for screen in screens} == {302}
    client.force_login(django_user_model.objects.create_user("other", is_staff=True))
    assert {client.get(screen).status_code for screen in screens} == {403}


def test_the_publishing_screen_leads_to_each(editor_client, released):
    page = released
    screen = editor_client.get(f"/admin/awareness/page/{page.pk}/publishing/").content.decode()
    for number in (1, 2, 3):
        address = f"/admin/awareness/page/{page.pk}/releases/{number}/"
        assert f'href="{address}"' in screen
        assert f"Preview of release {number}" in editor_client.get(address).content.decode()
    assert editor_client.get(f"/admin/awareness/page/{page.pk}/releases/4/").status_code == 404
    assert (
        "as it is saved"
        in editor_client.get(f"/admin/awareness/page/{page.pk}/preview/").content.decode()
    )


def unlinked(html):
    """Return a page with the addresses of its links left out: all that a preview may change."""
    same = previews.rewritten(
        html,
        lambda tag, found: {
            k: v
            for k, v in found.items()
            if tag not in ("a", "area") or k not in ("href", "target")
        },
    )
    return re.sub(r"<script[^>]*/leave\.[^>]*></script>", "", same)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(12))
def test_a_preview_at_a_time_is_the_public_page_at_that_time(
    look, publish, make_page, backdated, seed
):
    """For random moments round everything that changes by itself, and every page there is."""
    dice = random.Random(seed)
    load(signposting)
    week = publish("week-of-2024", kind="campaign", words="The week.")
    begin(week.releases.get(), uk(2024, 1, 1))
    publish("signs", kind="signs")
    for turn in range(dice.randint(1, 4)):
        write(backdated, f"Turn {turn}, see [[paladin]].")
        start = uk(2024, 4, 20) + timedelta(minutes=dice.randint(0, 9000))
        end = dice.choice([None, start + timedelta(minutes=dice.randint(1, 4000))])
        if dice.random() < 0.2:
            begin(editing.withdraw(backdated), start, end)
        else:
            begin(editing.publish(backdated), start, end)
    moment = uk(2024, 4, 19) + timedelta(minutes=dice.randint(0, 14400))
    for path in (
        "/",
        "/advice/",
        "/advice/page/",
        "/campaigns/",
        "/campaigns/week-of-2024/",
        "/signs/",
    ):
        made = Renderer(moment).item(Address(path))
        shown = look(path=path, reader="gpc", **clocks(moment)).content.decode()
        if not hasattr(made, "body"):
            assert "The public has no page" in shown, path
            continue
        assert unlinked(shown) == unlinked(splice(made.body, b"", b"").decode()), path
    # What is not published yet: as it will be, once it is in force at that moment.
    write(backdated, "The next words, see [[paladin]].")
    before = look(page=backdated.pk, reader="gpc", **clocks(moment)).content.decode()
    begin(editing.publish(backdated), moment)
    made = public("/advice/page/", moment)
    assert "The next words" in before
    assert unlinked(before) == unlinked(splice(made, b"", b"").decode())


@pytest.mark.long
def test_a_page_that_is_copied_is_the_same_to_the_byte(every_block):
    editing.publish(every_block)
    for path in ("/", "/advice/page/", "/help/", "/sheet/", "/cookies/", "/feedback/"):
        html = public(path, timezone.now()).decode()
        assert previews.rewritten(html, lambda tag, found: found) == html
    odd = '<!doctype html><p class=a hidden>&amp; &#39; &nope; <br/><!-- x --><script>if (a < b) "</p>"</script>'
    assert previews.rewritten(odd, lambda tag, found: found) == odd
    gone = previews.rewritten(
        "<p>a<b>b<b>c</b></b></p>", lambda tag, found: None if tag == "b" else found
    )
    assert gone == "<p>abc</p>"
