"""Any release can be opened again, as its readers met it."""

import re

import pytest

from awareness import editing
from publishing import middleware

from ..conftest import uk, write

pytestmark = pytest.mark.django_db


def look(client, page, number):
    return client.get(f"/admin/awareness/page/{page.pk}/releases/{number}/")


@pytest.fixture
def page(publish):
    """A page of three releases: one that was followed, one that is public, one withdrawal."""
    page = publish("page", words="First words.")
    write(page, "Second words.")
    editing.publish(page)
    editing.withdraw(page)
    write(page, "A draft.")
    return page


def test_each_shows_its_own_words_and_says_which_it_is(editor_client, page):
    first = look(editor_client, page, 1).content.decode()
    assert "First words." in first
    assert "Preview for staff: release 1, from" in first
    second = look(editor_client, page, 2).content.decode()
    assert "Second words." in second
    assert not {"First words.", "A draft."} & {
        words for words in ("First words.", "A draft.") if words in second
    }
    assert "This page has been taken down" in look(editor_client, page, 3).content.decode()
    assert look(editor_client, page, 4).status_code == 404


def test_a_release_is_what_readers_had_when_it_began(editor_client, backdated, read):
    editing.publish(backdated)
    public = read("/advice/page/", uk(2024, 1, 2), source=middleware.RELEASE)
    shown = look(editor_client, backdated, 1)
    assert "First." in words(public)
    assert words(shown) == words(public)


def words(answer):
    """Return a page from its heading to the end of its words, with nothing in its splice place."""
    page = answer.content.decode().partition("<h1")[2].partition("</main>")[0]
    return re.sub('<p class="banner.*?</p>', "<!--message-->", page)


def test_the_screen_leads_to_each(editor_client, page):
    screen = editor_client.get(f"/admin/awareness/page/{page.pk}/publishing/").content.decode()
    for number in (1, 2, 3):
        assert f'href="/admin/awareness/page/{page.pk}/releases/{number}/"' in screen


def test_it_is_for_staff_who_may_see_pages_alone(client, page, django_user_model):
    assert look(client, page, 1).status_code == 302
    client.force_login(django_user_model.objects.create_user("other", is_staff=True))
    assert look(client, page, 1).status_code == 403
