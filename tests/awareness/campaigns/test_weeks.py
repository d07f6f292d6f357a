"""What is known of the national week is data, and the newsroom is reminded in January."""

from datetime import UTC, date, datetime

import pytest

from awareness.campaigns import weeks
from publishing import sources

pytestmark = pytest.mark.django_db


def at(year, month, day=15):
    return datetime(year, month, day, 12, tzinfo=UTC)


def test_only_what_is_settled_is_there_with_its_source_and_grade():
    assert sorted(weeks.weeks()) == [2024, 2025]
    assert weeks.weeks()[2025].first_day == date(2025, 4, 21)
    assert weeks.weeks()[2025].theme == ""
    for week in weeks.weeks().values():
        assert week.source
        assert week.grade == "two"
        assert (week.last_day - week.first_day).days == 4


def reminded(moment):
    return [each for each in sources.due(moment) if "Awareness Week" in each]


@pytest.mark.parametrize("month", range(1, 13))
def test_editors_are_reminded_from_january_until_april(month):
    found = reminded(at(2027, month))
    assert len(found) == (month <= 4)
    if found:
        assert "2027" in found[0]
        assert "Nobody has told us its days" in found[0]


def test_what_is_settled_is_said_with_its_grade_until_the_week_is_over():
    assert "from 21 April to 25 April (grade: two;" in reminded(at(2025, 1))[0]
    assert not reminded(at(2025, 4, 26))


def test_a_page_for_the_year_ends_it(publish):
    first, last = date(2027, 4, 1), date(2027, 4, 5)
    assert reminded(at(2027, 1))
    publish("2027", kind="campaign", first_day=first, last_day=last)
    assert not reminded(at(2027, 1))
