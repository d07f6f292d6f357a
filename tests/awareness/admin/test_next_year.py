"""Next year's campaign, started from this one."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from awareness import editing
from awareness.admin.next_year import address, next_title
from awareness.desk import home_campaign
from awareness.models import Image, Page, Quotation

from ..conftest import begin, uk

pytestmark = pytest.mark.django_db
DAYS = {"first_day": "Monday 19 April 2027", "last_day": "23 April 2027"}


@pytest.fixture
def week(publish):
    page = publish("2026", kind="campaign", title="Awareness Week 2026", theme="Join forces")
    Quotation.objects.create(
        parent=page, region="main", ordering=20, text="So.", name="Ann", permission="confirmed"
    )
    sizes = [{"file": f"{'a' * 32}.jpg", "width": 640, "height": 480}]
    Image.objects.create(parent=page, region="main", ordering=30, alt="A poster", sizes=sizes)
    return page


def start(client, page, **typed):
    return client.post(f"/admin/awareness/page/{page.pk}/next/", typed, follow=True)


def test_the_words_are_copied_and_the_address_is_made_of_the_title(editor_client, week):
    shown = editor_client.get(f"/admin/awareness/page/{week.pk}/next/").content.decode()
    assert f'value="{next_title(week, timezone.localdate())}"' in shown
    said = start(editor_client, week, title="Awareness Week 2027", **DAYS).content.decode()
    again = Page.objects.get(slug="2027")
    assert "its address will be /campaigns/2027/." in said
    assert (again.title, again.first_day) == ("Awareness Week 2027", date(2027, 4, 19))
    assert again.summary == week.summary
    assert [block.type for block in again.blocks()] == ["text", "quotation", "image"]
    assert again.blocks()[2].sizes == week.blocks()[2].sizes
    assert not again.releases.exists()


@pytest.mark.long
def test_a_theme_and_a_permission_hold_for_one_year(editor_client, week):
    start(editor_client, week, title="Awareness Week 2027", **DAYS)
    again = Page.objects.get(slug="2027")
    assert again.theme == ""
    assert [block.permission for block in again.blocks() if block.type == "quotation"] == [
        "to confirm"
    ]
    assert week.blocks()[1].permission == "confirmed"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"first_day": "19 Aprul 2027"}, "Write it as in 19 April 2027."),
        ({"last_day": "1 April 2027"}, "a last day that is not before it"),
        ({"title": "Awareness Week 2026"}, "Another page has this address"),
        ({"title": ""}, "This field is required."),
    ],
)
def test_what_is_wrong_is_said_and_stays_in_its_field(editor_client, week, typed, sentence):
    sent = {"title": "Awareness Week 2027", **DAYS, **typed}
    text = start(editor_client, week, **sent).content.decode()
    assert sentence in text
    assert all(f'value="{value}"' in text for value in sent.values() if value)
    assert Page.objects.count() == 1


def test_addresses_of_titles():
    assert address("Week 2027", Page(slug="2026")) == "2027"
    assert address("Week 2027", Page(slug="the-week")) == "week-2027"
    assert address("The “Big” Week", Page(slug="2026")) == "the-big-week"
    assert address("A " * 45, Page(slug="x"))[-1] != "-"


def test_the_year_offered_is_that_in_which_its_days_come_round_next():
    week = Page(title="Week 2024", first_day=date(2024, 4, 22))
    offered = [next_title(week, day) for day in (date(2024, 4, 23), date(2026, 11, 26))]
    assert offered == ["Week 2025", "Week 2027"]
    assert next_title(week, date(2027, 4, 21)) == "Week 2027"
    assert next_title(week, date(2023, 1, 1)) == "Week 2025"


def test_only_a_campaign_has_a_next_year(editor_client, publish):
    page = publish("one")
    assert editor_client.get(f"/admin/awareness/page/{page.pk}/next/").status_code == 404


def test_it_says_what_the_home_page_shows_and_from_when(week):
    release = week.releases.get()
    begin_at = uk(2024, 1, 1)
    from django.db import connection

    table = " ON awareness_release" if connection.vendor == "postgresql" else ""
    connection.cursor().execute(f"DROP TRIGGER awareness_release_frozen{table}")
    begin(release, begin_at)
    again = editing.copy(
        week, slug="2027", first_day=date(2027, 4, 19), last_day=date(2027, 4, 23), title="Next"
    )
    over = "It is over, so the home page does not show it. It stays in the list of campaigns."
    assert home_campaign.in_words(release, uk(2026, 11, 26)) == over
    first = week.first_day
    now = uk(first.year, first.month, first.day, 12)
    assert home_campaign.in_words(release, now) == "The home page shows it now."
    assert home_campaign.in_words(again, now, is_public=False) == (
        "Once it is published, the home page shows it from Monday 19 April 2027."
    )
    assert home_campaign.in_words(again, uk(2027, 4, 18), is_public=False) == (
        "Once it is published, the home page shows it now."
    )
    day, last = timedelta(days=1), first + timedelta(days=9)
    older = editing.copy(week, slug="old", first_day=first - day, last_day=last, title="Old")
    assert home_campaign.in_words(older, now, is_public=False) == (
        "The home page does not show it as it begins: it shows Awareness Week 2026 then."
    )
    newer = editing.copy(week, slug="new", first_day=first + day, last_day=last, title="New")
    assert home_campaign.in_words(newer, now, is_public=False) == (
        f"Once it is published, the home page shows it from {first + day:%A %-d %B %Y} in the place "
        "of Awareness Week 2026."
    )
