"""What nobody should send, sent: a sentence, nothing stored that is not understood, nothing lost."""

from datetime import timedelta

import pytest
from django.utils import timezone

from awareness import editing
from awareness.models import Page, Release, Text

from ..conftest import write
from .test_admin import form_data, publishing_address, said, schedule, seen

pytestmark = pytest.mark.django_db


def change(page):
    return f"/admin/awareness/page/{page.pk}/change/"


def text_fields(page, *texts):
    """Return a form of a page whose blocks of text are these, all of them new."""
    Text.objects.filter(parent=page).delete()
    data = form_data(page)
    data["awareness_text_set-TOTAL_FORMS"] = len(texts)
    for place, words in enumerate(texts):
        prefix = f"awareness_text_set-{place}"
        data |= {
            f"{prefix}-html": f"<p>{words}</p>",
            f"{prefix}-region": "main",
            f"{prefix}-ordering": (place + 1) * 10,
        }
    return data


@pytest.mark.long
def test_200_kilobytes_of_text_are_refused_beside_the_block_and_come_back(editor_client, make_page):
    page = make_page("page")
    words = "So many words. " * 14_000
    answer = editor_client.post(change(page), text_fields(page, "Short.", words))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "This text has 210,007 characters. A block has 20,000 at most" in text
    assert words in text
    assert not Text.objects.exists(), "nothing of the form is stored"


def test_the_longest_text_that_is_taken(editor_client, make_page):
    page = make_page("page")
    words = ("word " * 3_998).strip()
    assert len(f"<p>{words}</p>") <= 20_000
    assert editor_client.post(change(page), text_fields(page, words)).status_code == 302
    assert Text.objects.get().html == f"<p>{words}</p>"


@pytest.mark.long
def test_60_blocks_are_saved_and_published_in_their_order(editor_client, make_page, read):
    page = make_page("page")
    texts = [f"Block number {place} of many." for place in range(60)]
    data = text_fields(page, *texts) | {"_publish": "1"}
    answer = editor_client.post(change(page), data, follow=True)
    assert "Published release 1." in said(answer)
    shown = read("/advice/page/").content.decode()
    places = [shown.index(words) for words in texts]
    assert places == sorted(places)


@pytest.mark.long
def test_two_publishes_in_one_second_are_two_releases_and_the_second_shows(
    editor_client, make_page, read
):
    page = make_page("page", words="First.")
    for number in (1, 2):
        sent = {**seen(page), "action": "publish"}
        answer = editor_client.post(publishing_address(page), sent, follow=True)
        assert f"Published release {number}." in said(answer)
        write(page, "Second.")
    releases = Release.objects.order_by("number")
    assert [release.number for release in releases] == [1, 2]
    assert b"Second." in read("/advice/page/").content


def test_two_releases_of_one_moment_are_told_apart_by_their_number(make_page, read):
    page, moment = make_page("page", words="First."), timezone.now() + timedelta(days=1)
    editing.publish(page, live_from=moment)
    write(page, "Second.")
    editing.publish(page, live_from=moment)
    shown = read("/advice/page/", moment).content
    assert b"Second." in shown
    assert b"First." not in shown


@pytest.mark.long
@pytest.mark.parametrize(
    ("day", "clock", "why"),
    [
        ("2027-03-28", "01:30", "there is no 1:30am that day"),
        ("2027-10-31", "01:30", "1:30am comes twice that day"),
        ("9999-12-31", "23:59", "Choose a year from 2000 to 2199."),
        ("0001-01-01", "00:00", "Choose a year from 2000 to 2199."),
        ("2001-01-01", "00:00", "That time has passed"),
        ("2027-02-30", "09:00", "There is no such day."),
        ("2027-03-01", "25:00", "We do not understand this time."),
    ],
)
def test_a_schedule_that_no_clock_shows_is_refused_with_a_sentence(
    editor_client, make_page, day, clock, why
):
    page = make_page("page")
    text = schedule(editor_client, page, day, clock).content.decode()
    assert why in text
    assert not Release.objects.exists()


def test_a_campaign_that_ends_in_9999_is_refused_in_its_form(editor_client):
    page = Page(kind="campaign", slug="week", title="A week", summary="About it.")
    data = form_data(page, first_day="2027-04-19", last_day="9999-12-31")
    answer = editor_client.post("/admin/awareness/page/add/", data)
    assert answer.status_code == 200
    assert "Choose a year before 2200." in answer.content.decode()
    assert 'value="9999-12-31"' in answer.content.decode()
    assert not Page.objects.exists()


def test_a_preview_at_the_end_of_the_calendar_says_why_not(editor_client, make_page):
    page = make_page("page")
    for day in ("9999-12-31", "0001-01-01"):
        query = {"page": page.pk, "at_0": day, "at_1": "23:59"}
        answer = editor_client.get("/admin/awareness/page/frame/", query)
        assert answer.status_code == 200
        assert "Choose a year from 2000 to 2199." in answer.content.decode()


@pytest.mark.long
@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b"])
def test_a_control_character_is_refused_or_left_out(editor_client, make_page, character):
    page = make_page("page")
    data = form_data(page, title=f"A{character}title")
    answer = editor_client.post(change(page), data)
    page.refresh_from_db()
    assert character not in page.title
    assert answer.status_code in (200, 302)
