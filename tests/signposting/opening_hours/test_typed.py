"""Hours as people say them, understood or refused, and shown back before they are stored."""

import contextlib
from datetime import date, time

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from signposting.models import WeeklyHours
from signposting.opening_hours.timetable import Rule, Span, Timetable
from signposting.opening_hours.typed import read
from signposting.opening_hours.usual_week import runs_into_the_next
from signposting.opening_hours.words import hours_in_words, week_in_words

from .test_hours import a_day, spans


def week(*days):
    return dict(days)


DAY_AND_NIGHT = spans("00:00-00:00")
NINE_TO_FIVE = dict.fromkeys(range(5), spans("09:00-17:00"))


@pytest.mark.parametrize(
    ("text", "weekly"),
    [
        (
            "Mon-Fri 9:30am-4pm; Wed 1-4pm; Fri 6pm-2am",
            {
                **dict.fromkeys((0, 1, 3), spans("09:30-16:00")),
                2: spans("13:00-16:00"),
                4: spans("09:30-16:00", "18:00-02:00"),
            },
        ),
        ("9am to 5pm, Monday to Friday", NINE_TO_FIVE),
        ("Open Monday - Friday: 9 a.m. to 5 p.m.", NINE_TO_FIVE),
        ("Mon.-Fri. 9 a.m. to 5 p.m. (closed bank holidays)", NINE_TO_FIVE),
        ("WEEKDAYS 9am–5pm. Closed at weekends", NINE_TO_FIVE),
        ("Mon-Fri 09.00-17.00", NINE_TO_FIVE),
        ("Mon-Fri 9-5pm", NINE_TO_FIVE),
        ("Mon-Thu 9am-5pm, Fri 9am-5pm", NINE_TO_FIVE),
        ("Sat 18:00-24:00", {5: spans("18:00-00:00")}),
        ("Sat 6pm to midnight", {5: spans("18:00-00:00")}),
        ("Sat midnight to 2am", {5: spans("00:00-02:00")}),
        ("Sun 10pm-6am the next day", {6: spans("22:00-06:00")}),
        ("Sun-Tue 12pm-2pm", dict.fromkeys((0, 1, 6), spans("12:00-14:00"))),
        (
            "Mon 9am-12 noon, 1pm-3pm and 6pm-8pm",
            {0: spans("09:00-12:00", "13:00-15:00", "18:00-20:00")},
        ),
        ("24/7", dict.fromkeys(range(7), DAY_AND_NIGHT)),
        ("24 hours a day, 7 days a week", dict.fromkeys(range(7), DAY_AND_NIGHT)),
        ("every day 10am-10pm", dict.fromkeys(range(7), spans("10:00-22:00"))),
        ("Mon 11-1pm", {0: spans("11:00-13:00")}),
        ("Mon 6-2am", {0: spans("18:00-02:00")}),
    ],
)
def test_hours_as_people_say_them(text, weekly):
    assert read(text).weekly == weekly


@pytest.mark.parametrize(
    ("text", "rule", "hours"),
    [
        ("Mon 9am-5pm; closed on bank holidays", "closed", ()),
        ("Mon 9am-5pm (except public holidays)", "closed", ()),
        ("Mon 9am-5pm including bank holidays", "same", ()),
        ("24 hours a day, 365 days a year", "same", ()),
        ("Every day 9am-5pm except Christmas Day", "christmas", ()),
        ("Mon 9am-5pm; bank holidays 10am-2pm", "other", spans("10:00-14:00")),
        ("Mon 9am-5pm", None, ()),
    ],
)
def test_what_is_said_of_bank_holidays(text, rule, hours):
    found = read(text)
    assert (found.on_bank_holidays, found.bank_holiday_spans) == (rule, hours)


def test_a_day_of_the_month():
    found = read("First Monday of the month 2pm to 3pm; last Tue of each month 10am-11am")
    assert found.rules == [
        Rule(0, spans("14:00-15:00"), "first"),
        Rule(1, spans("10:00-11:00"), "last"),
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "say at least one day"),
        ("closed", "it is closed every day"),
        ("Mon-Fri closed", "it is closed every day"),
        ("9-5", "can mean two things"),
        ("Mon 9.00-5.00", "can mean two things"),
        ("Mon 6pm-2", "can mean two things"),
        ("Mon 9am", "has no end"),
        ("Mon", "names no time"),
        ("Mon 9am-9am", "has no length"),
        ("Mon 24:00-02:00", "nothing opens at"),
        ("Mon 13pm-14pm", "is no time of day"),
        ("Mon 9am-5pm the next day", "earlier on the clock"),
        ("Mon 9am-1pm, 12pm-3pm", "overlap"),
        ("Mon 9am-1pm; Mon 1pm-3pm", "meet"),
        ("Mon 1am-2am, 3am-4am, 5am-6am, 7am-8am", "more than three"),
        ("Blursday 9am-5pm", "was not understood"),
        ("<script>", "was not understood"),
        ("Mon 9am-5pm by appointment", "was not understood"),
    ],
)
def test_what_could_mean_two_things_is_refused(text, sentence):
    with pytest.raises(ValidationError, match=sentence) as caught:
        read(text)
    assert all(message.startswith("Hours: ") for message in caught.value.messages)


@pytest.mark.long
@given(weekly=st.dictionaries(st.integers(0, 6), a_day().filter(bool), min_size=1))
def test_the_words_of_a_page_read_back_give_the_same_week(weekly):
    words = "\n".join(week_in_words(weekly))
    if runs_into_the_next(Timetable(weekly, "same"), date(2026, 1, 1)):
        with pytest.raises(ValidationError, match="goes on until"):
            read(words)
    else:
        assert read(words).weekly == weekly


@pytest.mark.long
@given(st.text(max_size=60))
def test_whatever_is_typed_is_understood_or_refused(text):
    with contextlib.suppress(ValidationError):
        assert read(text).weekly or read(text).rules


@pytest.fixture
def route(register):
    return register.get(slug="paladin").first_route


def form(route, **typed):
    from django.forms import modelform_factory

    from signposting.admin.routes import RouteForm

    kind = modelform_factory(type(route), RouteForm, fields=["hours", "bank_holidays"])
    data = {"hours": route.hours, "bank_holidays": route.bank_holidays, **typed}
    return kind(data, instance=route)


def test_a_night_that_goes_on_into_the_next_days_session_is_refused():
    for text, evening, morning in (
        ("Fri 6pm-10am; Sat 9am-5pm", "Friday goes on until 10am on Saturday", "opens at 9am"),
        ("Sun 10pm-6am; Mon 5am-9am", "Sunday goes on until 6am on Monday", "opens at 5am"),
        ("Thu 10pm-8am; first Fri of the month 7am-9am", "Thursday goes on until 8am", "at 7am"),
    ):
        with pytest.raises(ValidationError) as caught:
            read(text)
        (sentence,) = caught.value.messages
        assert evening in sentence
        assert morning in sentence
    # One that is over by then, or just then, is two sessions of two days.
    assert read("Fri 6pm-9am; Sat 9am-5pm").weekly[4] == spans("18:00-09:00")


def test_what_was_typed_is_shown_in_words_before_it_is_stored(route):
    said = "Mon-Fri 9:30am-4pm; Fri 6pm-2am; bank holidays 10am-2pm"
    first = form(route, said=said)
    assert not first.is_valid()
    (question,) = first.errors["said"]
    assert question == (
        "We understand: Monday to Thursday, 9:30am to 4pm. "
        "Friday, 9:30am to 4pm and 6pm to 2am the next day. Closed on Saturday and Sunday. "
        "On bank holidays: 10am to 2pm. If that is right, save once more."
    )
    assert not route.weekly_hours.exists()
    again = form(route, said=said, shown=first["shown"].value())
    assert again.is_valid(), again.errors
    again.save()
    again.store_hours()
    route.refresh_from_db()
    timetable = route.timetable()
    assert timetable.weekly == read(said).weekly
    assert (timetable.on_bank_holidays, timetable.bank_holiday_spans) == (
        "other",
        spans("10:00-14:00"),
    )


def test_other_words_are_shown_anew(route):
    first = form(route, said="Mon 9am-5pm")
    assert not first.is_valid()
    changed = form(route, said="Tue 9am-5pm", shown=first["shown"].value())
    assert not changed.is_valid()
    assert "Tuesday, 9am to 5pm." in changed.errors["said"][0]


def test_a_table_for_later_stays(route):
    later = WeeklyHours(route=route, day=0, first_day=date(2027, 1, 4))
    later.opens, later.closes = time(9), time(12)
    later.save()
    first = form(route, said="Mon 10am-4pm")
    assert not first.is_valid()
    second = form(route, said="Mon 10am-4pm", shown=first["shown"].value())
    assert second.is_valid(), second.errors
    second.save()
    second.store_hours()
    assert route.timetable().on(date(2027, 1, 4)).spans == (Span(time(9), time(12)),)


def test_hours_in_words_of_a_day_of_the_month_read_back():
    found = read("Mon 9am-5pm; first Tuesday of the month 2pm-3pm; closed on bank holidays")
    timetable = Timetable(found.weekly, "closed", rules=tuple(found.rules))
    back = read("\n".join(hours_in_words(timetable, date(2026, 1, 1))))
    assert (back.weekly, back.rules, back.on_bank_holidays) == (found.weekly, found.rules, "closed")


@pytest.fixture
def keeper(register, django_user_model, client):
    user = django_user_model.objects.create_user("alice", is_staff=True)
    user.groups.add(Group.objects.get(name="Register keepers"))
    client.force_login(user)
    return client


def page_data(page):
    """Return what a browser would send from a page of the admin, as it stands."""
    forms = [page.context["adminform"].form]
    for inline in page.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    values = {field.html_name: field.value() for form in forms for field in form}
    return {name: "" if value is None else value for name, value in values.items()}


@pytest.mark.long
def test_a_keeper_types_hours_sees_them_in_words_and_saves(keeper, route):
    address = f"/admin/signposting/route/{route.pk}/change/"
    data = page_data(keeper.get(address)) | {"said": "Mon-Fri 9:30am-4pm; Fri 6pm-2am"}
    asked = keeper.post(address, data)
    assert asked.status_code == 200
    assert "We understand: Monday to Thursday, 9:30am to 4pm." in asked.content.decode()
    assert not route.weekly_hours.exists()
    assert keeper.post(address, page_data(asked)).status_code == 302
    route.refresh_from_db()
    assert route.timetable().weekly[4] == spans("09:30-16:00", "18:00-02:00")


def test_the_route_of_an_emergency_service_can_still_be_looked_at(keeper, register):
    route = register.get(slug="999").first_route
    assert keeper.get(f"/admin/signposting/route/{route.pk}/change/").status_code == 200
