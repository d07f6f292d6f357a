"""What opening.js says with the device's clock set to an instant is what Python says."""

import re
from datetime import timedelta
from html import escape, unescape

import pytest

from signposting.opening_hours.open_now import for_the_page, minutes, say
from signposting.opening_hours.timetable import look_ahead
from tests.server import Server
from tests.signposting.opening_hours.test_hours import BUSY, HELPLINE, at

from ..pages import fetch

pytestmark = [pytest.mark.browser, pytest.mark.server]

PAGE = "/help/national-stalking-helpline/"

# The owner gives longer hours than the launch content has, and confirms them the day after.
CONFIRM = """
from datetime import UTC, datetime, time, timedelta
from unittest.mock import patch
from signposting.content import GATHERED
from signposting.models import Check, Service
from tests.register import agree_all
service = Service.objects.get(slug="national-stalking-helpline")
for row in service.first_route.weekly_hours.all():
    row.opens, row.closes = time(9, 30), time(20 if row.day in (0, 2) else 16)
    row.save()
day = GATHERED + timedelta(1)
Check(service=service, how="confirmed", where="The helpline's manager",
      day=day, due=day + timedelta(3 * 365)).record(service.routes.all())
with patch("django.utils.timezone.now", lambda: datetime.combine(day, time(12), UTC)):
    agree_all()
"""
PRINT = """
from datetime import datetime
from publishing.printing.printer import print_edition
result = print_edition(at=datetime.fromisoformat("{}"))
assert not result.problems, result.problems
"""
PRINTED = at("2026-12-21 06:00")


@pytest.fixture(scope="module")
def confirmed(tmp_path_factory):
    """A site whose National Stalking Helpline has confirmed hours, as printed at one moment."""
    server = Server(tmp_path_factory.mktemp("hours"))
    try:
        server.manage("shell", "-c", CONFIRM + PRINT.format(PRINTED.isoformat()))
        # One worker: what is_printed has seen is then what the browser sees.
        yield server.start("--workers", "1")
    finally:
        server.close()


@pytest.fixture
def printed(confirmed):
    """The page as it was printed; the site itself prints by its own clock now and then."""

    def is_printed():
        return f'"from":{minutes(PRINTED)},'.replace('"', "&quot;") in fetch(confirmed.url + PAGE)

    while not is_printed():
        confirmed.manage("shell", "-c", PRINT.format(PRINTED.isoformat()))
        confirmed.wait_until(is_printed)
    return fetch(confirmed.url + PAGE)


OPENING = re.compile(r'data-opening="([^"]*)"')


def give(page, html, ahead, moment):
    """Let a tab have the page with other hours, as a print of another moment has them."""
    given = OPENING.sub(
        lambda _: f'data-opening="{escape(for_the_page(ahead, moment))}"', html, count=1
    )
    page.route(
        f"**{PAGE}",
        lambda route: route.fulfill(body=given, content_type="text/html; charset=utf-8"),
    )


def test_the_page_carries_what_python_says_of_the_days_ahead(printed):
    said = unescape(OPENING.search(printed)[1])
    assert said == for_the_page(look_ahead(HELPLINE, PRINTED), PRINTED)


@pytest.mark.parametrize(
    ("moment", "instants"),
    [
        (
            "2026-12-21 06:00",
            ["2026-12-21 09:29", "2026-12-21 09:30", "2026-12-21 19:59", "2026-12-21 20:00"]
            + ["2026-12-24 16:00", "2026-12-25 10:00", "2026-12-26 10:00", "2026-12-28 10:00"]
            + ["2026-12-29 09:30", "2027-01-01 12:00", "2027-01-03 23:59", "2027-01-04 00:00"],
        ),
        (
            "2027-03-22 06:00",
            ["2027-03-26 09:30", "2027-03-28 00:30", "2027-03-28 12:00", "2027-03-29 10:00"]
            + ["2027-03-30 09:29", "2027-03-30 09:30"],
        ),
        ("2027-10-25 06:00", ["2027-10-30 12:00", "2027-10-31 12:00", "2027-11-01 19:59"]),
        ("2027-08-27 15:00", ["2027-08-27 16:00", "2027-08-30 09:30", "2027-05-31 10:00"]),
    ],
)
def test_the_browser_says_what_python_says(confirmed, printed, new_context, moment, instants):
    moment = at(moment)
    ahead = look_ahead(HELPLINE, moment)
    # A device that is far away: only the clock counts, not where it thinks it is.
    page = new_context(timezone_id="Pacific/Auckland").new_page()
    give(page, printed, ahead, moment)
    for now in map(at, instants):
        page.clock.set_fixed_time(now)
        page.goto(confirmed.url + PAGE)
        place = page.locator(".opening").first
        words = say(ahead, now) if now >= moment else ""
        assert place.text_content() == words, now
        assert place.is_visible() == bool(words), now
        # The timetable stands, whatever the clock says.
        assert page.get_by_text("Monday and Wednesday, 9:30am to 8pm.").is_visible()


def test_the_browser_knows_exceptions_and_closures(confirmed, printed, new_context):
    page = new_context(timezone_id="Asia/Tokyo").new_page()
    for moment, instants in (
        ("2026-12-23 06:00", ["2026-12-24 11:59", "2026-12-24 12:00", "2026-12-25 10:00"]),
        ("2027-03-25 06:00", ["2027-03-27 10:00", "2027-04-02 23:59", "2027-04-03 00:00"]),
    ):
        ahead = look_ahead(BUSY, at(moment))
        give(page, printed, ahead, at(moment))
        for now in map(at, instants):
            page.clock.set_fixed_time(now)
            page.goto(confirmed.url + PAGE)
            assert page.locator(".opening").first.text_content() == say(ahead, now) != "", now


def test_the_words_change_at_the_minute_and_are_announced(confirmed, printed, new_context):
    page = new_context().new_page()
    give(page, printed, look_ahead(HELPLINE, PRINTED), PRINTED)
    page.clock.install(time=at("2026-12-21 08:00"))
    page.goto(confirmed.url + PAGE)
    # From here on no second passes by itself.
    page.clock.pause_at(at("2026-12-21 09:28") + timedelta(seconds=50))
    place = page.locator(".opening").first
    assert place.get_attribute("role") == "status"
    assert place.text_content() == "Closed now. Opens at 9:30am today."
    page.clock.run_for(69_000)
    assert place.text_content() == "Closed now. Opens at 9:30am today."
    page.clock.run_for(1_000)
    assert place.text_content() == "Open now. Closes at 8pm."


def test_without_script_the_timetable_stands_alone(confirmed, printed, new_context):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(confirmed.url + PAGE)
    assert not page.locator(".opening").first.is_visible()
    assert page.get_by_text("Tuesday, Thursday and Friday, 9:30am to 4pm.").is_visible()


def test_hours_that_nobody_confirmed_say_nothing_of_now(site, page):
    page.goto("/help/")
    assert page.get_by_text("Weekday daytimes.").first.is_visible()
    assert page.locator("[data-opening]").count() == 0
