"""Hours that two people agree: which reach no reader, and how long a service's own word stands."""

from datetime import time, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from signposting.models import Check, ExceptionalDay, ReleaseRequest, Service, WeeklyHours
from signposting.presenters import in_words, london_day
from tests.register import agree_all

from ...reading import read
from ..keepers import NEW, agree, ask, public


@pytest.mark.long
def test_a_night_that_goes_on_into_the_next_days_session_reaches_no_reader(alice, helpline):
    route = helpline.first_route
    route.weekly_hours.all().delete()
    WeeklyHours.objects.create(route=route, day=4, opens=time(18), closes=time(10))
    row = WeeklyHours.objects.create(route=route, day=5, opens=time(9), closes=time(17))
    refused = ask(alice, helpline)
    assert refused.status_code == 200
    assert "Friday goes on until 10am on Saturday, and Saturday opens at 9am." in read(refused).text
    assert not ReleaseRequest.objects.waiting().exists()
    row.opens = time(10)
    row.save()
    assert ask(alice, helpline).status_code == 302


@pytest.mark.long
def test_a_date_that_opens_while_the_night_before_goes_on_reaches_no_reader(alice, helpline):
    route = helpline.first_route
    route.weekly_hours.all().delete()
    WeeklyHours.objects.create(route=route, day=4, opens=time(18), closes=time(2))
    saturday = timezone.localdate()
    saturday += timedelta((5 - saturday.weekday()) % 7 or 7)
    ExceptionalDay.objects.create(
        route=route, date=saturday, opens=time(1), closes=time(5), reason="A special night"
    )
    refused = ask(alice, helpline)
    assert "Friday goes on until 2am on Saturday, and Saturday opens at 1am." in read(refused).text


def confirmed_by(service):
    """Record that a service told us today that all is right, and its hours on the phone too."""
    day = london_day(timezone.now())
    told = Check(service=service, how="confirmed", where="Manager", day=day)
    told.due = day + timedelta(90)
    told.record(service.routes.filter(kind="voice"))
    return told


def test_the_working_copy_of_a_new_number_has_no_hours_that_the_service_told(alice, bob, helpline):
    confirmed_by(helpline)
    ask(alice, helpline, phone=NEW)
    voice = helpline.routes.get(kind="voice")
    assert voice.hours_confidence == "confirmed"
    agree(bob, phone=NEW)
    voice.refresh_from_db()
    assert (voice.display, voice.hours_check, voice.hours_confidence) == (NEW, None, "one")


@pytest.mark.long
def test_what_the_service_confirmed_does_not_outlive_its_number(alice, bob, helpline):
    page, day = f"/help/{helpline.slug}/", london_day(timezone.now())
    told = confirmed_by(helpline)
    agree_all()
    assert "The service confirmed this on" in public(page)
    assert b"data-opening" in Client().get(page).content
    ask(alice, helpline, phone=NEW)
    # Told while it waited, so of the old number too.
    helpline.refresh_from_db()
    told.pk, told._state.adding = None, True
    told.record(helpline.routes.filter(kind="voice"))
    agree(bob, phone=NEW)
    for _ in range(2):
        assert NEW in public(page)
        assert "confirmed this" not in public(page)
        assert f"Last checked on {in_words(day)}, on published pages." in public(page)
        assert b"data-opening" not in Client().get(page).content
        # Nor does it come back with the next change of words.
        Service.objects.filter(pk=helpline.pk).update(what="New words.")
        agree_all()


@pytest.mark.long
def test_what_the_service_confirmed_outlives_other_words(alice, bob, helpline):
    page = f"/help/{helpline.slug}/"
    confirmed_by(helpline)
    agree_all()
    Service.objects.filter(pk=helpline.pk).update(what="New words.")
    ask(alice, helpline)
    agree(bob)
    assert "New words." in public(page)
    assert "The service confirmed this on" in public(page)
    assert b"data-opening" in Client().get(page).content
