"""What is planned, and the time of a schedule changed in one step."""

from datetime import timedelta

import pytest
from django.utils import timezone

import publishing
from awareness import editing
from awareness.desk import planned
from awareness.models import Release
from signposting.opening_hours import uk_time

from ..conftest import begin, uk, write

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def printed(monkeypatch):
    monkeypatch.setattr(publishing, "print_now", lambda: None)


def test_changes_of_all_pages_are_in_the_order_in_which_they_come(backdated, publish):
    write(backdated, "Second.")
    second = editing.publish(backdated)
    begin(second, uk(2027, 4, 20, 9), uk(2027, 5, 1))
    week = publish("2027", kind="campaign", first_day="2027-04-19", last_day="2027-04-23")
    begin(week.releases.get(), uk(2024, 1, 1))
    found = [(change.at, change.page, change.words) for change in planned.changes(uk(2027, 1, 1))]
    assert found == [
        (uk(2027, 4, 19), week, "it says that the campaign is on"),
        (uk(2027, 4, 20, 9), backdated, "release 2 takes its place"),
        (uk(2027, 4, 24), week, "it says that the campaign is over"),
        (uk(2027, 5, 1), backdated, "release 1 shows again"),
    ]


def test_only_what_has_not_begun_can_be_moved(backdated):
    write(backdated, "Second.")
    second = editing.publish(backdated)
    begin(second, uk(2027, 4, 20), uk(2027, 5, 1))
    assert [change.release for change in planned.changes(uk(2027, 4, 1))] == [second, second]
    assert [change.release for change in planned.changes(uk(2027, 4, 21))] == [None]


def test_the_list_is_by_month(editor_client, publish):
    page = publish("one", title="One")
    for when in (uk(2093, 4, 19, 9), uk(2093, 4, 20), uk(2093, 5, 1)):
        editing.publish(page, live_from=when)
    text = editor_client.get("/admin/awareness/page/planned/").content.decode()
    parts = [
        "<h2>April 2093</h2>",
        "9am on Sunday 19 April 2093",
        "Midnight at the start of Monday 20 April 2093",
        "<h2>May 2093</h2>",
    ]
    assert [text.index(part) for part in parts] == sorted(text.index(part) for part in parts)
    assert text.count("<h2>April 2093</h2>") == 1


def move(client, page, number, day, clock, **more):
    address = f"/admin/awareness/page/{page.pk}/releases/{number}/time/"
    return client.post(address, {"live_from_0": day, "live_from_1": clock, **more}, follow=True)


def test_the_time_is_changed_in_one_step_and_the_words_stay(editor_client, publish):
    page = publish("one", words="As scheduled.")
    first = editing.publish(page, "jo", "For the week", live_from=uk(2093, 4, 19, 9))
    write(page, "Typed since.")
    screen = editor_client.get(f"/admin/awareness/page/{page.pk}/releases/{first.number}/time/")
    assert "shows from 9am on Sunday 19 April 2093" in screen.content.decode()
    assert ">True<" not in screen.content.decode()
    said = move(editor_client, page, first.number, "2093-04-20", "10:00", note="For the week")
    again = page.releases.get(number=3)
    assert again.live_from == uk(2093, 4, 20, 10)
    assert "As scheduled." in str(again.blocks)
    assert again.note == "For the week"
    assert page.releases.get(number=2).cancelled_at
    assert "Release 3 shows from 10am on Monday 20 April 2093, in the place of release 2." in (
        said.content.decode()
    )
    assert list(Release.objects.waiting(timezone.now())) == [again]


def test_a_withdrawal_that_waits_stays_one(publish):
    page = publish("one")
    release = editing.withdraw(page, live_from=uk(2093, 4, 19))
    again = editing.move(release, live_from=uk(2093, 5, 1))
    assert again.withdraws
    assert again.blocks == []


def test_a_time_that_has_passed_changes_nothing(editor_client, publish):
    page = publish("one")
    release = editing.publish(page, live_from=uk(2093, 4, 19))
    text = move(editor_client, page, 2, "2020-01-01", "09:00").content.decode()
    assert "That time has passed." in text
    release.refresh_from_db()
    assert release.cancelled_at is None
    assert page.releases.count() == 2


def test_what_has_begun_is_settled(editor_client, publish):
    page = publish("one")
    text = move(editor_client, page, 1, "2093-01-01", "09:00").content.decode()
    assert "has begun or was cancelled" in text
    assert page.releases.count() == 1


def test_a_gate_that_refuses_leaves_the_schedule_as_it_was(editor_client, publish, monkeypatch):
    from awareness.admin import publish_views
    from publishing.problems import Problem

    page = publish("one")
    editing.publish(page, live_from=timezone.now() + timedelta(days=3))
    wrong = [Problem("One", "“07” is no number.", "Choose a service.")]
    monkeypatch.setattr(publish_views, "try_page", lambda path, moment: wrong)
    text = move(editor_client, page, 2, "2093-01-01", "09:00").content.decode()
    assert "“07” is no number. Choose a service." in text
    assert page.releases.get(number=2).cancelled_at is None
    assert page.releases.count() == 2
    assert uk_time.words(page.releases.get(number=2).live_from) in text
