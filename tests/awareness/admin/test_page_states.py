"""The list of pages says in a few words what readers see of each, and what is not published."""

from datetime import timedelta

import pytest
from django.utils import timezone

from awareness import editing
from awareness.desk import page_states
from awareness.models import Page

from ..conftest import begin, uk, write

pytestmark = pytest.mark.django_db


def state(page, now=None):
    return page_states.states([page], now or timezone.now())[0]


def test_published_changed_scheduled_withdrawn(make_page):
    page = make_page("page")
    assert state(page) == ["not published"]
    editing.publish(page)
    assert state(page) == ["public"]
    write(page, "Changed.")
    assert state(page) == ["public", "unpublished changes"]
    editing.publish(page, live_from=timezone.now() + timedelta(days=2))
    assert state(page) == ["public", "scheduled"]
    page.title = "Another"
    page.save()
    assert state(page) == ["public", "scheduled", "unpublished changes"]
    editing.discard_changes(page)
    editing.withdraw(page)
    assert state(page) == ["taken down", "scheduled"]


def test_only_scheduled(make_page):
    page = make_page("page")
    editing.publish(page, live_from=timezone.now() + timedelta(days=2))
    assert state(page) == ["not published", "scheduled"]


def test_a_campaign_is_over_the_day_after_its_last(backdated, publish):
    week = publish("2027", kind="campaign", first_day="2027-04-19", last_day="2027-04-23")
    begin(week.releases.get(), uk(2024, 1, 1))
    week.refresh_from_db()
    assert state(week, uk(2027, 4, 23, 23)) == ["public"]
    assert state(week, uk(2027, 4, 24)) == ["public", "over"]


def test_it_says_what_the_page_itself_says(make_page, publish):
    """One list, two ways to ask: of each page alone, and of all at once."""
    pages = [make_page("one"), publish("two"), publish("three"), publish("four")]
    write(pages[2], "Changed.")
    editing.withdraw(pages[3])
    found = page_states.states(pages, timezone.now())
    for page, words in zip(Page.objects.order_by("pk"), found, strict=True):
        published = page.releases.exists()
        assert ("unpublished changes" in words) == (published and editing.has_changes(page))
        assert ("public" in words) == page.releases.public(timezone.now()).exists()
