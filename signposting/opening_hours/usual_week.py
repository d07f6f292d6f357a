"""What a timetable says of the weeks as they usually are: for who asks by weekday and time of day."""

from datetime import date, time, timedelta

from .timetable import ONE_DAY, Timetable
from .words import DAYS, time_in_words

DAY = 24 * 60  # minutes
A_YEAR = 366  # days


def weeks_on(timetable: Timetable, today: date) -> list[dict]:
    """Return the usual weeks of the table that holds on a date, as {weekday: spans}.

    The first is that of most weeks; each rule for some weeks of it makes one more.
    """
    dates = timetable.dates_on(today)
    rules = [rule for rule in timetable.rules if rule.dates == dates]
    every = dict(timetable.weekly)
    if dates != (None, None):
        every = {rule.day: rule.spans for rule in rules if rule.weeks == "every"}
    some = [r for r in rules if r.weeks != "every" and not (r.first and r.first > today)]
    return [every, *({**every, rule.day: rule.spans} for rule in some)]


def is_usually_open(timetable, today, day, start: time | None = None, end: time | None = None):
    """Return whether it is open on a weekday from `start` to `end`, throughout, in a usual week.

    An end at or before the start is on the next morning; with one of the two it is that
    minute, and with neither any time of the day.
    """
    weeks = weeks_on(timetable, today)
    if start is None and end is None:
        return any(week.get(day) for week in weeks)
    begins = minutes_into(start if start is not None else end)
    ends = begins + 1
    if start is not None and end is not None:
        ends = minutes_into(end) + (DAY if end <= start else 0)
    return any(
        opens <= day * DAY + begins and day * DAY + ends <= closes
        for week in weeks
        for opens, closes in sessions(week)
    )


def sessions(week):
    """Return the sessions of two weeks alike as minutes since the first Monday, joined.

    Sessions that meet are one; the second week is there for a Sunday night.
    """
    found = []
    for day in range(-1, 15):
        for span in week.get(day % 7, ()):
            begins, ends = minutes_into(span.opens), minutes_into(span.closes)
            ends += DAY if span.closes <= span.opens else 0
            session = [day * DAY + begins, day * DAY + ends]
            if found and session[0] <= found[-1][1]:
                found[-1][1] = max(found[-1][1], session[1])
            else:
                found.append(session)
    return found


def minutes_into(at: time) -> int:
    """Return the minutes from midnight to a time of day."""
    return at.hour * 60 + at.minute


def runs_into_the_next(timetable: Timetable, first: date) -> str:
    """Return the sentence that says which evening goes on past the next day's opening, or "".

    Of the year from `first` on. Nobody could say which of the two holds, and readers would get
    both in words and one in the data.
    """
    for day in (first + timedelta(days=n) for n in range(A_YEAR)):
        late = [span.closes for span in timetable.on(day).spans or () if span.is_over_midnight]
        early = [span.opens for span in timetable.on(day + ONE_DAY).spans or ()]
        if late and early and min(early) < max(late):
            evening, morning = DAYS[day.weekday()], DAYS[(day + ONE_DAY).weekday()]
            return (
                f"Hours: {evening} goes on until {time_in_words(max(late))} on {morning}, and "
                f"{morning} opens at {time_in_words(min(early))}. Let the one end before the other "
                "opens."
            )
    return ""
