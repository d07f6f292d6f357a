"""What went public on a day stands on one screen, new pictures too."""

from datetime import timedelta

import pytest
from django.utils import timezone

from awareness import editing, images
from awareness.models import Image
from safety.identity.models import Look, UrgentNotice
from signposting import content as signposting
from tests.register import agree_all

from ...content import load
from ..conftest import picture, upload

pytestmark = pytest.mark.django_db
DAY = "/admin/awareness/page/day/"


@pytest.fixture
def poster(make_page, storage):
    """A published page with a picture."""
    page = make_page("page")
    sizes = images.store(images.drawn(upload(picture())))
    Image.objects.create(parent=page, region="main", ordering=20, alt="A poster", sizes=sizes)
    editing.publish(page, "ed")
    return page, sizes[0]["file"]


def test_a_new_picture_stands_in_the_list_of_its_day_and_in_no_later_one(editor_client, poster):
    page, file = poster
    seen = editor_client.get(DAY).text
    assert file in seen
    assert "A poster" in seen
    assert "by ed" in seen
    again = editing.publish(page, "ed")
    seen = editor_client.get(DAY).text
    assert f"release {again.number}" in seen
    assert seen.count(file) == 1
    yesterday = (timezone.localdate() - timedelta(1)).isoformat()
    assert file not in editor_client.get(f"{DAY}?day={yesterday}").text


@pytest.mark.long
def test_what_two_keepers_agreed_and_what_was_loaded_stands_there(editor_client, db):
    load(signposting)
    agree_all()
    seen = editor_client.get(DAY).text
    assert "National Stalking Helpline" in seen
    assert "loaded by whoever runs the site" in seen


def test_a_mark_is_new_once_and_a_notice_stands_on_the_day_it_begins(
    editor_client, editor, storage
):
    now = timezone.now()
    for words, start in (("Zebras.", now), ("Lions.", now + timedelta(2))):
        ends = start + timedelta(1)
        UrgentNotice.objects.create(words=words, starts_at=start, ends_at=ends, made_by=editor)
    for name, mark in (("First", "a.png"), ("Second", "a.png"), ("Third", "")):
        Look(name=name, mark=mark).put_in_force(editor)
    seen = editor_client.get(DAY).text
    assert "Zebras." in seen
    assert "Lions." not in seen
    assert "Second" in seen
    assert seen.count("/uploads/a.png") == 1
    yesterday = (timezone.localdate() - timedelta(1)).isoformat()
    seen = editor_client.get(f"{DAY}?day={yesterday}").text
    assert "Zebras." not in seen
    assert "/uploads/" not in seen


@pytest.mark.parametrize("day", ["x", "9999-12-31", "0001-01-01", "2026-02-30"])
def test_a_day_that_is_none_is_today(editor_client, poster, day):
    assert poster[1] in editor_client.get(f"{DAY}?day={day}").text


def test_the_first_page_of_the_newsroom_leads_there(editor_client):
    assert DAY in editor_client.get("/admin/").text
