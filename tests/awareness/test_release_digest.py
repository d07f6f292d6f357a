"""A page's release is signed: changed past the newsroom, it is set aside and alarmed."""

import time
from unittest.mock import PropertyMock, patch

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from awareness import digest, editing, edition_source
from awareness.models import HEAD, Release
from publishing import sources
from publishing.printing.editions import Item
from publishing.printing.render import Renderer
from publishing.sources import Address

from .conftest import uk, write

pytestmark = pytest.mark.django_db
PATH = "/advice/page/"


@pytest.fixture(autouse=True)
def looks_each_time(monkeypatch):
    monkeypatch.setattr(edition_source, "LOOK_AGAIN", -1)


def by_sql(release, **values):
    """Change a release as only the owner of the database can."""
    table = " ON awareness_release" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER IF EXISTS awareness_release_frozen{table}")
    QuerySet(Release).filter(pk=release.pk).update(**values)


def made(path):
    return Renderer(timezone.now()).item(Address(path))


WRONG = {
    "title": "Ring me",
    "summary": "Ring me.",
    "blocks": [{"type": "text", "html": "<p>Ring me.</p>"}],
    "withdraws": True,
    "live_until": uk(2090, 1, 1),
    "author": "eve",
    "note": "Nothing",
    "number": 9,
    "digest": "",
    "made_at": uk(2020, 1, 1),
    "images": ["x.jpg"],
    "position": 1,
    "menu": False,
}


@pytest.mark.long
@pytest.mark.parametrize("field", WRONG)
def test_a_change_by_sql_of_any_field_shows(publish, field):
    release = publish("page").releases.get()
    assert release.is_right
    assert sources.registered["awareness"].alarms() == []
    by_sql(release, **{field: WRONG[field]})
    assert not Release.objects.get().is_right
    [alarm] = sources.registered["awareness"].alarms()
    assert "is not as it was published" in alarm
    assert isinstance(made(PATH), Item) is False


def test_every_field_is_in_the_digest(publish):
    release = publish("page").releases.get()
    names = {field.name for field in Release._meta.concrete_fields} - {"id", "digest"}
    for name in names & set(HEAD) | {"blocks", "author", "live_from", "withdraws"}:
        field = Release._meta.get_field(name)
        before = getattr(release, name)
        other = {"BooleanField": not before, "JSONField": [], "DateField": uk(2024, 1, 1).date(),
            "DateTimeField": uk(2030, 1, 1)}.get(field.get_internal_type(), "7")  # fmt: skip
        setattr(release, name, other)
        assert not digest.is_right(release), name
        setattr(release, name, before)
    assert digest.is_right(release)


def test_it_is_set_aside_alone_and_no_list_shows_it(publish, text_of):
    release = publish("page", words="First.").releases.get()
    publish("other", words="Other.")
    assert "Page" in text_of("/advice/")
    by_sql(release, title="Ring me")
    for path in ("/advice/", "/"):
        assert "Ring me" not in text_of(path)
    assert "Other" in text_of("/advice/")
    assert "Other." in text_of("/advice/other/")
    problem = made(PATH)
    assert "is not as it was published" in problem.words
    assert "publish the page again" in problem.mend


def test_publishing_again_mends_it(publish, text_of):
    page = publish("page", words="First.")
    by_sql(page.releases.get(), title="Ring me")
    write(page, "Second.")
    editing.publish(page)
    assert "Second." in text_of(PATH)
    assert sources.registered["awareness"].alarms() == []


def test_every_screen_and_what_ready_asks_say_so(publish, editor_client):
    release = publish("page").releases.get()
    assert sources.alarms() == []
    by_sql(release, title="Ring me")
    assert any("is not as it was published" in said for said in sources.alarms())
    assert "is not as it was published" in editor_client.get("/admin/").text


def test_an_older_key_is_honoured(publish, settings):
    release = publish("page").releases.get()
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key, for a while"
    assert release.is_right
    settings.SECRET_KEY_FALLBACKS = []
    assert not release.is_right


def test_what_was_cancelled_stays_signed_and_cannot_be_brought_back(publish):
    release = publish("page", live_from=uk(2090, 1, 1)).releases.get()
    release.cancel()
    release = Release.objects.get()
    assert release.is_right
    by_sql(release, cancelled_at=None)
    assert not Release.objects.get().is_right
    assert len(sources.registered["awareness"].alarms()) == 1


def test_a_release_that_was_changed_is_not_cancelled_into_a_right_one(publish):
    release = publish("page", live_from=uk(2090, 1, 1)).releases.get()
    by_sql(release, title="Ring me")
    with pytest.raises(Exception, match="not as it was published"):
        Release.objects.get().cancel()


def test_what_stands_by_default_is_in_no_digest_so_that_a_later_field_changes_none(publish):
    words = digest.words(publish("page").releases.get())
    assert "live_until" not in words
    assert "theme" not in words
    assert words["title"] == "Page"


def test_a_look_at_all_words_stands_for_a_while_and_no_longer(publish, monkeypatch):
    monkeypatch.setattr(edition_source, "LOOK_AGAIN", 20)
    clock = [1000.0]
    monkeypatch.setitem(edition_source.looked, "at", 0)
    monkeypatch.setattr("awareness.edition_source.time.monotonic", lambda: clock[0])
    release = publish("page").releases.get()
    assert edition_source.alarms() == []
    by_sql(release, title="Ring me")
    assert edition_source.alarms() == []
    clock[0] += 21
    assert len(edition_source.alarms()) == 1
    assert edition_source.LOOK_AGAIN < 60, "an alarm comes within a minute"


def test_what_was_published_since_that_look_is_read_at_once_and_nothing_else(publish, monkeypatch):
    monkeypatch.setattr(edition_source, "LOOK_AGAIN", 600)
    monkeypatch.setitem(edition_source.looked, "at", time.monotonic())
    publish("old")
    assert edition_source.alarms() == []
    publish("new")
    with patch.object(Release, "is_right", new_callable=PropertyMock, return_value=False) as read:
        assert len(edition_source.alarms()) == 1
    assert read.call_count == 1
