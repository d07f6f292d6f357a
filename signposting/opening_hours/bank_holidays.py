"""The bank holidays of England and Wales, from GOV.UK's list (Open Government Licence v3).

The list is the copy inside the govuk-bank-holidays package; nothing is downloaded. It
names only the substitute day when a feast falls on a weekend, so the feasts that close
most lines are added. Source: reference data-standards.md section 4.
"""

from datetime import date
from functools import cache

from govuk_bank_holidays.bank_holidays import BankHolidays

FEASTS = {(1, 1): "New Year’s Day", (12, 25): "Christmas Day", (12, 26): "Boxing Day"}


@cache
def listed():
    """Return GOV.UK's days, date to name."""
    source = BankHolidays(use_cached_holidays=True)
    return {day["date"]: day["title"] for day in source.get_holidays("england-and-wales")}


@cache
def known_until():
    """Return the last date the list knows; past it nobody can say what is a bank holiday."""
    return max(listed())


def name_of(day: date) -> str:
    """Return the name of the bank holiday on this date, or ""."""
    return listed().get(day) or FEASTS.get((day.month, day.day), "")
