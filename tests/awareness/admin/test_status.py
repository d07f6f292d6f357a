"""What the admin says the public sees is what the public sees, and when that changes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from awareness import editing
from awareness.admin import status
from awareness.models import Page, Quotation
from signposting.opening_hours import uk_time

from ..conftest import begin, uk, write

pytestmark = pytest.mark.django_db


def said(page, now=None):
    return status.sentences(page, now or timezone.now())


def test_a_page_that_is_new(make_page):
    assert "Readers see it once you save and publish it." in said(Page())[0]
    assert said(make_page("page")) == [
        "The public does not see this page. It has not been published."
    ]


def test_published_and_changed_since(backdated):
    assert said(backdated) == [
        "The public sees release 1, published at midnight at the start of Monday 1 January 2024.",
        "The working copy is the same as the last release.",
    ]
    write(backdated, "Draft.")
    assert "The working copy has changes that are not published." in said(backdated)


def test_what_waits_and_what_returns_after_it_right_through_both_changes_of_the_clocks(
    backdated,
):
    write(backdated, "Second.")
    summer = editing.publish(backdated, author="jo")
    # Clocks go forward on 28 March 2027, and back on 31 October.
    begin(summer, uk(2027, 3, 28, 2), uk(2027, 10, 31, 2))
    sentences = said(backdated, uk(2027, 3, 28, 0, 59))
    assert sentences[1:3] == [
        "At 2am on Sunday 28 March 2027 release 2 takes its place.",
        "At 2am on Sunday 31 October 2027 release 1 shows again.",
    ]
    assert said(backdated, uk(2027, 3, 28, 2))[0] == (
        "The public sees release 2, published by jo at 2am on Sunday 28 March 2027."
    )
    assert said(backdated, uk(2027, 10, 31, 2))[0].startswith("The public sees release 1")


def test_the_end_of_the_only_release_takes_the_page_down(backdated):
    begin(backdated.releases.get(), uk(2024, 1, 1), uk(2024, 4, 26, 17))
    assert "At 5pm on Friday 26 April 2024 the time of the release ends, and the page is taken down." in said(backdated, uk(2024, 4, 1))  # fmt: skip
    assert said(backdated)[0] == (
        "The public does not see this page. Its time ended at 5pm on Friday 26 April 2024."
    )


def test_what_waits_to_be_seen_for_the_first_time_or_again(make_page):
    page = make_page("page")
    soon, later = (timezone.now() + timedelta(days=days) for days in (3, 5))
    editing.publish(page, live_from=soon)
    on = f"At {uk_time.words(soon)} the page is published: readers see release 1."
    assert said(page) == [
        "The public does not see this page. It has not been published.",
        on,
        "The working copy is the same as the last release.",
    ]
    editing.publish(page)
    editing.withdraw(page)
    editing.publish(page, live_from=later)
    assert on in said(page)
    assert f"At {uk_time.words(later)} release 4 takes its place." in said(page)


def test_the_words_that_wait_are_no_longer_unpublished_changes(backdated):
    write(backdated, "Second.")
    assert said(backdated)[-1] == "The working copy has changes that are not published."
    editing.publish(backdated, live_from=timezone.now() + timedelta(days=3))
    assert said(backdated)[-1] == "The working copy is the same as release 2, which is waiting."
    write(backdated, "Third.")
    assert said(backdated)[-1] == "The working copy has changes that are not published."


def test_cancelled_is_not_waiting(publish):
    page = publish("page")
    soon = timezone.now() + timedelta(days=3)
    editing.publish(page, live_from=soon)
    assert any("release 2 takes its place" in sentence for sentence in said(page))
    page.releases.get(number=2).cancel()
    assert not any("release 2" in sentence for sentence in said(page))


def test_withdrawn(publish):
    page = publish("page")
    editing.withdraw(page)
    assert said(page)[0].startswith("The public does not see this page. It was withdrawn at ")


def test_a_campaign_says_when_it_begins_and_is_over(publish, backdated):
    page = publish("2024", kind="campaign")
    begin(page.releases.get(), uk(2024, 1, 1))
    assert said(page, uk(2024, 4, 1))[1:3] == [
        "At midnight at the start of Monday 22 April 2024 it says that the campaign is on.",
        "At midnight at the start of Saturday 27 April 2024 it says that the campaign is over.",
    ]


def test_a_quotation_without_permission(publish):
    page = publish("page")
    quotation = Quotation.objects.create(parent=page, region="main", text="So.", name="Ann Lee")
    assert "Nobody has confirmed that Ann Lee agrees to be quoted." in said(page)
    quotation.permission = Quotation.Permission.CONFIRMED
    quotation.save()
    assert not any("Ann Lee" in sentence for sentence in said(page))
