"""Every use of a clock: in summer, in the hour that comes twice, and in the one that is left out."""

import json
import logging
from datetime import date, time, timedelta
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.test import RequestFactory
from django.utils import timezone

from awareness import edition_source as pages
from awareness import feedback
from awareness.models import Feedback, Page
from cookies import registry
from cookies.models import DailyAnswers, DailyReads
from publishing import sources
from publishing.middleware import MOMENT
from publishing.printing import editions, schedule
from safety import security_txt
from safety.accounts import waiting
from safety.logs import Formatter
from signposting import edition_source as register
from signposting.opening_hours.open_now import say
from signposting.opening_hours.timetable import Span, Timetable, bounds, look_ahead
from signposting.opening_hours.uk_time import start_of
from signposting.presenters import london_day

from ...publishing.builders import make_edition
from .days import CLOCKS, DAYS, on_each_day, utc

MIDNIGHTS = [
    (date(2026, 7, 1), "2026-06-30 23:00"),
    (date(2026, 10, 25), "2026-10-24 23:00"),
    (date(2026, 10, 26), "2026-10-26 00:00"),
    (date(2026, 3, 29), "2026-03-29 00:00"),
    (date(2026, 3, 30), "2026-03-29 23:00"),
]


@pytest.fixture
def send(client, db):
    """Send a form as a page of ours does, at a moment."""

    def send(path, fields, moment, cookie=""):
        headers = {"sec-fetch-site": "same-origin", "cookie": cookie}
        response = client.post(path, fields, headers=headers, **{MOMENT: moment})
        assert response.status_code < 400, response.content

    return send


@on_each_day
def test_answers_readings_and_feedback_are_of_the_readers_day(send, moment, day):
    send("/cookies/save/", {"choice": "reject"}, moment)
    agreed = f'{registry.CONSENT.name}="{registry.consent_value(["statistics"])}"'
    send("/cookies/count/", {"page": "/"}, moment, agreed)
    send("/feedback/", {"found": "yes", "comment": ""}, moment)
    for model in (DailyAnswers, DailyReads, Feedback):
        assert model.objects.get().day == day, model


@on_each_day
def test_a_days_feedback_is_full_when_that_day_is(db, monkeypatch, moment, day):
    monkeypatch.setattr(feedback, "A_DAY", 1)
    monkeypatch.setattr(feedback, "FIRST", 0)
    for each in (day - timedelta(1), day):
        Feedback.objects.create(found="yes", day=each)
    form = feedback.FeedbackForm({"found": "no", "comment": "Mine."})
    assert form.is_valid()
    form.save(moment)
    kept = {answer.day: answer.comment for answer in Feedback.objects.all()}
    assert kept == {day - timedelta(1): "", day: "Mine."}


@on_each_day
def test_feedback_is_kept_to_its_last_day(db, at, moment, day):
    last = day - timedelta(feedback.KEPT_DAYS)
    for kept in (last, last - timedelta(1)):
        Feedback.objects.create(found="yes", day=kept)
    at(moment)
    assert feedback.delete_old() == 1
    assert Feedback.objects.get().day == last


@on_each_day
def test_a_campaign_is_on_from_its_first_midnight_to_its_last(moment, day):
    def campaign(shift):
        return Page(kind="campaign", first_day=day + shift, last_day=day + shift)

    found = {shift: campaign(timedelta(shift)) for shift in (-1, 0, 1)}
    assert [found[shift].has_begun(moment) for shift in (-1, 0, 1)] == [True, True, False]
    assert [found[shift].is_over(moment) for shift in (-1, 0, 1)] == [True, False, False]


@pytest.mark.parametrize(("day", "starts"), MIDNIGHTS)
def test_a_day_starts_at_midnight_on_the_readers_clock(day, starts):
    assert start_of(day) == utc(starts)
    assert pages.midnight(day) == utc(starts)


@on_each_day
def test_a_check_holds_to_the_end_of_its_day_and_the_next_print_is_then(monkeypatch, moment, day):
    assert london_day(moment) == day
    monkeypatch.setattr(register, "in_force", lambda: {"one": None})
    monkeypatch.setattr(register, "last_days", lambda service: [day - timedelta(1), day])
    assert register.next_moment(moment) == start_of(day + timedelta(1))


@on_each_day
def test_an_edition_holds_for_the_readers_day_it_was_made_on(moment, day):
    def made(at):
        return {"wanted": 1, "next_moment": None, "made": at.isoformat()}

    starts = start_of(day)
    assert not schedule.is_due(made(starts), 1, moment)
    assert schedule.is_due(made(starts - timedelta(seconds=1)), 1, moment)


@on_each_day
def test_what_is_done_daily_is_done_once_a_readers_day(db, at, monkeypatch, moment, day):
    done = []
    daily = sources.EditionSource("extra", daily=lambda: done.append(timezone.localdate()))
    monkeypatch.setitem(sources.registered, "extra", daily)
    printing = schedule.Printing()
    for then in (start_of(day), moment, start_of(day + timedelta(1)) - timedelta(seconds=1)):
        at(then)
        printing.do_daily()
    assert done == [day]
    at(start_of(day + timedelta(1)))
    printing.do_daily()
    assert done == [day, day + timedelta(1)]


@pytest.mark.django_db
@on_each_day
def test_security_txt_is_of_the_day_in_utc(settings, moment, day):
    settings.SITE_CONTACT = "mailto:web@example.org"
    request = RequestFactory().get("/.well-known/security.txt")
    request.moment = moment
    expires = f"Expires: {moment.date() + security_txt.LASTS}T00:00:00Z"
    assert expires in security_txt.security_txt(request).content.decode()


@pytest.mark.parametrize("moment", [text for text, _ in [*CLOCKS, *DAYS]])
def test_a_log_line_is_in_utc(moment):
    record = logging.LogRecord("safety", logging.INFO, "a.py", 1, "Words", (), None)
    record.created = utc(moment).timestamp()
    assert json.loads(Formatter().format(record))["time"] == moment.replace(" ", "T") + ":00Z"


@pytest.mark.parametrize(("moment", "shown"), CLOCKS)
def test_a_keeper_is_told_the_time_on_the_wall(moment, shown):
    assert shown in waiting.in_words(utc(moment))


@pytest.mark.parametrize(("moment", "shown"), CLOCKS)
def test_the_operator_is_told_the_time_on_the_wall(settings, tmp_path, capsys, moment, shown):
    settings.EDITIONS_DIR = tmp_path
    editions.write(make_edition(made=utc(moment)))
    call_command("edition", "list")
    clock, _, when = shown.partition(" on ")
    hours, minutes = clock[:-2].split(":")
    hour = int(hours) % 12 + (12 if clock.endswith("pm") else 0)
    day = " ".join(when.split()[1:])
    assert f"{day}, {hour:02}:{minutes}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("day", "span", "begins", "ends"),
    [
        ("2026-07-01", "09:30-16:00", "2026-07-01 08:30", "2026-07-01 15:00"),
        # What ends, or begins, in the hour that comes twice has the whole of it.
        ("2026-10-24", "18:00-01:30", "2026-10-24 17:00", "2026-10-25 01:30"),
        ("2026-10-25", "00:30-01:30", "2026-10-24 23:30", "2026-10-25 01:30"),
        ("2026-10-25", "01:30-04:00", "2026-10-25 00:30", "2026-10-25 04:00"),
        # What begins in the hour that is left out begins with the next.
        ("2026-03-28", "18:00-02:00", "2026-03-28 18:00", "2026-03-29 01:00"),
        ("2026-03-29", "01:00-03:00", "2026-03-29 01:00", "2026-03-29 02:00"),
        ("2026-03-29", "01:30-03:00", "2026-03-29 01:00", "2026-03-29 02:00"),
    ],
)
def test_a_session_lasts_as_the_clock_on_the_wall_says(day, span, begins, ends):
    opens, closes = map(time.fromisoformat, span.split("-"))
    found = bounds(date.fromisoformat(day), Span(opens, closes))
    assert found == (utc(begins), utc(ends))


@on_each_day
def test_the_days_ahead_begin_with_the_readers_day(moment, day):
    every = (Span(time(9, 30), time(16)),)
    ahead = look_ahead(Timetable(dict.fromkeys(range(7), every), "same"), moment)
    assert ahead.days[0][1] == day
    assert ahead.days[0][0] == start_of(day)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-07-01 08:29", "Closed now. Opens at 9:30am today."),
        ("2026-07-01 08:30", "Open now. Closes at 4pm."),
        ("2026-10-25 00:30", "Closed now. Opens at 9:30am today."),
        ("2026-10-25 09:29", "Closed now. Opens at 9:30am today."),
        ("2026-03-29 08:30", "Open now. Closes at 4pm."),
        ("2026-03-29 15:00", "Closed now. Opens at 9:30am tomorrow."),
    ],
)
def test_what_is_open_is_said_by_the_clock_on_the_wall(moment, words):
    every = (Span(time(9, 30), time(16)),)
    ahead = look_ahead(Timetable(dict.fromkeys(range(7), every), "same"), utc(moment))
    assert say(ahead, utc(moment)) == words


@pytest.mark.django_db
@on_each_day
def test_data_names_the_readers_day_of_a_campaign(settings, moment, day):
    from awareness.json_ld import campaign

    page = SimpleNamespace(
        title="The week",
        summary="About it.",
        theme="",
        first_day=day,
        last_day=day,
        live_from=moment,
        blocks=[],
        get_absolute_url=lambda: "/campaigns/week/",
    )
    assert campaign(page)["datePublished"] == day.isoformat()
