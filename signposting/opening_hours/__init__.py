"""When a service answers: one timetable, and everything that is generated from it.

What is named here is for the rest of the site; nobody outside reaches past it.
"""

from .formats import can_be_said_in_schema_org, open_referral, osm, schema_org
from .open_now import for_the_page
from .timetable import ALL_DAY, BANK_HOLIDAY, Closed, Day, Rule, Span, Timetable, look_ahead
from .typed import Typed, read
from .uk_time import LONDON, MIDNIGHT, start_of
from .usual_week import is_usually_open, runs_into_the_next
from .words import ALWAYS, dated_in_words, hours_in_words, in_few_words

__all__ = [
    "can_be_said_in_schema_org",
    "ALL_DAY",
    "ALWAYS",
    "BANK_HOLIDAY",
    "LONDON",
    "MIDNIGHT",
    "Closed",
    "Day",
    "Rule",
    "Span",
    "Timetable",
    "Typed",
    "hours_in_words",
    "for_the_page",
    "in_few_words",
    "is_usually_open",
    "look_ahead",
    "open_referral",
    "osm",
    "read",
    "runs_into_the_next",
    "schema_org",
    "start_of",
    "dated_in_words",
]
