"""Two editors at one page: the second is told, and nothing of either is lost."""

import re

import pytest
from django.test import Client

from awareness import editing
from awareness.admin import edit_conflicts
from awareness.models import Page, Release, Text

from ..conftest import write
from .test_admin import form_data, publishing_address, said, schedule

pytestmark = pytest.mark.django_db

CHANGED = "This page was changed after you opened it. The last to work on it was "


@pytest.fixture
def two(editor, django_user_model):
    """The browsers of two editors: "editor" and "jo"."""
    jo = django_user_model.objects.create_user("jo", password="another-password", is_staff=True)
    jo.groups.set(editor.groups.all())
    clients = Client(), Client()
    for client, user in zip(clients, (editor, jo), strict=True):
        client.force_login(user)
    return dict(zip(("editor", "jo"), clients, strict=True))


def change(page):
    return f"/admin/awareness/page/{page.pk}/change/"


def typed(page, words):
    """Return the form of a page as it is now, with other words typed into its first block."""
    return form_data(page, **{"awareness_text_set-0-html": f"<p>{words}</p>"})


@pytest.mark.long
@pytest.mark.parametrize(("first", "second"), [("editor", "jo"), ("jo", "editor")])
def test_the_second_to_save_is_told_and_loses_nothing(two, make_page, first, second):
    page = make_page("page", words="Both have read this.")
    opened = {who: typed(page, f"Typed by {who}.") for who in two}
    assert two[first].post(change(page), opened[first]).status_code == 302

    answer = two[second].post(change(page), opened[second])
    text = answer.content.decode()
    assert f"{CHANGED}{first}, at " in text
    assert (
        f'<a href="{change(page)}?as-saved" target="_blank">Open the page as it is now</a>' in text
    )
    assert f"Typed by {second}." in text
    assert Text.objects.get().html == f"<p>Typed by {first}.</p>"

    # Pressing Save once more changes nothing; the page as it is now can be saved.
    assert CHANGED in two[second].post(change(page), opened[second]).content.decode()
    again = typed(page, f"{first} and {second}.")
    assert two[second].post(change(page), again).status_code == 302
    assert Text.objects.get().html == f"<p>{first} and {second}.</p>"


def test_the_form_carries_what_it_shows(two, make_page):
    page = make_page("page")
    text = two["jo"].get(change(page)).content.decode()
    assert re.search(r'name="seen" value="(\w+)"', text)[1] == edit_conflicts.state(page)
    write(page, "Other words.")
    assert edit_conflicts.state(page) not in text


@pytest.mark.long
@pytest.mark.parametrize("title", ["Another title", "Page"])
def test_a_title_and_a_block_that_is_gone_count_too(two, make_page, title):
    page = make_page("page")
    opened = typed(page, "Typed by jo.")
    Page.objects.update(title=title)
    if title == "Page":
        Text.objects.all().delete()
        write(page, "Typed by editor.")
    answer = two["jo"].post(change(page), opened)
    assert answer.status_code == 200
    assert "This page was changed after you opened it." in answer.content.decode()
    assert "Typed by jo." in answer.content.decode()
    assert Page.objects.get().title == title
    assert "jo" not in Text.objects.get().html


@pytest.mark.long
def test_save_and_publish_now_publishes_nothing_over_a_colleague(two, make_page):
    page = make_page("page")
    opened = typed(page, "Typed by jo.") | {"_publish": "1"}
    two["editor"].post(change(page), typed(page, "Typed by editor."))
    assert CHANGED in two["jo"].post(change(page), opened).content.decode()
    assert not Release.objects.exists()


@pytest.mark.long
@pytest.mark.parametrize("action", ["publish", "schedule", "discard"])
def test_the_publishing_screen_does_nothing_with_words_that_its_screen_did_not_know(
    two, publish, action
):
    page = publish("page", words="First.")
    write(page, "Read by jo.")
    screen = {"action": action, "seen": edit_conflicts.state(page), "discard-sure": "on"}
    screen |= {"schedule-live_from_0": "2090-01-01", "schedule-live_from_1": "09:00"}
    two["editor"].post(change(page), typed(page, "Not read by jo."))

    answer = two["jo"].post(publishing_address(page), screen, follow=True)
    assert said(answer)[0].startswith(f"{CHANGED}editor, at ")
    assert said(answer)[0].endswith("Look at the preview of what is saved now, then choose again.")
    assert Release.objects.count() == 1
    assert "Not read by jo." in Text.objects.get().html

    # The screen that says so has seen it.
    seen = re.search(r'name="seen" value="(\w+)"', answer.content.decode())[1]
    answer = two["jo"].post(publishing_address(page), screen | {"seen": seen}, follow=True)
    assert CHANGED not in said(answer)[0]


def test_to_withdraw_a_page_nobody_needs_to_have_read_it(two, publish):
    page = publish("page")
    write(page, "Typed meanwhile.")
    answer = two["jo"].post(
        publishing_address(page), {"action": "withdraw", "seen": "x"}, follow=True
    )
    assert said(answer)[0].startswith("Withdrawn.")


@pytest.mark.long
def test_publishing_and_cancelling_change_no_words(two, make_page):
    page = make_page("page")
    opened = typed(page, "Typed by jo.")
    editing.publish(page)
    schedule(two["editor"], page, "2090-01-01", "09:00")
    two["editor"].post(publishing_address(page), {"action": "cancel", "number": "2"})
    assert page.releases.count() == 2
    assert two["jo"].post(change(page), opened).status_code == 302
    assert Text.objects.get().html == "<p>Typed by jo.</p>"
