"""24 hourly, 30 daily and 12 monthly backups are kept."""

from datetime import UTC, datetime, timedelta

import pytest

from publishing.backups.retention import to_keep

NOW = datetime(2026, 11, 26, 5, 0, tzinfo=UTC)


@pytest.mark.long
def test_a_backup_an_hour_for_two_years_leaves_24_hours_30_days_and_12_months():
    hours = [NOW - timedelta(hours=n) for n in range(2 * 365 * 24)]
    kept = to_keep(hours)
    assert {NOW - timedelta(hours=n) for n in range(24)} <= kept
    days = {moment.date() for moment in kept}
    assert {(NOW - timedelta(days=n)).date() for n in range(30)} <= days
    assert len({(moment.year, moment.month) for moment in kept}) == 12
    # 24 hours lie in two days, 30 days in two months.
    assert len(kept) == 24 + 28 + 10
    # Deleting as they come leaves the same as deleting at the end.
    left = set()
    for moment in sorted(hours)[-24 * 40 :]:
        left = to_keep({*left, moment})
    assert {m for m in kept if m > NOW - timedelta(days=29)} <= left


def test_of_an_hour_the_last_is_kept():
    first, last = NOW, NOW + timedelta(minutes=40)
    assert to_keep([first, last]) == {last}


def test_who_was_off_for_a_year_loses_nothing_for_it():
    old = [NOW - timedelta(days=400, hours=n) for n in range(24)]
    assert set(old) <= to_keep([*old])
    assert len(set(old) & to_keep([*old, NOW])) == 23


def test_with_none_there_is_nothing_to_keep():
    assert to_keep([]) == set()
