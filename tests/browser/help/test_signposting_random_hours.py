"""For random timetables the browser, its clock set, says what Python says."""

import warnings
from datetime import UTC, datetime, timedelta
from html import escape
from random import Random

import pytest
from django.conf import settings
from hypothesis.errors import NonInteractiveExampleWarning

from signposting.opening_hours.open_now import for_the_page, say
from signposting.opening_hours.timetable import look_ahead
from tests.signposting.opening_hours.random_hours import timetables

pytestmark = pytest.mark.browser

SCRIPT = (settings.BASE_DIR / "static/js/opening.js").read_text()
# Printed at any time of two years, and on the days when the clocks change.
PRINTED = [
    *(datetime(2026, 1, 5, 9, tzinfo=UTC) + timedelta(days=37, hours=5) * n for n in range(18)),
    *[datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2027, 10, 30, 22, 30, tzinfo=UTC)],
]


def examples(number):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NonInteractiveExampleWarning)
        return [timetables().example() for _ in range(number)]


def test_the_browser_says_what_python_says_of_any_timetable(browser):
    context = browser.new_context(timezone_id="Pacific/Auckland")
    page, random, said, some = context.new_page(), Random(7), set(), examples(30)
    for printed in PRINTED:
        aheads = [look_ahead(timetable, printed) for timetable in some]
        aheads = [ahead for ahead in aheads if ahead.days]
        html = "".join(
            f'<p data-opening="{escape(for_the_page(ahead, printed))}"></p>' for ahead in aheads
        )
        for _ in range(2):
            now = printed + timedelta(minutes=random.randrange(16 * 24 * 60))
            page.clock.set_fixed_time(now)
            page.set_content(html)
            page.add_script_tag(content=SCRIPT, type="module")
            places = page.locator("[data-opening][role]")
            places.last.wait_for(state="attached")
            words = [say(ahead, now) for ahead in aheads]
            assert places.all_text_contents() == words, (printed, now)
            said.update(sentence.split()[0] for sentence in words if sentence)
    assert said == {"Open", "Closed"}
    context.close()
