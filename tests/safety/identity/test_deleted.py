"""Rows of the site itself that were deleted past the newsroom bring nothing older back."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.utils import timezone

from publishing import sources
from publishing.printing import editions
from safety.identity import content, in_force
from safety.identity.models import Look, Owner, UrgentNotice

from ...publishing.builders import make_edition
from .test_owners import AGAIN, OURS, asked, change

assert asked


def printed():
    editions.switch(editions.write(make_edition(kept=sources.kept(timezone.now()))))


def delete(rows):
    """Delete rows as only the owner of the database can."""
    if connection.vendor == "postgresql":
        table = rows.model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_kept ON {table}")
    QuerySet(rows.model).filter(pk__in=rows.values("pk")).delete()


@pytest.mark.long
def test_the_owner_before_does_not_come_back(asked, keepers):
    printed()
    assert keepers[1].post(change(asked), AGAIN).status_code == 302
    printed()
    assert sources.alarms() == []
    delete(Owner.objects.filter(pk=asked.pk))
    for _ in range(2):
        assert any("Who runs this site" in said for said in sources.alarms())
        assert in_force.owner().contact == OURS["contact"]
        printed()
    delete(Owner.objects.all())
    content.load()
    assert in_force.owner().contact == OURS["contact"]


@pytest.mark.long
def test_one_that_took_off_a_hijacked_address_stays(asked, keepers):
    assert keepers[1].post(change(asked), AGAIN).status_code == 302
    off = Owner.take_off(asked.asked_by, "Hijacked.")
    printed()
    delete(Owner.objects.filter(pk=off.pk))
    assert in_force.owner().contact == ""
    assert any("Who runs this site" in said for said in sources.alarms())
    assert keepers[0].post("/admin/identity/owner/add/", OURS).status_code == 302
    again = Owner.objects.waiting().get()
    assert "again_contact" in keepers[1].get(change(again)).text, (
        "it is typed again, as any new one"
    )
    assert keepers[1].post(change(again), AGAIN).status_code == 302
    assert in_force.owner().contact == OURS["contact"]
    assert sources.alarms() == []


@pytest.mark.long
def test_a_change_of_the_owner_ends_editions_with_the_address_before(asked, keepers):
    assert keepers[1].post(change(asked), AGAIN).status_code == 302
    before = sources.known()
    Owner.take_off(asked.asked_by, "Hijacked.")
    gone = before.ways - sources.known().ways
    assert any(OURS["contact"] in way for way in gone)
    assert any(OURS["complaints"] in way for way in gone)


def test_the_look_before_does_not_come_back(site, editor):
    Look(name="Before").put_in_force()
    Look(name="After").put_in_force()
    printed()
    delete(Look.objects.filter(name="After"))
    assert in_force.look().name == "After"
    assert any("name and colours" in said for said in sources.alarms())
    Look(name="Again").put_in_force()
    assert in_force.look().name == "Again"
    assert sources.alarms() == []


@pytest.fixture
def notice(editor):
    now = timezone.now()
    user = editor.session["_auth_user_id"]
    found = UrgentNotice(
        words="The site moves.", starts_at=now, ends_at=now + timedelta(days=1), made_by_id=user
    )
    found.save()
    return found


def shown():
    return "The site moves." in Client().get("/about/").text


def alarmed():
    return any("urgent notice" in said for said in sources.alarms())


@pytest.mark.long
@pytest.mark.parametrize("how", ["deleted", "changed"])
def test_an_urgent_notice_is_not_deleted_or_changed_without_a_word(notice, how):
    assert shown()
    printed()
    assert not alarmed()
    if how == "deleted":
        delete(UrgentNotice.objects.all())
    else:
        QuerySet(UrgentNotice).update(words="Another.")
    assert alarmed()
    printed()
    assert alarmed()


def test_one_that_was_stopped_is_not_brought_back(notice):
    notice.stop()
    printed()
    assert not alarmed()
    QuerySet(UrgentNotice).update(stopped_at=None)
    assert alarmed()
    assert UrgentNotice.objects.on(timezone.now()) is None
    printed()
    assert UrgentNotice.objects.on(timezone.now()) is None
