"""When a service answers: one timetable, and everything that is generated from it.

What is named here is for the rest of the site; nobody outside reaches past it.
"""

from .formats import open_referral, osm, schema_org
from .open_now import for_the_page
from .timetable import ALL_DAY, Closed, Day, Span, Timetable, look_ahead
from .uk_time import LONDON, MIDNIGHT, start_of
from .words import BANK_HOLIDAYS, dated_in_words, week_in_words

__all__ = [
    "ALL_DAY",
    "BANK_HOLIDAYS",
    "LONDON",
    "MIDNIGHT",
    "Closed",
    "Day",
    "Span",
    "Timetable",
    "dated_in_words",
    "for_the_page",
    "look_ahead",
    "open_referral",
    "osm",
    "schema_org",
    "start_of",
    "week_in_words",
]
