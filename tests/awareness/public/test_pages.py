"""What readers find at the addresses of this app."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from awareness import content
from awareness.models import Page, Release
from awareness.templatetags.awareness import days

from ..conftest import begin, uk

pytestmark = pytest.mark.django_db


def test_loading_twice_adds_nothing_and_keeps_what_an_editor_changed(tmp_path, monkeypatch):
    monkeypatch.setattr(content, "FOLDER", tmp_path)
    (tmp_path / "one.toml").write_text(
        'kind = "advice"\nslug = "one"\ntitle = "One"\nsummary = "First."\nmenu = true\n'
        '[[blocks]]\ntype = "text"\nhtml = "<p>Words.</p>"\n'
    )
    assert content.load() == (1, 0)
    Page.objects.update(title="Ours")
    assert content.load() == (0, 1)
    assert Page.objects.get().title == "Ours"
    release = Release.objects.get()
    assert (release.author, release.note) == ("", "Launch content")


def test_home_stands_with_no_page_at_all(read):
    answer = read("/")
    assert answer.status_code == 200
    assert "<h1>Are you being stalked?</h1>" in answer.content.decode()


def test_an_address_that_never_was_is_not_found(read, publish):
    publish("real")
    assert read("/advice/real/").status_code == 200
    assert read("/advice/unreal/").status_code == 404
    assert read("/campaigns/real/").status_code == 404


def test_the_page_about_ones_own_behaviour_is_in_no_list(publish, text_of):
    publish("listed")
    publish("own-behaviour", menu=False)
    assert "/advice/listed/" in text_of("/")
    assert "/advice/own-behaviour/" not in text_of("/") + text_of("/campaigns/")
    assert "What to do first." in text_of("/advice/own-behaviour/")


def test_a_campaign_says_whether_it_is_to_come_on_or_over(backdated_campaign, text_of):
    path = backdated_campaign.get_absolute_url()
    for moment, words in [
        (uk(2024, 4, 21, 23, 59), "This campaign runs from 22 to 26 April 2024."),
        (uk(2024, 4, 22), "Theme: Join Forces Against Stalking"),
        (uk(2024, 4, 26, 23, 59), "22 to 26 April 2024"),
        (uk(2024, 4, 27), "This campaign is over. It ran from 22 to 26 April 2024."),
    ]:
        assert words in text_of(path, moment)
        assert ("This campaign is over" in text_of(path, moment)) == (moment >= uk(2024, 4, 27))
        assert ("You do not have to wait" in text_of(path, moment)) == (moment < uk(2024, 4, 22))
        # It stays useful, whatever the day.
        assert "What to do first." in text_of(path, moment)


@pytest.fixture
def backdated_campaign(backdated, publish):
    page = publish("2024", kind="campaign", theme="Join Forces Against Stalking")
    begin(page.releases.get(), uk(2024, 1, 1))
    return page


def test_home_has_the_campaign_that_is_on_or_the_next_and_none_that_is_over(publish, text_of):
    def campaign(slug, first, last):
        publish(slug, kind="campaign", first_day=first, last_day=last)

    def on_home(day):
        text = text_of("/", uk(*day))
        return [slug for slug in ("old", "now", "next") if f'href="/campaigns/{slug}/"' in text]

    soon = timezone.localdate() + timedelta(days=10)
    campaign("next", soon, soon + timedelta(days=4))
    after = soon + timedelta(days=5)
    assert on_home((after.year, after.month, after.day)) == []
    day = (soon.year, soon.month, soon.day)
    tomorrow = timezone.localdate() + timedelta(days=1)
    begun = (tomorrow.year, tomorrow.month, tomorrow.day)
    assert on_home(begun) == ["next"]
    campaign("old", date(2024, 4, 22), date(2024, 4, 26))
    campaign("now", soon - timedelta(days=2), soon - timedelta(days=1))
    assert on_home(begun) == ["now"]
    assert on_home((*day[:3], 0)) == ["next"]
    before = soon - timedelta(days=2)
    assert on_home((before.year, before.month, before.day)) == ["now"]


def test_campaigns_are_listed_newest_first(publish, text_of):
    for year in (2023, 2025, 2024):
        publish(str(year), kind="campaign", first_day=date(year, 4, 22), last_day=date(year, 4, 26))
    text = text_of("/campaigns/")
    places = [text.index(f"/campaigns/{year}/") for year in (2025, 2024, 2023)]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2024, 4, 22), date(2024, 4, 26), "22 to 26 April 2024"),
        (date(2024, 4, 29), date(2024, 5, 3), "29 April to 3 May 2024"),
        (date(2024, 12, 30), date(2025, 1, 3), "30 December 2024 to 3 January 2025"),
        (date(2012, 4, 18), date(2012, 4, 18), "18 April 2012"),
    ],
)
def test_days_in_words(first, last, words):
    assert days(first, last) == words


def test_a_campaign_needs_its_days_and_no_other_page_has_any(make_page):
    for kind, first, last in [
        ("campaign", None, None),
        ("campaign", date(2024, 4, 26), date(2024, 4, 22)),
        ("advice", date(2024, 4, 22), date(2024, 4, 26)),
    ]:
        page = Page(kind=kind, slug="x", title="X", summary="X.", first_day=first, last_day=last)
        with pytest.raises(ValidationError, match="A campaign needs a first day"):
            page.full_clean()


@pytest.mark.parametrize(("kind", "slug"), [("site", "elsewhere"), ("signs", "others")])
def test_pages_stand_only_where_an_address_waits_for_them(kind, slug):
    with pytest.raises(ValidationError):
        Page(kind=kind, slug=slug, title="X", summary="X.").full_clean()
