"""The bank holidays of each part of the UK, from GOV.UK's list (Open Government Licence v3).

The list is the copy inside the govuk-bank-holidays package; nothing is downloaded. It
names only the substitute day when a feast falls on a weekend, so the feasts that close
most lines are added. Source: reference data-standards.md section 4.
"""

from datetime import date
from functools import cache

from govuk_bank_holidays.bank_holidays import BankHolidays

HERE = "england-and-wales"
FEASTS = {(1, 1): "New Year’s Day", (12, 25): "Christmas Day", (12, 26): "Boxing Day"}
FEASTS_OF = {
    HERE: FEASTS,
    "scotland": FEASTS | {(1, 2): "2 January"},
    "northern-ireland": FEASTS | {(3, 17): "St Patrick’s Day", (7, 12): "Battle of the Boyne"},
}


@cache
def listed(division=HERE):
    """Return GOV.UK's days of a part of the UK, date to name."""
    source = BankHolidays(use_cached_holidays=True)
    return {day["date"]: day["title"] for day in source.get_holidays(division)}


@cache
def known_until(division=HERE):
    """Return the last date the list knows; past it nobody can say what is a bank holiday."""
    return max(listed(division))


def name_of(day: date, division: str = HERE) -> str:
    """Return the name of the bank holiday on this date, or ""."""
    return listed(division).get(day) or FEASTS_OF[division].get((day.month, day.day), "")
