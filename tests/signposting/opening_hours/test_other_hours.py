"""Other hours than usual stand on the screen of the service too: days, closed weeks, seasons."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from signposting.models import Check, ExceptionalDay, Route
from signposting.presenters import london_day
from tests.register import agree_all

from ...reading import plain, read
from ..keepers import public, save, url

pytestmark = pytest.mark.django_db

EVE = date(timezone.now().year + 1, 12, 24)


def row(kind, number=0, **values):
    """Return what a browser sends of one more row of a table."""
    return {f"{kind}-TOTAL_FORMS": number + 1} | {
        f"{kind}-{number}-{name}": value for name, value in values.items()
    }


def eve(helpline, **changes):
    values = {
        "route": helpline.first_route_id,
        "date": f"24 December {EVE.year}",
        "opens": "10am",
        "closes": "2pm",
        "reason": "Christmas Eve",
    }
    return row("exceptionalday", **values | changes)


@pytest.mark.long
def test_a_day_with_other_hours_is_added_changed_and_deleted(alice, helpline):
    address = url(helpline.pk, "change")
    assert save(alice, address, **eve(helpline)).status_code == 302
    day = helpline.first_route.exceptional_days.get()
    assert str(day) == f"24 December {EVE.year}: Christmas Eve"
    assert "Christmas Eve" not in public(f"/help/{helpline.slug}/")
    assert f"24 December {EVE.year}: Christmas Eve" in read(alice.get(address)).text
    agree_all()
    assert "10am to 2pm" in plain(public(f"/help/{helpline.slug}/"))

    assert save(alice, address, **{"exceptionalday-0-closes": "1pm"}).status_code == 302
    assert helpline.first_route.exceptional_days.get().closes.hour == 13
    assert save(alice, address, **{"exceptionalday-0-DELETE": "on"}).status_code == 302
    assert not ExceptionalDay.objects.exists()


@pytest.mark.long
def test_closed_from_one_day_to_another(alice, helpline):
    values = {"first_day": f"25 December {EVE.year}", "last_day": f"1 January {EVE.year + 1}"}
    values |= {"route": helpline.first_route_id, "reason": "Christmas"}
    assert save(alice, url(helpline.pk, "change"), **row("closure", **values)).status_code == 302
    closure = helpline.first_route.closures.get()
    assert (closure.last_day - closure.first_day).days == 7


@pytest.mark.long
def test_what_is_over_is_not_in_the_way(alice, helpline):
    today = london_day(timezone.now())
    for days in (-1, 0):
        ExceptionalDay.objects.create(
            route=helpline.first_route, date=today + timedelta(days), reason=f"Day {days}"
        )
    text = read(alice.get(url(helpline.pk, "change"))).text
    assert "Day 0" in text
    assert "Day -1" not in text


@pytest.mark.long
@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"reason": ""}, "This field is required."),
        ({"date": "24 Decembre"}, "Write it as in 19 April 2027."),
        ({"closes": ""}, "Closes: fill in both times."),
        ({"opens_again": "1pm", "closes_again": "3pm"}, "it must be later than Closes"),
    ],
)
def test_a_wrong_row_is_said_and_changes_nothing(alice, helpline, wrong, sentence):
    answer = save(alice, url(helpline.pk, "change"), **eve(helpline, **wrong))
    assert sentence in answer.content.decode()
    assert not ExceptionalDay.objects.exists()


@pytest.mark.long
def test_only_ways_of_this_service_are_offered_and_taken(alice, helpline):
    other = Route.objects.exclude(service=helpline).filter(emergency="").first()
    answer = save(alice, url(helpline.pk, "change"), **eve(helpline, route=other.pk))
    assert "Select a valid choice." in answer.content.decode()
    assert not ExceptionalDay.objects.exists()


@pytest.mark.long
def test_they_end_what_the_service_told_us_of_its_hours(alice, helpline):
    today = london_day(timezone.now())
    check = Check(service=helpline, how="confirmed", where="Manager", day=today)
    check.due = today + timedelta(90)
    check.record([helpline.first_route])
    assert Route.objects.get(pk=helpline.first_route_id).hours_check
    save(alice, url(helpline.pk, "change"), **eve(helpline))
    assert not Route.objects.get(pk=helpline.first_route_id).hours_check


@pytest.mark.long
def test_nobody_saves_over_a_day_that_a_colleague_changed_meanwhile(alice, helpline):
    address = url(helpline.pk, "change")
    save(alice, address, **eve(helpline))
    seen = alice.get(address).context["seen"]
    ExceptionalDay.objects.update(reason="The shortest day")
    answer = save(alice, address, seen=seen)
    assert "changed after you opened it" in answer.content.decode()


@pytest.mark.long
def test_hours_of_a_season_stand_beside_the_usual_ones(alice, helpline):
    address, usual = url(helpline.pk, "change"), helpline.first_route.weekly_hours
    before = list(usual.values_list("pk", flat=True))

    def way(page):
        forms = page.context["inline_admin_formsets"][0].formset.forms
        return next(form for form in forms if form.instance == helpline.first_route)

    said = way(alice.get(address))["said"].html_name
    typed = {said: f"From 1 June {EVE.year} to 31 August {EVE.year}: Mon-Fri 10am-2pm"}
    asked = save(alice, address, **typed)
    words = f"From 1 June {EVE.year} to 31 August {EVE.year}: Monday to Friday, 10am to 2pm."
    assert f"We understand: {words}" in plain(read(asked).text)
    shown = way(asked)["shown"]
    saved = save(alice, address, **typed, **{shown.html_name: shown.value()})
    assert saved.status_code == 302
    assert list(usual.filter(first_day=None).values_list("pk", flat=True)) == before
    season = usual.filter(first_day=date(EVE.year, 6, 1), last_day=date(EVE.year, 8, 31))
    assert season.count() == 5


@pytest.mark.long
@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("From 1 June 2027 to 1 May 2027: Mon 9am-5pm", "the last day is before the first one"),
        ("From 1 June 2027: Mon 9am-5pm; closed on bank holidays", "with the usual hours"),
        ("From 31 June 2027: Mon 9am-5pm", "There is no such day."),
    ],
)
def test_a_season_that_cannot_be_is_refused(alice, helpline, said, sentence):
    before = helpline.first_route.weekly_hours.count()
    answer = save(alice, url(helpline.pk, "change"), **{"routes-0-said": said})
    assert sentence in answer.content.decode()
    assert helpline.first_route.weekly_hours.count() == before
