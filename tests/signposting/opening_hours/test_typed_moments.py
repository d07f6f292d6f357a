"""Days and times as people write them."""

from datetime import date, time

import pytest
from django import forms
from django.core.exceptions import ValidationError

from signposting.opening_hours import typed_moments, uk_time

THE_DAY = date(2027, 4, 19)


@pytest.mark.parametrize(
    "typed",
    [
        *["19 April 2027", "19th April 2027", "19 Apr 2027", "19 apr. 2027", " 19  APRIL 2027 "],
        *["Monday 19 April 2027", "Mon, 19 April 2027", "Monday 19th of April, 2027"],
        *["April 19, 2027", "April 19 2027", "19/04/2027", "19/4/27", "19.4.2027", "19-04-2027"],
        *["2027-04-19", "mon 19/04/2027", "19\u00a0April\u00a02027"],
    ],
)
def test_a_day_as_people_write_it(typed):
    assert typed_moments.as_date(typed) == THE_DAY


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("19 April", "Say the year too"),
        ("Tuesday 19 April 2027", "19 April 2027 is a Monday."),
        ("31 April 2027", "There is no such day."),
        ("29 February 2027", "There is no such day."),
        ("19 Aprul 2027", "Write it as in 19 April 2027."),
        ("1 Ju 2027", "Write it as in 19 April 2027."),
        ("next week", "Write it as in 19 April 2027."),
        ("19 13 2027", "Write it as in 19 April 2027."),
        ("0 April 2027", "There is no such day."),
        ("19 April 0000", "There is no such day."),
        ("٣ April 2027 or so", "Write it as in 19 April 2027."),
    ],
)
def test_a_day_that_is_refused_says_why(typed, said):
    with pytest.raises(ValidationError, match=said):
        typed_moments.as_date(typed)


@pytest.mark.parametrize(
    ("typed", "clock"),
    [
        *[(typed, time(9)) for typed in ("9am", "9 am", "9 a.m.", "9AM", "09:00", "9.00am")],
        *[(typed, time(9, 30)) for typed in ("9.30", "9:30", "9.30am", "0930", "09:30:00")],
        *[("9:30pm", time(21, 30)), ("21.30", time(21, 30)), ("12am", time(0))],
        *[("12pm", time(12)), ("midday", time(12)), ("12 noon", time(12)), ("midnight", time(0))],
        ("0930 hours", time(9, 30)),
        ("09:30:15", time(9, 30, 15)),
    ],
)
def test_a_time_as_people_write_it(typed, clock):
    assert typed_moments.as_time(typed) == clock


@pytest.mark.parametrize("typed", ["24:00", "9:60", "13pm", "0am", "soon", "930", "9:3", "9-5"])
def test_a_time_that_is_refused(typed):
    with pytest.raises(ValidationError, match="Write it as in 9am or 4:30pm."):
        typed_moments.as_time(typed)


def test_a_bare_hour_is_asked_back():
    with pytest.raises(ValidationError, match="Is that 9am or 9pm?"):
        typed_moments.as_time("9")


@pytest.mark.parametrize("day", [date(2027, month, 1 + month) for month in range(1, 13)])
def test_what_a_field_shows_it_takes_again(day):
    shown = typed_moments.DateInput().format_value(day)
    assert typed_moments.as_date(shown) == day
    clock = time(day.month, 15 * (day.month % 4))
    assert typed_moments.as_time(typed_moments.TimeInput().format_value(clock)) == clock


class When(forms.Form):
    at = typed_moments.Moment(required=False)


def test_a_moment_is_a_day_and_a_time_and_what_was_refused_stays():
    form = When({"at_0": "19 April 2027", "at_1": "9.30am"})
    assert form.is_valid()
    assert form.cleaned_data["at"] == uk_time.moment(THE_DAY, time(9, 30))
    assert When({"at_0": "", "at_1": ""}).is_valid()
    for day, clock, said in (
        ("19 Aprul 2027", "9am", "19 April 2027"),
        ("19 April 2027", "half nine", "9am or 4:30pm"),
        ("19 April 2027", "", "Give a day and a time, both."),
        ("28 March 2027", "1:30am", "there is no 1:30am that day"),
        ("31 December 9999", "9am", "Choose a year from 2000 to 2199."),
    ):
        form = When({"at_0": day, "at_1": clock})
        assert said in " ".join(form.errors["at"])
        assert f'value="{day}"' in str(form["at"])
        assert not clock or f'value="{clock}"' in str(form["at"])


def test_a_moment_that_is_set_is_shown_in_words_on_clocks_in_the_united_kingdom():
    shown = str(When(initial={"at": uk_time.moment(date(2027, 7, 4), time(9, 30))})["at"])
    assert 'value="4 July 2027"' in shown
    assert 'value="9:30am"' in shown
