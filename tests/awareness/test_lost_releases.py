"""A page whose last release was deleted past the newsroom is set aside: nothing older comes back."""

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from awareness import editing, edition_source
from awareness.models import Release
from publishing import sources
from publishing.printing import editions
from publishing.printing.editions import Item

from ..publishing.builders import make_edition
from .conftest import write
from .test_release_digest import PATH, made

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(monkeypatch, settings, tmp_path):
    settings.EDITIONS_DIR = tmp_path / "editions"
    monkeypatch.setattr(edition_source, "LOOK_AGAIN", -1)


def printed():
    editions.switch(editions.write(make_edition(kept=sources.kept(timezone.now()))))


def delete_last(page):
    table = " ON awareness_release" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in ("frozen", "kept"):
            cursor.execute(f"DROP TRIGGER IF EXISTS awareness_release_{name}{table}")
    last = page.releases.order_by("-number").first()
    QuerySet(Release).filter(pk=last.pk).delete()


def alarms():
    return [said for said in sources.registered["awareness"].alarms() if "is gone" in said]


@pytest.mark.long
def test_old_words_do_not_come_back_and_publishing_again_mends_it(publish, text_of):
    page = publish("page", words="First.")
    publish("other", words="Other.")
    write(page, "Second.")
    editing.publish(page)
    write(page, "Third.")
    editing.publish(page)
    printed()
    assert not alarms()
    delete_last(page)
    delete_last(page)
    for _ in range(2):
        assert len(alarms()) == 1
        assert "Page" in alarms()[0]
        assert not isinstance(made(PATH), Item)
        assert "Other." in text_of("/advice/other/")
        printed()
    editing.publish(page)
    assert not alarms()
    assert "Third." in text_of(PATH)


def test_a_page_that_was_withdrawn_does_not_come_back(publish, text_of):
    page = publish("page", words="First.")
    editing.withdraw(page)
    printed()
    delete_last(page)
    assert len(alarms()) == 1
    assert "/advice/page/" not in text_of("/advice/")
    assert not isinstance(made(PATH), Item)
    editing.withdraw(page)
    assert not alarms()
    assert "First." not in text_of(PATH)


def test_a_page_of_which_nothing_is_left(publish):
    page = publish("page", words="First.")
    printed()
    delete_last(page)
    assert len(alarms()) == 1
    printed()
    assert len(alarms()) == 1
