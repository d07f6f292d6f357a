"""Help while writing: hints, and the gate's marks, which are the gate's own answer."""

import random
from datetime import date

import pytest
from django.db import transaction
from django.utils import timezone
from django.utils.html import strip_tags

import publishing
from awareness import content, editing
from awareness.admin.publish_views import HeldUpError, tried
from awareness.models import Page, Release, Text
from awareness.writing.hints import hints
from awareness.writing.looking import refused
from awareness.writing.plainer import PLAINER
from publishing.printing import editions
from signposting import content as signposting

from ...content import loaded
from ...publishing.builders import make_edition
from ...publishing.gate import test_gate
from ...publishing.gate.test_contacts import CONTACTS, FIGURES
from .test_admin import form_data

pytestmark = pytest.mark.django_db
TODAY = date(2027, 1, 10)


@pytest.fixture(scope="module", autouse=True)
def launched(django_db_setup, django_db_blocker):
    with loaded(django_db_blocker, signposting, content):
        yield


@pytest.fixture
def edition(settings, tmp_path):
    """An edition that readers have: before the first there is nothing to hold up."""
    settings.EDITIONS_DIR = tmp_path / "editions"
    settings.STATIC_ROOT = settings.BASE_DIR / "static"
    editions.switch(editions.write(make_edition()))


def said(html, **block):
    blocks = [{"type": "text", "html": html}] if html else [block]
    return [(hint.words, hint.said) for hint in hints(blocks, TODAY)]


@pytest.mark.parametrize(
    ("html", "words", "sentence"),
    [
        (f"<p>{'word ' * 26}end.</p>", "word word word word word word …", "has 27 words"),
        ("<p>We utilise it.</p>", "utilise", "“use”"),
        ("<p>Prior to that.</p>", "Prior to", "“before”"),
        ('<p><a href="/signs/">Click here</a></p>', "Click here", "where it leads"),
        ('<p><a href="/signs/">read <b>more</b></a>.</p>', "read more", "where it leads"),
        ("<p>PLEASE READ this.</p>", "PLEASE READ", "Capitals"),
        ("<p>It will be on 9 January 2027.</p>", "9 January 2027", "has passed"),
        ("<p>From 31 April 2027.</p>", "31 April 2027", "no such day"),
        ("<h3>Small</h3>", "", "A heading of size 3 comes straight after one of size 1."),
    ],
)
def test_what_is_hard_to_read_is_marked(html, words, sentence):
    found = said(html)
    assert [each[0] for each in found] == [words]
    assert sentence in found[0][1]


@pytest.mark.parametrize(
    "html",
    [
        f"<p>{'word ' * 24}end. {'word ' * 20}end.</p>",
        '<p><a href="/signs/">Signs of stalking</a> and more here.</p>',
        "<p>The NHS and the BBC. PC Ann. UK GDPR.</p>",
        "<p>It will be on 10 January 2027. In force since 25 November 2012.</p>",
        "<h2>Large</h2><h3>Small</h3><h2>Large</h2>",
        "<p>Her trusty assistants.</p>",
    ],
)
def test_what_is_plain_is_not(html):
    assert said(html) == []


def test_alt_text_is_no_file_name():
    for alt in ("IMG_1234", "poster.jpg", "DSC 004", "my-file.PNG"):
        found = said("", type="image", alt=alt, sizes=[])
        assert found == [(alt, "This is the name of a file. Say what the picture shows.")]
    assert said("", type="image", alt="A poster that says: you are not alone", sizes=[]) == []


def test_a_quotation_is_left_as_it_was_said():
    assert said("", type="quotation", text="THEY DID utilise it. " + "word " * 40) == []


def test_the_list_of_plainer_words_holds_none_that_is_on_it():
    for plainer in PLAINER.values():
        assert said(f"<p>{plainer}</p>") == []


def words_of(problems):
    return sorted((problem.words, problem.mend) for problem in problems)


@pytest.mark.long
def test_marks_while_writing_are_what_publishing_would_say(edition, make_page, every):
    """The same sentences, of a seeded slice of what must not pass, and of what must."""
    chance = random.Random(1)
    cases = CONTACTS + FIGURES if every else chance.sample(CONTACTS, 8) + chance.sample(FIGURES, 4)
    page = make_page("new-page")
    stopped = 0
    for case in cases:
        Text.objects.filter(parent=page).update(html=f"<p>{case}</p>")
        release = page.freeze()
        marked = refused(release, timezone.now())
        published = []
        try:
            with transaction.atomic():
                tried(editing.publish(page))
                transaction.set_rollback(True)
        except HeldUpError as error:
            published = error.problems
        assert words_of(marked) == words_of(published), case
        stopped += bool(marked)
    assert 0 < stopped < len(cases)


def cases_of(test):
    """Return what a test of the gate is given, each case's first word for one."""
    [given] = [mark.args[1] for mark in test.pytestmark if mark.name == "parametrize"]
    return [case[0] if isinstance(case, tuple) else case for case in given]


LINKS = cases_of(test_gate.test_a_link_to_nowhere_is_refused)
LINKS += cases_of(test_gate.test_a_link_that_nobody_agreed_is_refused)
TYPED = [
    *CONTACTS,
    *FIGURES,
    *test_gate.GOOD,
    *test_gate.GOOD_LINKS,
    *cases_of(test_gate.test_a_loose_number_in_prose_is_refused),
    *cases_of(test_gate.test_a_script_or_style_in_the_page_is_refused),
    *cases_of(test_gate.test_a_link_that_names_a_service_leads_there),
    *(f'<a href="{link}">More</a>' for link in LINKS),
]


@pytest.mark.long
def test_what_is_marked_is_refused_and_nothing_else(
    edition, editor_client, make_page, monkeypatch, every
):
    """Every case of the gate's own tests, typed into the form; in the test run a seeded slice."""
    monkeypatch.setattr(publishing, "print_now", lambda: None)
    page = make_page("new-page")
    found = {True: 0, False: 0}
    # Of a picture typed as HTML nothing is left, and an empty block is refused without the gate.
    sanitize = Text._meta.get_field("html").sanitize
    cases = [case for case in TYPED if strip_tags(sanitize(f"<p>{case}</p>")).strip()]
    for case in cases if every else random.Random(2).sample(cases, 24):
        typed = {"awareness_text_set-0-html": f"<p>{case}</p>"}
        marks = look(editor_client, page, **typed)["marks"]
        marked = any(mark["stops"] for mark in marks)
        before = transaction.savepoint()
        data = form_data(page, **typed, _publish="1")
        editor_client.post(f"/admin/awareness/page/{page.pk}/change/", data)
        published = page.releases.exists()
        transaction.savepoint_rollback(before)
        assert marked != published, case
        found[marked] += 1
    assert min(found.values()) > 3


def look(client, page, **changes):
    address = f"/admin/awareness/page/{page.pk}/look/" if page.pk else "/admin/awareness/page/look/"
    return client.post(address, form_data(page, **changes)).json()


def test_the_form_is_looked_at_as_it_stands_and_nothing_is_saved(editor_client, make_page, edition):
    page = make_page("new-page", words="Plain.")
    assert look(editor_client, page) == {"marks": [], "whole": True}
    typed = {"awareness_text_set-0-html": "<p>Call 0808 802 0301. We utilise it.</p>"}
    found = look(editor_client, page, **typed)
    assert found["whole"]
    assert [(mark["block"], mark["words"], mark["stops"]) for mark in found["marks"]] == [
        ("", "The number 0808 802 0301 is typed into the text.", True),
        ("awareness_text_set-0", "utilise", False),
    ]
    assert "utilise" not in Text.objects.get(parent=page).html
    assert not Release.objects.filter(page=page).exists()


def test_a_typed_number_is_answered_with_the_service_that_has_it(editor_client, make_page, edition):
    page = make_page("new-page")
    typed = {"awareness_text_set-0-html": "<p>Call 0808 802 0300 now.</p>"}
    mark = look(editor_client, page, **typed)["marks"][0]
    assert "[[national-stalking-helpline]]" in mark["said"]


def test_a_form_that_is_not_complete_gets_hints_and_no_gate(editor_client, edition):
    found = look(editor_client, Page(kind="advice", slug="", title="", summary=""))
    assert found == {"marks": [], "whole": False}


def test_helplines_are_chosen_from_the_register(editor_client):
    found = editor_client.get("/admin/awareness/page/helplines/").json()["helplines"]
    assert {"slug": "paladin", "name": "Paladin"} in found
    assert {"slug": "101", "name": "101, in a sentence"} in found


def test_strangers_and_keepers_get_neither(client, publish, django_user_model):
    page = publish("new-page")
    client.force_login(django_user_model.objects.create_user("nobody", is_staff=True))
    assert client.post(f"/admin/awareness/page/{page.pk}/look/").status_code == 403
    assert client.get("/admin/awareness/page/helplines/").status_code == 403
