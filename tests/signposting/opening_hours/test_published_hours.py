"""Hours that real services published: typed as they say them, held, and said again in words."""

import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest

from signposting.opening_hours.timetable import Rule, Timetable
from signposting.opening_hours.typed import read
from signposting.opening_hours.words import DAYS, week_in_words

from .test_hours import spans

PUBLISHED = tomllib.loads(Path(__file__).with_name("published_hours.toml").read_text())["service"]
HELD = [service for service in PUBLISHED if "not_held" not in service]
CODES = [name[:3].lower() for name in DAYS]


def test_thirty_services_and_at_least_28_of_them_are_held():
    assert len(PUBLISHED) >= 30
    assert len(HELD) >= 28
    assert len({service["name"] for service in PUBLISHED}) == len(PUBLISHED)
    for service in PUBLISHED:
        assert service["address"].startswith("http"), service["name"]
        assert service["said"], service["name"]
        assert service.get("not_held", "x"), service["name"]


@pytest.mark.parametrize("service", HELD, ids=[service["name"] for service in HELD])
def test_what_a_service_published_is_held_exactly(service):
    weekly = {CODES.index(day): spans(*text.split()) for day, text in service["weekly"].items()}
    typed = read(service["typed"])
    assert typed.weekly == weekly
    assert typed.on_bank_holidays == service.get("bank_holidays")
    assert read("\n".join(week_in_words(typed.weekly))).weekly == weekly
    first, last = service.get("first"), service.get("last")
    usual = dict.fromkeys(range(7), spans("03:00-04:00")) if first else weekly
    rules = tuple(Rule(day, each, "every", first, last) for day, each in weekly.items() if first)
    timetable = Timetable(usual, service.get("bank_holidays", "same"), rules=rules)
    monday = date(2027, 1, 11) if not last else first
    for n in range(7):
        day = monday + timedelta(days=n)
        assert timetable.on(day).spans == weekly.get(day.weekday(), ()), day
    if first:
        assert timetable.on(first - timedelta(days=1)).spans == spans("03:00-04:00")
    if last:
        assert timetable.on(last + timedelta(days=1)).spans == spans("03:00-04:00")
